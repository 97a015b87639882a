"""Choose what a reader may want after a story: the next one, and those related to it.

One query finds which stories, another reads them, whatever they have in common.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, IntegerField, Value
from django.utils import timezone

from articles.models import Article, Tagging
from articles.models.querysets import ArticleQuerySet
from articles.store.listing import Place, older

RELATED = 4
# A common tag hangs on more stories than can be weighed: the latest uses count.
USES = 200
NEXT_IN_SECTION, NEXT, SHARING, IN_SECTION = range(4)


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
    chosen = list(order)[: RELATED + len(following)]
    cards = Article.objects.published(at).with_card().in_bulk(chosen)
    related = [cards[pk] for pk in chosen if pk in cards and pk not in following]
    return Nearby(cards.get(following[0]) if following else None, related)


def _find(article: Article, at: datetime) -> list[list[int]]:
    """Return the ids of the stories there are, by what they are to the article."""
    stories = Article.objects.published(at).exclude(pk=article.pk).latest_first()
    section = stories.filter(section=article.section_id)
    section = section if article.section_id else stories.none()
    place = Place.of(article)
    reasons = (
        _first(older(section, place), 1).annotate(shared=_whole(0)),
        _first(older(stories, place), 1).annotate(shared=_whole(0)),
        _sharing(stories, article),
        _first(section, RELATED + 1).annotate(shared=_whole(0)),
    )
    marked = [
        rows.annotate(reason=_whole(reason)).values_list(
            "reason", "shared", "published_at", "pk"
        )
        for reason, rows in enumerate(reasons)
    ]
    rows = sorted(marked[0].union(*marked[1:], all=True), reverse=True)
    return [[row[-1] for row in rows if row[0] == reason] for reason in range(4)]


def _first(stories: ArticleQuerySet, count: int) -> ArticleQuerySet:
    """Return the first few as a part of a union, where SQLite allows no limit."""
    return Article.objects.filter(pk__in=stories.values("pk")[:count]).order_by()


def _sharing(stories: ArticleQuerySet, article: Article) -> ArticleQuerySet:
    """Return the stories that share a tag, with the number they share."""
    tags = [tagging.tag_id for tagging in article.taggings.all()]
    uses = Tagging.objects.shown().filter(tag__in=tags).order_by("-pk")
    shared = stories.filter(taggings__in=uses.values("pk")[:USES]).order_by()
    return shared.values("pk", "published_at").annotate(shared=Count("taggings"))


def _whole(number: int) -> Value:
    return Value(number, output_field=IntegerField())
