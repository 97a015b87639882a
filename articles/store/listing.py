"""Page through a list by the place of its articles, never by counting rows.

Page 50,000 costs what page 1 costs, and no story is skipped or shown twice when
another is published meanwhile.

A list is walked along an index that leads through just its articles, newest first:
`article_listed`, `article_section_listed` or `tagging_listed`. A statement finds the
ids in such a walk and another reads their cards, so that no database is tempted to
read more of the archive, or to sort it, whatever it knows or believes of its rows.
"""

import re
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
# Seconds since 1970, and a code. Other ways to write the same are no places.
WRITTEN = re.compile(r"(?P<seconds>0|-?[1-9][0-9]*)(-(?P<code>[a-z0-9]{1,8}))?")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where an article stands in lists: newest first, the later id before.

    An address says its moment and its code, since gaps between ids count hidden work.
    Without an article it is a place at which everything of its moment is still to come.
    """

    at: datetime
    pk: int = 0
    code: str = ""

    @classmethod
    def of(cls, article: Article) -> Self:
        return cls(article.published_at, article.pk, article.code)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the place that `str` wrote, not knowing its id; ValueError for others.

        >>> str(Place.parse("1689940800-7kq2mx"))
        '1689940800-7kq2mx'
        """
        if not (match := WRITTEN.fullmatch(text)):
            raise ValueError(text)
        try:
            at = datetime.fromtimestamp(int(match["seconds"]), UTC)
        except (OverflowError, OSError) as error:
            raise ValueError(text) from error
        return cls(at, code=match["code"] or "")

    def __str__(self) -> str:
        seconds = str(int(self.at.timestamp()))
        return f"{seconds}-{self.code}" if self.code else seconds


@dataclass(frozen=True, slots=True)
class Page:
    """Some articles of a list, the place asked for, and where pages beside it begin."""

    articles: list[Article]
    place: Place | None
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
    if place and place.pk:
        articles = articles.filter(Q(at__lt=at) | Q(number__lt=place.pk))
    return articles.order_by("-at", "-number")


def newer(walk: ArticleQuerySet, now: datetime, place: Place) -> ArticleQuerySet:
    """Return the published articles of a walk, oldest first, before the place."""
    articles = walk.published(now).filter(at__gte=place.at)
    if place.pk:
        articles = articles.filter(Q(at__gt=place.at) | Q(number__gt=place.pk))
    return articles.order_by("at", "number")


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
    place = before or after
    place = place and _found(place, now)
    if place and after:
        found = sorted(_places(newer(walk, now, place) for walk in walks))
        shown = found[:SIZE][::-1]
        has_newer, has_older = len(found) > SIZE, True
    else:
        found = sorted(_places(older(walk, now, place) for walk in walks), reverse=True)
        shown = found[:SIZE]
        has_newer, has_older = bool(before), len(found) > SIZE
    return Page(
        cards((at.pk for at in shown), now),
        place,
        shown[0] if shown and has_newer else None,
        shown[-1] if shown and has_older else None,
    )


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
    rows = (walk.values_list("at", "number", "code")[: SIZE + 1] for walk in walks)
    with without("sort"):
        return set(starmap(Place, chain.from_iterable(rows)))


def _found(place: Place, now: datetime) -> Place:
    """Return the place with its id, or without an article if that is not public there.

    So a code that was withdrawn, a hidden one and none at all say the same.
    """
    if not place.code:
        return place
    articles = Article.objects.published(now).filter(listed_at=place.at).order_by()
    found = articles.in_bulk([place.code], field_name="code")
    return Place.of(found[place.code]) if found else Place(place.at)
