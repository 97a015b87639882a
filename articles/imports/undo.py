"""Undo an import run: what it made goes, what editors did since stays.

What becomes of one article is decided by its own past, in pure functions; the report
says what was done, and which imports there are to undo.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal, get_args

from django.utils.timezone import localtime

from articles import store
from articles.imports.decide import (
    KnownArticle,
    Question,
    as_read,
    as_read_before,
    find_question,
    merge_reading,
)
from articles.imports.dry_run import dry_running
from articles.imports.known_readings import as_reading, reading_rows
from articles.imports.lock import import_lock, is_running
from articles.imports.matching import Reading, best_reading
from articles.imports.pace import Pace
from articles.imports.reports import count_of, printable_text
from articles.models import Article, ImportRun, Revision, SourceStory, Tag
from articles.store import edition, import_runs, questions, sources
from articles.store.history import ever_public
from articles.store.query_plans import count_rows_anew
from articles.store.rows import story_of
from articles.story.merge import Conflict, has_lost_section, merge, reverse
from articles.story.story import Story, from_json, to_json

UndoOutcome = Literal["deleted", "withdrawn", "taken back", "left", "unchanged"]


@dataclass(frozen=True, slots=True)
class PastRevision:
    """A revision of the article, by an import run or by an editor."""

    story: Story
    run_id: int | None = None
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class RunReading:
    """A reading that counts, and the run that brought its file.

    The run to be undone may have read the file of the current one again.
    """

    reading: Reading
    run_id: int
    is_current: bool = False
    is_reread: bool = False


@dataclass(frozen=True)
class ArticleHistory:
    """An article as it is now, its revisions from the first on, and its readings.

    `was_public` says whether readers could read it at any moment so far.
    """

    run_id: int
    now: Story
    revisions: Sequence[PastRevision]
    readings: Sequence[RunReading]
    was_public: bool = False

    @cached_property
    def undone(self) -> list[RunReading]:
        """The readings that go: of the run's files, or of what the run began."""
        is_begun = self.revisions[0].run_id == self.run_id
        return [
            reading
            for reading in self.readings
            if reading.run_id == self.run_id
            or (is_begun and reading.run_id < self.run_id)
        ]

    @cached_property
    def remaining(self) -> list[RunReading]:
        undone = {id(reading) for reading in self.undone}
        return [reading for reading in self.readings if id(reading) not in undone]

    def left(self) -> list[Reading]:
        """Return what remains, as it was before the run read its file again."""
        return [
            replace(each.reading, story=reading_before(self, each.reading.story))
            if each.is_reread
            else each.reading
            for each in self.remaining
        ]

    @property
    def current(self) -> RunReading | None:
        return next((reading for reading in self.readings if reading.is_current), None)

    @property
    def is_all_undone(self) -> bool:
        """Whether all runs that the article comes from are undone."""
        return bool(self.undone) and not self.remaining and self.revisions[0].is_undone

    @property
    def has_editor(self) -> bool:
        return any(revision.run_id is None for revision in self.revisions)

    def changes(self) -> Iterator[tuple[Story, Story]]:
        """Yield the article before and after each change of the run, the last first.

        What an undone run could not reverse, because a later run had changed it since,
        is reversed with the later one.
        """
        has_live = False
        for before, after in reversed(list(pairwise(self.revisions))):
            if after.run_id == self.run_id or (after.is_undone and not has_live):
                yield before.story, after.story
            has_live |= after.run_id is not None and not after.is_undone


@dataclass(frozen=True, slots=True)
class UndoDecision:
    """What becomes of the article; `winner` is the reading it follows from now on.

    `kept` are fields in which an editor's words stay in place of what was before;
    `is_edited` says that an editor worked on an article of which no source is left.
    """

    what: UndoOutcome
    story: Story
    winner: Reading | None = None
    kept: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    is_edited: bool = False
    question: Question | None = None


def decide_undo(history: ArticleHistory) -> UndoDecision:
    """Decide what leaves the article as if the run had never been, but for editors."""
    decision = _undo_words(history)
    return decision if decision.what == "deleted" else _redated(history, decision)


def _undo_words(history: ArticleHistory) -> UndoDecision:
    """Decide on all but the day of the first publication."""
    if history.is_all_undone and history.now.status == "binned":
        return UndoDecision("left", history.now)
    if history.is_all_undone:
        if history.has_editor or history.was_public:
            story = replace(history.now, status="withdrawn")
            return UndoDecision("withdrawn", story, is_edited=history.has_editor)
        return UndoDecision("deleted", history.now)
    current = history.current
    if current and current not in history.undone and current.run_id > history.run_id:
        return UndoDecision("left", history.now)
    if not any(history.changes()) and current not in history.undone:
        return UndoDecision("unchanged", history.now)
    if history.undone:
        return _follow_remaining_readings(history)
    return _reverse_changes(history)


