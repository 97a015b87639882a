"""The tables of an article: written for many articles in one statement each."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal

from articles.models import Article
from articles.store import bulk, rows
from articles.store.addresses import new_codes
from articles.store.names import Names
from articles.store.rows import PARTS, Part, Row
from articles.story.story import Story

What = Literal["created", "changed", "unchanged", "overtaken"]


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
