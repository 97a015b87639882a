"""The tables of an article: written for many articles in one statement each."""

from dataclasses import dataclass
from typing import Any, Literal

from articles.models import Article, Byline, Caption, Highlight, Tagging
from articles.store import rows
from articles.store.addresses import new_codes
from articles.store.names import Names
from articles.story.story import Story

What = Literal["created", "changed", "unchanged", "overtaken"]

# The tables that hang on an article: what makes a row the same row, what may change.
PARTS = (
    (Highlight, ("article", "key"), ("position", "text")),
    (Caption, ("article", "key"), ("position", "text", "credit", "photo", "place")),
    (Byline, ("article", "author"), ("position", "text")),
    (Tagging, ("content_object", "tag"), ("put_by",)),
)


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


def write_articles(changes: list[Pending], names: Names) -> None:
    new = [change.article for change in changes if change.what == "created"]
    for article, code in zip(new, new_codes(len(new)), strict=True):
        article.code = code
    for change in changes:
        change.article.revision += 1
        for name, value in rows.columns(change.story, names).items():
            setattr(change.article, name, value)
    Article.objects.bulk_create(new)
    _upsert(
        Article,
        [change.article for change in changes if change.what == "changed"],
        ("id",),
        ("revision", *rows.columns(changes[0].story, names)),
    )


def write_parts(changes: list[Pending], names: Names) -> None:
    by_draft = [rows.parts(change.story, change.article, names) for change in changes]
    for index, (model, identity, fields) in enumerate(PARTS):
        wanted = [row for parts in by_draft for row in parts[index]]
        _delete_gone(model, identity, wanted, changes)
        _upsert(model, wanted, identity, fields)


def _delete_gone(
    model: Any, identity: tuple[str, ...], wanted: list[Any], changes: list[Pending]
) -> None:
    owner, name = (model._meta.get_field(field).attname for field in identity)
    kept = {(getattr(row, owner), getattr(row, name)) for row in wanted}
    changed = [change.article.pk for change in changes if change.before is not None]
    if not changed:
        return
    standing = model.objects.filter(**{f"{owner}__in": changed})
    gone = [
        pk
        for pk, *key in standing.values_list("pk", owner, name)
        if tuple(key) not in kept
    ]
    if gone:
        model.objects.filter(pk__in=gone).delete()


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
