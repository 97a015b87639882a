"""Find names that are followed by their acronym in brackets."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from articles.imports.tags.lexicon import Word, words_of
from articles.imports.tags.vocabulary import SILENT

ACRONYM = re.compile(r" \((?P<letters>[A-Z][A-Za-z-]{0,8}[A-Z])\)")
# A name goes on over spaces, hyphens and apostrophes, and over nothing else.
UNBROKEN = re.compile(r"[^.,;:!?()“”\"\n]+")
MOST_WORDS = 12


def acronym_names(text: str) -> Iterator[str]:
    """Yield each name together with the acronym that its words' first letters make.

    >>> list(acronym_names("The Cape Board of Pilots (CBP) met the Guild (TTP)."))
    ['Cape Board of Pilots (CBP)']
    """
    words = words_of(text) if "(" in text else ()
    for match in ACRONYM.finditer(text):
        letters = match["letters"].replace("-", "").casefold()
        last = bisect_right(words, match.start(), key=attrgetter("end"))
        before = words[max(0, last - MOST_WORDS) : last]
        for first in range(len(before) - 1, -1, -1):
            start = before[first].start
            if not UNBROKEN.fullmatch(text[start : match.start()]):
                break
            if text[start].isupper() and _spell(text, before[first:], letters):
                yield text[start : match.end()]
                break


def _spell(text: str, words: Sequence[Word], letters: str) -> bool:
    """Tell whether first letters make the acronym; particles may be silent in it."""
    if not words:
        return not letters
    (start, _, folded), rest = words[0], words[1:]
    is_particle = folded in SILENT
    if is_particle and _spell(text, rest, letters):
        return True
    is_spoken = letters.startswith(folded[0]) and (is_particle or text[start].isupper())
    return is_spoken and _spell(text, rest, letters[1:])
