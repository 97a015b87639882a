"""Write what was read from source files: the proof that nothing was lost.

A reading is what one file says of one story. Of all readings of an article one is the
current one: the article has its words from it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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
from articles.store.questions import dismiss_doubts_again

FILE_AS_READ = ("encoding", "parser_version", "furniture", "unexplained", "asked")
FILE_COLUMNS = ("id", "name", "sha256", "content", "run_id", *FILE_AS_READ)
STORY_AS_READ = ("article_id", "outcome", "first_line", "last_line", "story", "pieces")
STORY_COLUMNS = ("id", "file_id", "position", "is_taken", *STORY_AS_READ)
SUSPICION_COLUMNS = ("article_id", "other_id", "kind", "decided_at", "decided_by_id")
DOUBT_COLUMNS = ("source_id", "line", "code", "text", "dismissed_at", "dismissed_by_id")


@dataclass(slots=True)
class ReadingRows:
    """The row of a reading, its doubts, and the match keys it is found by."""

    row: SourceStory
    doubts: list[Doubt] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)


def known_files(
    hashes: Iterable[str], parser_version: int, *, is_again: bool = False
) -> tuple[dict[str, int], set[str]]:
    """Return how many stories this parser has read in files of these bytes.

    And which of the others are stored: read by an older parser, or by a run that was
    undone, or any if they are to be read again. They are read anew; those of an undone
    run belong to the next run from then on.
    """
    is_read_so = Q(parser_version__gte=parser_version, run__undone_at=None)
    if is_again:
        is_read_so = Q(pk=None)
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


def options_heard(hashes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return what was said of the files when they were read, where that is known.

    What an undone run was told counts no more.
    """
    files = SourceFile.objects.filter(sha256__in=hashes, run__undone_at=None)
    rows = files.order_by().values_list("sha256", "asked")
    return {digest: asked for digest, asked in rows if asked is not None}


def stored_bytes(hashes: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of the files, without the lines that were erased for good."""
    files = SourceFile.objects.filter(sha256__in=hashes)
    rows = files.order_by().values_list("sha256", "content")
    return {digest: bytes(content) for digest, content in rows}


def save_files(files: Sequence[SourceFile]) -> list[SourceFile]:
    """Write files, or what a newer parser made of the same bytes; return the rows."""
    rows = SourceFile.objects.defer("content", "furniture", "unexplained")
    rows = rows.filter(sha256__in=[file.sha256 for file in files])
    known = {row.sha256: row for row in rows}
    new = [file for file in files if file.sha256 not in known]
    for file, file_id in zip(new, bulk.next_ids(SourceFile, len(new)), strict=True):
        file.pk = file_id
    bulk.insert(SourceFile, FILE_COLUMNS, (_values(file, FILE_COLUMNS) for file in new))
    again = [file for file in files if file.sha256 in known]
    for file in again:
        file.pk = known[file.sha256].pk
    if again:
        SourceFile.objects.bulk_update(again, FILE_AS_READ)
    return [known.get(file.sha256, file) for file in files]


def save_readings(stories: Sequence[ReadingRows], again: Collection[int]) -> None:
    """Write readings in place of earlier ones at the same positions in their files.

    `again` are the files that a newer parser read. A doubt that was dismissed stays
    dismissed.
    """
    new = [story for story in stories if story.row.file_id not in again]
    for story, row_id in zip(new, bulk.next_ids(SourceStory, len(new)), strict=True):
        story.row.pk = row_id
    bulk.insert(
        SourceStory, STORY_COLUMNS, (_values(story.row, STORY_COLUMNS) for story in new)
    )
    _rewrite_readings([story for story in stories if story.row.file_id in again])
    _write_doubts(stories, again)
    keys = ((key, story.row.pk) for story in new for key in story.keys)
    bulk.insert(MatchKey, ("key", "source_id"), keys)


def _rewrite_readings(stories: Sequence[ReadingRows]) -> None:
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


def save_stories(stories: Mapping[int, str]) -> None:
    """Let readings say something else, as JSON."""
    rows = [SourceStory(pk=pk, story=story) for pk, story in stories.items()]
    SourceStory.objects.bulk_update(rows, ["story"])


def discount_missing_readings(again: Mapping[int, int]) -> None:
    """Discount the readings that a newer parser no longer finds in a file.

    `again` says how many stories each file has now.
    """
    if again:
        rows = SourceStory.objects.filter(file__in=again)
        positions = rows.values_list("pk", "file", "position")
        gone = [pk for pk, file, position in positions if position > again[file]]
        rows.filter(pk__in=gone).update(outcome=SourceStory.Outcome.GONE)


def note_changed(run: ImportRun, article_ids: Collection[int]) -> None:
    """Note that readings of a run changed these articles, though not by their words."""
    rows = SourceStory.objects.filter(article__in=article_ids, file__run=run)
    unchanged = rows.filter(outcome=SourceStory.Outcome.UNCHANGED)
    unchanged.update(outcome=SourceStory.Outcome.CHANGED)


def clear_current_readings(
    article_ids: Collection[int], file_ids: Collection[int]
) -> None:
    """Let the articles, and those of the files, have no current reading.

    An article keeps the words of a reading that is gone until it gets others.
    """
    current = SourceStory.objects.filter(is_taken=True)
    read_anew = Q(file__in=file_ids) & ~Q(outcome=SourceStory.Outcome.GONE)
    current.filter(Q(article__in=article_ids) | read_anew).update(is_taken=False)


def set_current_readings(source_ids: Collection[int]) -> None:
    """Make these the current readings of their articles."""
    SourceStory.objects.filter(pk__in=source_ids).update(is_taken=True)
    dismiss_doubts_again(source_ids)


def add_suspicions(pairs: Iterable[tuple[int, int]]) -> None:
    """Note which articles are near copies of others, until an editor decides."""
    undecided = ("", None, None)
    rows = (pair + undecided for pair in pairs)
    bulk.insert(Suspicion, SUSPICION_COLUMNS, rows)


def _write_doubts(stories: Sequence[ReadingRows], again: Collection[int]) -> None:
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
    bulk.insert(Doubt, DOUBT_COLUMNS, (row + nothing for row in rows))


def _values(row: Model, columns: Sequence[str]) -> list[Any]:
    return [getattr(row, name) for name in columns]
