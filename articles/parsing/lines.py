"""Turn the bytes of a source into its printed lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from articles.parsing.decode import (
    Mending,
    decode,
    find_mendings,
    mend_letters,
    readable,
)
from articles.story.story import tidy_line
from articles.story.text import with_straight_quotes

SPACES = (*range(0x2000, 0x200B), 0x1680, 0x202F, 0x205F, 0x3000)
CONTROLS = (*range(0x21), *range(0x7F, 0xA1))
INVISIBLE = (0x200B, 0x2028, 0x2029, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF)
BLANK_CHARACTERS = "".join(map(chr, CONTROLS + SPACES + INVISIBLE))
"""White space of every kind, the no-break space among it, and what prints nothing."""

LINE_END = re.compile(r"\n\f?|\r\n?\f?|\f")
"""What ends a line; a form feed ends a page, too."""

STORY_GAP = 2
"""The blank lines that set a second story apart, as the end of a page does."""

FieldText = tuple[str, str]
"""A field and the text it takes from a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """Hold a line that prints something.

    `raw` is the line as printed, and `text` is what is left of it to be read: mended,
    without white space at its ends. `prefix` is what stood before that and has been
    read already: a crawl date, a bullet, a dateline. Above the line stand `gap` blank
    lines; of these, `spaces` are not empty but hold spaces.
    """

    number: int
    raw: str
    text: str
    gap: int = 0
    spaces: int = 0
    prefix: tuple[FieldText, ...] = ()
    mendings: tuple[Mending, ...] = ()

    @property
    def mended(self) -> str:
        """Return all of the line, its broken letters mended."""
        return mend_letters(self.raw, self.mendings) if self.mendings else self.raw

    def with_prefix(self, *parts: FieldText, text: str) -> "Line":
        """Return the line with some of it read."""
        return replace(self, text=text, prefix=self.prefix + parts)


Lines = Sequence[Line]


def split_lines(text: str) -> list[str]:
    r"""Return the lines without their endings, whichever system wrote them.

    >>> split_lines("One\r\nTwo\n\nFour\n\fFive\n")
    ['One', 'Two', '', 'Four', 'Five']
    """
    lines = LINE_END.split(text)
    return lines[:-1] if lines[-1] == "" else lines


def source_lines(data: bytes, encoding: str = "") -> list[str]:
    """Return the lines of a source by the numbering that every reading uses.

    A reader who knows the encoding from a reading does not guess it again.
    """
    return split_lines(readable(decode(data, encoding).text))


def printed_lines(text: str) -> Iterator[Line]:
    """Yield the lines that print something, each knowing the blank ones above it."""
    gap = spaces = 0
    ends = ("", *LINE_END.findall(text))
    lines = zip(ends, split_lines(text), strict=False)
    for number, (end, raw) in enumerate(lines, start=1):
        gap = max(gap, STORY_GAP) if "\f" in end else gap
        if text := raw.strip(BLANK_CHARACTERS):
            line = Line(number, raw, text, gap, spaces)
            if mendings := find_mendings(raw):
                text = mend_letters(raw, mendings).strip(BLANK_CHARACTERS)
                # A line is not mended where nothing to print would be left.
                line = replace(line, text=text, mendings=mendings) if text else line
            yield line
            gap = spaces = 0
        else:
            gap += 1
            spaces += raw != "" and not raw.strip(" ")


def tidy_field(text: str) -> str:
    r"""Return text as a field holds it: no white space at its ends, no runs within.

    A no-break space within a line is typography and stays.

    >>> tidy_field("\xa0Ships  wait\tat 5\xa0km \xa0")
    'Ships wait at 5\xa0km'
    """
    return tidy_line(text.strip(BLANK_CHARACTERS))


@lru_cache(maxsize=1_000)
def copy_key(text: str) -> str:
    r"""Return what two copies of a line share, however quotes and spaces were set.

    >>> copy_key("‘Noon’ bakery\xa0") == copy_key("'Noon'  bakery")
    True
    """
    return " ".join(with_straight_quotes(text).split())