def with_known_section(
    decision: UndoDecision, now: Story, sections: Container[str]
) -> UndoDecision:
    """Return the decision with the present section, if its own no longer exists."""
    if not has_lost_section(decision.story, now, sections):
        return decision
    story = replace(decision.story, section=now.section)
    kept = dict.fromkeys((*decision.kept, "section"))
    return replace(decision, story=story, kept=tuple(kept))


def _redated(history: ArticleHistory, decision: UndoDecision) -> UndoDecision:
    """Return the decision with the first publication by the readings that are left.

    What is withdrawn has that of the reading that it would come back with. An editor's
    own stays, and so does the one that readers see, if no reading has any.
    """
    current, now = history.current, history.now
    if current is None:
        return decision
    is_withdrawn = decision.what == "withdrawn"
    left = [current.reading] if is_withdrawn else history.left()
    followed = decision.winner or current.reading
    winner = next((r for r in left if r.source_id == followed.source_id), None)
    if winner is None:
        return decision
    others = tuple(each.reading for each in history.readings if not each.is_current)
    before = as_read_before(KnownArticle(0, current.reading, others, now=now))
    after = as_read(winner, left)
    if decision.winner:
        decision = replace(decision, winner=replace(winner, story=after))
    if after.published == before.published:
        return decision
    if now.published != before.published:
        kept = () if is_withdrawn else ("published",)
        return replace(decision, kept=(*decision.kept, *kept))
    if after.published is None and decision.story.status == "published":
        return decision
    story = replace(decision.story, published=after.published)
    what: UndoOutcome = "withdrawn" if is_withdrawn else "taken back"
    return replace(decision, what=what, story=story)


def _reverse_changes(history: ArticleHistory) -> UndoDecision:
    """Take each of the run's changes back, and keep what stands in the way.

    As long as there are readings, the first publication is theirs to say.
    """
    story = history.now
    kept: list[str] = []
    for earlier, after in history.changes():
        published = (after if history.remaining else earlier).published
        before = replace(earlier, published=published)
        merged = reverse(before, after, story)
        kept += [conflict.what for conflict in merged.conflicts]
        story = merged.story
    what: UndoOutcome = "unchanged" if story == history.now else "taken back"
    return UndoDecision(what, story, kept=tuple(dict.fromkeys(kept)))


def reading_before(history: ArticleHistory, story: Story) -> Story:
    """Return what a reading said, without what the run changed in its article."""
    for before, after in history.changes():
        story = merge(after, story, before).story
    return story


def _follow_remaining_readings(history: ArticleHistory) -> UndoDecision:
    """Let the article follow the best of the readings that are left."""
    remaining = [each.reading for each in history.remaining]
    if not remaining:
        return _reverse_changes(history)
    winner = best_reading(remaining)
    older = [
        source.reading for source in history.remaining if source.run_id < history.run_id
    ]
    before = best_reading(older) if older else None
    if before is None:
        # The run began the article, and a later one has read the story, too.
        base, back = history.current, UndoDecision("unchanged", history.now)
        before = base.reading if base else winner
    else:
        back = _reverse_changes(history)
    others = [reading for reading in remaining if reading is not winner]
    if winner is before:
        question = find_question(winner, others, back.story)
        return replace(back, winner=winner, question=question)
    published = back.story.published
    merged = merge_reading(
        replace(before.story, published=published),
        back.story,
        replace(winner.story, published=published),
    )
    what: UndoOutcome = "unchanged" if merged.story == history.now else "taken back"
    question = find_question(winner, others, merged.story)
    return UndoDecision(
        what, merged.story, winner, back.kept, merged.conflicts, question=question
    )


MOST_RUNS_SHOWN = 10
# A dry run names so many stories of each outcome.
MOST_NAMED = 200


