"""Write stories: the one place where an article, its parts and tags are changed.

Each table is written for many articles in one statement.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from articles.models import Article, BulkAction, ImportRun, Revision
from articles.store import bulk, edition, edition_keys, rows
from articles.store.bin import READERS_SAW, may_be_binned
from articles.store.days import note_zone
from articles.store.history import note_seen
from articles.store.rows import (
    PART_TABLES,
    CannotWrite,
    Names,
    Row,
    find_names,
    new_codes,
)
from articles.store.search import rows as search
from articles.story.story import Story, tidy, to_json

REVISION_COLUMNS = (
    "article_id",
    "number",
    "story",
    "made_at",
    "why",
    "by_id",
    "run_id",
    "action_id",
)

By: TypeAlias = AbstractBaseUser | ImportRun | BulkAction | None

What = Literal["created", "changed", "unchanged", "overtaken"]


@dataclass(frozen=True, slots=True)
class Change:
    """A story for a new article, or for a known one as it was at revision `base`.

    `why` is said where the changes of one batch have each a reason of their own.
    """

    story: Story
    article_id: int | None = None
    base: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change; `overtaken`: the article is past `base`, unwritten."""

    article_id: int
    code: str
    what: What


@dataclass(frozen=True, slots=True)
class Pending:
    """A change on its way into the rows; `before` is None for a new article."""

    story: Story
    article: Article
    before: Story | None
    what: What
    why: str


def write(
    changes: Sequence[Change],
    by: By,
    why: str = "",
    now: datetime | None = None,
) -> list[Outcome]:
    """Write the changes in one transaction, as few statements for many as for one.

    A change that changes nothing writes nothing. Raises Article.DoesNotExist for an
    article that is gone, and CannotWrite for a section that is none, for a name too
    long, and for the bin if readers ever saw the story.
    """
    with edition.transaction():
        articles = _lock_articles(changes)
        stories = [tidy(change.story) for change in changes]
        names = find_names(stories)
        pending = [
            _decide(change, story, articles.get(change.article_id), names)
            for change, story in zip(changes, stories, strict=True)
        ]
        written = [p for p in pending if p.what in ("created", "changed")]
        if written:
            edition.note_changed(_changed_keys(written, names))
            now = now or timezone.now()
            if any(_has_day(p.story) for p in written):
                note_zone()
            note_seen([(p.article, p.before) for p in written if p.before], now)
            _write_articles(written, names, now)
            _write_parts(written, names)
            _write_revisions(written, by, why, now)
            _write_search(written, names)
    return [Outcome(p.article.pk, p.article.code, p.what) for p in pending]


def _has_day(story: Story) -> bool:
    return any(at and at.is_day for at in (story.published, story.updated))


def _lock_articles(changes: Sequence[Change]) -> dict[int | None, Article]:
    """Lock and read the articles that the changes are for.

    Who only refers to one of them, as an import to what it read once more, needs no
    turn.
    """
    ids = [change.article_id for change in changes if change.article_id is not None]
    locked = Article.objects.with_parts().select_for_update(of=("self",), no_key=True)
    articles = locked.in_bulk(ids) if ids else {}
    if missing := set(ids) - set(articles):
        raise Article.DoesNotExist(f"Article {min(missing)} no longer exists.")
    if len(articles) < len(ids):
        raise CannotWrite("Two changes in one batch are for the same article.")
    return articles


def _decide(
    change: Change, story: Story, article: Article | None, names: Names
) -> Pending:
    """Take over the names as they are stored, and see what is left to write."""
    before = rows.story_of(article) if article else None
    story = names.with_stored_names(story)
    what: What = "changed" if article else "created"
    if before is not None and to_json(story) == to_json(before):
        what = "unchanged"
    elif article and change.base is not None and change.base != article.revision:
        what = "overtaken"
    is_binned = before and story.status == "binned" != before.status
    if article and is_binned and not may_be_binned(article):
        raise CannotWrite(READERS_SAW)
    if what != "unchanged" and story.section:
        section = names.tag(story.section)
        was = before.section if before else ""
        if not section.is_section and section.name != was:
            raise CannotWrite(f"“{section.name}” is not a section.")
    return Pending(story, article or Article(), before, what, change.why)


