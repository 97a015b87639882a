"""The keeper of a lighthouse, and the book she writes in."""

import math

from samples.draw.curves import arc, rows, smooth
from samples.draw.engraving import engrave
from samples.draw.faces import profile
from samples.draw.press import Print
from samples.draw.screens import dots
from samples.draw.sheet import Sheet

BOW = 0.3  # how far she bends over the book
# She looks left: how far to the left of her face, and how far down.
HAIR = (
    (-150, 40), (-146, -90), (-60, -176), (60, -160), (104, -96), (30, -64), (-30, 20),
    (-60, 80),
)  # fmt: skip
BACK = (
    (-100, 150), (20, 170), (110, 240), (150, 330), (160, 420), (-330, 440),
    (-310, 300), (-230, 200),
)  # fmt: skip
SHAWL = (
    (-100, 160), (0, 190), (40, 300), (-20, 440), (-330, 440), (-310, 300), (-230, 200),
)  # fmt: skip
ARM = ((40, 250), (120, 380), (250, 398), (352, 384))
STRANDS = ((96, -118), (20, -124), (-96, -100))
# A page from the fold outward: its upper and its lower edge.
UPPER = ((60, -72), (190, -70), (314, -52))
LOWER = ((230, 108), (70, 106), (0, 134))


def draw_keeper(print_: Print, x, y) -> None:
    """Draw her from the side, as dark as all faces here, with what the lamp catches."""
    gold, brick, night = print_.plates
    body, shawl = print_.sheet(), print_.sheet()
    back, arm, wool = (_left_of(x, y, part) for part in (BACK, ARM, SHAWL))
    _head(body, x, y)
    body.fill(smooth(back, is_closed=True))
    body.limb(smooth(arm), 110, 100, 70, 48)
    print_.clear(body)
    night.lay_apart(body, 6)
    light = _light(print_, x, y)
    night.carve(light)
    gold.lay(light)
    shawl.fill(smooth(wool, is_closed=True))
    lines = rows((700, 640, 1420, 960), 26, slant=0.6)
    knit = engrave(night, lines, 0.2, 26, print_.random, breaks=0.2).within(shawl)
    night.carve(knit, inside=body)
    brick.lay(knit, inside=body)


def _left_of(x, y, points):
    return [(x - across, y + down) for across, down in points]


def _bowed(x, y, points):
    """Return the points turned about her head, down to the left."""
    c, s = math.cos(BOW), math.sin(BOW)
    return [
        (x + (a - x) * c + (b - y) * s, y + (b - y) * c - (a - x) * s)
        for a, b in points
    ]


def _head(body: Sheet, x, y) -> None:
    body.fill(_bowed(x, y, profile(x, y, 270, -1)))
    body.fill(_bowed(x, y, smooth(_left_of(x, y, HAIR), is_closed=True)))
    body.disc(*_bowed(x, y, [(x + 150, y - 92)])[0], 66)
    body.limb([(x + 30, y + 90), (x + 50, y + 260)], 150, 220)


def _light(print_: Print, x, y) -> Sheet:
    """Return what shines: glasses, some hair, the edges of sleeve and collar."""
    light = print_.sheet()
    for edge in (
        ((90, 150), (130, 176), (150, 240)),
        ((130, 300), (200, 348), (330, 352)),
    ):
        light.stroke(smooth(_left_of(x, y, edge)), 3, 11, 4)
    for lift in (0, 26, 52):
        strand = [(a - lift, b - lift * 0.5) for a, b in STRANDS]
        light.stroke(_bowed(x, y, smooth(_left_of(x, y, strand))), 2, 6, 2)
    light.stroke(_bowed(x, y, arc(x - 96, y - 14, 40, 0, 360, steps=30)), 9)
    light.stroke(_bowed(x, y, _left_of(x, y, ((56, -20), (-60, -40)))), 8)
    return light


def draw_book(print_: Print, x, y) -> None:
    """Draw the weather book: six narrow columns, and a seventh as wide as all six."""
    gold, brick, night = print_.plates
    cover, pages, columns = (print_.sheet() for _ in range(3))
    board = ((-330, -40), (330, -40), (400, 150), (-400, 150))
    cover.fill([(x + across, y + down) for across, down in board])
    for side in (-1, 1):
        upper, lower = (
            smooth([(x + side * across, y + down) for across, down in edge])
            for edge in (UPPER, LOWER)
        )
        pages.fill([(x, y - 46), *upper, (x + side * 378, y + 126), *lower])
    for part in (cover, pages):
        print_.clear(part)
        night.lay_apart(part, 4)
        night.carve(part)
    brick.lay(cover)
    brick.carve(pages)
    gold.lay(dots(gold, lambda a, _: abs(a - x) / 900 + 0.08, pitch=13), inside=pages)
    for at in range(1, 7):
        columns.stroke([(x - 8 - 44 * at, y - 66), (x - 8 - 52 * at, y + 120)], 3)
    brick.lay(columns, inside=pages)
    night.lay(_words(print_, x, y), inside=pages)
    night.stroke([(x, y - 46), (x, y + 134)], 7)
    _hand(print_, x, y)


def _words(print_: Print, x, y) -> Sheet:
    """Return lines of writing: seven on the full page, four on hers so far."""
    words = print_.sheet()
    for side, count in ((-1, 7), (1, 4)):
        for row in range(count):
            level, start = y - 40 + row * 21, 24.0
            while start < 300 + row * 10:
                end = start + print_.random.uniform(16, 44)
                words.limb([(x + side * start, level), (x + side * end, level)], 5, 4)
                start = end + 14
    return words


def _hand(print_: Print, x, y) -> None:
    gold, _brick, night = print_.plates
    hand, pen = print_.sheet(), print_.sheet()
    hand.limb([(x + 150, y - 96), (x + 102, y - 84)], 62, 70)
    hand.limb([(x + 102, y - 80), (x + 70, y - 48)], 28, 18)
    hand.limb([(x + 118, y - 64), (x + 82, y - 36)], 26, 18)
    pen.stroke([(x + 62, y - 12), (x + 78, y - 48), (x + 162, y - 224)], 3, 13, 9)
    for part in (hand, pen):
        print_.clear(part)
        night.lay(part)
    gold.lay(pen)
