"""Tin stars in a shed."""

import math

from samples.draw.curves import line, rows
from samples.draw.engraving import engrave
from samples.draw.lanterns import star
from samples.draw.press import Print
from samples.draw.screens import dots


def tin_stars(print_: Print) -> None:
    """Tin stars hang in a dark shed over a box of candles; the moon looks in."""
    gold, sea, black = print_.plates
    sea.box(0, 0, 1600, 900)
    boards = [line((x, -60), (x + 6, 960)) for x in range(-20, 1620, 30)]

    def dark(x, y):
        return 0.96 - max(0, 0.8 - math.dist((x, y), (1180, 430)) / 760)

    black.lay(engrave(black, boards, dark, 30, print_.random))
    _moonlit_window(print_)
    _bench(print_)
    for x, y, size, points in (
        (150, 265, 125, 5),
        (385, 130, 84, 6),
        (400, 470, 150, 8),
        (660, 260, 140, 5),
        (870, 110, 80, 6),
        (880, 505, 120, 6),
        (1180, 400, 150, 5),
        (1490, 330, 120, 8),
        (1410, 90, 66, 5),
        (130, 590, 84, 6),
    ):
        wire = black.blank()
        wire.stroke([(x, -20), (x, y - size)], 5)
        black.carve(wire)
        sea.carve(wire)
        gold.lay(wire)
        star(print_, x, y, size, points=points, turn=print_.random.uniform(-0.2, 0.2))


def _moonlit_window(print_: Print) -> None:
    gold, sea, black = print_.plates
    window = black.blank()
    window.box(980, 110, 410, 460)
    print_.clear(window)
    sea.lay(dots(sea, lambda x, y: 0.85 - y / 800, pitch=14), inside=window)
    sea.disc(1290, 215, 52, 0)
    gold.disc(1290, 215, 50)
    for x in (972, 1176, 1380):
        black.box(x, 100, 20, 480)
    for y in (100, 330, 562):
        black.box(964, y, 446, 20)


def _bench(print_: Print) -> None:
    gold, sea, black = print_.plates
    black.box(0, 740, 1600, 160)
    grain = rows((0, 762, 1600, 900), 28)
    black.carve(engrave(black, grain, 0.25, 28, print_.random, breaks=0.1))
    candles = black.blank()
    for at in range(22):
        candles.box(590 + at * 20, 640 + (at * 7) % 26, 14, 130)
    black.lay_apart(candles, 3)
    for plate in (sea, black):
        plate.carve(candles)
    box = black.blank()
    box.fill([(560, 700), (1060, 700), (1040, 830), (580, 830)])
    for plate in (gold, black):
        plate.carve(box)
    sea.lay(box)
    black.lay(dots(black, 0.35, angle=45), inside=box)
    black.stroke([(560, 700), (1060, 700), (1040, 830), (580, 830), (560, 700)], 8)
