"""Keep what was read from source files: the proof that nothing was lost."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic, sleep
from typing import Any

from django.db import connection
from django.db.models import Case, Count, Model, Q, When

from articles.models import (
    Doubt,
    ImportRun,
    MatchKey,
    SourceFile,
    SourceStory,
    Suspicion,
)
from articles.store import bulk
from articles.store.questions import settle_again

FILE_AS_READ = ("encoding", "parser_version", "furniture", "unexplained")
FILE = ("id", "name", "sha256", "content", "run_id", *FILE_AS_READ)
STORY_AS_READ = ("article_id", "outcome", "first_line", "last_line", "story", "pieces")
STORY = ("id", "file_id", "position", "is_taken", *STORY_AS_READ)
SUSPICION = ("article_id", "other_id", "kind", "decided_at", "decided_by_id")
DOUBT = ("source_id", "line", "code", "text", "dismissed_at", "dismissed_by_id")

# Any number that nothing else of this database locks.
IMPORTING = 4_711_001

# Seconds in which a server sees that the process of one of its connections was killed.
PATIENCE = 2.0


@dataclass(slots=True)
class KeptStory:
    """The row of a reading, its doubts, and what it is to be found by."""

    row: SourceStory
    doubts: list[Doubt] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)


def begin_run(now: datetime) -> ImportRun:
    """Return the row of a new import run, held by this connection to its end."""
    run = ImportRun.objects.create(started_at=now)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [IMPORTING, run.pk])
    return run


def hold(run: ImportRun) -> bool:
    """Hold a run to the end of this connection; tell whether nobody else does.

    On SQLite whoever imports or undoes holds the whole database.
    """
    return connection.vendor != "postgresql" or _in_time("pg_try_advisory_lock", run)


def is_held(run: ImportRun) -> bool:
    """Tell whether another connection is at the run."""
    if connection.vendor != "postgresql":
        return False
    return not _in_time("pg_try_advisory_xact_lock", run)


def _in_time(lock: str, run: ImportRun) -> bool:
    """Try to get the lock of a run that the process of another connection may have.

    If that process died, the server needs a moment to see it.
    """
    until = monotonic() + PATIENCE
    while not _try(lock, run):
        if monotonic() > until:
            return False
        sleep(0.05)
    return True


def _try(lock: str, run: ImportRun) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s, %s)", [IMPORTING, run.pk])
        return bool(cursor.fetchone()[0])


def end_run(run: ImportRun, counts: dict[str, Any], now: datetime) -> None:
    """Keep what the run counted; one without an end was broken off."""
    run.report, run.finished_at = counts, now
    run.save(update_fields=["report", "finished_at"])


def wait_for_others() -> None:
    """Let imports write one batch after the other: they see each other's stories.

    On SQLite a transaction has the database to itself as it is.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORTING])


def known_files(
    hashes: Iterable[str], parser_version: int
) -> tuple[dict[str, int], set[str]]:
    """Return how many stories this parser has read in files of these bytes.

    And which of the others are kept: read by an older parser, or brought by an undone
    run, which are read anew and belong to the next run from then on.
    """
    is_read_so = Q(parser_version__gte=parser_version, run__undone_at=None)
    # In a file without any bytes nothing stood but what was erased for good.
    is_known = is_read_so | Q(content=b"")
    is_read = ~Q(stories__outcome=SourceStory.Outcome.GONE)
    files = SourceFile.objects.filter(sha256__in=hashes).annotate(
        is_known=Case(When(is_known, then=True), default=False),
        count=Count("stories", filter=is_read),
    )
    rows = list(files.order_by().values_list("sha256", "count", "is_known"))
    known = {digest: count for digest, count, is_known in rows if is_known}
    return known, {digest for digest, _, is_known in rows if not is_known}


def kept_bytes(hashes: Iterable[str]) -> dict[str, bytes]:
    """Return what is kept of the files: without the lines that were erased for good."""
    files = SourceFile.objects.filter(sha256__in=hashes)
    rows = files.order_by().values_list("sha256", "content")
    return {digest: bytes(content) for digest, content in rows}


