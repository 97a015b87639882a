"""Keep account of every line of a story: which field took which characters."""

from collections.abc import Iterator
from itertools import accumulate

from articles.parsing.doubts import doubt
from articles.parsing.lines import Line, Part
from articles.parsing.mending import has_broken_letters, place_in_print
from articles.parsing.reading import Doubt, Piece


class Account:
    """Collect the pieces, furniture (rules by line) and doubts of one story."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.furniture: dict[int, str] = {}
        self.doubts: list[Doubt] = []

    def use(self, line: Line, *parts: Part) -> None:
        """Give a line to the fields that its parts name; the rest of it only marks."""
        self.pieces += weave(line, parts)
        if any(mending.letters != "\ufffd" for mending in line.mendings):
            self.doubt(line, "mended-letters")
        if has_broken_letters(line.whole):
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
        found = doubt(line.number, code)
        if found not in self.doubts[-3:]:
            self.doubts.append(found)


def weave(line: Line, parts: tuple[Part, ...]) -> list[Piece]:
    r"""Cut a line into pieces: the parts in their order, the gaps between as marks.

    >>> line = Line(4, "A crane. (AFP)\xa0", "A crane. (AFP)")
    >>> [(p.field, p.text) for p in weave(line, (("caption 1", "A crane."),
    ...                                          ("credit 1", "AFP")))]
    [('caption 1', 'A crane.'), ('mark', ' ('), ('credit 1', 'AFP'), ('mark', ')\xa0')]
    """
    pieces, at, whole = [], 0, line.whole
    for field, text in (*line.lead, *parts):
        found = whole.index(text, at)
        pieces += [("mark", whole[at:found]), (field, text)]
        at = found + len(text)
    pieces.append(("mark", whole[at:]))
    if line.mendings:
        return list(_as_printed(line, pieces))
    return [Piece(line.number, field, text) for field, text in pieces if text]


def _as_printed(line: Line, pieces: list[Part]) -> Iterator[Piece]:
    """Yield the pieces of a mended line, each with what was printed in its place."""
    at = 0
    for end, (field, letters) in zip(_ends(pieces), pieces, strict=True):
        printed = line.raw[at : place_in_print(end, line.mendings)]
        at += len(printed)
        if printed or letters:
            is_mended = printed != letters
            yield Piece(line.number, field, printed, letters if is_mended else "")


def _ends(pieces: list[Part]) -> Iterator[int]:
    return accumulate(len(letters) for _field, letters in pieces)
