"""Which captions does a picture belong to? What is sure is placed, the rest is listed.

The words embedded in the file come first, then its name, then likeness of words.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, takewhile
from pathlib import PurePosixPath
from typing import Literal, TypeVar, get_args

from rapidfuzz import fuzz, process

from articles.models import Caption, SourceStory
from articles.store.rows import slug_of
from articles.story.text import fold

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class ArticleCaption:
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
class CaptionIndex:
    """Captions by all that may lead to them.

    `by_own_name` are names of a caption, `by_slug` its words as a name, `slugs` these
    in order. `by_group` are names of an article or a source file: for each that is so
    named, its captions.
    """

    places: list[ArticleCaption]
    by_words: dict[str, list[ArticleCaption]]
    by_own_name: list[dict[str, list[ArticleCaption]]]
    by_slug: dict[str, list[ArticleCaption]]
    slugs: list[str]
    by_group: list[dict[str, list[list[ArticleCaption]]]]

    def beginning_with(self, name: str) -> list[ArticleCaption]:
        """Return the captions of which a name says the first words, but not all."""
        start = f"{name}-"
        later = islice(self.slugs, bisect_left(self.slugs, start), None)
        begun = takewhile(lambda slug: slug.startswith(start), later)
        return [caption for slug in begun for caption in self.by_slug[slug]]


def index_captions() -> CaptionIndex:
    """Return all captions but those in the bin, read in two statements."""
    articles: dict[int, list[ArticleCaption]] = defaultdict(list)
    for caption in _article_captions():
        articles[caption.article_id].append(caption)
    places = [caption for each in articles.values() for caption in each]
    by_slug = _by((slug(caption.text), caption) for caption in places)
    return CaptionIndex(
        places,
        _by((caption.words, caption) for caption in places if caption.words),
        [
            _by((caption.key, caption) for caption in places),
            _by((f"{caption.article}-{caption.key}", caption) for caption in places),
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


def _article_captions() -> Iterator[ArticleCaption]:
    outside_bin = Caption.objects.exclude(article__status="binned")
    rows = outside_bin.order_by("article_id", "position").values_list(
        "article_id",
        "article__code",
        "article__headline",
        "key",
        "text",
        "credit",
        "photo__sha256",
    )
    for article_id, article, headline, key, text, credit, photo in rows.iterator():
        yield ArticleCaption(
            article_id, article, headline, key, text, credit, photo or ""
        )


def _source_files(
    articles: dict[int, list[ArticleCaption]],
) -> Iterator[tuple[str, list[ArticleCaption]]]:
    """Return for each source file its name and the captions of its stories."""
    files: dict[tuple[int, str], dict[int, None]] = defaultdict(dict)
    rows = SourceStory.objects.exclude(article=None).order_by("file_id", "position")
    for file, name, article in rows.values_list("file_id", "file__name", "article_id"):
        files[file, name][article] = None
    for (_, name), ids in files.items():
        if places := [caption for pk in ids for caption in articles.get(pk, ())]:
            yield slug(stem(name)), places


def _by(named: Iterable[tuple[str, Thing]]) -> dict[str, list[Thing]]:
    found: dict[str, list[Thing]] = defaultdict(list)
    for name, thing in named:
        if name:
            found[name].append(thing)
    return dict(found)


How = Literal["embedded caption", "file name", "likeness of words"]
# The stronger evidence first: where two pictures want one caption, it decides.
HOW: tuple[How, ...] = get_args(How)
# Of 100: from here words are taken for the same, if no others come so near.
LIKE = 90
LEAD = 6
# From here an editor is shown the caption as a candidate.
CANDIDATE = 60
MOST_CANDIDATES = 5
# “File photo” stands under many pictures; so many words stand under one.
FEWEST_WORDS = 5
NUMBERED_NAME = re.compile(r"(?P<name>.+)-0*(?P<number>[1-9]\d{0,2})")
NUMBER = re.compile(r"\d+")
WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class CaptionMatch:
    """The captions a picture belongs to, or may belong to when there is a doubt."""

    how: How
    places: tuple[ArticleCaption, ...]
    doubt: str = ""


def match_captions(
    name: str, caption: str, credit: str, captions: CaptionIndex
) -> CaptionMatch | None:
    """Return where a picture of this name and embedded caption and credit belongs.

    Later evidence may settle the doubt of earlier evidence, but not lead elsewhere.
    """
    matches = chain(
        _by_embedded(caption, credit, captions),
        _by_name(slug(stem(name)), credit, captions),
        _by_likeness(_phrases(name, caption), credit, captions),
    )
    first = next(matches, None)
    if first is None or not first.doubt:
        return first
    surer = (m for m in matches if not m.doubt and set(m.places) <= set(first.places))
    return next(surer, first)


def _by_embedded(
    caption: str, credit: str, captions: CaptionIndex
) -> Iterator[CaptionMatch]:
    if places := captions.by_words.get(fold_words(caption)):
        yield _alike("embedded caption", places, credit)


def _by_name(name: str, credit: str, captions: CaptionIndex) -> Iterator[CaptionMatch]:
    """Yield what the name says: of one caption, else of an article or source file."""
    for names in (*captions.by_own_name, captions.by_slug):
        if places := names.get(name):
            yield _alike("file name", places, credit)
    is_telling = name.count("-") + 1 >= FEWEST_WORDS
    if is_telling and (places := captions.beginning_with(name)):
        yield _alike("file name", places, credit)
    for groups in captions.by_group:
        numbered = NUMBERED_NAME.fullmatch(name)
        if found := groups.get(name):
            yield _of_group(found)
        elif numbered and (found := groups.get(numbered["name"])):
            yield _of_group(found, int(numbered["number"]))


def _of_group(groups: list[list[ArticleCaption]], number: int = 0) -> CaptionMatch:
    """Return the one caption of a group, or its n-th."""
    places = tuple(caption for group in groups for caption in group)
    if len(groups) > 1:
        return CaptionMatch("file name", places, "several stories have this name")
    if number:
        if number <= len(places):
            return CaptionMatch("file name", places[number - 1 : number])
        return CaptionMatch("file name", places, f"there is no caption number {number}")
    if len(places) > 1:
        return CaptionMatch("file name", places, "the name fits several captions")
    return CaptionMatch("file name", places)


def _by_likeness(
    phrases: Iterable[str], credit: str, captions: CaptionIndex
) -> Iterator[CaptionMatch]:
    for phrase in phrases:
        found = process.extract(
            phrase,
            captions.by_words.keys(),
            scorer=fuzz.token_sort_ratio,
            score_cutoff=CANDIDATE,
            limit=MOST_CANDIDATES,
        )
        if not found:
            continue
        (best, score, _), others = found[0], found[1:]
        lead = score - others[0][1] if others else 100
        if score >= LIKE and lead >= LEAD and _is_comparable(phrase, best):
            yield _alike("likeness of words", captions.by_words[best], credit)
        else:
            places = (p for words, _, _ in found for p in captions.by_words[words])
            yield CaptionMatch(
                "likeness of words",
                tuple(places),
                "the words are similar, but not the same",
            )


def _is_comparable(one: str, other: str) -> bool:
    """Tell whether likeness can speak: it says little of few words, nothing of numbers.

    “Gate 3 is shut” is no likeness of “Gate 5 is shut”.
    """
    fewest = min(len(WORD.findall(one)), len(WORD.findall(other)))
    same_numbers = sorted(NUMBER.findall(one)) == sorted(NUMBER.findall(other))
    return fewest >= FEWEST_WORDS and same_numbers


def _phrases(name: str, caption: str) -> Iterator[str]:
    """Yield the folded words that may be a caption's; a camera's name is none."""
    for phrase in (
        fold_words(caption),
        slug(stem(name)).replace("-", " "),
    ):
        if len(WORD.findall(phrase)) > 1:
            yield phrase


def _alike(how: How, places: list[ArticleCaption], credit: str) -> CaptionMatch:
    """Return the captions that read alike: an agency's picture in several stories.

    Where their credits differ the picture's own credit chooses among them.
    """
    if len({caption.words for caption in places}) > 1:
        return CaptionMatch(how, tuple(places), "several captions begin like this")
    if len({fold(caption.credit) for caption in places}) > 1:
        chosen = [p for p in places if fold(p.credit) == fold(credit)]
        if not chosen:
            return CaptionMatch(
                how, tuple(places), "the captions are alike, but their credits differ"
            )
        places = chosen
    is_short = any(len(WORD.findall(p.text)) < FEWEST_WORDS for p in places)
    if is_short and len(places) > 1:
        return CaptionMatch(
            how, tuple(places), "so few words appear under other pictures too"
        )
    return CaptionMatch(how, tuple(places))
