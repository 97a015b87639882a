"""Hold what is stored of sources, articles and pictures against what proves it.

A source file is held against its SHA-256 and the account of its lines, a reading
against its lines, an article against its revisions and readings, and a picture against
the name that its bytes gave it. Nothing is written, and few rows are in memory at once.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

from django.db import connection, transaction
from django.db.models import Prefetch, QuerySet

from articles.imports.line_report import find_line_faults, split_field
from articles.imports.progress import Progress
from articles.imports.reports import count_of
from articles.imports.undo import day
from articles.models import Article, Erasure, Photo, Revision, SourceFile, SourceStory
from articles.parsing.decode import find_mendings
from articles.pictures import NotAPicture, read_size
from articles.store.erasing import ERASED, NAMELESS
from articles.store.import_runs import UNREAD
from articles.store.photos import ARRIVED, FILE_NAME, digest_of, read_photo_file
from articles.store.rows import lines_of, story_of
from articles.story.body import parse_blocks
from articles.story.story import Story, from_json

# Of the largest files, 10 MB each, so many are in memory at once.
FILES_AT_ONCE, ROWS_AT_ONCE = 20, 200
MOST_NAMED = 5
LINE_FAULTS = {
    "unaccounted": "in no story, and neither furniture nor unexplained",
    "partly used": "not made up by the pieces read from it",
    "used twice": "accounted for twice",
    "blank but used": "blank now, though something was read there",
    "missing": "named by the account, but not in the file",
}
# What from_json says to a text that is no story.
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError)
NAMES = {"bylines", "section", "tags"}
# Readings that say nothing of their article any more.
DISCOUNTED = (SourceStory.Outcome.UNDONE, SourceStory.Outcome.GONE)

Batches = Callable[[QuerySet, int], Iterator[list[Any]]]


@dataclass(slots=True)
class Verified:
    """How many rows of each kind were looked at, and what had been erased for good."""

    counts: Counter[str] = field(default_factory=Counter)
    erased: list[str] = field(default_factory=list)

    def as_text(self) -> str:
        """Return what was looked at.

        >>> Verified(Counter({"source file": 2, "photo": 1})).as_text()
        '2 source files, 0 articles, 1 photo'
        """
        kinds = (SourceFile, Article, Photo)
        names = [str(kind._meta.verbose_name) for kind in kinds]
        return ", ".join(count_of(self.counts[name], name) for name in names)


def verify_newspaper(
    verified: Verified, progress: Progress = lambda done, total: None
) -> Iterator[str]:
    """Yield a sentence for each fault, and fill in what was looked at.

    All rows are read as they were at one moment. The files of pictures are looked at
    last and as they are, since no database keeps them for that moment.
    """
    kinds = (SourceFile, Article, Photo)
    total = sum(model._default_manager.count() for model in kinds)

    def batches(rows: QuerySet, at_once: int) -> Iterator[list[Any]]:
        last = 0
        while batch := list(rows.filter(pk__gt=last).order_by("pk")[:at_once]):
            yield batch
            last = batch[-1].pk
            verified.counts[str(rows.model._meta.verbose_name)] += len(batch)
            progress(verified.counts.total(), total)

    with _one_moment():
        yield from _verify_files(batches, verified)
        yield from _verify_articles(batches)
    yield from _verify_photos(batches)


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read within as of one moment, and write nothing, while everybody else may."""
    if connection.in_atomic_block:
        # Whoever began it chose what is seen in it.
        yield
    elif connection.vendor == "sqlite":
        usual = connection.transaction_mode
        # Every other transaction takes SQLite's only write lock as it begins.
        connection.transaction_mode = "DEFERRED"
        try:
            with transaction.atomic():
                yield
        finally:
            connection.transaction_mode = usual
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def _verify_files(batches: Batches, verified: Verified) -> Iterator[str]:
    """Tell which files lack bytes as they came, and what of their lines is wrong."""
    erasures = _erasures_by_file()
    readings = SourceStory.objects.exclude(outcome=SourceStory.Outcome.GONE)
    files = SourceFile.objects.prefetch_related(Prefetch("stories", readings))
    for file in chain.from_iterable(batches(files, FILES_AT_ONCE)):
        known = erasures.get(file.sha256, {})
        digest = sha256(file.content).hexdigest()
        is_marked = file.name == NAMELESS or ERASED in dict(file.furniture).values()
        if known or is_marked:
            said = "; ".join(known.values()) or "it was not yet noted by whom"
            verified.erased.append(f"{_name(file)}: {said}")
        if digest != file.sha256 and digest not in known and (known or not is_marked):
            wanted = next(iter(known), file.sha256)
            yield f"{_name(file)}: its bytes have the SHA-256 {digest}, not {wanted}."
        texts = lines_of(file)
        yield from _verify_lines(file, texts)
        for reading in file.stories.all():
            # What an undo restored was read in the encoding that was said before.
            if file.parser_version != UNREAD or reading.outcome in DISCOUNTED:
                yield from _verify_reading(file, reading, texts)


