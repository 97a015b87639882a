"""Find names that are followed by their acronym in brackets."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from articles.imports.tags.lexicon import Text, Word
from articles.imports.tags.vocabulary import SILENT

ACRONYM = re.compile(r" \((?P<letters>[A-Z][A-Za-z-]{0,8}[A-Z])\)")
# A name goes on over spaces, hyphens and apostrophes, and over nothing else.
UNBROKEN = re.compile(r"[^.,;:!?()“”\"\n]+")
MOST_WORDS = 12


def acronym_names(text: Text) -> Iterator[str]:
    """Yield each name together with the acronym that its words' first letters make.

    >>> from articles.imports.tags.lexicon import text_of
    >>> text = text_of("The Cape Board of Pilots (CBP) met the Guild (TTP).")
    >>> list(acronym_names(text))
    ['Cape Board of Pilots (CBP)']
    """
    printed = text.printed
    for match in ACRONYM.finditer(printed):
        letters = match["letters"].replace("-", "").casefold()
        last = bisect_right(text.ends, match.start())
        before = text.words(max(0, last - MOST_WORDS), last)
        for first in range(len(before) - 1, -1, -1):
            start = before[first].start
            if not UNBROKEN.fullmatch(printed[start : match.start()]):
                break
            if before[first].is_capital and _spell(before[first:], letters):
                yield printed[start : match.end()]
                break


def _spell(words: Sequence[Word], letters: str) -> bool:
    """Tell whether first letters make the acronym; particles may be silent in it."""
    if not words:
        return not letters
    first, rest = words[0], words[1:]
    is_particle = first.folded in SILENT
    if is_particle and _spell(rest, letters):
        return True
    is_spoken = letters.startswith(first.folded[:1]) and (
        is_particle or first.is_capital
    )
    return is_spoken and _spell(rest, letters[1:])
