"""Keep account of every line of a story: which field took which characters."""

import re

from articles.parsing.doubts import doubt
from articles.parsing.lines import Line, Part
from articles.parsing.reading import Doubt, Piece

BROKEN = re.compile(
    r"[\ufffd\x80-\x9f]|ï»¿|â€|Ã[\xa0-\xbf‚-™]|Â[\xa0-\xbf]|[ÐÑØÙ][\xa0-\xbf]"
    r"|&(?:#\d{2,5}|[a-z]{2,6});|[A-Za-z]\?s\b|[a-z][\u0400-\u04ff]|[\u0400-\u04ff][a-z]"
)
"""Letters decoded wrongly, references never decoded, another alphabet in a word."""


class Account:
    """Collect the pieces, furniture (rules by line) and doubts of one story."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.furniture: dict[int, str] = {}
        self.doubts: list[Doubt] = []

    def use(self, line: Line, *parts: Part) -> None:
        """Give a line to the fields that its parts name; the rest of it only marks."""
        self.pieces += weave(line, parts)
        if BROKEN.search(line.text):
            self.doubt(line, "odd-letters")

    def set_aside(self, line: Line, rule: str) -> None:
        """Put a line among the furniture, unless its lead has been read already."""
        if line.lead:
            self.use(line)
        else:
            self.furniture[line.number] = rule

    def leave(self, line: Line) -> None:
        """Leave a line unexplained, and say so."""
        if line.lead:
            self.use(line)
        self.doubt(line, "line-unexplained")

    def doubt(self, line: Line, code: str) -> None:
        """Note a doubt about a line, once."""
        found = doubt(line, code)
        if found not in self.doubts[-3:]:
            self.doubts.append(found)


def weave(line: Line, parts: tuple[Part, ...]) -> list[Piece]:
    r"""Cut a line into pieces: the parts in their order, the gaps between as marks.

    >>> line = Line(4, "A crane. (AFP)\xa0", "A crane. (AFP)")
    >>> [(p.field, p.text) for p in weave(line, (("caption 1", "A crane."),
    ...                                          ("credit 1", "AFP")))]
    [('caption 1', 'A crane.'), ('mark', ' ('), ('credit 1', 'AFP'), ('mark', ')\xa0')]
    """
    pieces, at = [], 0
    for field, text in (*line.lead, *parts):
        found = line.raw.index(text, at)
        pieces += [("mark", line.raw[at:found]), (field, text)]
        at = found + len(text)
    pieces.append(("mark", line.raw[at:]))
    return [Piece(line.number, field, text) for field, text in pieces if text]
