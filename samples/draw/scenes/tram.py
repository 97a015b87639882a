"""An old tram under a fig tree."""

import math

from samples.draw.curves import arc, rings, rows, smooth
from samples.draw.engraving import engrave
from samples.draw.press import Print
from samples.draw.screens import dots
from samples.draw.sheet import Sheet


def tram_under_fig(print_: Print) -> None:
    """An old yellow tram at rest in the shade of a spreading fig tree."""
    gold, green, night = print_.plates
    gold.lay(dots(gold, lambda x, y: 0.34 - y / 2600, pitch=16))
    wall = night.blank()
    wall.box(0, 560, 1600, 250)
    night.lay(engrave(night, rows((0, 566, 1600, 806), 30), 0.16, 30, print_.random,
                      breaks=0.24))  # fmt: skip
    grass = night.blank()
    grass.box(0, 800, 1600, 270)
    print_.clear(grass)
    green.lay(grass)
    _tram(print_, 790, 860)
    _fig_tree(print_)
    _fallen_leaves(print_)


def _tram(print_: Print, x, y) -> None:
    gold, _green, night = print_.plates
    body, roof = night.blank(), night.blank()
    body.fill(
        [(x - 430, y - 40), (x - 430, y - 330), (x + 430, y - 330), (x + 430, y - 40)]
    )
    roof.fill(smooth([(x - 470, y - 326), (x - 440, y - 372), (x, y - 388),
                      (x + 440, y - 372), (x + 470, y - 326)]))  # fmt: skip
    for part in (body, roof):
        print_.clear(part)
    gold.box(x - 430, y - 190, 860, 150)
    for at in range(8):
        night.box(x - 404 + at * 104, y - 306, 80, 98)
        night.stroke([(x - 396 + at * 104, y - 220), (x - 346 + at * 104, y - 298)], 4,
                     tone=0)  # fmt: skip
    night.lay(roof)
    for height, thick in ((-330, 8), (-192, 8), (-120, 4), (-42, 14)):
        night.stroke([(x - 432, y + height), (x + 432, y + height)], thick)
    for side in (-1, 1):
        night.stroke([(x + side * 430, y - 330), (x + side * 430, y - 40)], 10)
        night.box(x + side * 452 - 22, y - 60, 44, 14)
        for wheel in (150, 270):
            night.disc(x + side * wheel, y - 18, 42)
            night.disc(x + side * wheel, y - 18, 24, 0)
            night.disc(x + side * wheel, y - 18, 9)
    night.box(x - 310, y - 52, 620, 26)
    number = night.blank()
    number.disc(x, y - 118, 46)
    print_.clear(number)
    for across in (-16, 8):
        night.box(x + across, y - 142, 9, 48)
    night.box(x + 8, y - 116, 26, 8)
    night.box(x + 24, y - 142, 9, 48)
    night.stroke(arc(x, y - 118, 45, 0, 360, steps=40), 6)
    night.stroke([(x - 20, y - 384), (x + 120, y - 452)], 7)


def _fig_tree(print_: Print) -> None:
    _gold, green, night = print_.plates
    random = print_.random
    trunk = night.blank()
    for points, wide in (
        ([(1330, 880), (1290, 640), (1200, 430), (980, 260), (700, 190)],
         (120, 78, 54, 36, 14)),
        ([(1300, 660), (1360, 420), (1330, 220), (1400, 60)], (66, 50, 36, 18)),
        ([(1230, 470), (1060, 420), (860, 370)], (40, 28, 10)),
        ([(1200, 430), (1120, 240), (1030, 90)], (44, 30, 12)),
    ):  # fmt: skip
        trunk.stroke(smooth(points), *wide)
    trunk.fill(smooth([(1250, 900), (1310, 800), (1370, 800), (1460, 905)]))
    leaves = night.blank()
    for _ in range(190):
        angle, far = random.uniform(0, math.tau), random.random() ** 0.55
        x = 1060 + far * 640 * math.cos(angle)
        y = 170 + far * 250 * math.sin(angle)
        if y < 430:
            leaf = night.blank()
            _leaf(leaf, x, y, random.uniform(46, 74), random.uniform(0, math.tau))
            leaves.lay_apart(leaf, 3)
    print_.clear(leaves)
    night.lay_apart(trunk, 4)
    night.carve(leaves)
    green.lay(leaves)
    shade = engrave(
        night, rings(1060, -180, 150, 900, 20), lambda x, y: y / 520, 20, random
    )
    night.lay(shade, inside=leaves)


def _leaf(sheet: Sheet, x, y, size, turn) -> None:
    """Draw a fig leaf of five lobes."""
    points = []
    for at in range(10):
        angle = turn + math.pi * (at / 5)
        reach = size * (1 if at % 2 == 0 else 0.46)
        points.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    sheet.fill(smooth(points, is_closed=True, steps=4))


def _fallen_leaves(print_: Print) -> None:
    gold, green, night = print_.plates
    random = print_.random
    for _ in range(26):
        leaf = night.blank()
        _leaf(
            leaf,
            random.uniform(0, 1600),
            random.uniform(910, 1060),
            20,
            random.random(),
        )
        green.carve(leaf)
        gold.lay(leaf)
    blades = engrave(
        night, rows((0, 860, 1600, 1070), 30), 0.18, 30, random, breaks=0.25
    )
    night.lay(blades)
