"""Choose which stories stand in a list, on the front page and below another story.

A list is paged through by the positions of its articles, never by counting rows: page
50,000 costs what page 1 costs, and no story is skipped or shown twice when another is
published meanwhile. It is read along an index that leads through just its articles,
newest first: `article_listed`, `article_section_listed`, `tagging_listed`,
`byline_listed` or, by their newest corrections, `article_corrected`. One statement
finds the ids in such a listing and another reads their cards, so that no database is
tempted to read more of the archive, or to sort it, whatever it knows or believes of its
rows.

The front page has the newest and a few of every section. No story stands there twice,
and the number of queries is the same for any number of stories and sections. After a
story a reader may want the next one, and those related to it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain, starmap
from typing import Self

from django.db.models import (
    Count,
    Expression,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.utils import timezone

from articles.models import Article, Author, Tag, Tagging
from articles.models.articles import ArticleQuerySet
from articles.store.query_plans import planned_without

SIZE = 20
# Seconds since 1970, and a code. Other ways to write the same are refused.
POSITION_IN_ADDRESS = re.compile(
    r"(?P<seconds>0|-?[1-9][0-9]*)(-(?P<code>[a-z0-9]{1,8}))?"
)


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """An article's position in lists: newest first, the later id before.

    An address says its moment and its code, since gaps between ids count hidden work.
    Without an article, everything of its moment is still to come.
    """

    at: datetime
    pk: int = 0
    code: str = ""

    @classmethod
    def of(cls, article: Article) -> Self:
        return cls(article.published_at, article.pk, article.code)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the position that `str` printed, without its id, or raise ValueError.

        >>> str(Position.parse("1689940800-7kq2mx"))
        '1689940800-7kq2mx'
        """
        if not (match := POSITION_IN_ADDRESS.fullmatch(text)):
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
    """Some articles of a list, the position asked for, and where others begin."""

    articles: list[Article]
    position: Position | None
    newer: Position | None
    older: Position | None


def all_articles() -> ArticleQuerySet:
    """Return the listing of every article that is listed."""
    # It goes without saying, but of the indexes only `article_listed` begins with it.
    return _ordered_by_time().filter(status=Article.Status.PUBLISHED)


def articles_of_section(section: Tag | Expression | int) -> ArticleQuerySet:
    """Return the listing of the articles that stand in the section."""
    return _ordered_by_time().filter(section=section)


def articles_of_tag(tag: Tag | int) -> ArticleQuerySet:
    """Return the listing of the articles that carry the tag for readers to see."""
    return Article.objects.filter(taggings__tag=tag).annotate(
        at=F("taggings__listed_at"), number=F("taggings__content_object")
    )


def articles_of_author(author: Author) -> ArticleQuerySet:
    """Return the listing of the articles that have the author's byline."""
    return Article.objects.filter(bylines__author=author).annotate(
        at=F("bylines__listed_at"), number=F("bylines__article")
    )


def older_than(
    listing: ArticleQuerySet,
    now: datetime,
    position: Position | None = None,
    listed_by: str = "listed_at",
) -> ArticleQuerySet:
    """Return the published articles of a listing, newest first, behind the position."""
    at = position.at if position else now
    # What is listed by another moment may have been published later than that.
    by = at if listed_by == "listed_at" else now
    articles = listing.published(now, by=by).filter(at__lte=at)
    if position and position.pk:
        articles = articles.filter(Q(at__lt=at) | Q(number__lt=position.pk))
    return articles.order_by("-at", "-number")


def newer_than(
    listing: ArticleQuerySet, now: datetime, position: Position
) -> ArticleQuerySet:
    """Return the published articles of a listing, oldest first, before the position."""
    articles = listing.published(now).filter(at__gte=position.at)
    if position.pk:
        articles = articles.filter(Q(at__gt=position.at) | Q(number__gt=position.pk))
    return articles.order_by("at", "number")


def page_of(
    *listings: ArticleQuerySet,
    before: Position | None = None,
    after: Position | None = None,
    now: datetime | None = None,
) -> Page:
    """Return the page older than `before`, or newer than `after`, or the first.

    The list is made of all the listings together.
    """
    return _page_of(listings, "listed_at", before, after, now or timezone.now())


def page_of_corrected(
    before: Position | None = None,
    after: Position | None = None,
    now: datetime | None = None,
) -> Page:
    """Return such a page of articles with corrections, by the newest of each."""
    listing = Article.objects.annotate(at=F("corrected_at"), number=F("pk"))
    return _page_of([listing], "corrected_at", before, after, now or timezone.now())


