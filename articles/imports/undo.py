"""Undo an import run: what it made goes, what editors did since stays.

What becomes of one article is decided by its own past, in pure functions; the report
says what was done, and which imports there are to undo.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal, get_args

from django.utils.timezone import localtime

from articles import store
from articles.imports.decide import as_reading, keep_publishable, merge_reading
from articles.imports.dry_run import dry_running
from articles.imports.lock import alone, goes_on
from articles.imports.matching import Reading, best_reading
from articles.imports.pace import Pace
from articles.imports.reports import many
from articles.models import Article, ImportRun, Revision, SourceStory, Tag
from articles.store import edition, import_runs, questions, sources
from articles.store.history import ever_public
from articles.store.plans import count_rows_anew
from articles.store.rows import story_of
from articles.story.merge import Conflict, merge
from articles.story.story import Story, from_json
from articles.story.terminal import terminal_safe

Fate = Literal["deleted", "withdrawn", "taken back", "left", "unchanged"]


@dataclass(frozen=True, slots=True)
class Step:
    """A revision of the article, by an import run or by an editor."""

    story: Story
    run_id: int | None = None
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A reading that counts, and the run that brought its file."""

    reading: Reading
    run_id: int
    is_taken: bool = False


@dataclass(frozen=True)
class Past:
    """An article as it is now, its revisions from the first on, and its readings.

    `was_public` says whether readers could read it at any moment so far.
    """

    run_id: int
    now: Story
    steps: Sequence[Step]
    sources: Sequence[Source]
    was_public: bool = False

    @cached_property
    def own(self) -> list[Source]:
        """The readings that go: of the run's files, or of what the run began."""
        is_begun = self.steps[0].run_id == self.run_id
        return [
            source
            for source in self.sources
            if source.run_id == self.run_id
            or (is_begun and source.run_id < self.run_id)
        ]

    @cached_property
    def others(self) -> list[Source]:
        own = {id(source) for source in self.own}
        return [source for source in self.sources if id(source) not in own]

    @property
    def taken(self) -> Source | None:
        return next((source for source in self.sources if source.is_taken), None)

    @property
    def is_all_undone(self) -> bool:
        """Whether no run is left that vouches for the article."""
        return bool(self.own) and not self.others and self.steps[0].is_undone

    @property
    def has_editor(self) -> bool:
        return any(step.run_id is None for step in self.steps)

    def changes(self) -> Iterator[tuple[Story, Story]]:
        """Yield the article before and after each change of the run, the last first.

        What a run that is undone left, since a later one led, goes with the later one.
        """
        has_live = False
        for before, after in reversed(list(pairwise(self.steps))):
            if after.run_id == self.run_id or (after.is_undone and not has_live):
                yield before.story, after.story
            has_live |= after.run_id is not None and not after.is_undone


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of the article; `winner` is the reading it follows from now on.

    `kept` are fields in which an editor's words stay in place of what was before;
    `is_edited` says that an editor worked on an article of which no source is left.
    """

    what: Fate
    story: Story
    winner: Reading | None = None
    kept: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    is_edited: bool = False


def take_back(past: Past) -> Decision:
    """Decide so that the article is as if the run had never been, but for editors."""
    if past.is_all_undone:
        if past.has_editor or past.was_public:
            story = replace(past.now, status="withdrawn")
            return Decision("withdrawn", story, is_edited=past.has_editor)
        return Decision("deleted", past.now)
    taken = past.taken
    if taken and taken not in past.own and taken.run_id > past.run_id:
        return Decision("left", past.now)
    if not any(past.changes()) and taken not in past.own:
        return Decision("unchanged", past.now)
    return _handed_back(past) if past.own else _reversed(past)


def in_a_section(decision: Decision, now: Story, sections: Container[str]) -> Decision:
    """Return the decision with the section of now, if there is no such one any more."""
    section = decision.story.section
    if not section or section == now.section or section in sections:
        return decision
    story = replace(decision.story, section=now.section)
    kept = dict.fromkeys((*decision.kept, "section"))
    return replace(decision, story=story, kept=tuple(kept))


def _reversed(past: Past) -> Decision:
    """Take each of the run's changes back, and keep what stands in the way."""
    story = past.now
    kept: list[str] = []
    for before, after in past.changes():
        merged = keep_publishable(merge(after, story, before), after, story, before)
        kept += [conflict.what for conflict in merged.conflicts]
        story = merged.story
    what: Fate = "unchanged" if story == past.now else "taken back"
    return Decision(what, story, kept=tuple(dict.fromkeys(kept)))


def _handed_back(past: Past) -> Decision:
    """Let the article follow the best of the readings that are left."""
    before = best_reading(s.reading for s in past.others if s.run_id < past.run_id)
    winner = best_reading(source.reading for source in past.others)
    if winner is None:
        return _reversed(past)
    if before is None:
        # The run began the article, and a later one has read the story, too.
        base, back = past.taken, Decision("unchanged", past.now)
        before = base.reading if base else winner
    else:
        back = _reversed(past)
    if winner is before:
        return replace(back, winner=winner)
    merged = merge_reading(before.story, back.story, winner.story)
    what: Fate = "unchanged" if merged.story == past.now else "taken back"
    return Decision(what, merged.story, winner, back.kept, merged.conflicts)


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
        return "\n".join(map(terminal_safe, self._lines()))

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


