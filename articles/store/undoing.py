"""Take back the rows that an import run left; the files and their bytes stay."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import F

from articles.models import (
    Article,
    Conflict,
    ImportRun,
    Revision,
    SourceFile,
    SourceStory,
    Tagging,
)
from articles.store import edition
from articles.story.story import Status, from_json

# No parser has this version, so that files of it are read again by the next import.
UNREAD = 0


def begin_undo(run: ImportRun, now: datetime) -> None:
    """Let the run count no more from this moment on: its files are to be read anew."""
    run.undone_at, run.undo_reached = now, 0
    run.save(update_fields=["undone_at", "undo_reached"])


def keep_undo(run: ImportRun, reached: int, report: dict[str, Any]) -> None:
    """Keep how far an undo has come, with what it did so far."""
    run.undo_reached, run.undo_report = reached, report
    run.save(update_fields=["undo_reached", "undo_report"])


def end_undo(run: ImportRun) -> None:
    run.undo_reached = None
    run.save(update_fields=["undo_reached"])


def leave_out(source_ids: Collection[int]) -> None:
    """Let readings count no more, and no editor be asked what they contradict."""
    Conflict.objects.open().filter(source__in=source_ids).delete()
    readings = SourceStory.objects.filter(pk__in=source_ids)
    SourceFile.objects.filter(stories__in=readings).update(parser_version=UNREAD)
    readings.update(outcome=SourceStory.Outcome.UNDONE)


def hand_on_files(file_ids: Collection[int], run: ImportRun) -> None:
    """Let a file of an undone run belong to the one that has read it again."""
    if file_ids:
        files = SourceFile.objects.filter(pk__in=file_ids)
        files.exclude(run__undone_at=None).update(run=run)


def statuses_before(article_ids: Collection[int]) -> dict[int, Status]:
    """Return what the status was of articles that an undo withdrew.

    Those that were withdrawn before, or that anybody wrote since, are left out.
    """
    if not article_ids:
        return {}
    newest = Revision.objects.filter(number__gte=F("article__revision") - 1)
    rows = newest.filter(article__in=article_ids).order_by("article", "number")
    found: dict[int, list[Revision]] = defaultdict(list)
    for row in rows:
        found[row.article_id].append(row)
    return {
        article_id: status
        for article_id, (before, *after) in found.items()
        if (status := from_json(before.story).status) != "withdrawn"
        and any(row.run_id and _is_withdrawn(row) for row in after)
    }


def _is_withdrawn(revision: Revision) -> bool:
    return from_json(revision.story).status == "withdrawn"


def delete_articles(article_ids: Collection[int]) -> None:
    """Delete articles that readers never saw, with all that hangs on them."""
    articles = Article.objects.filter(pk__in=article_ids)
    if not article_ids:
        return
    taggings = Tagging.objects.filter(content_object__in=article_ids)
    tags = set(taggings.values_list("tag", flat=True))
    tags |= set(articles.values_list("section", flat=True)) - {None}
    SourceStory.objects.filter(article__in=article_ids).update(is_taken=False)
    articles.delete()
    keys = {f"tag:{pk}" for pk in tags} | {f"story:{pk}" for pk in article_ids}
    edition.note_changed({"latest"} | keys)