def _erasures_by_file() -> dict[str, dict[str, str]]:
    """Return what erasures left of each file, and of which article, by whom and when.

    The last erasure comes first.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in Erasure.objects.exclude(files=None).select_related("erased_by"):
        said = f"article {row.code}, by {row.erased_by} on {day(row.erased_at)}"
        for digest, left in row.files.items():
            found[digest].setdefault(left, said)
    return found


def _verify_lines(file: SourceFile, texts: Sequence[str]) -> Iterator[str]:
    lengths: Counter[int] = Counter()
    for reading in file.stories.all():
        for line, _field, length in reading.pieces:
            lengths[line] += length
    others = [line for line, rule in file.furniture if rule != ERASED]
    faults: dict[str, list[int]] = defaultdict(list)
    for line, fault in find_line_faults(texts, lengths, [*others, *file.unexplained]):
        faults[fault].append(line)
    for fault, lines in faults.items():
        yield f"{_name(file)}: {_some_lines(lines)} {LINE_FAULTS[fault]}."


def _verify_reading(
    file: SourceFile, reading: SourceStory, texts: Sequence[str]
) -> Iterator[str]:
    said = f"{_name(file)}, story {reading.position}"
    if reading.outcome not in SourceStory.Outcome.values:
        yield f"{said}: its outcome is “{reading.outcome}”, which is none."
    try:
        story = from_json(reading.story)
    except UNREADABLE:
        yield f"{said}: what was read of it cannot be read any more."
        return
    if made_up := list(made_up_fields(story, reading.pieces, texts)):
        yield f"{said}: its lines do not say its {', '.join(made_up)}."


def made_up_fields(
    story: Story, pieces: Sequence[tuple[int, str, int]], texts: Sequence[str]
) -> Iterator[str]:
    """Yield the kinds of fields whose letters are not those of their pieces.

    Where broken letters were mended, the letters prove nothing.
    """
    printed, mended = _letters_by_field(pieces, texts)
    copies: dict[str, set[str]] = defaultdict(lambda: {""})
    for name, letters in printed.items():
        # A caption may be wrapped over two lines.
        copies[split_field(name)[0]].update([*letters, "".join(letters)])
    for kind, values in {
        "headline": [story.headline],
        "kicker": [story.kicker],
        "dateline": [story.dateline],
        "highlight": [highlight.text for highlight in story.highlights],
        "caption": [caption.text for caption in story.captions],
        "credit": [caption.credit for caption in story.captions],
    }.items():
        if kind not in mended and not copies[kind].issuperset(map(_letters, values)):
            yield kind
    blocks = sorted(
        (int(number), "".join(letters))
        for name, letters in printed.items()
        for kind, number in [split_field(name)]
        if kind == "body"
    )
    body = "".join(_letters(block.text) for block in parse_blocks(story.body))
    if "body" not in mended and body != "".join(text for _number, text in blocks):
        yield "body"


def _letters_by_field(
    pieces: Sequence[tuple[int, str, int]], texts: Sequence[str]
) -> tuple[dict[str, list[str]], set[str]]:
    """Return the letters of each field's pieces, and what kinds had some mended."""
    printed: dict[str, list[str]] = defaultdict(list)
    mended: set[str] = set()
    at: Counter[int] = Counter()
    for line, name, length in pieces:
        text = texts[line - 1] if 0 < line <= len(texts) else ""
        printed[name].append(_letters(text[at[line] : at[line] + length]))
        at[line] += length
        if find_mendings(text):
            mended.add(split_field(name)[0])
    return printed, mended


def _letters(text: str) -> str:
    """Return what no tidying changes: spaces and punctuation may be set anew."""
    return "".join(filter(str.isalnum, text))


def _verify_articles(batches: Batches) -> Iterator[str]:
    """Tell which articles are not what their revisions and readings make of them."""
    for articles in batches(Article.objects.with_parts(), ROWS_AT_ONCE):
        ids = [article.pk for article in articles]
        numbers, newest = yield from _read_revisions(articles)
        readings: dict[int, list[tuple[bool, str]]] = defaultdict(list)
        rows = SourceStory.objects.filter(article__in=ids).order_by()
        for pk, *reading in rows.values_list("article", "is_taken", "outcome"):
            readings[pk].append(tuple(reading))
        for article in articles:
            if numbers[article.pk] != list(range(1, article.revision + 1)):
                count = len(numbers[article.pk])
                yield (
                    f"{_name(article)}: it is at revision {article.revision}, and "
                    f"revisions 1 to {article.revision} are not all there ({count})."
                )
            if differ := _differences(newest.get(article.pk), article):
                fields = ", ".join(differ)
                yield f"{_name(article)}: its newest revision has another {fields}."
            if fault := _fault_of_readings(readings[article.pk]):
                yield f"{_name(article)}: {fault}."


