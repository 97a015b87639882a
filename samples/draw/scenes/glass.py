"""Glass globes before the furnace."""

import math

from samples.draw.curves import arc, rings, rows, smooth
from samples.draw.engraving import engrave, sunburst
from samples.draw.press import Print
from samples.draw.screens import dots

BALLS = ((330, 1010, 215), (1330, 1120, 170), (760, 790, 400))
FURNACE = (1130, 520)


def glass_cools(print_: Print) -> None:
    """A great green globe on a stand, and the glow of the furnace behind."""
    orange, _green, night = print_.plates
    orange.lay(
        dots(orange, lambda x, y: 1.12 - math.dist((x, y), FURNACE) / 800, pitch=18)
    )

    def dark(x, y):
        return min(0.97, math.dist((x, y), FURNACE) / 700 - 0.18)

    night.lay(sunburst(night, *FURNACE, 150, 96, dark, print_.random))
    _furnace(print_, *FURNACE)
    for x, y, size in BALLS:
        _glass(print_, x, y, size)
    night.box(0, 1270, 1600, 330)
    bench = rows((0, 1296, 1600, 1600), 34)
    night.carve(engrave(night, bench, 0.3, 34, print_.random, breaks=0.1))
    for x, y, size in BALLS:
        _stand(print_, x, y + size, size)


def _arch(x, y, wide, high):
    top = arc(x, y - high + wide, wide, 180, 360)
    return [(x - wide, y + 150), *top, (x + wide, y + 150)]


def _furnace(print_: Print, x, y) -> None:
    orange, _green, night = print_.plates
    night.fill(_arch(x, y, 215, 260))
    night.box(x - 215, y + 100, 430, 700)
    stones = engrave(
        night,
        [_arch(x, y, wide, wide + 45) for wide in (178, 206)],
        0.5,
        12,
        print_.random,
        breaks=0.2,
    )
    night.carve(stones)
    night.cut(_arch(x, y, 150, 190))
    orange.fill(_arch(x, y, 150, 190))
    orange.cut(_arch(x, y + 20, 92, 110))


def _glass(print_: Print, x, y, size) -> None:
    _orange, green, night = print_.plates
    ball = night.blank()
    ball.disc(x, y, size)
    ball.box(x - size * 0.16, y - size * 1.22, size * 0.32, size * 0.3)
    ball.box(x - size * 0.23, y - size * 1.27, size * 0.46, size * 0.08)
    print_.clear(ball)
    green.lay(ball)
    lit = (x - size * 0.3, y - size * 0.34)

    def deep(at_x, at_y):
        return math.dist((at_x, at_y), lit) / size * 0.85 - 0.45

    shade = rings(*lit, size * 0.2, size * 1.6, 34)
    night.lay(engrave(night, shade, deep, 34, print_.random), inside=ball)
    night.stroke(arc(x, y, size - 4, 0, 360, steps=60), 9)
    _shine(print_, x, y, size)


def _shine(print_: Print, x, y, size) -> None:
    orange, green, night = print_.plates
    window, glow = night.blank(), night.blank()
    window.disc(x - size * 0.38, y - size * 0.45, size * 0.17, ratio=1.35)
    curve = smooth(arc(x, y, size * 0.8, -48, 28))
    last = len(curve) - 1
    glow.ribbon(
        curve, [1 + size * 0.1 * math.sin(math.pi * n / last) for n in range(last + 1)]
    )
    for light in (window, glow):
        green.carve(light)
        night.carve(light)
    orange.lay(glow)


def _stand(print_: Print, x, y, size) -> None:
    orange, _green, night = print_.plates
    wide = size * 0.52
    stand = night.blank()
    stand.fill(
        [
            (x - wide, y - 12),
            (x + wide, y - 12),
            (x + wide * 1.3, y + size * 0.3),
            (x - wide * 1.3, y + size * 0.3),
        ]
    )
    print_.clear(stand)
    orange.lay(stand)
    night.lay(dots(night, 0.5, angle=45), inside=stand)
    night.stroke([(x - wide, y - 8), (x + wide, y - 8)], 12)
