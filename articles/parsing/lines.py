"""Turn the bytes of a source into its printed lines, and compare their words."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from articles.parsing.decode import (
    Decoded,
    Mending,
    NotText,
    decode,
    find_mendings,
    mended,
    readable,
)
from articles.story.story import tidy_line
from articles.story.text import with_straight_quotes

SPACES = "".join(map(chr, (*range(0x2000, 0x200B), 0x1680, 0x202F, 0x205F, 0x3000)))
UNSEEN = "\u200b\u2028\u2029\u2060\ufeff\ufffe\uffff"
CONTROLS = "".join(map(chr, (*range(0x21), *range(0x7F, 0xA1))))
EDGES = CONTROLS + SPACES + UNSEEN
"""White space of every kind, the no-break space among it, and what prints nothing."""

LINE_END = re.compile(r"\r\n|\n|\r")

Part = tuple[str, str]
"""A field and the text it takes from a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """Hold a line that prints something, and the blank lines above it.

    `raw` is the line as printed, and `text` is what is left of it to be read: mended,
    without white space at its ends; `lead` is what stood before that and has been read
    already: a crawl date, a bullet, a dateline.
    """

    number: int
    raw: str
    text: str
    gap: int = 0
    spaces: int = 0
    lead: tuple[Part, ...] = ()
    mendings: tuple[Mending, ...] = ()

    @property
    def whole(self) -> str:
        """Return the whole line with its broken letters mended."""
        return mended(self.raw, self.mendings) if self.mendings else self.raw

    def behind(self, *lead: Part, text: str) -> "Line":
        """Return the line with some of it read."""
        return replace(self, text=text, lead=self.lead + lead)


def split(text: str) -> list[str]:
    r"""Return the lines without their endings, whichever system wrote them.

    >>> split("One\r\nTwo\n\nFour\n")
    ['One', 'Two', '', 'Four']
    """
    lines = LINE_END.split(text)
    return lines[:-1] if lines[-1] == "" else lines


def blanked(text: str, numbers: Collection[int]) -> str:
    r"""Return text with some of its lines empty, and every line ending as it was.

    >>> blanked("One\r\nTwo\nThree", {2})
    'One\r\n\nThree'
    """
    parts = re.split(f"({LINE_END.pattern})", text)
    for number in numbers:
        parts[2 * number - 2] = ""
    return "".join(parts)


def source_lines(data: bytes, encoding: str = "") -> list[str]:
    """Return the lines of a source by the numbering that every reading uses.

    A reader who knows the encoding from a reading does not guess it again.
    """
    return split(readable(decode(data, encoding).text))


def read_text(data: bytes) -> Decoded:
    """Return the text of a source; NotText is raised where it prints nothing."""
    decoded = decode(data)
    if not decoded.text.strip(EDGES):
        raise NotText("is empty: there is nothing to read, so leave it out.")
    return decoded


def printed(raws: Sequence[str]) -> Iterator[Line]:
    """Yield the lines that print something, each knowing the blank ones above it."""
    gap = spaces = 0
    for number, raw in enumerate(raws, start=1):
        if text := raw.strip(EDGES):
            line = Line(number, raw, text, gap, spaces)
            mendings = find_mendings(raw)
            yield _mended(line, mendings) if mendings else line
            gap = spaces = 0
        else:
            gap += 1
            spaces += raw != "" and not raw.strip(" ")


def _mended(line: Line, mendings: tuple[Mending, ...]) -> Line:
    """Return a line with its letters mended, unless nothing to print would be left."""
    text = mended(line.raw, mendings).strip(EDGES)
    return replace(line, text=text, mendings=mendings) if text else line


def tidy(text: str) -> str:
    r"""Return text as a field holds it: no white space at its ends, no runs within.

    A no-break space within a line is typography and stays.

    >>> tidy("\xa0Ships  wait\tat 5\xa0km \xa0")
    'Ships wait at 5\xa0km'
    """
    return tidy_line(text.strip(EDGES))


def unquoted(text: str) -> str:
    r"""Return what two copies of a line share, however quotes and spaces were set.

    >>> unquoted("‘Noon’ bakery\xa0") == unquoted("'Noon'  bakery")
    True
    """
    return " ".join(with_straight_quotes(text).split())


def alike(one: str, other: str) -> bool:
    """Tell whether most words agree, as in copies where some letters were broken.

    >>> alike("Portâ€™s new crane lifts a box", "Port’s new crane lifts a box")
    True
    """
    ours, theirs = one.split(), other.split()
    same = sum(a == b for a, b in zip(ours, theirs, strict=False))
    return same >= 3 and same >= 0.6 * max(len(ours), len(theirs))
