"""What an import did, to be read by people and by programs."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from articles.story.terminal import terminal_safe

Outcome = Literal["created", "changed", "conflict", "unchanged"]


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One story of a file: its lines, what became of it, and its open conflicts."""

    headline: str
    lines: tuple[int, int]
    outcome: Outcome
    article: str
    warnings: list[dict[str, Any]]
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file: where its lines went, by count, and its stories.

    Of a known file, which was read in an earlier run, the stories are only counted.
    """

    name: str
    sha256: str
    lines: dict[str, int] = field(default_factory=dict)
    stories: list[StoryLine] = field(default_factory=list)
    is_known: bool = False
    known_stories: int = 0


@dataclass(slots=True)
class Report:
    """What one run read, made, left alone and refused, in figures.

    `details` is told each file's line; there may be a million, so none is kept here.
    """

    total: int = 0
    is_dry_run: bool = False
    passed_over: list[Path] = field(default_factory=list)
    details: Callable[[FileLine], object] = lambda line: None
    read: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    lines: Counter[str] = field(default_factory=Counter)
    conflicts: Counter[str] = field(default_factory=Counter)

    @property
    def left(self) -> int:
        """How many files a run that was stopped did not come to."""
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
        for story in file.stories:
            self.outcomes[story.outcome] += 1
            self.warnings.update(warning["code"] for warning in story.warnings)
            if story.conflicts:
                lines = f"lines {story.lines[0]}–{story.lines[1]}"
                where = f"{file.name}, {lines}: {story.headline}"
                self.conflicts[where] += story.conflicts
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
            "refused": len(self.refused),
            "warnings": dict(sorted(self.warnings.items())),
            "lines": dict(self.lines),
        }

    def as_json(self) -> dict[str, Any]:
        """Return all but the files' lines for `json.dump`."""
        return {
            "dry_run": self.is_dry_run,
            "counts": self.counts(),
            "refused": [{"name": n, "reason": r} for n, r in self.refused],
            "passed_over": [str(path) for path in self.passed_over],
        }

    def as_text(self) -> str:
        """Return the summary an operator reads at the end."""
        return "\n".join(
            map(terminal_safe, [*figures(self.counts()), *self._exceptions()])
        )

    def _exceptions(self) -> Iterable[str]:
        for where, count in self.conflicts.items():
            yield f"{many(count, 'conflict')} for an editor: {where}"
        for name, reason in self.refused:
            yield f"Refused: {name} {reason}"
        if self.passed_over:
            yield f"Passed over: {many(len(self.passed_over), 'file')} not named .txt."
        if self.left:
            yield f"Stopped before {many(self.left, 'file')}."
        if self.is_dry_run:
            yield "This was a dry run: nothing was written."


def figures(counts: Mapping[str, Any]) -> Iterator[str]:
    """Yield in sentences what a run counted."""
    yield f"{many(counts['files'], 'file')} read, {counts['refused']:,} refused."
    yield (
        f"Stories: {counts['created']:,} created, {counts['changed']:,} changed, "
        f"{counts['conflict']:,} in conflict, {counts['unchanged']:,} unchanged."
    )
    for code, count in counts["warnings"].items():
        yield f"Warnings: {count:,} × {code}."


def many(count: int, thing: str) -> str:
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"