@dataclass(slots=True)
class UndoReport:
    """The articles of a run by what became of them, and what editors keep.

    A dry run names the articles, too, but no more than anybody reads.
    """

    run: ImportRun
    files: int
    is_dry_run: bool = False
    outcomes: Counter[str] = field(init=False)
    notes: list[str] = field(init=False)
    named: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Go on with what was done before, where the undo was broken off."""
        self.outcomes = Counter(self.run.undo_report.get("stories", {}))
        self.notes = list(self.run.undo_report.get("notes", []))

    def state(self) -> dict[str, Any]:
        """Return what to go on with, if the undo is broken off now."""
        return {"stories": dict(self.outcomes), "notes": self.notes}

    def add(self, code: str, decision: UndoDecision) -> None:
        self.outcomes[decision.what] += 1
        article = f"{code}, {decision.story.headline}"
        named = self.named.setdefault(decision.what, [])
        if self.is_dry_run and len(named) < MOST_NAMED:
            named.append(article)
        if decision.is_edited:
            self.notes.append(
                f"Withdrawn, though an editor had worked on it: {article}"
            )
        if decision.what == "left":
            is_binned = decision.story.status == "binned"
            how = "Left in the bin" if is_binned else "Left as a later import has it"
            self.notes.append(f"{how}: {article}")
        if decision.kept:
            fields = ", ".join(decision.kept)
            self.notes.append(f"Kept as edited since ({fields}): {article}")
        if decision.conflicts:
            count = count_of(len(decision.conflicts), "conflict")
            self.notes.append(f"{count} for an editor: {article}")

    def as_text(self) -> str:
        """Return the summary an operator reads at the end."""
        return printable_text(self._lines())

    def _lines(self) -> Iterator[str]:
        begun = (
            f"begun on {moment(self.run.started_at)}, {count_of(self.files, 'file')}"
        )
        yield f"Import {self.run.pk}, {begun}."
        yield from undo_figures(self.state())
        if self.is_dry_run:
            for outcome in get_args(UndoOutcome):
                named = self.named.get(outcome, [])
                yield from (f"Would be {outcome}: {article}" for article in named)
                if more := self.outcomes[outcome] - len(named):
                    yield f"Would be {outcome}: {more:,} more."
            yield "This was a dry run: nothing was undone."
        else:
            yield "Undone. The files stay; importing them again reads them afresh."


def undo_figures(kept: Mapping[str, Any]) -> Iterator[str]:
    """Yield in sentences what became of the stories, as a run keeps it."""
    counts = (
        f"{kept['stories'].get(outcome, 0):,} {outcome}"
        for outcome in get_args(UndoOutcome)
    )
    yield f"Stories: {', '.join(counts)}."
    yield from kept["notes"]


def list_last_runs() -> Iterator[str]:
    """Yield a line for each of the newest imports."""
    for run in ImportRun.objects.all()[:MOST_RUNS_SHOWN]:
        if run.is_half_undone:
            state = f"half undone: `undo_import {run.pk}` finishes the job"
        elif run.undone_at:
            state = f"undone on {day(run.undone_at)}"
        elif run.finished_at:
            state = _counts(run)
        else:
            state = "still running" if is_running(run) else "broken off"
        files = count_of(run.report.get("files", run.files.count()), "file")
        yield f"{run.pk:>6}  {moment(run.started_at)}  {files:>13}  {state}"


def day(at: datetime) -> str:
    return f"{localtime(at):%Y-%m-%d}"


def moment(at: datetime) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}"


def _counts(run: ImportRun) -> str:
    names = {"created": "created", "changed": "changed", "conflict": "in conflict"}
    return ", ".join(f"{run.report.get(k, 0):,} {name}" for k, name in names.items())


class CannotUndo(Exception):
    """A run that cannot be undone; the message says why, as a sentence."""


def undo_run(
    run_id: int,
    now: datetime,
    *,
    is_dry_run: bool = False,
    say: Callable[[str], object] = lambda text: None,
) -> UndoReport:
    """Undo a run in batches, and report what went and what stays.

    From the first moment it counts no more for any import; its articles follow, lowest
    number first. One that was broken off goes on where it stopped. A dry run takes the
    same road and leaves nothing; `say` gets a sentence on what others wait for.
    """
    if is_running(_run(run_id)):
        raise CannotUndo(
            f"Import {run_id} is still running: stop it, or let it finish."
        )
    with dry_running(say) if is_dry_run else import_lock():
        run = _begin(run_id, now)
        report = UndoReport(run, run.files.count(), is_dry_run)
        pace = Pace()
        for article_ids in pace.batches(_articles_to_undo(run), lambda article_id: 1):
            with pace.batch(len(article_ids)):
                _undo(run, article_ids, report)
                import_runs.save_undo_progress(run, article_ids[-1], report.state())
        import_runs.forget_what_was_asked(run)
        import_runs.end_undo(run)
        if not is_dry_run:
            count_rows_anew(report.outcomes.total())
    return report


def _run(run_id: int) -> ImportRun:
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is None:
        raise CannotUndo(f"There is no import {run_id}.")
    if run.undone_at and not run.is_half_undone:
        raise CannotUndo(f"Import {run_id} was already undone on {day(run.undone_at)}.")
    return run


def _begin(run_id: int, now: datetime) -> ImportRun:
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


def _articles_to_undo(run: ImportRun) -> list[int]:
    """Return the articles still to be undone: what the run wrote or has sources of."""
    written = Revision.objects.filter(run=run).values_list("article", flat=True)
    read = SourceStory.objects.filter(file__run=run, article__isnull=False)
    touched = {*written, *read.values_list("article", flat=True)}
    return sorted(pk for pk in touched if pk > run.undo_reached)


def _undo(run: ImportRun, article_ids: Sequence[int], report: UndoReport) -> None:
    locked = Article.objects.with_parts().select_for_update(of=("self",))
    articles = locked.in_bulk(article_ids)
    histories = _histories(run, articles)
    sections = set(Tag.objects.sections().values_list("name", flat=True))
    decisions = {
        pk: with_known_section(decide_undo(history), history.now, sections)
        for pk, history in histories.items()
    }
    _write(run, articles, decisions)
    undone = [
        source.reading.source_id
        for history in histories.values()
        for source in history.undone
    ]
    import_runs.discount_readings(undone)
    _restore_readings(histories.values())
    _set_current_readings(decisions)
    import_runs.delete_articles(
        [pk for pk, decision in decisions.items() if decision.what == "deleted"]
    )
    for pk, decision in decisions.items():
        report.add(articles[pk].code, decision)


def _restore_readings(histories: Iterable[ArticleHistory]) -> None:
    """Let readings say what they did before the run read their files again.

    So what it was told can be told once more, and is heard.
    """
    sources.save_stories(
        {
            left.source_id: to_json(left.story)
            for history in histories
            for each, left in zip(history.remaining, history.left(), strict=True)
            if each.is_reread
        }
    )


def _histories(
    run: ImportRun, articles: dict[int, Article]
) -> dict[int, ArticleHistory]:
    revisions: dict[int, list[PastRevision]] = defaultdict(list)
    rows = Revision.objects.filter(article__in=articles).select_related("run")
    for row in rows.order_by("article", "number"):
        is_undone = row.run is not None and row.run.undone_at is not None
        revision = PastRevision(from_json(row.story), row.run_id, is_undone)
        revisions[row.article_id].append(revision)
    found: dict[int, list[RunReading]] = defaultdict(list)
    readings = reading_rows().filter(article__in=articles)
    readings = readings.exclude(outcome=SourceStory.Outcome.UNDONE)
    readings = readings.exclude(outcome=SourceStory.Outcome.GONE, is_taken=False)
    current = {row.file_id for row in readings if row.is_taken}
    again = import_runs.files_read_again(run, current)
    for row in readings:
        is_reread = row.is_taken and row.file_id in again
        source = RunReading(
            as_reading(row), row.file.run_id, row.is_taken, is_reread=is_reread
        )
        found[row.article_id].append(source)
    public = ever_public(articles)
    return {
        pk: ArticleHistory(
            run.pk, story_of(article), revisions[pk], found[pk], pk in public
        )
        for pk, article in articles.items()
    }


def _write(
    run: ImportRun, articles: dict[int, Article], decisions: dict[int, UndoDecision]
) -> None:
    changes = [
        store.Change(decision.story, pk, articles[pk].revision)
        for pk, decision in decisions.items()
        if decision.what in ("withdrawn", "taken back")
    ]
    store.write(changes, by=run, why=f"taken back with import {run.pk}")


def _set_current_readings(decisions: dict[int, UndoDecision]) -> None:
    """Let articles follow the readings that win now, and keep what these contradict."""
    winners = {
        pk: decision.winner for pk, decision in decisions.items() if decision.winner
    }
    sources.clear_current_readings(winners, ())
    sources.set_current_readings([winner.source_id for winner in winners.values()])
    questions.save_conflicts(
        [
            questions.ReadingConflicts(
                pk,
                winner.source_id,
                decisions[pk].conflicts,
                winner.story,
                (asked.reading.source_id, asked.conflict)
                if (asked := decisions[pk].question)
                else None,
            )
            for pk, winner in winners.items()
        ]
    )
