"""Read what the public may see; public pages read through this file alone.

Each of their functions notes what it read, so that nobody can forget which pages a
change makes stale: the key of each list, of each story that it shows, or of what is not
there (`edition_keys.py`). `story`, `unpublished` and `version` alone read what is not
public; they and `photo_folder`, of which no page is made, note nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from operator import itemgetter

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.timezone import get_current_timezone, localdate

from articles.models import (
    Article,
    Author,
    Erasure,
    FormerAddress,
    Photo,
    Revision,
    Tag,
)
from articles.store import addresses, edition_keys, sitemap
from articles.store.history import article_then, missed
from articles.store.lists import (
    Front,
    Nearby,
    Page,
    Position,
    all_articles,
    articles_of_author,
    articles_of_section,
    articles_of_tag,
    choose_front,
    choose_nearby,
    page_of,
    page_of_corrected,
)
from articles.store.photos import folder_of
from articles.store.query_plans import planned_without
from articles.store.rows import story_of
from articles.store.search import near
from articles.store.search import page as search_page
from articles.store.search.find import find
from articles.store.search.page import Place, SearchPage, page_of_search
from articles.store.search.query import Query
from articles.story.moment import Moment
from articles.story.story import Story

# Of each kind so many moments are foreseen.
MOST_TO_COME = 20
# From row to row by an index, and never through all photos or tags to those of a page.
_by_index = planned_without("hashjoin", "mergejoin", "seqscan")

_notes: ContextVar[set[str] | None] = ContextVar("notes", default=None)


@contextmanager
def noting() -> Iterator[set[str]]:
    """Collect the keys of everything read inside the block."""
    keys: set[str] = set()
    token = _notes.set(keys)
    try:
        yield keys
    finally:
        _notes.reset(token)


def note(*keys: str) -> None:
    """Note that the page being made depends on what the keys name."""
    if (noted := _notes.get()) is not None:
        noted.update(keys)


def note_stories(articles: Iterable[Article]) -> None:
    """Note that the page being made shows these public stories."""
    note(*(f"story:{article.pk}" for article in articles))


def note_no_story(code: str) -> None:
    """Note that the page being made found no public story of this code."""
    note("absent:story", f"absent:story:{code}")


@planned_without("sort")
def sections() -> list[Tag]:
    """Return the tags of the menu, in its order."""
    note("site")
    return list(Tag.objects.in_menu())


def tag(slug: str) -> Tag | None:
    """Return the tag or section whose page has this slug."""
    found = Tag.objects.filter(slug=slug).first()
    note(*(edition_keys.of_lists(found) if found else [f"absent:tag:{slug}"]))
    return found


@_by_index
def article(code: str, at: datetime | None = None) -> Article | None:
    """Return the published article of this code with all its parts."""
    published = Article.objects.published(at).with_page().order_by()
    found = published.in_bulk([code], field_name="code").get(code)
    note(f"story:{found.pk}") if found else note_no_story(code)
    return found


@_by_index
def is_gone(code: str, at: datetime | None = None) -> bool:
    """Tell whether readers may know that there was a story of this code.

    It was erased for good, or they could read it once. Of a story that they could never
    read it asks the same as of none.
    """
    note(f"absent:story:{code}")
    if Erasure.objects.filter(code=code).exists():
        return True
    return missed(at).filter(code=code).order_by().exists()


@_by_index
def former_address(path: str, query: str = "") -> FormerAddress | None:
    """Return what a page had this address once, asked for with its query or without."""
    note(addresses.KEY)
    wanted = [addresses.write_address(path, each) for each in (query, "")]
    rows = FormerAddress.objects.select_related("tag", "author").in_bulk(
        wanted, field_name="path"
    )
    found = next((rows[address] for address in wanted if address in rows), None)
    if found and found.tag:
        note(*edition_keys.of_lists(found.tag))
    return found


@_by_index
def nearby(article: Article, at: datetime | None = None) -> Nearby:
    """Return the story to read after this one, and those related to it."""
    found = choose_nearby(article, at)
    note(*(f"tag:{tagging.tag_id}" for tagging in article.taggings.all()))
    if article.section_id:
        note(f"section:{article.section_id}")
    if not found.is_of_section:
        note("latest")
    note_stories([*found.related, *filter(None, [found.next])])
    return found


@_by_index
def front(at: datetime | None = None) -> Front:
    """Return the stories of the front page, by their positions on it."""
    found = choose_front(at)
    note("latest", "site", *(f"section:{section.pk}" for section in found.menu))
    note_stories(found.stories)
    return found


@_by_index
def latest(at: datetime | None = None, **position: Position) -> Page:
    """Return a page of all published articles, as `page_of` finds it."""
    note("latest")
    return _noted(page_of(all_articles(), now=at, **position), position)


@_by_index
def corrected(at: datetime | None = None, **position: Position) -> Page:
    """Return a page of the articles with corrections, by the newest one of each."""
    note("corrections")
    return _noted(page_of_corrected(now=at, **position), position)


@_by_index
def in_section(section: Tag, at: datetime | None = None, **position: Position) -> Page:
    """Return a page of the articles that stand in the section or carry its tag."""
    note(*edition_keys.of_lists(section))
    listings = articles_of_section(section), articles_of_tag(section)
    return _noted(page_of(*listings, now=at, **position), position)


@_by_index
def tagged(subject: Tag, at: datetime | None = None, **position: Position) -> Page:
    """Return a page of the articles that carry the tag."""
    note(f"tag:{subject.pk}")
    return _noted(page_of(articles_of_tag(subject), now=at, **position), position)


@_by_index
def whole(articles: Iterable[Article], at: datetime | None = None) -> list[Article]:
    """Return public stories of a list with all their parts, in the same order."""
    pks = [article.pk for article in articles]
    found = Article.objects.published(at).with_page().order_by().in_bulk(pks)
    return [found[pk] for pk in pks if pk in found]


@_by_index
def search(
    query: Query, at: datetime | None = None, after: Place | None = None
) -> SearchPage:
    """Return a page of the articles that a question asks for, the best first."""
    note("search")
    found = page_of_search(query, at or timezone.now(), after)
    note_stories(found.articles)
    return found


@_by_index
def newest_of_search(query: Query, at: datetime | None = None) -> list[Article]:
    """Return the newest articles that a question asks for, with all their parts."""
    note("search")
    found = search_page.newest_of_search(query, at or timezone.now())
    note_stories(found)
    return found


@_by_index
def number_found(query: Query, at: datetime | None = None) -> tuple[int, bool]:
    """Return how many articles a question finds, and whether there are more."""
    note("search")
    at = at or timezone.now()
    found = find(query, Article.objects.published(at), at)
    return len(found.matches), found.is_cut


@_by_index
def near_texts(text: str, at: datetime | None = None) -> list[str]:
    """Return what may be meant by a question that finds nothing."""
    note("search")
    return near.near_texts(text, at or timezone.now())


@_by_index
def find_by_address(text: str, at: datetime | None = None) -> Article | None:
    """Return the article whose code or address somebody typed into search."""
    note("search")
    found = search_page.find_by_address(text, at or timezone.now())
    if found:
        note_stories([found])
    return found


def author(slug: str) -> Author | None:
    """Return the author whose page has this slug, with the portrait."""
    found = Author.objects.select_related("portrait").filter(slug=slug).first()
    note(f"author:{found.pk}" if found else f"absent:author:{slug}")
    return found


@_by_index
def by_author(author: Author, at: datetime | None = None, **position: Position) -> Page:
    """Return a page of the articles that have the author's byline."""
    note(f"author:{author.pk}")
    return _noted(page_of(articles_of_author(author), now=at, **position), position)


