"""Where two texts differ, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby

from rapidfuzz.distance import Indel

WORDS = re.compile(r"\S+|\s+")


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of a text that stand in the other as well, or in this one alone."""

    text: str
    is_shared: bool


def differences(one: str, other: str) -> tuple[list[Span], list[Span]]:
    """Return both texts in spans; together the spans of a text are that text.

    >>> differences("No boat sailed.", "One boat sailed.")[0]
    [Span(text='No', is_shared=False), Span(text=' boat sailed.', is_shared=True)]
    """
    words = WORDS.findall(one), WORDS.findall(other)
    blocks = Indel.opcodes(*words).as_matching_blocks()
    shared = [range(block.a, block.a + block.size) for block in blocks]
    found = [range(block.b, block.b + block.size) for block in blocks]
    return _spans(words[0], shared), _spans(words[1], found)


def _spans(words: list[str], shared: list[range]) -> list[Span]:
    places = set(chain.from_iterable(shared))
    flags = list(_bridged(words, [n in places for n in range(len(words))]))
    numbered = groupby(range(len(words)), key=flags.__getitem__)
    return [
        Span("".join(words[n] for n in run), is_shared) for is_shared, run in numbered
    ]


def _bridged(words: list[str], shared: list[bool]) -> Iterator[bool]:
    """Let the space between two words that differ belong to them."""
    for n, word in enumerate(words):
        around = shared[max(n - 1, 0)], shared[min(n + 1, len(words) - 1)]
        yield shared[n] and not (word.isspace() and not any(around))
