"""Set words in lines: as large as they fit, in lines of about the same length."""

from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass

from articles.pictures.lettering import Lettering

ELLIPSIS = "…"
# How exactly lines are balanced, in sizes of the type.
EXACT = 0.1


@dataclass(frozen=True, slots=True)
class SetLines:
    """Lines at the size that fits, and how far apart their baselines are."""

    lines: list[str]
    size: int
    leading: float

    @property
    def height(self) -> float:
        return self.leading * len(self.lines)


def fit_lines(
    lettering: Lettering, width: float, height: float, sizes: Iterable[int]
) -> SetLines:
    """Return the words at the first size they fit in, cut short at the last."""
    for size in sizes:
        leading = size * lettering.face.leading
        lines = balanced_lines(lettering, width / size)
        widest = max(lettering.width(line, size) for line in lines)
        if len(lines) * leading <= height and widest <= width:
            return SetLines(lines, size, leading)
    kept = cut_lines(lettering, lines, int(height / leading), width, size)
    return SetLines(kept, size, leading)


def balanced_lines(lettering: Lettering, width: float) -> list[str]:
    """Break the words into as few lines as the width allows, none much shorter.

    The width is told in sizes of the type, and is outgrown by a word that is wider.
    """
    widths, space = lettering.widths, lettering.space
    fewest = len(break_words(widths, space, width))
    narrow, wide = 0.0, width
    while wide - narrow > EXACT:
        middle = (narrow + wide) / 2
        if len(break_words(widths, space, middle)) > fewest:
            narrow = middle
        else:
            wide = middle
    ends = break_words(widths, space, wide)
    return [
        " ".join(lettering.words[start:end])
        for start, end in zip([0, *ends], ends, strict=False)
    ]


def break_words(widths: list[float], space: float, width: float) -> list[int]:
    """Return behind how many words each line ends, every line as full as can be.

    >>> break_words([3, 3, 3, 9, 1], 1, width=7)
    [2, 3, 4, 5]
    """
    ends, used = [], 0.0
    for index, word in enumerate(widths):
        if index and used + space + word > width:
            ends.append(index)
            used = word
        else:
            used += word + (space if index else 0)
    return [*ends, len(widths)]


def cut_lines(
    lettering: Lettering, lines: list[str], count: int, width: float, size: int
) -> list[str]:
    """Return at most so many lines, none too wide, with … for what is cut."""
    kept = lines[:count]
    if len(lines) > count:
        kept[-1] += ELLIPSIS
    return [_shortened(lettering, line, width, size) for line in kept]


def _shortened(lettering: Lettering, line: str, width: float, size: int) -> str:
    """Return the line, or as many of its signs as stand in the width with an …"""
    if lettering.width(line, size) <= width:
        return line
    fits = bisect(
        range(len(line)),
        width,
        key=lambda count: lettering.width(line[:count] + ELLIPSIS, size),
    )
    return line[: max(fits - 1, 0)].rstrip(f" {ELLIPSIS}") + ELLIPSIS
