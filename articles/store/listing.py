"""Page through a list by the place of its articles, never by counting rows.

Page 50,000 costs what page 1 costs, and no story is skipped or shown twice when
another is published meanwhile.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from django.db.models import Q

from articles.models import Article
from articles.models.querysets import ArticleQuerySet

SIZE = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands in lists: newest first, the later id before."""

    at: datetime
    pk: int

    @classmethod
    def of(cls, article: Article) -> Self:
        return cls(article.published_at, article.pk)

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


def page_of(
    articles: ArticleQuerySet, before: Place | None = None, after: Place | None = None
) -> Page:
    """Return the page older than `before`, or newer than `after`, or the first.

    `articles` stand latest first.
    """
    if after:
        newer = articles.filter(
            Q(published_at__gt=after.at) | Q(published_at=after.at, id__gt=after.pk),
            published_at__gte=after.at,
        )
        found = list(newer.order_by("published_at", "id")[: SIZE + 1])
        shown = found[:SIZE][::-1]
        return _page(shown, has_newer=len(found) > SIZE, has_older=True)
    found = list((older(articles, before) if before else articles)[: SIZE + 1])
    return _page(found[:SIZE], has_newer=bool(before), has_older=len(found) > SIZE)


def older(articles: ArticleQuerySet, place: Place) -> ArticleQuerySet:
    """Return those of the articles that stand behind a place in their list."""
    return articles.filter(
        Q(published_at__lt=place.at) | Q(published_at=place.at, id__lt=place.pk),
        # It follows from the above, but only so does a database enter its index here.
        published_at__lte=place.at,
    )


def _page(articles: list[Article], *, has_newer: bool, has_older: bool) -> Page:
    return Page(
        articles,
        Place.of(articles[0]) if articles and has_newer else None,
        Place.of(articles[-1]) if articles and has_older else None,
    )