class CannotUndo(Exception):
    """A run that cannot be undone; the message says why, as a sentence."""


def undo_run(
    run_id: int,
    now: datetime,
    *,
    is_dry_run: bool = False,
    say: Callable[[str], object] = lambda text: None,
) -> Undone:
    """Undo a run in batches, and report what went and what stays.

    From the first moment it counts no more for any import; its articles follow, lowest
    number first. One that was broken off goes on where it stopped. A dry run takes the
    same road and leaves nothing; `say` is told what others wait for.
    """
    if goes_on(_run(run_id)):
        raise CannotUndo(f"Import {run_id} still goes on: stop it, or let it end.")
    with dry_running(say) if is_dry_run else alone():
        run = _begun(run_id, now)
        report = Undone(run, run.files.count(), is_dry_run)
        pace = Pace()
        for article_ids in pace.batches(_touched(run), lambda article_id: 1):
            with pace.batch(len(article_ids)):
                _undo(run, article_ids, report)
                import_runs.save_undo_progress(run, article_ids[-1], report.kept())
        import_runs.end_undo(run)
        if not is_dry_run:
            count_rows_anew(report.fates.total())
    return report


def _run(run_id: int) -> ImportRun:
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is None:
        raise CannotUndo(f"There is no import {run_id}.")
    if run.undone_at and not run.is_half_undone:
        raise CannotUndo(f"Import {run_id} was undone on {day(run.undone_at)} already.")
    return run


def _begun(run_id: int, now: datetime) -> ImportRun:
    """Return the run, of which nobody else can begin the undo or go on with it."""
    if not import_runs.hold_run(_run(run_id)):
        raise CannotUndo(f"Import {run_id} is being undone by another process.")
    with edition.transaction():
        # Not while an import asks which files are known.
        import_runs.wait_for_other_imports()
        run = _run(run_id)
        if not run.is_half_undone:
            import_runs.begin_undo(run, now)
    return run


def _touched(run: ImportRun) -> list[int]:
    """Return the articles, not taken back yet, that the run wrote or has sources of."""
    written = Revision.objects.filter(run=run).values_list("article", flat=True)
    read = SourceStory.objects.filter(file__run=run, article__isnull=False)
    touched = {*written, *read.values_list("article", flat=True)}
    return sorted(pk for pk in touched if pk > run.undo_reached)


def _undo(run: ImportRun, article_ids: Sequence[int], report: Undone) -> None:
    locked = Article.objects.with_parts().select_for_update(of=("self",))
    articles = locked.in_bulk(article_ids)
    pasts = _pasts(run, articles)
    sections = set(Tag.objects.in_navigation().values_list("name", flat=True))
    decisions = {
        pk: in_a_section(take_back(past), past.now, sections)
        for pk, past in pasts.items()
    }
    _write(run, articles, decisions)
    own = [s.reading.source_id for past in pasts.values() for s in past.own]
    import_runs.discount_readings(own)
    _hand_over(decisions)
    import_runs.delete_articles(
        [pk for pk, d in decisions.items() if d.what == "deleted"]
    )
    for pk, decision in decisions.items():
        report.add(articles[pk].code, decision)


def _pasts(run: ImportRun, articles: dict[int, Article]) -> dict[int, Past]:
    steps: dict[int, list[Step]] = defaultdict(list)
    revisions = Revision.objects.filter(article__in=articles).select_related("run")
    for row in revisions.order_by("article", "number"):
        is_undone = row.run is not None and row.run.undone_at is not None
        steps[row.article_id].append(Step(from_json(row.story), row.run_id, is_undone))
    found: dict[int, list[Source]] = defaultdict(list)
    readings = SourceStory.objects.filter(article__in=articles)
    readings = readings.exclude(outcome=SourceStory.Outcome.UNDONE)
    readings = readings.exclude(outcome=SourceStory.Outcome.GONE, is_taken=False)
    for row in readings.select_related("file").defer("file__content", "pieces"):
        source = Source(as_reading(row), row.file.run_id, row.is_taken)
        found[row.article_id].append(source)
    public = ever_public(articles)
    return {
        pk: Past(run.pk, story_of(article), steps[pk], found[pk], pk in public)
        for pk, article in articles.items()
    }


def _write(
    run: ImportRun, articles: dict[int, Article], decisions: dict[int, Decision]
) -> None:
    changes = [
        store.Change(decision.story, pk, articles[pk].revision)
        for pk, decision in decisions.items()
        if decision.what in ("withdrawn", "taken back")
    ]
    store.write(changes, by=run, why=f"taken back with import {run.pk}")


def _hand_over(decisions: dict[int, Decision]) -> None:
    """Let articles follow the readings that win now, and keep what these contradict."""
    winners = {pk: d.winner for pk, d in decisions.items() if d.winner}
    sources.clear_current_readings(winners, ())
    sources.set_current_readings([winner.source_id for winner in winners.values()])
    questions.save_conflicts(
        [
            questions.ReadingConflicts(
                pk, winner.source_id, decisions[pk].conflicts, winner.story
            )
            for pk, winner in winners.items()
        ]
    )
