"""The captions that a picture may belong to, and what a file is named that says so."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import PurePosixPath
from typing import TypeVar

from articles.models import Caption, SourceStory
from articles.store.rows import slug_of
from articles.story.text import fold

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Place:
    """A caption of an article; `photo` is the SHA-256 of the picture it has."""

    article_id: int
    article: str
    headline: str
    key: str
    text: str
    credit: str
    photo: str

    @property
    def words(self) -> str:
        return fold_words(self.text)


@dataclass(frozen=True, slots=True)
class Captions:
    """Places by all that may lead to them.

    `by_own_name` are names of a caption, `by_slug` its words as a name, `slugs` these
    in order. `by_group` are names of an article or a source file: for each that is so
    named, its captions.
    """

    places: list[Place]
    by_words: dict[str, list[Place]]
    by_own_name: list[dict[str, list[Place]]]
    by_slug: dict[str, list[Place]]
    slugs: list[str]
    by_group: list[dict[str, list[list[Place]]]]

    def beginning_with(self, name: str) -> list[Place]:
        """Return the captions of which a name says the first words, but not all."""
        start = f"{name}-"
        later = islice(self.slugs, bisect_left(self.slugs, start), None)
        begun = takewhile(lambda slug: slug.startswith(start), later)
        return [place for slug in begun for place in self.by_slug[slug]]


def read_captions() -> Captions:
    """Return all captions of the newspaper, read in two statements."""
    articles: dict[int, list[Place]] = defaultdict(list)
    for place in _places():
        articles[place.article_id].append(place)
    places = [place for each in articles.values() for place in each]
    by_slug = _by((slug(place.text), place) for place in places)
    return Captions(
        places,
        _by((place.words, place) for place in places if place.words),
        [
            _by((place.key, place) for place in places),
            _by((f"{place.article}-{place.key}", place) for place in places),
        ],
        by_slug,
        sorted(by_slug),
        [
            _by((each[0].article, each) for each in articles.values()),
            _by((slug(each[0].headline), each) for each in articles.values()),
            _by(_source_files(articles)),
        ],
    )


def fold_words(text: str) -> str:
    """Return what makes two captions the same words: a last full stop does not."""
    return fold(text).rstrip(".")


def slug(text: str) -> str:
    """Return the words as a file may be named after them, cut as in an address.

    >>> slug("Gulls_over the quay (2)")
    'gulls-over-the-quay-2'
    """
    return slug_of(text.replace("_", " "))


def stem(name: str) -> str:
    return PurePosixPath(name).stem


def _places() -> Iterator[Place]:
    rows = Caption.objects.order_by("article_id", "position").values_list(
        "article_id",
        "article__code",
        "article__headline",
        "key",
        "text",
        "credit",
        "photo__sha256",
    )
    for article_id, article, headline, key, text, credit, photo in rows.iterator():
        yield Place(article_id, article, headline, key, text, credit, photo or "")


def _source_files(
    articles: dict[int, list[Place]],
) -> Iterator[tuple[str, list[Place]]]:
    """Return for each source file its name and the captions of its stories."""
    files: dict[tuple[int, str], dict[int, None]] = defaultdict(dict)
    rows = SourceStory.objects.exclude(article=None).order_by("file_id", "position")
    for file, name, article in rows.values_list("file_id", "file__name", "article_id"):
        files[file, name][article] = None
    for (_, name), ids in files.items():
        if places := [place for pk in ids for place in articles.get(pk, ())]:
            yield slug(stem(name)), places


def _by(named: Iterable[tuple[str, Thing]]) -> dict[str, list[Thing]]:
    found: dict[str, list[Thing]] = defaultdict(list)
    for name, thing in named:
        if name:
            found[name].append(thing)
    return dict(found)