def _page_of(
    listings: Sequence[ArticleQuerySet],
    listed_by: str,
    before: Position | None,
    after: Position | None,
    now: datetime,
) -> Page:
    position = before or after
    position = position and _with_article(position, now, listed_by)
    if position and after:
        found = sorted(
            _positions(newer_than(listing, now, position) for listing in listings)
        )
        shown = found[:SIZE][::-1]
        has_newer, has_older = len(found) > SIZE, True
    else:
        found = sorted(
            _positions(
                older_than(listing, now, position, listed_by) for listing in listings
            ),
            reverse=True,
        )
        shown = found[:SIZE]
        has_newer, has_older = bool(before), len(found) > SIZE
    return Page(
        cards((at.pk for at in shown), now),
        position,
        shown[0] if shown and has_newer else None,
        shown[-1] if shown and has_older else None,
    )


def cards(ids: Iterable[int], now: datetime) -> list[Article]:
    """Return the articles as cards in the order of their ids, but not what is gone."""
    # An order of their own would be a sort of whole stories.
    published = Article.objects.published(now).order_by()
    found = published.with_card().in_bulk(ids := list(ids))
    return [found[pk] for pk in ids if pk in found]


def _ordered_by_time() -> ArticleQuerySet:
    return Article.objects.annotate(at=F("listed_at"), number=F("pk"))


def _positions(listings: Iterable[ArticleQuerySet]) -> set[Position]:
    """Return the positions of a page’s articles and one more, from each listing."""
    rows = (
        listing.values_list("at", "number", "code")[: SIZE + 1] for listing in listings
    )
    with planned_without("sort"):
        return set(starmap(Position, chain.from_iterable(rows)))


def _with_article(position: Position, now: datetime, listed_by: str) -> Position:
    """Return the position with its id, or with no article if that is not public there.

    So a code that was withdrawn, a hidden one and none at all say the same.
    """
    if not position.code:
        return position
    articles = Article.objects.published(now).filter(**{listed_by: position.at})
    found = articles.order_by().in_bulk([position.code], field_name="code")
    article = found.get(position.code)
    return replace(position, pk=article.pk) if article else Position(position.at)


# The newest story with a picture leads, if it is one of so many.
FIT_TO_LEAD = 5
# So many of the newest stand above the sections.
ABOVE = 10
# So many beside the lead are as high as it is; more, where none has a picture.
SECONDARY = 2
SECONDARY_IN_WORDS = 3
# What a section shows of itself, without what stands above already.
FEW = 4


@dataclass(frozen=True, slots=True)
class Front:
    """The stories of a front page, by their positions on it.

    Of the menu's sections, `sections` leaves out those that have no more to show.
    """

    lead: Article | None
    secondary: list[Article]
    latest: list[Article]
    sections: list[tuple[Tag, list[Article]]]
    menu: list[Tag]

    @property
    def stories(self) -> list[Article]:
        """All of them, in the order in which they stand."""
        lead = [self.lead] if self.lead else []
        few = [story for _, stories in self.sections for story in stories]
        return [*lead, *self.secondary, *self.latest, *few]


def choose_front(at: datetime | None = None) -> Front:
    """Return the front page as it is at a given moment."""
    at = at or timezone.now()
    with planned_without("sort"):
        newest = list(
            older_than(all_articles(), at).values_list("pk", flat=True)[:ABOVE]
        )
        few = _newest_of_each_section(newest, at)
    listed = [pk for section in few.values() for pk in section]
    found = {card.pk: card for card in cards([*newest, *listed], at)}
    lead, rest = _split_lead([found[pk] for pk in newest if pk in found])
    sections = [(tag, _pictured_first(few[tag], found)) for tag in few if few[tag]]
    is_pictured = any(story.card_photo for story in rest[:SECONDARY])
    beside = SECONDARY if is_pictured else SECONDARY_IN_WORDS
    return Front(lead, rest[:beside], rest[beside:], sections, list(few))


def _newest_of_each_section(shown: list[int], at: datetime) -> dict[Tag, list[int]]:
    """Return the newest stories of each section that are not shown yet, if any."""
    stories = (
        older_than(articles_of_section(OuterRef("pk")), at)
        .exclude(pk__in=shown)
        .values("pk")
    )
    columns = {f"story_{n}": Subquery(stories[n : n + 1]) for n in range(FEW)}
    sections = Tag.objects.in_menu().annotate(**columns)
    found = {tag: [getattr(tag, column) for column in columns] for tag in sections}
    return {tag: [pk for pk in few if pk] for tag, few in found.items()}


