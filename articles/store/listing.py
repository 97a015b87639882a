"""Page through a list by the place of its articles, never by counting rows.

Page 50,000 costs what page 1 costs, and no story is skipped or shown twice when
another is published meanwhile.

A list is walked along an index that leads through just its articles, newest first:
`article_listed`, `article_section_listed` or `tagging_listed`. A statement finds the
ids in such a walk and another reads their cards, so that no database is tempted to
read more of the archive, or to sort it, whatever it knows or believes of its rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, starmap
from typing import Self

from django.db.models import Expression, F, Q
from django.utils import timezone

from articles.models import Article, Tag
from articles.models.querysets import ArticleQuerySet
from articles.store.plans import without

SIZE = 20


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where an article stands in lists: newest first, the later id before."""

    at: datetime
    pk: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the place that `str` wrote; ValueError for anything else.

        >>> str(Place.parse("1689940800-17"))
        '1689940800-17'
        """
        seconds, pk = (int(part) for part in text.split("-"))
        if not 0 <= pk < 2**63:
            raise ValueError(text)
        try:
            return cls(datetime.fromtimestamp(seconds, UTC), pk)
        except (OverflowError, OSError) as error:
            raise ValueError(text) from error

    def __str__(self) -> str:
        return f"{int(self.at.timestamp())}-{self.pk}"


@dataclass(frozen=True, slots=True)
class Page:
    """Some articles of a list, and where the pages beside it begin."""

    articles: list[Article]
    newer: Place | None
    older: Place | None


def all_articles() -> ArticleQuerySet:
    """Return the walk through every article that has a place in lists."""
    # It goes without saying, but of the indexes only `article_listed` begins with it.
    return _by_time().filter(status=Article.Status.PUBLISHED)


def of_section(section: Tag | Expression | int) -> ArticleQuerySet:
    """Return the walk through the articles that stand in the section."""
    return _by_time().filter(section=section)


def of_tag(tag: Tag | int) -> ArticleQuerySet:
    """Return the walk through the articles that carry the tag for readers to see."""
    return Article.objects.filter(taggings__tag=tag).annotate(
        at=F("taggings__listed_at"), number=F("taggings__content_object")
    )


def older(
    walk: ArticleQuerySet, now: datetime, place: Place | None = None
) -> ArticleQuerySet:
    """Return the published articles of a walk, newest first, behind the place."""
    at = place.at if place else now
    articles = walk.published(now, by=at).filter(at__lte=at)
    if place:
        articles = articles.filter(Q(at__lt=at) | Q(number__lt=place.pk))
    return articles.order_by("-at", "-number")


def newer(walk: ArticleQuerySet, now: datetime, place: Place) -> ArticleQuerySet:
    """Return the published articles of a walk, oldest first, before the place."""
    articles = walk.published(now).filter(at__gte=place.at)
    before = Q(at__gt=place.at) | Q(number__gt=place.pk)
    return articles.filter(before).order_by("at", "number")


def page_of(
    *walks: ArticleQuerySet,
    before: Place | None = None,
    after: Place | None = None,
    now: datetime | None = None,
) -> Page:
    """Return the page older than `before`, or newer than `after`, or the first.

    The list is what the walks meet between them.
    """
    now = now or timezone.now()
    if after:
        found = sorted(_places(newer(walk, now, after) for walk in walks))
        shown = found[:SIZE][::-1]
        return _page(shown, now, has_newer=len(found) > SIZE, has_older=True)
    found = sorted(_places(older(walk, now, before) for walk in walks), reverse=True)
    shown = found[:SIZE]
    return _page(shown, now, has_newer=bool(before), has_older=len(found) > SIZE)


def cards(ids: Iterable[int], now: datetime) -> list[Article]:
    """Return the articles as cards in the order of their ids, but not what is gone."""
    # An order of their own would be a sort of whole stories.
    published = Article.objects.published(now).order_by()
    found = published.with_card().in_bulk(ids := list(ids))
    return [found[pk] for pk in ids if pk in found]


def _by_time() -> ArticleQuerySet:
    return Article.objects.annotate(at=F("listed_at"), number=F("pk"))


def _places(walks: Iterable[ArticleQuerySet]) -> set[Place]:
    """Return the places of as many articles of each walk as a page has, and one."""
    rows = (walk.values_list("at", "number")[: SIZE + 1] for walk in walks)
    with without("sort"):
        return set(starmap(Place, chain.from_iterable(rows)))


def _page(
    shown: list[Place], now: datetime, *, has_newer: bool, has_older: bool
) -> Page:
    return Page(
        cards((place.pk for place in shown), now),
        shown[0] if shown and has_newer else None,
        shown[-1] if shown and has_older else None,
    )
