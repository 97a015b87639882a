"""Choose what search engines are told is there, and when each page last changed.

A part of the sitemap is a range of ids, so that it costs the same in any archive, and a
story stays in its part for ever. Of a list is told when the newest story in it changed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from django.db.models import Expression, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from articles.models import Article, Author, Tag
from articles.models.articles import ArticleQuerySet
from articles.store.lists import (
    all_articles,
    articles_of_author,
    articles_of_section,
    articles_of_tag,
    older_than,
)
from articles.store.query_plans import planned_without

# A file may hold ten times as many; so few are made in a fifth of a second.
SIZE = 5_000
# What Google News takes of how many days.
NEWS_SIZE, NEWS_AGE = 1_000, timedelta(days=2)
# When a public story came out, or out of embargo, or its words changed.
CHANGED = Greatest(
    "listed_at",
    Coalesce("embargo_until", "listed_at"),
    Coalesce("changed_at", "listed_at"),
)
KINDS: dict[str, Any] = {"stories": Article, "tags": Tag, "authors": Author}


@dataclass(frozen=True, slots=True)
class Entry:
    """The path of a page, and when readers last saw it change, if that is known."""

    path: str
    changed_at: datetime | None


def count_parts() -> dict[str, int]:
    """Return how many parts there are for each kind of page, some perhaps empty."""
    # With a bound, it is looked up from the end of the index.
    newest = {
        kind: model.objects.filter(pk__gt=0).aggregate(pk=Max("pk"))["pk"]
        for kind, model in KINDS.items()
    }
    return {kind: number_of(pk or 0) for kind, pk in newest.items()}


@planned_without("sort")
def part_of(kind: str, number: int, at: datetime | None = None) -> list[Entry] | None:
    """Return the pages in a part, or None where there is no such part."""
    first = (number - 1) * SIZE
    if not KINDS[kind].objects.filter(pk__gt=first).exists():
        return None
    rows = _pages(kind, at or timezone.now())
    part = rows.filter(pk__gt=first, pk__lte=first + SIZE).order_by("pk")
    # Nobody learns of a tag or an author that no published story has.
    return [Entry(row.get_absolute_url(), row.changed) for row in part if row.changed]


def number_of(pk: int) -> int:
    """Return the number of the part in which the page of a row is, from 1."""
    return -(-pk // SIZE)


def _pages(kind: str, at: datetime) -> QuerySet[Any]:
    """Return the pages of a kind with when they changed, if readers see a story."""
    match kind:
        case "stories":
            stories = Article.objects.published(at).only("code", "slug")
            return stories.annotate(changed=CHANGED)
        case "tags":
            tags = Tag.objects.filter(is_section=False).only("slug", "is_section")
            return tags.annotate(changed=_newest_of(articles_of_tag, at))
        case _:
            authors = Author.objects.only("slug")
            return authors.annotate(changed=_newest_of(articles_of_author, at))


def _newest_of(listing_of: Any, at: datetime) -> Expression:
    """Return when the newest story of each row's listing changed."""
    return Subquery(_newest(listing_of(OuterRef("pk")), at))


def _newest(listing: ArticleQuerySet, at: datetime) -> QuerySet[Any]:
    newest = older_than(listing, at).annotate(changed=CHANGED)
    return newest.values_list("changed", flat=True)[:1]


@planned_without("sort")
def lists_of_all(*paths: str, at: datetime | None = None) -> list[Entry]:
    """Return the lists of all stories, which are at these paths, and each section."""
    at = at or timezone.now()
    newest = _newest(all_articles(), at).first()
    sections = (
        Tag.objects.filter(is_section=True)
        .order_by()
        .annotate(
            in_section=_newest_of(articles_of_section, at),
            tagged=_newest_of(articles_of_tag, at),
        )
    )
    # Not as the menu has them: who orders the menu anew changes no page here. Nor by
    # the database, which would leave their index for it.
    return [Entry(path, newest) for path in paths] + [
        Entry(
            section.get_absolute_url(),
            max(filter(None, (section.in_section, section.tagged)), default=None),
        )
        for section in sorted(sections, key=attrgetter("pk"))
    ]


@planned_without("sort")
def choose_news(at: datetime | None = None) -> list[Article]:
    """Return the newest stories of two days whose publication somebody stated."""
    at = at or timezone.now()
    recent = older_than(all_articles(), at).filter(
        listed_at__gt=at - NEWS_AGE, published_certainty=Article.Certainty.STATED
    )
    return list(recent.defer("body")[:NEWS_SIZE])
