"""Begin, hold and end import runs, and undo them.

An undo takes back the rows of a run; its files and their bytes stay.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from time import monotonic, sleep
from typing import Any

from django.db import connection
from django.db.models import F

from articles.models import (
    Article,
    Conflict,
    ImportRun,
    Revision,
    SourceFile,
    SourceStory,
    Tag,
    Tagging,
)
from articles.store import edition, edition_keys
from articles.story.story import Status, from_json

# No parser has this version, so that files of it are read again by the next import.
UNREAD = 0

# Any number that nothing else of this database locks.
IMPORTING = 4_711_001

# Seconds in which a server sees that the process of one of its connections was killed.
PATIENCE = 2.0


def begin_run(now: datetime) -> ImportRun:
    """Return the row of a new import run, held by this connection to its end."""
    run = ImportRun.objects.create(started_at=now)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [IMPORTING, run.pk])
    return run


def hold_run(run: ImportRun) -> bool:
    """Hold a run to the end of this connection, unless somebody else holds it.

    On SQLite an import or an undo holds the whole database.
    """
    return connection.vendor != "postgresql" or _wait_for_lock(
        "pg_try_advisory_lock", run
    )


def is_run_held(run: ImportRun) -> bool:
    """Tell whether another connection holds the run."""
    if connection.vendor != "postgresql":
        return False
    return not _wait_for_lock("pg_try_advisory_xact_lock", run)


def _wait_for_lock(lock: str, run: ImportRun) -> bool:
    """Try to get the lock of a run that the process of another connection may have.

    If that process died, the server needs a moment to see it.
    """
    until = monotonic() + PATIENCE
    while True:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {lock}(%s, %s)", [IMPORTING, run.pk])
            if cursor.fetchone()[0]:
                return True
        if monotonic() > until:
            return False
        sleep(0.05)


def end_run(run: ImportRun, counts: dict[str, Any], now: datetime) -> None:
    """Write what the run counted; a run without an end was broken off."""
    run.report, run.finished_at = counts, now
    run.save(update_fields=["report", "finished_at"])


def wait_for_other_imports() -> None:
    """Let imports write one batch after the other: they see each other's stories.

    On SQLite a transaction has the database to itself as it is.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORTING])


def begin_undo(run: ImportRun, now: datetime) -> None:
    """Discount the run from this moment on: its files are to be read anew."""
    run.undone_at, run.undo_reached = now, 0
    run.save(update_fields=["undone_at", "undo_reached"])


def save_undo_progress(run: ImportRun, reached: int, report: dict[str, Any]) -> None:
    """Save how far an undo has come, with what it did so far."""
    run.undo_reached, run.undo_report = reached, report
    run.save(update_fields=["undo_reached", "undo_report"])


def files_read_again(run: ImportRun, file_ids: Collection[int]) -> set[int]:
    """Return which of the files the run was the last to read again."""
    files = SourceFile.objects.filter(pk__in=file_ids, asked__run=run.pk)
    return set(files.values_list("pk", flat=True))


def forget_what_was_asked(run: ImportRun) -> None:
    """Let the files that the run read again have been told what they were before.

    Where that is another encoding their lines were other letters: they are read anew.
    """
    changed = SourceStory.objects.filter(article__revisions__run=run)
    rows = SourceFile.objects.filter(pk__in=changed.values("file"), asked__run=run.pk)
    files = list(rows.only("asked", "parser_version"))
    for file in files:
        before = file.asked["before"]
        if file.asked.get("encoding") != before.get("encoding"):
            file.parser_version = UNREAD
        file.asked = before
    SourceFile.objects.bulk_update(files, ["asked", "parser_version"], batch_size=500)


def end_undo(run: ImportRun) -> None:
    run.undo_reached = None
    run.save(update_fields=["undo_reached"])


def discount_readings(source_ids: Collection[int]) -> None:
    """Discount readings, and ask no editor about what they contradict."""
    Conflict.objects.open().filter(source__in=source_ids).delete()
    readings = SourceStory.objects.filter(pk__in=source_ids)
    SourceFile.objects.filter(stories__in=readings).update(parser_version=UNREAD)
    readings.update(outcome=SourceStory.Outcome.UNDONE)


def give_files_to_run(file_ids: Collection[int], run: ImportRun) -> None:
    """Give the files of undone runs to the run that has read them again."""
    if file_ids:
        files = SourceFile.objects.filter(pk__in=file_ids)
        files.exclude(run__undone_at=None).update(run=run)


def statuses_before(article_ids: Collection[int]) -> dict[int, Status]:
    """Return the status that articles had before an undo withdrew them.

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
        and any(
            row.run_id and from_json(row.story).status == "withdrawn" for row in after
        )
    }


def delete_articles(article_ids: Collection[int]) -> None:
    """Delete articles that readers never saw, with all that hangs on them.

    So go tags without a description or other names that no other article has.
    """
    articles = Article.objects.filter(pk__in=article_ids)
    if not article_ids:
        return
    edition.note_changed(edition_keys.of_articles(articles))
    taggings = Tagging.objects.filter(content_object__in=article_ids)
    tags = set(taggings.values_list("tag", flat=True))
    tags |= set(articles.values_list("section", flat=True)) - {None}
    SourceStory.objects.filter(article__in=article_ids).update(is_taken=False)
    articles.delete()
    # What only the run named must not look like a tag that an editor made.
    unused = Tag.objects.filter(pk__in=tags, taggings=None, section_articles=None)
    unused = unused.filter(is_section=False, description="", aliases="")
    for tag in unused:
        edition.note_changed(edition_keys.of_lists(tag))
    unused.delete()
