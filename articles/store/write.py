"""Write stories: the one place where an article, its parts and tags are changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from articles.models import (
    Article,
    Byline,
    Caption,
    Highlight,
    ImportRun,
    Revision,
    Tagging,
)
from articles.store import edition, rows
from articles.store.addresses import new_codes
from articles.store.names import CannotWrite, Names, find_names
from articles.story.story import Story, to_json
from articles.story.tidying import tidy

# The tables that hang on an article: what makes a row the same row, what may change.
PARTS = (
    (Highlight, ("article", "key"), ("position", "text")),
    (Caption, ("article", "key"), ("position", "text", "credit", "photo", "place")),
    (Byline, ("article", "author"), ("position", "text")),
    (Tagging, ("content_object", "tag"), ("put_by",)),
)


@dataclass(frozen=True, slots=True)
class Change:
    """A story for a new article, or for a known one as it was at revision `base`."""

    story: Story
    article_id: int | None = None
    base: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change; `overtaken`: the article is past `base`, unwritten."""

    article_id: int
    code: str
    what: Literal["created", "changed", "unchanged", "overtaken"]


@dataclass(slots=True)
class _Draft:
    """A change on its way into the rows.

    `before` is None for a new article; `subjects` are the tags it had until now.
    """

    story: Story
    article: Article
    before: Story | None
    what: Literal["created", "changed", "unchanged", "overtaken"]
    subjects: frozenset[int] = frozenset()


def write(
    changes: Sequence[Change],
    by: AbstractBaseUser | ImportRun | None,
    why: str,
    now: datetime | None = None,
) -> list[Outcome]:
    """Write the changes in one transaction, as few statements for many as for one.

    A change that changes nothing writes nothing. Raises Article.DoesNotExist for an
    article that is gone, and CannotWrite for a section that is none or a name too long.
    """
    with transaction.atomic():
        drafts = _drafts(changes)
        names = find_names(draft.story for draft in drafts)
        for draft in drafts:
            _weigh(draft, names)
        written = [draft for draft in drafts if draft.what in ("created", "changed")]
        if written:
            _write_articles(written, names)
            _write_parts(written, names)
            _write_revisions(written, by, why, now or timezone.now())
            edition.advance(_keys(written, names))
    return [Outcome(d.article.pk, d.article.code, d.what) for d in drafts]


def delete_drafts(article_ids: Iterable[int]) -> int:
    """Delete those of the articles that are drafts, and return how many were."""
    with transaction.atomic():
        drafts = Article.objects.filter(pk__in=article_ids, status="draft")
        return drafts.delete()[1].get(Article._meta.label, 0)


def _drafts(changes: Sequence[Change]) -> list[_Draft]:
    """Lock and read the articles that the changes are for."""
    ids = [change.article_id for change in changes if change.article_id is not None]
    locked = Article.objects.with_parts().select_for_update(of=("self",))
    articles = locked.in_bulk(ids) if ids else {}
    if missing := set(ids) - set(articles):
        raise Article.DoesNotExist(f"There is no article {min(missing)} any more.")
    if len(articles) < len(ids):
        raise CannotWrite("Two changes of one batch are for the same article.")
    return [_draft(change, articles.get(change.article_id)) for change in changes]


def _draft(change: Change, article: Article | None) -> _Draft:
    story = tidy(change.story)
    if article is None:
        return _Draft(story, Article(), None, "created")
    overtaken = change.base is not None and change.base != article.revision
    before = rows.story_of(article)
    subjects = {tagging.tag_id for tagging in article.taggings.all()}
    return _Draft(
        story,
        article,
        before,
        "overtaken" if overtaken else "changed",
        frozenset(subjects | ({article.section_id} - {None})),
    )


def _weigh(draft: _Draft, names: Names) -> None:
    """Settle the names, and see whether anything is left to write."""
    draft.story = names.settle(draft.story)
    if draft.before is not None and to_json(draft.story) == to_json(draft.before):
        draft.what = "unchanged"
    elif draft.story.section:
        tag = names.tag(draft.story.section)
        was = draft.before.section if draft.before else ""
        if not tag.is_in_navigation and tag.name != was:
            raise CannotWrite(
                f"“{tag.name}” is no section: it is not in the navigation."
            )


def _write_articles(drafts: list[_Draft], names: Names) -> None:
    new = [draft.article for draft in drafts if draft.what == "created"]
    for article, code in zip(new, new_codes(len(new)), strict=True):
        article.code = code
    for draft in drafts:
        draft.article.revision += 1
        for name, value in rows.columns(draft.story, names).items():
            setattr(draft.article, name, value)
    Article.objects.bulk_create(new)
    _upsert(
        Article,
        [draft.article for draft in drafts if draft.what == "changed"],
        ("id",),
        ("revision", *rows.columns(drafts[0].story, names)),
    )


def _write_parts(drafts: list[_Draft], names: Names) -> None:
    by_draft = [rows.parts(draft.story, draft.article, names) for draft in drafts]
    for index, (model, identity, fields) in enumerate(PARTS):
        wanted = [row for parts in by_draft for row in parts[index]]
        _delete_gone(model, identity, wanted, drafts)
        _upsert(model, wanted, identity, fields)


def _delete_gone(
    model: Any, identity: tuple[str, ...], wanted: list[Any], drafts: list[_Draft]
) -> None:
    owner, name = (model._meta.get_field(field).attname for field in identity)
    kept = {(getattr(row, owner), getattr(row, name)) for row in wanted}
    changed = [draft.article.pk for draft in drafts if draft.before is not None]
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


def _write_revisions(
    drafts: list[_Draft],
    by: AbstractBaseUser | ImportRun | None,
    why: str,
    now: datetime,
) -> None:
    hand = {"run": by} if isinstance(by, ImportRun) else {"by": by}
    Revision.objects.bulk_create(
        Revision(
            article=draft.article,
            number=draft.article.revision,
            story=to_json(draft.story),
            made_at=now,
            why=why,
            **hand,
        )
        for draft in drafts
    )


def _keys(drafts: list[_Draft], names: Names) -> set[str]:
    """Return the names of all that pages may show of these articles."""
    keys = {"latest"} | {f"story:{draft.article.pk}" for draft in drafts}
    for draft in drafts:
        keys |= {f"tag:{names.tag(name).pk}" for name in _subjects(draft.story)}
        keys |= {f"tag:{pk}" for pk in draft.subjects}
    return keys


def _subjects(story: Story) -> set[str]:
    return {use.name for use in story.tags} | ({story.section} - {""})
