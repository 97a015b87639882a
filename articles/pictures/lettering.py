"""Set type in a picture: a face with every character, letters in the right order.

Pillow itself joins and orders letters only where the machine has FriBiDi, and a bare
one has not. Here all machines do it the same way, so that a card looks alike on each.
Words are set as large as they fit, in lines of about the same length.
"""

import unicodedata
from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from arabic_reshaper import reshape
from bidi import get_display
from PIL import ImageDraw, ImageFont

from articles.story.text import printable

FONTS = Path(__file__).parent / "fonts"
MEASURED_AT = 100
# Never seen, as opposed to what steers the order or the joining of letters.
INVISIBLE_CHARACTERS = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
DIRECTION_AND_JOINING = frozenset(
    "\u061c\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069"
)
# A character that no face has, to see how a face draws those.
MISSING_CHARACTER = "\U0010fffd"


@dataclass(frozen=True)
class Face:
    """A font file; `scale` makes its letters look as large as those of the others.

    `rise` is how far they reach above the base, in sizes of the type.
    """

    file: str
    scale: float
    rise: float
    leading: float

    def font(self, size: float) -> ImageFont.FreeTypeFont:
        return _font(self.file, size * self.scale)


FACES = (
    Face("SourceSerif4_700Bold.ttf", scale=1.0, rise=0.68, leading=1.14),
    Face("Amiri_700Bold.ttf", scale=1.18, rise=0.96, leading=1.44),
)


@dataclass(frozen=True)
class Lettering:
    """Words in a face that has all their characters, in the direction they are read."""

    words: tuple[str, ...]
    face: Face
    is_rtl: bool

    @cached_property
    def widths(self) -> list[float]:
        """Return about how wide each word is at the size 1."""
        return [self.width(word, MEASURED_AT) / MEASURED_AT for word in self.words]

    @cached_property
    def space(self) -> float:
        """Return about how far apart two words stand at the size 1."""
        return self.face.font(MEASURED_AT).getlength(" ") / MEASURED_AT

    def width(self, line: str, size: float) -> float:
        return self.face.font(size).getlength(in_visual_order(line, is_rtl=self.is_rtl))

    def draw(
        self,
        draw: ImageDraw.ImageDraw,
        line: str,
        *,
        at: tuple[float, float],
        anchor: str,
        size: float,
        colour: str,
    ) -> None:
        text = in_visual_order(line, is_rtl=self.is_rtl)
        draw.text(at, text, colour, self.face.font(size), anchor)


def lettering_of(text: str) -> Lettering | None:
    """Return the text in the first face that has all its characters; None without one.

    A character that the face lacks would be drawn as an empty box.
    """
    text = unicodedata.normalize("NFC", printable(text)).translate(INVISIBLE_CHARACTERS)
    words, is_rtl = tuple(text.split()), reads_right_to_left(text)
    characters = set(in_visual_order("".join(words), is_rtl=is_rtl))
    for face in FACES:
        if characters and all(_has_character(face, each) for each in characters):
            return Lettering(words, face, is_rtl)
    return None


def in_visual_order(line: str, *, is_rtl: bool) -> str:
    """Return the letters of a line joined, and from left to right as they are seen.

    >>> in_visual_order("مد 12", is_rtl=True)
    '12 ﺪﻣ'
    """
    ordered = get_display(reshape(line), base_dir="R" if is_rtl else "L")
    return "".join(each for each in ordered if each not in DIRECTION_AND_JOINING)


def reads_right_to_left(text: str) -> bool:
    """Tell the direction by the first letter that has one.

    >>> reads_right_to_left("2026: ميناء"), reads_right_to_left("Port of ميناء")
    (True, False)
    """
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


@cache
def _has_character(face: Face, character: str) -> bool:
    """Tell whether the face has a character: all that it lacks looks the same."""
    font = face.font(MEASURED_AT)
    return bytes(font.getmask(character)) != bytes(font.getmask(MISSING_CHARACTER))


# Each size holds its file open, and a server draws for months.
@lru_cache(maxsize=64)
def _font(file: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / file, size, layout_engine=ImageFont.Layout.BASIC)


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
    """Return the line, or as many of its characters as stand in the width with an …"""
    if lettering.width(line, size) <= width:
        return line
    fits = bisect(
        range(len(line)),
        width,
        key=lambda count: lettering.width(line[:count] + ELLIPSIS, size),
    )
    return line[: max(fits - 1, 0)].rstrip(f" {ELLIPSIS}") + ELLIPSIS
