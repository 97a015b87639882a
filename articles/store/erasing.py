"""Erase a story for good, with all that is kept of it; who, when and why remain."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from articles.models import (
    Article,
    Author,
    Caption,
    Edition,
    Erasure,
    ImportRun,
    Photo,
    SentForm,
    SourceFile,
    SourceStory,
    Tag,
    WorkingCopy,
)
from articles.parsing.decode import decode, encode
from articles.parsing.lines import LINE_END, source_lines
from articles.pictures.share_card import ShareCard
from articles.store import edition, edition_keys, import_runs
from articles.store.photos import delete_photo
from articles.store.rows import CannotWrite, lines_of
from articles.store.search import rows as search
from articles.store.share_cards import delete_card
from articles.story.story import Story, from_json


@dataclass(frozen=True)
class Traces:
    """All that is kept of a story, and goes with it."""

    article: Article
    past: list[Story]
    photos: list[Photo]
    lines: dict[SourceFile, set[int]]
    readings: list[SourceStory]

    @property
    def number_of_lines(self) -> int:
        return sum(map(len, self.lines.values()))


def find_traces(article: Article) -> Traces:
    """Return what goes with the story; pictures that others show stay."""
    past = [from_json(row) for row in article.revisions.values_list("story", flat=True)]
    hashes = {caption.photo for story in past for caption in story.captions}
    others = Caption.objects.exclude(article=article).filter(photo=OuterRef("pk"))
    photos = Photo.objects.filter(~Exists(others), sha256__in=hashes - {""})
    photos = photos.filter(portrayed=None)
    readings = list(SourceStory.objects.filter(article=article).order_by("pk"))
    files = SourceFile.objects.in_bulk({reading.file_id for reading in readings})
    lines = {
        file: lines_of_readings(file, [r for r in readings if r.file_id == pk])
        for pk, file in files.items()
    }
    return Traces(article, past, list(photos.order_by("pk")), lines, readings)


def erase(
    article_id: int,
    revision: int,
    by: AbstractBaseUser,
    reason: str,
    now: datetime | None = None,
) -> Erasure:
    """Erase a story as it was at a revision; its address answers that it is gone.

    Raises CannotWrite if it reads otherwise by now, and Article.DoesNotExist.
    """
    with edition.transaction():
        erasure = _erase(article_id, revision, by, reason, now)
        search.forget_deleted()
        return erasure


def erase_many(revisions: Mapping[int, int], by: AbstractBaseUser, reason: str) -> int:
    """Erase those of the stories that still are at their revision; return how many."""
    erased = 0
    with edition.transaction():
        for article_id, revision in revisions.items():
            with suppress(CannotWrite, Article.DoesNotExist):
                _erase(article_id, revision, by, reason)
                erased += 1
        # Of one story it costs as much as of all.
        search.forget_deleted()
    return erased


def _erase(
    article_id: int,
    revision: int,
    by: AbstractBaseUser,
    reason: str,
    now: datetime | None = None,
) -> Erasure:
    with edition.transaction():
        import_runs.wait_for_other_imports()
        article = Article.objects.select_for_update(of=("self",)).get(pk=article_id)
        if article.revision != revision:
            raise CannotWrite(
                "Somebody has changed the story in the meantime: look at it again."
            )
        _overwrite_deleted_words()
        traces = find_traces(article)
        tags = set(article.taggings.values_list("tag", flat=True))
        authors = set(article.bylines.values_list("author", flat=True))
        keys = edition_keys.of_articles(Article.objects.filter(pk=article.pk))
        edition.note_changed(keys | {f"absent:story:{article.code}"})
        left = _erase_sources(traces)
        _delete_undo_notes(article.code)
        _delete_what_was_typed(Article, [article.pk])
        article.delete()
        for photo in traces.photos:
            _delete_what_was_typed(Photo, [photo.pk])
            delete_photo(photo)
        _delete_unused(tags, authors)
        # The answers to forms have headlines in them.
        SentForm.objects.all().delete()
        transaction.on_commit(lambda: _delete_cards(traces.past), robust=True)
        return Erasure.objects.create(
            code=article.code,
            erased_at=now or timezone.now(),
            erased_by_id=by.pk,
            reason=reason,
            files=left,
        )


def _erase_sources(traces: Traces) -> dict[str, str]:
    """Blank the lines, and delete the readings with their doubts and match keys.

    Returns the SHA-256 of each file, as it came and of what is left of it.
    """
    own = {reading.pk for reading in traces.readings}
    for file, lines in traces.lines.items():
        has_other_stories = file.stories.exclude(pk__in=own).exists()
        erase_lines(file, lines, has_other_stories=has_other_stories)
    SourceStory.objects.filter(pk__in=own).delete()
    return {file.sha256: sha256(file.content).hexdigest() for file in traces.lines}


def _delete_unused(tags: Iterable[int], authors: Iterable[int]) -> None:
    """Delete tags and authors that came with the story and are on no other."""
    plain = Tag.objects.filter(is_section=False, description="", aliases="")
    unused = plain.filter(pk__in=tags, taggings=None, section_articles=None)
    unsigned = Author.objects.filter(
        pk__in=authors, bylines=None, biography="", portrait=None
    )
    for model, rows in ((Tag, unused), (Author, unsigned)):
        slugs = dict(rows.values_list("pk", "slug"))
        pks, name = list(slugs), model._meta.model_name
        if pks:
            # Of what nobody saw there may have been a part of the sitemap.
            edition.note_changed({"sitemap", *(f"{name}:{pk}" for pk in pks)})
        # They name what was not there before it came.
        absent = [f"absent:{name}:{slug}" for slug in slugs.values()]
        Edition.objects.filter(key__in=absent).delete()
        _delete_what_was_typed(model, pks)
        model.objects.filter(pk__in=pks).delete()


def _delete_what_was_typed(model: Any, pks: Collection[Any]) -> None:
    """Delete working copies, and what Django's own log of the desk names of rows."""
    kind = ContentType.objects.get_for_model(model)
    entries = LogEntry.objects.filter(content_type=kind, object_id__in=map(str, pks))
    entries.delete()
    # Nothing more is typed for a row that is locked.
    list(model.objects.select_for_update().filter(pk__in=pks).values("pk"))
    WorkingCopy.objects.filter(**{f"{kind.model}__in": pks}).delete()