def _read_revisions(
    articles: Sequence[Article],
) -> Generator[str, None, tuple[dict[int, list[int]], dict[int, Story]]]:
    """Return the articles' numbers of revisions, and what the newest of each says.

    Yields a sentence for each that cannot be read.
    """
    by_pk = {article.pk: article for article in articles}
    rows = Revision.objects.filter(article__in=by_pk).order_by("article", "number")
    rows = rows.values_list("article", "number", "story")
    numbers: dict[int, list[int]] = defaultdict(list)
    newest: dict[int, Story] = {}
    for pk, number, text in rows.iterator(chunk_size=ROWS_AT_ONCE):
        numbers[pk].append(number)
        try:
            newest[pk] = from_json(text)
        except UNREADABLE:
            yield f"{_name(by_pk[pk])}: its revision {number} cannot be read any more."
    return numbers, newest


def _differences(newest: Story | None, article: Article) -> list[str]:
    """Return the fields in which the article is not its newest revision.

    Names are left out: a tag or an author that is renamed has the new name at once.
    """
    now = story_of(article)
    return [
        name
        for name in Story.__slots__
        if newest and name not in NAMES
        if getattr(now, name) != getattr(newest, name)
    ]


def _fault_of_readings(readings: Sequence[tuple[bool, str]]) -> str:
    """Return what is wrong with the readings of an article: current or not, outcome."""
    counting = [reading for reading in readings if reading[1] not in DISCOUNTED]
    current = [outcome for is_current, outcome in readings if is_current]
    if counting and not current:
        return "imports read it, and none of the readings is its current one"
    if counting and SourceStory.Outcome.UNDONE in current:
        return "its current reading was undone, though it has others"
    return ""


def _verify_photos(batches: Batches) -> Iterator[str]:
    """Tell which files of pictures are missing, damaged or of another size."""
    for photos in batches(Photo.objects.all(), ROWS_AT_ONCE):
        for photo in photos:
            faults = list(_faults_of_files(photo))
            # Somebody may have deleted or changed it while its files were read.
            same = {"file": photo.file.name, "renditions": photo.renditions}
            if faults and Photo.objects.filter(pk=photo.pk, **same).exists():
                yield f"{_name(photo)}: {_some_files(faults, photo)}."


def _some_files(faults: Sequence[str], photo: Photo) -> str:
    """Return how many of a picture's files have a fault, and the first of them."""
    count = f"{len(faults)} of its {1 + len(photo.renditions)} files"
    more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
    return f"{count} missing or changed: {faults[0]}{more}"


def _faults_of_files(photo: Photo) -> Iterator[str]:
    sizes = [{"name": photo.file.name, "width": photo.width, "height": photo.height}]
    for file in (*sizes, *photo.renditions):
        name, size = file["name"], (file["width"], file["height"])
        folder = FILE_NAME.fullmatch(name)
        if not (folder and photo.sha256.startswith(folder["first"] + folder["next"])):
            yield f"{name} is no name of a file of this picture"
            continue
        try:
            data = read_photo_file(name)
            if digest_of(data) != PurePosixPath(name).stem:
                yield f"{name} has other bytes than its name says"
            elif file.get("use") == ARRIVED:
                continue
            elif (found := read_size(data)) != size:
                said = "{}×{} pixels, not {}×{}".format(*found, *size)
                yield f"{name} has {said}"
        except OSError as error:
            yield f"{name} cannot be read ({error.strerror or error})"
        except NotAPicture:
            yield f"{name} is no picture"


def _name(row: SourceFile | Article | Photo) -> str:
    """Return how a row is found: a file's or picture's name, an article's address."""
    match row:
        case SourceFile():
            return f"{row.name} (source file {row.pk})"
        case Article():
            return f"Article {row.code}, “{row}”"
    return f"Picture {row.pk}, “{row}”"


def _some_lines(lines: Sequence[int]) -> str:
    """Return which lines, as the subject of a sentence.

    >>> _some_lines([3]), _some_lines([3, 5, 8])
    ('line 3 is', 'lines 3, 5, 8 are')
    """
    named = ", ".join(map(str, lines[:MOST_NAMED]))
    more = f" and {len(lines) - MOST_NAMED:,} more" if len(lines) > MOST_NAMED else ""
    return f"line {named} is" if len(lines) == 1 else f"lines {named}{more} are"
