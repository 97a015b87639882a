"""Draw the card that stands for a story where its address is shared.

A story without a picture is shown by it on other sites and in messages: the name of the
newspaper, the section and the headline, printed as on paper.
"""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageDraw

from articles.pictures.lettering import Lettering, SetLines, fit_lines, lettering_of

WIDTH, HEIGHT = 1200, 630
MEDIA_TYPE = "image/png"
# Raise it when cards are drawn differently, so that old ones are no longer shown.
DRAWING = 1

PAPER, INK, RULE, ACCENT = "#fbf7ef", "#1c1a17", "#cfc5b4", "#9b1c1c"
MARGIN = 76
MEASURE = WIDTH - 2 * MARGIN
# From the top: the base of the name, the room for the story, and the rules about it.
NAME_BASE, HEAD_RULE, STORY_TOP, STORY_END, FOOT_RULE = 100, 128, 176, 562, 584
STRIP = 16
NAME_SIZES = range(50, 27, -2)
LABEL_SIZES = range(38, 27, -2)
HEADLINE_SIZES = range(168, 51, -4)
LINE, LABEL_BASE, LABEL_HEIGHT, SQUARE = 70, 34, 74, 22
# More characters than ever fit: what is cut off here would not be seen.
MOST_CHARACTERS = 600


@dataclass(frozen=True, slots=True)
class ShareCard:
    """What a card says."""

    headline: str
    section: str
    name: str

    @property
    def fingerprint(self) -> str:
        """Return what two cards share when they look alike, and else do not."""
        said = (DRAWING, self.headline, self.section, self.name)
        return sha256(repr(said).encode()).hexdigest()


def draw_share_card(card: ShareCard) -> bytes:
    """Return the card as a PNG of 1200 × 630.

    Words with a character that no face has are left out, for it would show as a box.
    """
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    name, section, headline = (
        lettering_of(text[:MOST_CHARACTERS])
        for text in (card.name, card.section, card.headline)
    )
    pen = Pen(ImageDraw.Draw(image), bool(headline and headline.is_rtl))
    _draw_head(pen, name if headline else None)
    _draw_story(pen, headline or name, section)
    file = BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class Pen:
    """What writes on a card: from the right where the headline is read from there."""

    draw: ImageDraw.ImageDraw
    is_rtl: bool

    def write(
        self,
        words: Lettering,
        lines: SetLines,
        base: float,
        colour: str,
        indent: int = 0,
    ) -> None:
        """Write the lines, the first of them on the base."""
        edge, anchor = self.edge(indent), "rs" if self.is_rtl else "ls"
        for number, line in enumerate(lines.lines):
            at = (edge, base + number * lines.leading)
            words.draw(
                self.draw, line, at=at, anchor=anchor, size=lines.size, colour=colour
            )

    def rule(self, top: int, thickness: int, colour: str) -> None:
        self.draw.rectangle(
            (MARGIN, top, WIDTH - MARGIN - 1, top + thickness - 1), colour
        )

    def square(self, base: float, colour: str) -> None:
        start = min(self.edge(0), self.edge(SQUARE))
        self.draw.rectangle(
            (start, base - SQUARE, start + SQUARE - 1, base - 1), colour
        )

    def edge(self, indent: int) -> int:
        """Return where reading begins, so far into the line."""
        return WIDTH - MARGIN - indent if self.is_rtl else MARGIN + indent


def _draw_head(pen: Pen, name: Lettering | None) -> None:
    """Draw the name of the newspaper, and the rules that frame the story."""
    pen.draw.rectangle((0, 0, WIDTH, STRIP - 1), ACCENT)
    if name:
        pen.write(name, fit_lines(name, MEASURE, LINE, NAME_SIZES), NAME_BASE, INK)
    pen.rule(HEAD_RULE, 6, INK)
    pen.rule(HEAD_RULE + 11, 2, INK)
    pen.rule(FOOT_RULE, 2, INK)


def _draw_story(
    pen: Pen, headline: Lettering | None, section: Lettering | None
) -> None:
    """Draw the section and below it the headline, in the middle of their room."""
    top, room = STORY_TOP, STORY_END - STORY_TOP
    if section:
        room -= LABEL_HEIGHT
    if headline:
        copy = fit_lines(headline, MEASURE, room, HEADLINE_SIZES)
        top += round((room - copy.height) / 2)
    if section:
        label = fit_lines(section, MEASURE - 2 * SQUARE, LINE, LABEL_SIZES)
        pen.square(top + LABEL_BASE, ACCENT)
        pen.write(section, label, top + LABEL_BASE, ACCENT, indent=SQUARE + 14)
        top += LABEL_HEIGHT
    if headline:
        pen.write(headline, copy, top + copy.size * headline.face.rise, INK)
