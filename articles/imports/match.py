"""Which story is this? What two readings share, and whether they tell the same."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest
from itertools import accumulate, islice
from typing import Any
from zlib import crc32

from articles.story.body import parse_blocks
from articles.story.sizes import MOST_READ
from articles.story.story import Moment, Story
from articles.story.text import fold_letters

# Of the shorter body's runs of three words so many stand in one that tells the same.
# Columns of one headline share their frame, which may be half of them.
AGREEMENT = 0.57
# The reports of two days share every sentence but not the figures in them.
FIGURES, SAME_FIGURES = 3, 0.5
WORD = re.compile(r"\w+")
# A copy has the first paragraphs of the story, or some of its turns; turns are so long
# that no two stories share one by accident.
OPENINGS, TURNS = 2, 5
SHORTEST_OPENING = 8
RUN, TURN = 3, 8
# A run of words is a number: the value of a polynomial, whose base is any large number.
BASE, PRIME = 0x9E3779B1, 2**61 - 1


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a story is found by: its headline, and some of its paragraphs and turns.

    Each is a number of 64 bits, so that a column of them is small.
    """

    headline: int
    body: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """The runs of three words of a body, each as a number, and its figures."""

    runs: frozenset[int]
    figures: frozenset[str]


def likeness_of(story: Story) -> Likeness:
    """Return what another reading of the story is likely to share."""
    paragraphs = [fold_letters(text) for text in _paragraphs(story)]
    # Without a headline it is the body that speaks.
    words = WORD.findall(fold_letters(story.headline) or "\n".join(paragraphs)[:200])
    long = (p for p in paragraphs if p.count(" ") >= SHORTEST_OPENING)
    openings = [_key("paragraph", text) for text in islice(long, OPENINGS)]
    turns = _runs(WORD.findall("\n".join(paragraphs)), TURN)
    body = openings + [_key("turn", str(turn)) for turn in nsmallest(TURNS, turns)]
    return Likeness(_key("headline", " ".join(words)), tuple(body))


def place_key(name: str, position: int) -> int:
    """Return what a place in files of one name is found by."""
    return _key("place", f"{position} {name}")


def wording_of(story: Story) -> Wording:
    """Return what a body is held against others by."""
    words: list[str] = WORD.findall(fold_letters("\n".join(_paragraphs(story))))
    figures = (word for word in words if word[0].isdigit())
    return Wording(_runs(words, RUN), frozenset(figures))


def is_near_copy(one: Wording, other: Wording) -> bool:
    """Tell whether two bodies are largely the same words in the same order."""
    return _share(one.runs, other.runs) >= AGREEMENT


def agree(one: Wording, other: Wording) -> bool:
    """Tell whether two bodies under one headline are about the same event."""
    if not is_near_copy(one, other):
        return False
    has_figures = min(len(one.figures), len(other.figures)) >= FIGURES
    return not has_figures or _share(one.figures, other.figures) >= SAME_FIGURES


def _runs(words: Sequence[str], length: int) -> frozenset[int]:
    """Return all runs of so many words, each as a number.

    One run begins before the first word and one ends behind the last, so that the
    shortest body has some; where there are no words there is none.
    """
    if not words:
        return frozenset()
    numbers = [0, *map(_number, words), 0]
    sums = list(accumulate(numbers, _next, initial=1))
    power = pow(BASE, length, PRIME)
    ends = sums[length:] or sums[-1:]
    pairs = zip(sums, ends, strict=False)
    return frozenset((end - start * power) % PRIME for start, end in pairs)


# The words of a newspaper come again and again.
@lru_cache(maxsize=20_000)
def _number(word: str) -> int:
    return crc32(word.encode())


def _next(value: int, number: int) -> int:
    return (value * BASE + number) % PRIME


def _share(one: frozenset[Any], other: frozenset[Any]) -> float:
    """Return how much of the smaller set stands in the other, from 0 to 1."""
    return len(one & other) / (min(len(one), len(other)) or 1)


def is_same_reading(one: Story, other: Story) -> bool:
    """Tell whether the pages said the same, whatever was estimated or asked for."""
    return _as_printed(one) == _as_printed(other)


def _as_printed(story: Story) -> Story:
    return replace(
        story,
        status="draft",
        section="",
        tags=(),
        published=_stated(story.published),
        updated=_stated(story.updated),
    )


def _stated(moment: Moment | None) -> Moment | None:
    return moment if moment and moment.certainty == "stated" else None


def _paragraphs(story: Story) -> Iterator[str]:
    """Yield what is read of the body: as much as the longest story of any newspaper.

    Of a picture of the day it is the caption that speaks.
    """
    left = MOST_READ
    texts = [block.text for block in parse_blocks(story.body)]
    for text in texts or [caption.text for caption in story.captions]:
        if text := text[:left]:
            yield text
            left -= len(text)


def _key(kind: str, words: str) -> int:
    digest = blake2b(words.encode(), digest_size=8, person=kind.encode())
    return int.from_bytes(digest.digest(), signed=True)