def _delete_undo_notes(code: str) -> None:
    """Delete what undone imports note of a story: its code, and its headline."""
    for run in ImportRun.objects.exclude(undone_at=None):
        notes = run.undo_report.get("notes", [])
        others = [note for note in notes if f": {code}, " not in note]
        if len(others) < len(notes):
            run.undo_report["notes"] = others
            run.save(update_fields=["undo_report"])


def _delete_cards(past: Iterable[Story]) -> None:
    """Delete the pictures that were drawn of the story's headlines."""
    for headline, section in {(story.headline, story.section) for story in past}:
        with suppress(OSError):
            delete_card(ShareCard(headline, section, settings.SITE_NAME))


def _overwrite_deleted_words() -> None:
    """Let SQLite leave no words in freed pages, nor in its log of the last writes.

    PostgreSQL gives freed rows back in its own time, by VACUUM.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = ON")
    transaction.on_commit(_truncate_write_ahead_log, robust=True)


def _truncate_write_ahead_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


# The rule that an account of the file gives for a line that is blank since.
ERASED = "erased"
# The name of a file in which nothing else stood: it may be the headline's own words.
NAMELESS = "erased"
# What of all that was said of a file speaks of its story, now or before.
OF_ONE_STORY = ("facts", "before", "run")


def lines_of_readings(file: SourceFile, readings: Collection[SourceStory]) -> set[int]:
    """Return the lines that hold words of the readings and no other story's.

    Besides what was read from them these are the furniture between it and the next
    story, and furniture anywhere in the file that repeats the headline.
    """
    own = {reading.pk for reading in readings}
    stories = file.stories.prefetch_related("doubts").order_by("position")
    current = [s for s in stories if s.outcome != SourceStory.Outcome.GONE]
    texts = lines_of(file)
    lines = {piece[0] for reading in readings for piece in reading.pieces}
    for story, start, end in _segments(current, len(texts)):
        if story.pk in own:
            lines |= set(range(start, end))
    titles = {from_json(reading.story).headline.casefold() for reading in readings}
    for number, text in enumerate(texts, start=1):
        if any(title and title in text.casefold() for title in titles):
            lines.add(number)
    return lines - {p[0] for s in current if s.pk not in own for p in s.pieces}


def erase_lines(
    file: SourceFile, lines: Collection[int], *, has_other_stories: bool
) -> None:
    """Blank the lines, so that all others keep their numbers and their account.

    The file keeps the SHA-256 of the bytes as they came: so it is known when it comes
    again. `has_other_stories`: it has others beside those whose lines go.
    """
    texts = lines_of(file)
    with_words = {
        n for n, text in enumerate(texts, start=1) if n in lines and text.strip()
    }
    furniture = {line: rule for line, rule in file.furniture if line not in lines}
    if has_other_stories:
        furniture |= dict.fromkeys(with_words, ERASED)
        file.content, file.encoding = _blanked(file, texts, lines)
    else:
        file.name, file.content, furniture = NAMELESS, b"", {}
    file.furniture = sorted(map(list, furniture.items()))
    file.unexplained = [line for line in file.unexplained if line not in lines]
    asked = file.asked or {}
    file.asked = {name: asked[name] for name in asked if name not in OF_ONE_STORY}
    file.save(
        update_fields=[
            "name",
            "content",
            "encoding",
            "furniture",
            "unexplained",
            "asked",
        ]
    )


def _segments(
    stories: Sequence[SourceStory], length: int
) -> list[tuple[SourceStory, int, int]]:
    """Return each story with its first line and the first of the next one.

    As in an account of the file, a story begins with its first line or doubt, and the
    first of all with the file.
    """
    starts = [
        min([story.first_line, *(doubt.line for doubt in story.doubts.all())])
        for story in stories
    ]
    bounds = [1, *starts[1:], length + 1]
    return [
        (story, start, end)
        for story, (start, end) in zip(stories, pairwise(bounds), strict=True)
    ]


def _blank_out(text: str, numbers: Collection[int]) -> str:
    """Return text with some of its lines empty, and every line ending as it was."""
    parts = re.split(f"({LINE_END.pattern})", text)
    for number in numbers:
        parts[2 * number - 2] = ""
    return "".join(parts)


def _blanked(
    file: SourceFile, texts: Sequence[str], lines: Collection[int]
) -> tuple[bytes, str]:
    """Return the file's bytes without the lines, and their encoding.

    All other bytes stay, unless the encoding does not give them back.
    """
    left = ["" if n in lines else text for n, text in enumerate(texts, start=1)]
    content = bytes(file.content)
    text = decode(content, file.encoding).text
    byte_order_mark = content[: len(content) - len(encode(text, file.encoding))]
    changed = byte_order_mark + encode(_blank_out(text, lines), file.encoding)
    if source_lines(changed, file.encoding) == left:
        return changed, file.encoding
    return "".join(f"{line}\n" for line in left).encode(), "utf-8"