def keep_files(files: Sequence[SourceFile]) -> list[SourceFile]:
    """Write files, or what a newer parser made of the same bytes; return the rows."""
    rows = SourceFile.objects.defer("content", "furniture", "unexplained")
    rows = rows.filter(sha256__in=[file.sha256 for file in files])
    known = {row.sha256: row for row in rows}
    new = [file for file in files if file.sha256 not in known]
    for file, file_id in zip(new, bulk.next_ids(SourceFile, len(new)), strict=True):
        file.pk = file_id
    bulk.insert(SourceFile, FILE, (_values(file, FILE) for file in new))
    again = [file for file in files if file.sha256 in known]
    for file in again:
        file.pk = known[file.sha256].pk
    if again:
        SourceFile.objects.bulk_update(again, FILE_AS_READ)
    return [known.get(file.sha256, file) for file in files]


def keep_stories(stories: Sequence[KeptStory], again: Collection[int]) -> None:
    """Write readings in place of earlier ones from the same places of their files.

    `again` are the files that a newer parser read. A doubt that was dismissed stays
    dismissed.
    """
    new = [story for story in stories if story.row.file_id not in again]
    for story, row_id in zip(new, bulk.next_ids(SourceStory, len(new)), strict=True):
        story.row.pk = row_id
    bulk.insert(SourceStory, STORY, (_values(story.row, STORY) for story in new))
    _write_again([story for story in stories if story.row.file_id in again])
    _keep_doubts(stories, again)
    keys = ((key, story.row.pk) for story in new for key in story.keys)
    bulk.insert(MatchKey, ("key", "source_id"), keys)


def _write_again(stories: Sequence[KeptStory]) -> None:
    if stories:
        SourceStory.objects.bulk_create(
            [story.row for story in stories],
            update_conflicts=True,
            unique_fields=["file", "position"],
            update_fields=["article", *STORY_AS_READ[1:]],
        )
        MatchKey.objects.filter(source__in=[story.row for story in stories]).delete()
        keys = [MatchKey(source=s.row, key=key) for s in stories for key in s.keys]
        MatchKey.objects.bulk_create(keys)


def let_go(again: Mapping[int, int]) -> None:
    """Let count no more what a newer parser does not read in a file any more.

    `again` are how many stories the files have now.
    """
    if again:
        rows = SourceStory.objects.filter(file__in=again)
        places = rows.values_list("pk", "file", "position")
        gone = [pk for pk, file, position in places if position > again[file]]
        rows.filter(pk__in=gone).update(outcome=SourceStory.Outcome.GONE)


def leave(article_ids: Collection[int], file_ids: Collection[int]) -> None:
    """Forget from which readings the articles, and those of the files, have words.

    An article keeps the words of a reading that is gone until it gets others.
    """
    taken = SourceStory.objects.filter(is_taken=True)
    read_anew = Q(file__in=file_ids) & ~Q(outcome=SourceStory.Outcome.GONE)
    taken.filter(Q(article__in=article_ids) | read_anew).update(is_taken=False)


def take(source_ids: Collection[int]) -> None:
    """Keep that their articles have their words from these readings."""
    SourceStory.objects.filter(pk__in=source_ids).update(is_taken=True)
    settle_again(source_ids)


def suspect(pairs: Iterable[tuple[int, int]]) -> None:
    """Keep of which others articles are near copies, until an editor says more."""
    undecided = ("", None, None)
    rows = (pair + undecided for pair in pairs)
    bulk.insert(Suspicion, SUSPICION, rows)


def _keep_doubts(stories: Sequence[KeptStory], again: Collection[int]) -> None:
    dismissed: set[tuple[int, int, str]] = set()
    if again:
        old = Doubt.objects.filter(source__file__in=again)
        old.open().delete()
        dismissed = set(old.values_list("source", "line", "code"))
    rows = (
        (story.row.pk, doubt.line, doubt.code, doubt.text)
        for story in stories
        for doubt in story.doubts
        if (story.row.pk, doubt.line, doubt.code) not in dismissed
    )
    nothing = (None, None)
    bulk.insert(Doubt, DOUBT, (row + nothing for row in rows))


def _values(row: Model, columns: Sequence[str]) -> list[Any]:
    return [getattr(row, name) for name in columns]