def _write_revisions(
    pending: list[Pending],
    by: By,
    why: str,
    now: datetime,
) -> None:
    run = by.pk if isinstance(by, ImportRun) else None
    action = by if isinstance(by, BulkAction) else None
    editor = action.by_id if action else by.pk if by and not run else None
    revisions = (
        (
            p.article.pk,
            p.article.revision,
            to_json(p.story),
            now,
            p.why or why,
            editor,
            run,
            action and action.pk,
        )
        for p in pending
    )
    bulk.insert(Revision, REVISION_COLUMNS, revisions)


def _changed_keys(pending: Iterable[Pending], names: Names) -> set[str]:
    keys: set[str] = set()
    for p in pending:
        keys |= edition_keys.of_change(p.before, p.story, p.article, names)
    return keys


def _write_articles(pending: Sequence[Pending], names: Names, now: datetime) -> None:
    new = [change for change in pending if change.before is None]
    _insert_articles(new, names, now)
    changed = [change for change in pending if change.before is not None]
    for change in changed:
        change.article.revision += 1
        if change.before and edition_keys.is_seen_to_change(
            change.before, change.story
        ):
            change.article.changed_at = now
        for name, value in rows.columns(change.story, names).items():
            setattr(change.article, name, value)
    if changed:
        own = ("revision", "seen_before", "changed_at")
        columns = (*own, *rows.columns(changed[0].story, names))
        _upsert(Article, [change.article for change in changed], ("id",), columns)


def _insert_articles(created: Sequence[Pending], names: Names, now: datetime) -> None:
    count = len(created)
    given = zip(created, bulk.next_ids(Article, count), new_codes(count), strict=True)
    values = []
    for change, article_id, code in given:
        article = change.article
        article.pk, article.code, article.revision = article_id, code, 1
        values.append(
            {"id": article_id, "code": code, "revision": 1, "seen_before": None}
            | {"changed_at": now}
            | rows.columns(change.story, names)
        )
    if values:
        bulk.insert(Article, tuple(values[0]), (tuple(row.values()) for row in values))


def _write_parts(pending: Sequence[Pending], names: Names) -> None:
    """Write the rows that hang on the articles: of known ones, those that differ."""
    parts = [rows.parts(change.story, change.article.pk, names) for change in pending]
    for number, part in enumerate(PART_TABLES):
        inserted: list[Row] = []
        updated: list[Row] = []
        gone: list[int] = []
        for change, wanted in zip(pending, parts, strict=True):
            if change.before is None:
                inserted += wanted[number]
                continue
            known = part.rows_of(change.article)
            updated += [row for row in wanted[number] if row not in known]
            kept = {row[:2] for row in wanted[number]}
            gone += [pk for row, pk in known.items() if row[:2] not in kept]
        bulk.insert(part.model, part.columns, inserted)
        if gone:
            part.model.objects.filter(pk__in=gone).delete()
        objects = [
            part.model(**dict(zip(part.columns, row, strict=True))) for row in updated
        ]
        _upsert(part.model, objects, part.identity, part.fields)


def _write_search(pending: Sequence[Pending], names: Names) -> None:
    stories = [(p.article.pk, p.story) for p in pending]
    search.write_rows(stories, [p.article.pk for p in pending if p.before], names)


def _upsert(
    model: Any,
    objects: list[Any],
    identity: tuple[str, ...],
    columns: tuple[str, ...],
) -> None:
    """Write rows in place of those with the same identity."""
    if objects:
        get_field = model._meta.get_field
        model.objects.bulk_create(
            objects,
            update_conflicts=True,
            unique_fields=[get_field(column).name for column in identity],
            update_fields=[get_field(column).name for column in columns],
        )