@_by_index
def sitemap_parts() -> dict[str, int]:
    """Return how many parts of the sitemap there are for each kind of page."""
    note("sitemap")
    return sitemap.count_parts()


@_by_index
def sitemap_part(
    kind: str, number: int, at: datetime | None = None
) -> list[sitemap.Entry] | None:
    """Return the pages in a part of the sitemap, or None if there is no such part."""
    note("sitemap")
    return sitemap.part_of(kind, number, at)


@_by_index
def sitemap_lists(*paths: str, at: datetime | None = None) -> list[sitemap.Entry]:
    """Return the lists of all stories, which are at these paths, and each section."""
    note("sitemap")
    return sitemap.lists_of_all(*paths, at=at)


@_by_index
def news(at: datetime | None = None) -> list[Article]:
    """Return the stories of the last two days that search engines take for news."""
    note("latest", "news")
    found = sitemap.choose_news(at)
    note_stories(found)
    return found


def _noted(page: Page, asked: Mapping[str, Position]) -> Page:
    """Return a page whose stories are noted, and where its address says it begins."""
    note_stories(page.articles)
    for code in filter(None, (position.code for position in asked.values())):
        found = page.position and page.position.pk
        note(f"story:{found}") if found else note_no_story(code)
    return page


@_by_index
def changes_to_come(
    since: datetime,
) -> tuple[list[tuple[datetime, set[str]]], datetime]:
    """Return what time alone will change, and until when that is all of it.

    Each is a moment and the keys of pages that become others then, though nothing is
    written: a story comes out or goes, the oldest of the news is none any more, or a
    day begins.
    """
    published = Article.objects.filter(status=Article.Status.PUBLISHED)
    # Each has an index to itself; only that of the lists begins with the status.
    coming = [
        _next_moments(published, "listed_at", since),
        _next_moments(Article.objects, "embargo_until", since),
        _next_moments(Article.objects, "expires_at", since),
    ]
    rows = [row for each in coming for row in each]
    keys = edition_keys.by_article(
        Article.objects.filter(pk__in={pk for _, pk in rows})
    )
    changes = [(at, keys[pk]) for at, pk in rows if pk in keys]
    for at, _pk in _next_moments(published, "listed_at", since - sitemap.NEWS_AGE, 1):
        changes.append((at + sitemap.NEWS_AGE, {"news"}))
    tomorrow, day_after = (
        Moment(localdate(since) + timedelta(days=n)).instant(get_current_timezone())
        for n in (1, 2)
    )
    changes.append((tomorrow, {"today"}))
    ends = [each[-1][0] for each in coming if len(each) == MOST_TO_COME]
    changes.sort(key=itemgetter(0))
    return changes, min([day_after, *ends])


