"""Write stories: the one place where an article, its parts and tags are changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from articles.models import Article, ImportRun, Revision
from articles.store import edition, rows, tables
from articles.store.names import CannotWrite, Names, find_names
from articles.store.tables import Draft, What
from articles.story.story import Story, to_json
from articles.story.tidying import tidy


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
    what: What


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
            tables.write_articles(written, names)
            tables.write_parts(written, names)
            _write_revisions(written, by, why, now or timezone.now())
            edition.advance(_keys(written, names))
    return [Outcome(d.article.pk, d.article.code, d.what) for d in drafts]


def delete_drafts(article_ids: Iterable[int]) -> int:
    """Delete those of the articles that are drafts, and return how many were."""
    with transaction.atomic():
        drafts = Article.objects.filter(pk__in=article_ids, status="draft")
        return drafts.delete()[1].get(Article._meta.label, 0)


def _drafts(changes: Sequence[Change]) -> list[Draft]:
    """Lock and read the articles that the changes are for."""
    ids = [change.article_id for change in changes if change.article_id is not None]
    locked = Article.objects.with_parts().select_for_update(of=("self",))
    articles = locked.in_bulk(ids) if ids else {}
    if missing := set(ids) - set(articles):
        raise Article.DoesNotExist(f"There is no article {min(missing)} any more.")
    if len(articles) < len(ids):
        raise CannotWrite("Two changes of one batch are for the same article.")
    return [_draft(change, articles.get(change.article_id)) for change in changes]


def _draft(change: Change, article: Article | None) -> Draft:
    story = tidy(change.story)
    if article is None:
        return Draft(story, Article(), None, "created")
    overtaken = change.base is not None and change.base != article.revision
    before = rows.story_of(article)
    subjects = {tagging.tag_id for tagging in article.taggings.all()}
    return Draft(
        story,
        article,
        before,
        "overtaken" if overtaken else "changed",
        frozenset(subjects | ({article.section_id} - {None})),
    )


def _weigh(draft: Draft, names: Names) -> None:
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


def _write_revisions(
    drafts: list[Draft],
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


def _keys(drafts: list[Draft], names: Names) -> set[str]:
    """Return the names of all that pages may show of these articles."""
    keys = {"latest"} | {f"story:{draft.article.pk}" for draft in drafts}
    for draft in drafts:
        keys |= {f"tag:{names.tag(name).pk}" for name in _subjects(draft.story)}
        keys |= {f"tag:{pk}" for pk in draft.subjects}
    return keys


def _subjects(story: Story) -> set[str]:
    return {use.name for use in story.tags} | ({story.section} - {""})
