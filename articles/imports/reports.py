"""What an import did, to be read by people and by programs."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from django.db import connection

from articles.imports.stories import HELD
from articles.story.terminal import terminal_safe

NOTHING_WRITTEN = "This was a dry run: nothing was written."

# So many places are named of each warning; the report has them all.
MOST_PLACES = 3
# So many accepted tags are named, those of most stories; the report has them all.
MOST_TAGS = 20
NOWHERE: Mapping[str, Collection[str]] = {}
# Last those that wait, with what they wait for behind them.
STATUSES = ("published", "draft", "withdrawn", "binned", "in_review")
LACKING = ("headline", "body", "date")
WAITS = {
    "headline": "without a headline",
    "body": "without a body",
    "date": "without a date",
    "near-copy": "with a near copy to compare",
    "nothing": "lacking nothing",
}

Outcome = Literal["created", "changed", "conflict", "unchanged"]


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One story of a file: its lines, what became of it, and its open conflicts.

    `replaced_headline` is what its article was called before. Status, section, `date`
    (when it was first published) and `updated` are those that the article has now;
    `is_ahead` says that it is published and that readers see it only when its date or
    embargo comes, and `waits_for` why it waits in review, the first reason first.
    `accepted_tags` were suggested, and the article carries them as the operator wished.
    """

    headline: str
    lines: tuple[int, int]
    outcome: Outcome
    article: str
    warnings: list[dict[str, Any]]
    conflicts: int = 0
    replaced_headline: str = ""
    status: str = ""
    is_ahead: bool = False
    date: str = ""
    date_certainty: str = "unknown"
    updated: str = ""
    updated_certainty: str = "unknown"
    section: str = ""
    waits_for: list[str] = field(default_factory=list)
    accepted_tags: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file: where its lines went, by count, and its stories.

    Of a known file, which was read in an earlier run, the stories are only counted, and
    `unheard` names the options that it was read without.
    """

    path: str
    name: str
    sha256: str
    lines: dict[str, int] = field(default_factory=dict)
    stories: list[StoryLine] = field(default_factory=list)
    is_known: bool = False
    known_stories: int = 0
    unheard: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ImportReport:
    """What one run read, created, changed and refused, in figures.

    `details` gets each file's line; there may be a million, so none is kept here.
    """

    total: int = 0
    is_dry_run: bool = False
    database: str = ""
    passed_over: list[Path] = field(default_factory=list)
    details: Callable[[FileLine], object] = lambda line: None
    read: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    lines: Counter[str] = field(default_factory=Counter)
    conflicts: Counter[str] = field(default_factory=Counter)
    replaced: list[str] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    ahead: int = 0
    waiting: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    unheard: Counter[str] = field(default_factory=Counter)
    files_not_heard: int = 0
    accepted_tags: Counter[str] = field(default_factory=Counter)

    @property
    def unread(self) -> int:
        """How many files a run that was stopped did not read."""
        return self.total - self.read - len(self.refused)

    @property
    def written(self) -> int:
        """How many stories were made or changed."""
        return self.outcomes.total() - self.outcomes["unchanged"]

    def add(self, file: FileLine) -> None:
        """Count a file that was read, and what became of its stories."""
        self.read += 1
        self.lines.update(file.lines)
        self.outcomes["unchanged"] += file.known_stories
        self.unheard.update(file.unheard)
        self.files_not_heard += bool(file.unheard)
        for story in file.stories:
            self.outcomes[story.outcome] += 1
            self.statuses[story.status] += 1
            self.ahead += story.is_ahead
            self.waiting.update(story.waits_for[:1])
            if story.outcome != "unchanged":
                self.accepted_tags.update(story.accepted_tags)
            for warning in story.warnings:
                code, places = warning["code"], self.places[warning["code"]]
                self.warnings[code] += 1
                if len(places) < MOST_PLACES:
                    places.append(f"{file.path}, line {warning['line']}")
            lines = f"lines {story.lines[0]}–{story.lines[1]}"
            where = f"{file.name}, {lines}: {story.headline}"
            if story.conflicts:
                self.conflicts[where] += story.conflicts
            if story.replaced_headline:
                self.replaced.append(f"{where}; it was: {story.replaced_headline}")
        self.details(file)

    def refuse(self, path: str, reason: str) -> None:
        """Note a file that was not imported; the reason goes on behind its name."""
        self.refused.append((path, reason))

    def counts(self) -> dict[str, Any]:
        """Return the figures that an import run keeps."""
        return {
            "files": self.read,
            **{outcome: self.outcomes[outcome] for outcome in get_args(Outcome)},
            "conflicts": self.conflicts.total(),
            "statuses": {name: self.statuses[name] for name in STATUSES},
            "ahead": self.ahead,
            "waiting": dict(self.waiting.most_common()),
            "refused": len(self.refused),
            "warnings": dict(sorted(self.warnings.items())),
            "lines": dict(self.lines),
            "accepted_tags": {
                "tags": len(self.accepted_tags),
                "uses": self.accepted_tags.total(),
                "most": self.accepted_tags.most_common(MOST_TAGS),
            },
        }

    def as_json(self) -> dict[str, Any]:
        """Return all but the files' lines for `json.dump`."""
        return {
            "dry_run": self.is_dry_run,
            "database": self.database,
            "counts": self.counts(),
            "refused": refused_as_json(self.refused),
            "passed_over": [str(path) for path in self.passed_over],
        }

    def as_text(self) -> str:
        """Return the summary an operator reads at the end."""
        told = figures(self.counts(), self.places)
        return printable_text([*told, *self._exceptions()])

    def _exceptions(self) -> Iterable[str]:
        for where in self.replaced:
            yield f"Headline replaced: {where}"
        for where, count in self.conflicts.items():
            yield f"{count_of(count, 'conflict')} for an editor: {where}"
        yield from refused_lines(self.refused)
        if self.unheard:
            files = count_of(self.files_not_heard, "file")
            yield (
                f"Not heard: {', '.join(sorted(self.unheard))}, for {files} read in "
                "earlier imports. Add --again to read them anew."
            )
        if self.passed_over:
            files = count_of(len(self.passed_over), "file")
            yield f"Skipped: {files} not named .txt."
        if self.unread:
            yield f"Stopped before {count_of(self.unread, 'file')}."
        if self.database:
            yield f"Database: {self.database}."
        if self.is_dry_run:
            yield NOTHING_WRITTEN