def _split_lead(newest: list[Article]) -> tuple[Article | None, list[Article]]:
    """Return the story that leads, and the others in their order."""
    pictured = [story for story in newest[:FIT_TO_LEAD] if story.card_photo]
    lead = next(iter(pictured or newest), None)
    return lead, [story for story in newest if story is not lead]


def _pictured_first(listed: list[int], found: dict[int, Article]) -> list[Article]:
    """Return the stories of a section, of which those in front have more room."""
    stories = [found[pk] for pk in listed if pk in found]
    return sorted(stories, key=lambda story: story.card_photo is None)


RELATED = 4
# So many stories are weighed, the newest of each tag: a common one hangs on thousands.
CANDIDATES = 200
# Of a story with more tags, so many relate it to others.
TAGS = 20
# Among so many a story in the same language is looked for: more would be the archive.
AHEAD = 20
# Why a story is shown, the weakest reason first.
IN_SECTION, SHARING, NEXT, NEXT_IN_SECTION = range(4)
NO_TAG = Value(0, IntegerField())


@dataclass(frozen=True, slots=True)
class Nearby:
    """The story to read next, and others to which this one is related.

    `is_of_section`: the section holds the next one, whatever other sections hold.
    """

    next: Article | None
    related: list[Article]
    is_of_section: bool


def choose_nearby(article: Article, at: datetime | None = None) -> Nearby:
    """Return what stands below a published story; none of it twice, nor itself.

    Next is the story behind it in its section, else behind it in the newspaper.
    Related are those with most tags in common, then the newest of its section. Those
    in its language come first.
    """
    at = at or timezone.now()
    found = _ranked_nearby(article, at)
    ahead = [rank for rank in found if rank[1] >= NEXT][:1]
    following = [pk for _, _, pk in ahead]
    order = dict.fromkeys([*following, *(pk for _, why, pk in found if why < NEXT)])
    order.pop(article.pk, None)
    chosen = cards(list(order)[: RELATED + len(following)], at)
    related = [card for card in chosen if card.pk not in following]
    is_of_section = [rank[:2] for rank in ahead] == [(True, NEXT_IN_SECTION)]
    return Nearby(
        next((card for card in chosen if card.pk in following), None),
        related,
        is_of_section,
    )


def _ranked_nearby(article: Article, at: datetime) -> list[tuple[bool, int, int]]:
    """Return which stories may be shown, the best first.

    Of each, whether it is in the article's language, why it may be shown, and its id.
    """
    parts = [
        rows.annotate(reason=Value(reason, IntegerField())).values_list(
            "language", "reason", "shared", "listed_at", "pk"
        )
        for reason, rows in _reasons(article, at)
    ]
    with planned_without("sort"):
        rows = list(parts[0].union(*parts[1:], all=True))
    own = _primary(article.language)
    ranked = sorted(
        ((_primary(language) == own, *rank) for language, *rank in rows), reverse=True
    )
    return [(is_own, reason, pk) for is_own, reason, _, _, pk in ranked]


def _primary(language: str) -> str:
    return language.lower().partition("-")[0]


def _reasons(article: Article, at: datetime) -> Iterator[tuple[int, ArticleQuerySet]]:
    """Yield why stories may be shown, and some of which it holds."""
    position = Position.of(article)
    yield NEXT, _first(AHEAD, older_than(all_articles(), at, position), NO_TAG)
    if article.section_id:
        section = articles_of_section(article.section_id)
        yield NEXT_IN_SECTION, _first(AHEAD, older_than(section, at, position), NO_TAG)
        yield IN_SECTION, _first(AHEAD, older_than(section, at), NO_TAG)
    tags = [tagging.tag_id for tagging in article.taggings.all()][:TAGS]
    shared = _number_of(tags)
    for tag in tags:
        listing = older_than(articles_of_tag(tag), at)
        yield SHARING, _first(CANDIDATES // len(tags), listing, shared)


def _first(
    count: int, listing: ArticleQuerySet, shared: Value | Subquery
) -> ArticleQuerySet:
    """Return the first few as a part of a union, where SQLite allows no limit."""
    few = Article.objects.filter(pk__in=listing.values("pk")[:count])
    return few.annotate(shared=shared).order_by()


def _number_of(tags: list[int]) -> Subquery:
    """Return how many of the tags an article carries for readers to see."""
    # Were the tags a condition for rows, the index of a tag's list would tempt, too.
    number = Count("pk", filter=Q(tag__in=tags))
    carried = Tagging.objects.shown().filter(content_object=OuterRef("pk"))
    return Subquery(carried.values("content_object").annotate(n=number).values("n"))
