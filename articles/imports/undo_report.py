"""What undoing an import did, and which imports there are to undo."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, get_args

from django.utils.timezone import localtime

from articles.imports.alone import goes_on
from articles.imports.report import many
from articles.imports.taking_back import Decision, Fate
from articles.models import ImportRun
from articles.story.terminal import shown

# So many runs are shown to choose from.
LAST = 10
# So many stories of each fate are named before an undo is done.
NAMED = 200


@dataclass(slots=True)
class Undone:
    """The articles of a run by what became of them, and what editors keep.

    A dry run names the articles, too, but no more than anybody reads.
    """

    run: ImportRun
    files: int
    is_dry_run: bool = False
    fates: Counter[str] = field(init=False)
    notes: list[str] = field(init=False)
    named: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Go on with what was done before, where the undo was broken off."""
        self.fates = Counter(self.run.undo_report.get("stories", {}))
        self.notes = list(self.run.undo_report.get("notes", []))

    def kept(self) -> dict[str, Any]:
        """Return what to go on with, if the undo is broken off now."""
        return {"stories": dict(self.fates), "notes": self.notes}

    def add(self, code: str, decision: Decision) -> None:
        self.fates[decision.what] += 1
        article = f"{code}, {decision.story.headline}"
        named = self.named.setdefault(decision.what, [])
        if self.is_dry_run and len(named) < NAMED:
            named.append(article)
        if decision.is_edited:
            self.notes.append(f"Withdrawn, and an editor worked on it: {article}")
        if decision.what == "left":
            self.notes.append(f"Left as a later import reads it: {article}")
        if decision.kept:
            fields = ", ".join(decision.kept)
            self.notes.append(f"Kept as edited since ({fields}): {article}")
        if decision.conflicts:
            count = many(len(decision.conflicts), "conflict")
            self.notes.append(f"{count} for an editor: {article}")

    def as_text(self) -> str:
        """Return the summary an operator reads at the end."""
        return "\n".join(map(shown, self._lines()))

    def _lines(self) -> Iterator[str]:
        begun = f"begun on {moment(self.run.started_at)}, {many(self.files, 'file')}"
        yield f"Import {self.run.pk}, {begun}."
        yield from undo_figures(self.kept())
        if self.is_dry_run:
            yield from self._named()
            yield "This was a dry run: nothing was undone."
        else:
            yield "It is undone. The files stay; importing them again reads them anew."

    def _named(self) -> Iterator[str]:
        for fate in get_args(Fate):
            named = self.named.get(fate, [])
            yield from (f"Would be {fate}: {article}" for article in named)
            if more := self.fates[fate] - len(named):
                yield f"Would be {fate}: {more:,} more."


def undo_figures(kept: Mapping[str, Any]) -> Iterator[str]:
    """Yield in sentences what became of the stories, as a run keeps it."""
    counts = (f"{kept['stories'].get(fate, 0):,} {fate}" for fate in get_args(Fate))
    yield f"Stories: {', '.join(counts)}."
    yield from kept["notes"]


def last_runs() -> Iterator[str]:
    """Yield a line for each of the newest imports."""
    for run in ImportRun.objects.all()[:LAST]:
        if run.is_half_undone:
            state = f"half undone: `undo_import {run.pk}` does the rest"
        elif run.undone_at:
            state = f"undone on {day(run.undone_at)}"
        elif run.finished_at:
            state = _counts(run)
        else:
            state = "goes on" if goes_on(run) else "broken off"
        files = many(run.report.get("files", run.files.count()), "file")
        yield f"{run.pk:>6}  {moment(run.started_at)}  {files:>13}  {state}"


def day(at: datetime) -> str:
    return f"{localtime(at):%Y-%m-%d}"


def moment(at: datetime) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}"


def _counts(run: ImportRun) -> str:
    told = (("created", "created"), ("changed", "changed"), ("conflict", "in conflict"))
    return ", ".join(f"{run.report.get(key, 0):,} {name}" for key, name in told)
