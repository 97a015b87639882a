"""A copper pot of soup."""

import math

from samples.draw.curves import arc, rows, smooth
from samples.draw.engraving import engrave
from samples.draw.press import Print
from samples.draw.screens import dots


def soup(print_: Print) -> None:
    """A copper pot steams on a black stove, a ladle in it, a fish tail over the rim."""
    _orange, sea, _black = print_.plates
    tiles = print_.sheet()
    for row in range(8):
        for column in range(9):
            x, y = column * 190 - 40, row * 130 - 40
            if (row + column) % 2:
                tiles.box(x, y, 190, 130)
    sea.lay(dots(sea, 0.34, pitch=18), inside=tiles)
    _steam(print_)
    _stove(print_)
    _pot(print_)


def _steam(print_: Print) -> None:
    _sea, black = print_.plates[1:]
    for x, sway in ((560, 1), (800, -1), (1030, 1)):
        way = smooth([(x, 560), (x + sway * 80, 440), (x - sway * 60, 300),
                      (x + sway * 70, 160), (x - sway * 20, 10)])  # fmt: skip
        plume = print_.sheet()
        plume.ribbon(
            way, [10 + 46 * math.sin(n / len(way) * math.pi) for n in range(len(way))]
        )
        print_.clear(plume)
        black.stroke([(a + 22, b) for a, b in way], 8, 5)
        black.stroke([(a - 22, b) for a, b in way[4:-4]], 5)


def _stove(print_: Print) -> None:
    orange, _sea, black = print_.plates
    stove = print_.sheet()
    stove.box(-20, 985, 1640, 240)
    print_.clear(stove)
    black.lay(stove)
    cuts = rows((0, 1060, 1600, 1200), 30)
    black.carve(engrave(black, cuts, 0.2, 30, print_.random, breaks=0.1))
    black.box(460, 925, 690, 70)
    fire = print_.sheet()
    for at in range(17):
        x = 480 + at * 40
        high = 40 + 34 * math.sin(at * 1.9) ** 2
        fire.fill(smooth([(x - 17, 990), (x - 6, 970), (x, 990 - high), (x + 8, 968),
                          (x + 17, 990)]))  # fmt: skip
    print_.clear(fire)
    orange.lay(fire)


def _pot(print_: Print) -> None:
    orange, _sea, black = print_.plates
    pot, soup_, handles = print_.sheet(), print_.sheet(), print_.sheet()
    pot.fill(smooth([(390, 560), (400, 760), (450, 900), (560, 945), (1040, 945),
                     (1150, 900), (1200, 760), (1210, 560)]))  # fmt: skip
    pot.disc(800, 560, 412, ratio=0.24)
    for side in (-1, 1):
        turn = 0 if side > 0 else 180
        grip = arc(800 + side * 430, 680, 84, turn - 90, turn + 90)
        handles.stroke(grip, 34)
    ladle = print_.sheet()
    way = [(930, 580), (1060, 380), (1190, 170), (1240, 112), (1290, 130), (1282, 176)]
    ladle.limb(smooth(way), 40, 26, 22)
    for part in (handles, pot):
        print_.clear(part)
    black.lay_apart(handles, 4)
    orange.lay(pot)
    beaten = [arc(800, 500 + n * 34, 420, 8, 172, ratio=0.3) for n in range(16)]

    def shade(x, y):
        return max(0, abs(x - 700) / 520 - 0.18 + (y - 700) / 1400)

    black.lay(engrave(black, beaten, shade, 30, print_.random, breaks=0.02), inside=pot)
    shine = print_.sheet()
    way = smooth([(520, 690), (545, 800), (620, 880)])
    shine.ribbon(
        way, [3 + 30 * math.sin(n / len(way) * math.pi) for n in range(len(way))]
    )
    orange.carve(shine)
    black.carve(shine)
    soup_.disc(800, 560, 376, ratio=0.2)
    black.carve(soup_)
    orange.carve(soup_)
    orange.lay(dots(orange, 0.55, pitch=16), inside=soup_)
    _in_the_soup(print_, soup_)
    print_.clear(ladle)
    black.lay_apart(ladle, 5)
    for wide in (414, 374):
        black.stroke(
            arc(800, 560, wide, 0, 360, ratio=0.22 if wide < 400 else 0.24, steps=70),
            10,
        )


def _in_the_soup(print_: Print, soup_) -> None:
    orange, sea, black = print_.plates
    for x, y in ((620, 560), (700, 602), (1010, 590), (860, 530), (760, 545)):
        ring = print_.sheet()
        ring.disc(x, y, 46, ratio=0.42)
        orange.carve(ring)
        black.stroke(arc(x, y, 46, 0, 360, ratio=0.42), 6)
        black.stroke(arc(x, y, 26, 0, 360, ratio=0.42), 4)
    for x, y in ((560, 590), (930, 612), (680, 525), (1080, 560), (820, 605)):
        leaf = print_.sheet()
        leaf.fill(
            smooth([(x - 30, y), (x, y - 14), (x + 30, y), (x, y + 14)], is_closed=True)
        )
        orange.carve(leaf)
        sea.lay(leaf)
    tail = print_.sheet()
    outline = [(500, 590), (470, 500), (420, 400), (500, 430), (560, 360), (552, 480),
               (590, 580)]  # fmt: skip
    tail.fill(smooth(outline, is_closed=True))
    print_.clear(tail)
    sea.lay(tail)
    for lean in (-30, 0, 34):
        black.stroke([(505 + lean * 0.3, 520), (490 + lean * 1.5, 420)], 6)
    black.stroke(outline, 8)
