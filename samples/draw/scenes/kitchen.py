"""A lighthouse kitchen in the evening."""

import math

from samples.draw.curves import rows, sag, smooth
from samples.draw.engraving import engrave
from samples.draw.press import Print
from samples.draw.scenes.keeper import draw_book, draw_keeper
from samples.draw.screens import dots
from samples.draw.water import glitter

TABLE = 900
LAMP = (730, 372)
LIGHT = (730, 492)  # where the glow is brightest, below the lamp
CAT = (
    (-62, 0), (-70, -60), (-40, -120), (-26, -160), (26, -160), (40, -120), (66, -60),
    (60, 0),
)  # fmt: skip


def kitchen(print_: Print) -> None:
    """A woman with glasses writes in a great book under a lamp; the sea outside."""
    _wall(print_)
    _window(print_)
    _cat(print_, 196, 692)
    _rope(print_, 1440, 190)
    _table(print_)
    draw_keeper(print_, 1060, 500)
    draw_book(print_, 610, 980)
    _lamp(print_)


def _wall(print_: Print) -> None:
    gold, brick, night = print_.plates
    brick.box(0, 0, 1600, 1200)

    def dark(x, y):
        return math.dist((x, y), LAMP) / 1400 - 0.16

    def bright(x, y):
        return 1.05 - math.dist((x, y), LIGHT) / 560

    night.lay(engrave(night, rows((-60, 0, 1660, 1200), 24), dark, 24, print_.random))
    near = print_.sheet()
    near.disc(*LIGHT, 620)
    glow = dots(near, bright, pitch=15).within(near)
    print_.clear(glow)
    gold.lay(glow)


def _window(print_: Print) -> None:
    gold, brick, night = print_.plates
    frame, panes, sea, light = (print_.sheet() for _ in range(4))
    frame.box(70, 130, 440, 560)
    frame.box(40, 690, 500, 34)
    for x in (96, 302):
        for y in (156, 426):
            panes.box(x, y, 182, 240)
    print_.clear(frame)
    night.lay_apart(frame, 5)
    night.carve(panes)
    clouds = rows((60, 140, 520, 480), 19)
    sky = engrave(night, clouds, lambda _, y: 1.1 - y / 560, 19, print_.random)
    night.lay(sky, inside=panes)
    brick.lay(dots(brick, lambda _, y: (y - 200) / 420, pitch=13), inside=panes)
    sea.box(60, 500, 460, 190)
    light.disc(392, 262, 48)
    glitter(light, 392, 506, 670, 120, print_.random, count=26)
    for part in (sea, light):
        print_.clear(part.within(panes))
    night.lay(sea, inside=panes)
    night.carve(light)
    gold.lay(light, inside=panes)


def _cat(print_: Print, x, y) -> None:
    """Draw a cat on the sill, who looks out."""
    cat = print_.sheet()
    cat.fill(smooth([(x + a, y + b) for a, b in CAT], is_closed=True))
    cat.disc(x, y - 176, 44, ratio=0.86)
    for side in (-1, 1):
        ear = ((42, -186), (36, -238), (8, -206))
        cat.fill([(x + side * across, y + down) for across, down in ear])
    tail = ((50, -12), (110, 10), (120, 80), (96, 116))
    cat.limb(smooth([(x + a, y + b) for a, b in tail]), 20, 20, 16, 12)
    print_.clear(cat)
    print_.plates[2].lay_apart(cat, 5)


def _rope(print_: Print, x, y) -> None:
    """Draw a coil of rope on its hook."""
    gold, _brick, night = print_.plates
    rope, twist = print_.sheet(), print_.sheet()
    for number in range(4):
        loop = [
            (
                a + 6 * (a - x) * math.sin(math.pi * at / 24) + (number - 1.5) * 9,
                b,
            )
            for at, (a, b) in enumerate(
                sag((x - 12, y), (x + 12, y), 300 + number * 34)
            )
        ]
        coil = print_.sheet()
        coil.limb(loop, 17)
        rope.lay_apart(coil, 3)
        for a, b in loop:
            twist.stroke([(a - 8, b - 6), (a + 8, b + 6)], 4)
    print_.clear(rope)
    night.lay_apart(rope, 4)
    night.carve(rope)
    gold.lay(rope)
    night.lay(twist, inside=rope)
    night.limb([(x, y - 40), (x, y + 6), (x + 22, y - 8)], 14)


def _table(print_: Print) -> None:
    _gold, brick, night = print_.plates
    top, checks = print_.sheet(), print_.sheet()
    top.box(0, TABLE, 1600, 300)
    print_.clear(top)
    edges = [TABLE + row * row * 22 + row * 26 for row in range(5)]

    def corner(column, y):
        return 800 + column * 104 * (1 + (y - TABLE) / 420), y

    for row in range(4):
        far, near = edges[row : row + 2]
        for left in range(-16 + row % 2, 17, 2):
            right = left + 1
            checks.fill([corner(left, far), corner(right, far), corner(right, near),
                         corner(left, near)])  # fmt: skip
    brick.lay(checks, inside=top)
    lines = rows((-20, TABLE, 1620, 1220), 22)
    shade = engrave(
        night, lines, lambda x, _: abs(x - 760) / 1500 - 0.12, 22, print_.random
    )
    night.lay(shade, inside=top)
    night.stroke([(-20, TABLE), (1620, TABLE)], 9)


def _lamp(print_: Print) -> None:
    gold, _brick, night = print_.plates
    x, y = LAMP
    shade, bulb, gleam = (print_.sheet() for _ in range(3))
    dome = ((-190, 0), (-150, -66), (-50, -120), (50, -120), (150, -66), (190, 0))
    shade.fill(smooth([(x + across, y + down) for across, down in dome]))
    bulb.disc(x, y + 4, 70, ratio=0.6)
    night.stroke([(x, -10), (x, y - 110)], 8)
    print_.clear(bulb)
    print_.clear(shade)
    night.lay_apart(shade, 5)
    edge = smooth([(x - 150, y - 24), (x - 112, y - 70), (x - 44, y - 100)])
    gleam.stroke(edge, 3, 12, 3)
    night.carve(gleam)
    gold.lay(gleam)
