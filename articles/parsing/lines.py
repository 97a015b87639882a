"""Turn the bytes of a source into its printed lines, and compare their words."""

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from articles.story.folding import QUOTES
from articles.story.tidying import tidy_line

SPACES = "".join(map(chr, (*range(0x2000, 0x200B), 0x1680, 0x202F, 0x205F, 0x3000)))
UNSEEN = "\u200b\u2028\u2029\u2060\ufeff\ufffe\uffff"
CONTROLS = "".join(map(chr, (*range(0x21), *range(0x7F, 0xA1))))
EDGES = CONTROLS + SPACES + UNSEEN
"""White space of every kind, the no-break space among it, and what prints nothing."""

LINE_END = re.compile(r"\r\n|\n|\r")

Part = tuple[str, str]
"""A field and the text it takes from a line."""


class NotText(ValueError):
    """Refuse bytes that hold no text; the message tells what to do about it."""


@dataclass(frozen=True, slots=True)
class Line:
    """Hold a line that prints something, and the blank lines above it.

    `text` is what is left to be read, without white space at its ends; `lead` is what
    stood before it and has been read already: a crawl date, a bullet, a dateline.
    """

    number: int
    raw: str
    text: str
    gap: int = 0
    spaces: int = 0
    lead: tuple[Part, ...] = ()

    def behind(self, *lead: Part, text: str) -> "Line":
        """Return the line with some of it read."""
        return replace(self, text=text, lead=self.lead + lead)


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding.

    >>> decode(b"\\xef\\xbb\\xbfHarbour opens")
    ('Harbour opens', 'utf-8-sig')
    """
    encoding = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    if b"\0" in data:
        raise NotText("holds NUL bytes, so it is no text: save the page as UTF-8 text.")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText(
            f"is not UTF-8 (byte {error.start + 1} cannot be read): save it as UTF-8."
        ) from None
    if not text.strip(EDGES):
        raise NotText("is empty: there is nothing to read, so leave it out.")
    return text, encoding


def split(text: str) -> list[str]:
    r"""Return the lines without their endings, whichever system wrote them.

    >>> split("One\r\nTwo\n\nFour\n")
    ['One', 'Two', '', 'Four']
    """
    lines = LINE_END.split(text)
    return lines[:-1] if lines[-1] == "" else lines


def source_lines(data: bytes) -> list[str]:
    """Return the lines of a source by the numbering that every reading uses."""
    return split(decode(data)[0])


def printed(raws: Sequence[str]) -> Iterator[Line]:
    """Yield the lines that print something, each knowing the blank ones above it."""
    gap = spaces = 0
    for number, raw in enumerate(raws, start=1):
        if text := raw.strip(EDGES):
            yield Line(number, raw, text, gap, spaces)
            gap = spaces = 0
        else:
            gap += 1
            spaces += raw != "" and not raw.strip(" ")


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
    return " ".join(text.translate(QUOTES).split())


def alike(one: str, other: str) -> bool:
    """Tell whether most words agree, as in copies where some letters were broken.

    >>> alike("Portâ€™s new crane lifts a box", "Port’s new crane lifts a box")
    True
    """
    ours, theirs = one.split(), other.split()
    same = sum(a == b for a, b in zip(ours, theirs, strict=False))
    return same >= 3 and same >= 0.6 * max(len(ours), len(theirs))
