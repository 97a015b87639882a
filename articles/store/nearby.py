"""Choose what a reader may want after a story: the next one, and those related to it.

One query finds which stories, another reads them, whatever they have in common.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery, Value
from django.utils import timezone

from articles.models import Article, Tagging
from articles.models.querysets import ArticleQuerySet
from articles.store.listing import (
    Place,
    all_articles,
    cards,
    of_section,
    of_tag,
    older,
)
from articles.store.plans import without

RELATED = 4
# So many stories are weighed, the newest of each tag: a common one hangs on thousands.
CANDIDATES = 200
# Of a story with more tags, so many relate it to others.
TAGS = 20
NEXT_IN_SECTION, NEXT, SHARING, IN_SECTION = range(4)
NO_TAG = Value(0, IntegerField())


@dataclass(frozen=True, slots=True)
class Nearby:
    """The story to read next, and others to which this one is related."""

    next: Article | None
    related: list[Article]


def choose_nearby(article: Article, at: datetime | None = None) -> Nearby:
    """Return what stands below a published story; none of it twice, nor itself.

    Next is the story behind it in its section, else behind it in the newspaper.
    Related are those with most tags in common, then the newest of its section.
    """
    at = at or timezone.now()
    found = _find(article, at)
    following = found[NEXT_IN_SECTION] or found[NEXT]
    order = dict.fromkeys([*following, *found[SHARING], *found[IN_SECTION]])
    order.pop(article.pk, None)
    chosen = cards(list(order)[: RELATED + len(following)], at)
    beside = [card for card in chosen if card.pk not in following]
    ahead = [card for card in chosen if card.pk in following]
    return Nearby(next(iter(ahead), None), beside)


def _find(article: Article, at: datetime) -> list[list[int]]:
    """Return the ids of the stories there are, by what they are to the article."""
    marked = [
        rows.annotate(reason=Value(reason, IntegerField())).values_list(
            "reason", "shared", "listed_at", "pk"
        )
        for reason, rows in _reasons(article, at)
    ]
    with without("sort"):
        rows = sorted(marked[0].union(*marked[1:], all=True), reverse=True)
    return [[row[-1] for row in rows if row[0] == reason] for reason in range(4)]


def _reasons(article: Article, at: datetime) -> Iterator[tuple[int, ArticleQuerySet]]:
    """Yield why stories may be shown, and some of which it holds."""
    place = Place.of(article)
    yield NEXT, _first(1, older(all_articles(), at, place), NO_TAG)
    if article.section_id:
        section = of_section(article.section_id)
        yield NEXT_IN_SECTION, _first(1, older(section, at, place), NO_TAG)
        # Two more than are shown, since the story itself and the next may be of them.
        yield IN_SECTION, _first(RELATED + 2, older(section, at), NO_TAG)
    tags = [tagging.tag_id for tagging in article.taggings.all()][:TAGS]
    shared = _number_of(tags)
    for tag in tags:
        walk = older(of_tag(tag), at)
        yield SHARING, _first(CANDIDATES // len(tags), walk, shared)


def _first(
    count: int, walk: ArticleQuerySet, shared: Value | Subquery
) -> ArticleQuerySet:
    """Return the first few as a part of a union, where SQLite allows no limit."""
    few = Article.objects.filter(pk__in=walk.values("pk")[:count])
    return few.annotate(shared=shared).order_by()


def _number_of(tags: list[int]) -> Subquery:
    """Return how many of the tags an article carries for readers to see."""
    # Were the tags a condition for rows, the index of a tag's list would tempt, too.
    number = Count("pk", filter=Q(tag__in=tags))
    carried = Tagging.objects.shown().filter(content_object=OuterRef("pk"))
    return Subquery(carried.values("content_object").annotate(n=number).values("n"))
