"""A page of what readers find: the stories on it, and where the next one begins."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self
from urllib.parse import unquote, urlsplit

from articles.models import Article
from articles.store.lists import Position
from articles.store.search.find import Match, find, find_of_address
from articles.store.search.query import Query
from articles.store.search.rows import ARTICLE_BITS
from articles.story.text import KEY_CHARACTERS

SIZE = 20
POSITION_IN_ADDRESS = re.compile(r"(?P<rank>[0-9])-(?P<position>.+)")
CODE = re.compile(rf"[{KEY_CHARACTERS}]{{6,8}}")
PATH_OF_STORY = re.compile(r"/(?:articles|s)/(?P<code>[0-9a-zA-Z]+)(?:[/.].*)?")


@dataclass(frozen=True, slots=True)
class Place:
    """A story's place among what was found; an address says it without an id."""

    rank: int
    position: Position

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the place that `str` printed, or raise ValueError."""
        if not (match := POSITION_IN_ADDRESS.fullmatch(text)):
            raise ValueError(text)
        return cls(int(match["rank"]), Position.parse(match["position"]))

    def __str__(self) -> str:
        return f"{self.rank}-{self.position}"


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Some of the stories found, how many there are, and where the next page begins.

    `words` are the stems that were looked for, to be marked.
    """

    articles: list[Article]
    count: int
    is_cut: bool
    next: Place | None
    words: frozenset[str]


def page_of_search(
    query: Query, at: datetime, after: Place | None = None
) -> SearchPage:
    """Return the page of published stories behind a place, or the first."""
    found = find(query, Article.objects.published(at), at)
    rest = _behind(found.matches, after, at) if after else found.matches
    shown = rest[:SIZE]
    articles = _whole(shown, at)
    last = shown[-1] if len(rest) > SIZE else None
    code = next((a.code for a in articles if last and a.pk == last.article_id), "")
    return SearchPage(
        articles,
        len(found.matches),
        found.is_cut,
        Place(last.rank, Position(_second_of(last), code=code)) if last else None,
        found.words,
    )


def newest_of_search(query: Query, at: datetime) -> list[Article]:
    """Return the newest published stories that a question asks for, whole."""
    found = find(query, Article.objects.published(at), at)
    newest = sorted(found.matches, key=lambda match: match.older)
    return _whole(newest[:SIZE], at)


def _whole(matches: Iterable[Match], at: datetime) -> list[Article]:
    pks = [match.article_id for match in matches]
    found = Article.objects.published(at).with_page().order_by().in_bulk(pks)
    return [found[pk] for pk in pks if pk in found]


def _behind(matches: Sequence[Match], place: Place, at: datetime) -> list[Match]:
    """Return the matches behind a place, whether or not its story is still there."""
    position = place.position
    of_code = Article.objects.published(at).filter(code=position.code).order_by()
    pk = next(iter(of_code.values_list("pk", flat=True)), 0)
    older = -((int(position.at.timestamp()) << ARTICLE_BITS) + pk)
    return [m for m in matches if (m.rank, m.older) > (place.rank, older)]


def _second_of(match: Match) -> datetime:
    return datetime.fromtimestamp(-match.older >> ARTICLE_BITS, UTC)


def find_by_address(text: str, at: datetime) -> Article | None:
    """Return the published story whose code, address or source's address it is."""
    text = text.strip()
    if not text or any(character.isspace() for character in text):
        return None
    published = Article.objects.published(at).order_by()
    path = unquote(urlsplit(text).path) if "/" in text else ""
    match = PATH_OF_STORY.fullmatch(path)
    code = match["code"] if match else text if CODE.fullmatch(text) else ""
    if code and (found := published.filter(code=code.lower()).first()):
        return found
    return find_of_address(text, published) if "://" in text else None