def database_name() -> str:
    """Return which database this is, as an operator knows it, without a password."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"SQLite, {known['NAME']}"
    host = f"{known['HOST'] or 'this machine'}:{known['PORT'] or 5432}"
    return f"PostgreSQL, “{known['NAME']}” on {host} as {known['USER']}"


def reasons_to_wait(
    codes: Collection[str], values: Mapping[str, Any], *, has_near_copy: bool
) -> list[str]:
    """Return why a story waits in review, by its doubts and by what its article lacks.

    >>> reasons_to_wait(["byline-guessed"], {"headline": "Fog"}, has_near_copy=False)
    ['body', 'date']
    """
    reasons = [code for code in dict.fromkeys(codes) if code in HELD]
    reasons += [name for name in LACKING if not values.get(name)]
    reasons += ["near-copy"] * has_near_copy
    return reasons or ["nothing"]


def figures(
    counts: Mapping[str, Any], places: Mapping[str, Collection[str]] = NOWHERE
) -> Iterator[str]:
    """Yield in sentences what a run counted; warnings with places where they are."""
    yield files_read(counts)
    yield (
        f"Stories: {counts['created']:,} created, {counts['changed']:,} changed, "
        f"{counts['conflict']:,} in conflict, {counts['unchanged']:,} unchanged."
    )
    yield from _statuses(counts)
    yield from _accepted_tags(counts.get("accepted_tags", {}))
    for code, count in counts["warnings"].items():
        named = list(places.get(code, ()))
        more = ["…"] if 0 < len(named) < count else []
        where = f" ({'; '.join(named + more)})" if named else ""
        yield f"Warnings: {count:,} × {code}{where}."


def _statuses(counts: Mapping[str, Any]) -> Iterator[str]:
    """Yield how many stories readers get and, for those in review, what they lack."""
    statuses = {s: n for s, n in counts.get("statuses", {}).items() if n}
    if statuses:
        names = {name: name.replace("_", " ") for name in statuses}
        names["binned"] = "left in the bin"
        if ahead := counts.get("ahead"):
            comes = "its date comes" if ahead == 1 else "their dates come"
            names["published"] += f" ({ahead:,} when {comes})"
        said = (f"{n:,} {names[name]}" for name, n in statuses.items())
        why = (f"{n:,} {why_it_waits(w)}" for w, n in counts["waiting"].items())
        waits = f": {', '.join(why)}" if counts["waiting"] else ""
        yield f"Status: {', '.join(said)}{waits}."


def _accepted_tags(accepted: Mapping[str, Any]) -> Iterator[str]:
    """Yield how many suggested tags were put on, and which."""
    if accepted.get("tags"):
        named = [f"{name} ({count:,})" for name, count in accepted["most"]]
        more = accepted["tags"] - len(named)
        named += [f"{count_of(more, 'other tag')}"] if more else []
        uses = count_of(accepted["uses"], "time")
        yield f"Suggested tags accepted, {uses}: {', '.join(named)}."


def why_it_waits(code: str) -> str:
    """Return a reason to wait in words.

    >>> why_it_waits("date"), why_it_waits("story-doubtful")
    ('without a date', 'with the warning story-doubtful')
    """
    return WAITS.get(code, f"with the warning {code}")


def files_read(counts: Mapping[str, Any]) -> str:
    return f"{count_of(counts['files'], 'file')} read, {counts['refused']:,} refused."


def refused_lines(refused: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a line for each file that was refused, by its name and the reason."""
    return (f"Refused: {name} {reason}" for name, reason in refused)


def refused_as_json(refused: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "reason": reason} for name, reason in refused]


def printable_text(lines: Iterable[str]) -> str:
    """Return the lines of a report as one text that no terminal obeys."""
    return "\n".join(map(terminal_safe, lines))


def count_of(count: int, thing: str) -> str:
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"
