"""Write stories: the one place where an article, its parts and tags are changed.

Each table is written for many articles in one statement.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, Literal

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from articles.models import Article, ImportRun, Revision
from articles.store import bulk, edition, rows
from articles.store.history import ever_public
from articles.store.rows import (
    PARTS,
    CannotWrite,
    Names,
    Part,
    Row,
    find_names,
    new_codes,
)
from articles.story.story import Story, tidy, to_json

REVISION = ("article_id", "number", "story", "made_at", "why", "by_id", "run_id")

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


@dataclass(slots=True)
class Pending:
    """A change on its way into the rows.

    `before` is None for a new article; `subjects` are the tags it had until now.
    """

    story: Story
    article: Article
    before: Story | None
    what: What
    subjects: frozenset[int] = frozenset()
    why: str = ""


def write(
    changes: Sequence[Change],
    by: AbstractBaseUser | ImportRun | None,
    why: str = "",
    now: datetime | None = None,
) -> list[Outcome]:
    """Write the changes in one transaction, as few statements for many as for one.

    A change that changes nothing writes nothing. Raises Article.DoesNotExist for an
    article that is gone, and CannotWrite for a section that is none or a name too long.
    """
    with edition.transaction():
        pending = _pending_changes(changes)
        names = find_names(change.story for change in pending)
        for change in pending:
            _weigh(change, names)
        written = [
            change for change in pending if change.what in ("created", "changed")
        ]
        if written:
            write_articles(written, names)
            write_parts(written, names)
            _write_revisions(written, by, why, now or timezone.now())
            edition.note_changed(_keys(written, names))
    return [Outcome(p.article.pk, p.article.code, p.what) for p in pending]


def delete_drafts(article_ids: Iterable[int]) -> int:
    """Delete those of the articles that are drafts, and return how many were.

    What the public ever saw is no draft, whatever its status says now.
    """
    with transaction.atomic():
        drafts = Article.objects.filter(pk__in=article_ids, status="draft")
        # Locked, so that none is published between being found and being deleted.
        locked = list(drafts.select_for_update(of=("self",)).order_by("pk"))
        ids = {draft.pk for draft in locked}
        gone = Article.objects.filter(pk__in=ids - ever_public(ids))
        return gone.delete()[1].get(Article._meta.label, 0)


def _pending_changes(changes: Sequence[Change]) -> list[Pending]:
    """Lock and read the articles that the changes are for.

    Who only refers to one of them, as an import to what it read once more, needs no
    turn.
    """
    ids = [change.article_id for change in changes if change.article_id is not None]
    locked = Article.objects.with_parts().select_for_update(of=("self",), no_key=True)
    articles = locked.in_bulk(ids) if ids else {}
    if missing := set(ids) - set(articles):
        raise Article.DoesNotExist(f"There is no article {min(missing)} any more.")
    if len(articles) < len(ids):
        raise CannotWrite("Two changes of one batch are for the same article.")
    return [_pending(change, articles.get(change.article_id)) for change in changes]


def _pending(change: Change, article: Article | None) -> Pending:
    story = tidy(change.story)
    if article is None:
        return Pending(story, Article(), None, "created", why=change.why)
    overtaken = change.base is not None and change.base != article.revision
    before = rows.story_of(article)
    subjects = {tagging.tag_id for tagging in article.taggings.all()}
    return Pending(
        story,
        article,
        before,
        "overtaken" if overtaken else "changed",
        frozenset(subjects | ({article.section_id} - {None})),
        change.why,
    )


def _weigh(change: Pending, names: Names) -> None:
    """Settle the names, and see whether anything is left to write."""
    change.story = names.settle(change.story)
    if change.before is not None and to_json(change.story) == to_json(change.before):
        change.what = "unchanged"
    elif change.story.section:
        tag = names.tag(change.story.section)
        was = change.before.section if change.before else ""
        if not tag.is_in_navigation and tag.name != was:
            raise CannotWrite(
                f"“{tag.name}” is no section: it is not in the navigation."
            )


def _write_revisions(
    pending: list[Pending],
    by: AbstractBaseUser | ImportRun | None,
    why: str,
    now: datetime,
) -> None:
    run = by.pk if isinstance(by, ImportRun) else None
    editor = by.pk if by and not run else None
    rows = (
        (
            p.article.pk,
            p.article.revision,
            to_json(p.story),
            now,
            p.why or why,
            editor,
            run,
        )
        for p in pending
    )
    bulk.insert(Revision, REVISION, rows)


def _keys(pending: list[Pending], names: Names) -> set[str]:
    """Return the names of all that pages may show of these articles.

    No page was made of a new article before it was there.
    """
    known = (change.article.pk for change in pending if change.before is not None)
    keys = {"latest"} | {f"story:{pk}" for pk in known}
    for change in pending:
        keys |= {f"tag:{names.tag(name).pk}" for name in _subjects(change.story)}
        keys |= {f"tag:{pk}" for pk in change.subjects}
    return keys


def _subjects(story: Story) -> set[str]:
    return {use.name for use in story.tags} | ({story.section} - {""})


def write_articles(changes: Sequence[Pending], names: Names) -> None:
    for change in changes:
        change.article.revision += 1
    _insert_articles([c for c in changes if c.before is None], names)
    changed = [change for change in changes if change.before is not None]
    if changed:
        for change in changed:
            for name, value in rows.columns(change.story, names).items():
                setattr(change.article, name, value)
        fields = _fields(Article, tuple(rows.columns(changed[0].story, names)))
        articles = [change.article for change in changed]
        _upsert(Article, articles, ("id",), ("revision", *fields))


def write_parts(changes: Sequence[Pending], names: Names) -> None:
    new = [_parts(change, names) for change in changes if change.before is None]
    changed = [change for change in changes if change.before is not None]
    wanted = [_parts(change, names) for change in changed]
    articles = [change.article.pk for change in changed]
    for number, part in enumerate(PARTS):
        bulk.insert(part.model, part.columns, chain(*(parts[number] for parts in new)))
        if changed:
            replace = list(chain(*(parts[number] for parts in wanted)))
            _replace(part, replace, articles)


def _insert_articles(changes: Sequence[Pending], names: Names) -> None:
    count = len(changes)
    if not count:
        return
    given = zip(changes, bulk.next_ids(Article, count), new_codes(count), strict=True)
    values = []
    for change, article_id, code in given:
        change.article.pk, change.article.code = article_id, code
        values.append(
            {"id": article_id, "code": code, "revision": change.article.revision}
            | rows.columns(change.story, names)
        )
    bulk.insert(Article, tuple(values[0]), (tuple(row.values()) for row in values))


def _parts(change: Pending, names: Names) -> list[list[Row]]:
    return rows.parts(change.story, change.article.pk, names)


def _replace(part: Part, wanted: list[Row], articles: list[int]) -> None:
    """Write the rows of articles that had others; those that are gone, go."""
    kept = {row[:2] for row in wanted}
    owner, name = part.identity
    standing = part.model.objects.filter(**{f"{owner}__in": articles})
    keys = standing.values_list("pk", owner, name)
    if gone := [pk for pk, *key in keys if tuple(key) not in kept]:
        part.model.objects.filter(pk__in=gone).delete()
    objects = [
        part.model(**dict(zip(part.columns, row, strict=True))) for row in wanted
    ]
    identity = _fields(part.model, part.identity)
    _upsert(part.model, objects, identity, _fields(part.model, part.fields))


def _fields(model: Any, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the fields behind columns, as the ORM wants them."""
    return tuple(model._meta.get_field(column).name for column in columns)


def _upsert(
    model: Any, objects: list[Any], identity: tuple[str, ...], fields: tuple[str, ...]
) -> None:
    if objects:
        model.objects.bulk_create(
            objects,
            update_conflicts=True,
            unique_fields=identity,
            update_fields=fields,
        )