def _next_moments(
    articles: QuerySet[Article], field: str, since: datetime, most: int = MOST_TO_COME
) -> list[tuple[datetime, int]]:
    rows = articles.filter(**{f"{field}__gt": since}).order_by(field)
    return list(rows.values_list(field, "pk")[:most])


def today() -> date:
    """Return the day; a page that prints it is another one tomorrow."""
    note("today")
    return localdate()


@_by_index
def photo_folder(code: str, at: datetime | None = None) -> tuple[str, bool] | None:
    """Return the folder of a photo, and whether readers may have its files.

    They may not once it is withdrawn, unless a public story shows it.
    """
    shown = Article.objects.published(at).filter(captions__photo=OuterRef("pk"))
    photo = Photo.objects.filter(code=code).annotate(
        is_public=Q(withdrawn_at=None) | Exists(shown)
    )
    for file, is_public in photo.order_by().values_list("file", "is_public"):
        return folder_of(file), is_public
    return None


@_by_index
def unpublished(code: str) -> Article | None:
    """Return any article as its page shows it, public or not; for previews alone."""
    articles = Article.objects.with_page().order_by()
    return articles.in_bulk([code], field_name="code").get(code)


def version(code: str, number: int) -> tuple[Article, Revision] | None:
    """Return an article's page as it was at a revision, and that; for the desk."""
    revisions = Revision.objects.select_related("article", "by", "run")
    found = revisions.filter(article__code=code, number=number).first()
    return (article_then(found), found) if found else None


def story(article_id: int) -> Story:
    """Return the story of any article, public or not; for the desk and importers."""
    return story_of(Article.objects.with_parts().get(pk=article_id))
