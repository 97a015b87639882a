"""Undo an import run: what it made goes, what editors did since stays."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

from articles import store
from articles.imports.alone import alone, goes_on
from articles.imports.dry_run import dry_running
from articles.imports.pace import Pace
from articles.imports.readings import as_reading
from articles.imports.taking_back import (
    Decision,
    Past,
    Source,
    Step,
    in_a_section,
    take_back,
)
from articles.imports.undo_report import Undone, day
from articles.models import Article, ImportRun, Revision, SourceStory, Tag
from articles.store import edition, questions, sources, undoing
from articles.store.history import ever_public
from articles.store.plans import count_rows_anew
from articles.store.rows import story_of
from articles.story.story import from_json


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
                undoing.keep_undo(run, article_ids[-1], report.kept())
        undoing.end_undo(run)
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
    if not sources.hold(_run(run_id)):
        raise CannotUndo(f"Import {run_id} is being undone by another process.")
    with edition.transaction():
        # Not while an import asks which files are known.
        sources.wait_for_others()
        run = _run(run_id)
        if not run.is_half_undone:
            undoing.begin_undo(run, now)
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
    undoing.leave_out(own)
    _hand_over(decisions)
    undoing.delete_articles([pk for pk, d in decisions.items() if d.what == "deleted"])
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
    sources.leave(winners, ())
    sources.take([winner.source_id for winner in winners.values()])
    questions.keep(
        [
            questions.Verdict(
                pk, winner.source_id, decisions[pk].conflicts, winner.story
            )
            for pk, winner in winners.items()
        ]
    )
