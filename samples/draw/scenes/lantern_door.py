"""A knock at a door, by lantern light."""

import math

from samples.draw.curves import rows
from samples.draw.engraving import engrave, sunburst
from samples.draw.people import person
from samples.draw.press import Print
from samples.draw.screens import dots

LANTERN = (580, 980)


def _far(x, y) -> float:
    return math.dist((x, y), LANTERN)


def lantern_door(print_: Print) -> None:
    """A teacher with a lantern knocks at the door of a stone cottage by night."""
    orange, blue, black = print_.plates
    blue.box(0, 0, 1280, 1600)
    light = print_.sheet()
    light.disc(*LANTERN, 640)
    orange.lay(dots(orange, lambda x, y: 1.1 - _far(x, y) / 620, pitch=18))
    fading = dots(light, lambda x, y: 1.25 - _far(x, y) / 560, pitch=18, angle=45)
    blue.carve(fading, inside=light)

    def dark(x, y):
        return min(0.96, _far(x, y) / 820 - 0.16)

    black.lay(sunburst(black, *LANTERN, 60, 84, dark, print_.random))
    _wall(print_)
    _roof(print_)
    _door(print_)
    _teacher(print_)
    _lamp(print_, *LANTERN)


def _wall(print_: Print) -> None:
    black, random = print_.plates[2], print_.random
    wall, stones, joints = (print_.sheet() for _ in range(3))
    wall.box(700, 560, 600, 880)
    black.carve(wall)
    for row in range(13):
        y, x = 566 + row * 68, 690 - (row % 2) * 50
        while x < 1300:
            wide = random.uniform(80, 150)
            stones.box(x + 5, y + 5, wide - 10, 58)
            x += wide
    joints.lay(wall)
    joints.carve(stones)
    black.lay(joints)

    def dark(x, y):
        return (x - 760) / 620 + abs(y - 980) / 1200

    shade = rows((690, 560, 1340, 1440), 26)
    black.lay(engrave(black, shade, dark, 26, random), inside=wall)


def _roof(print_: Print) -> None:
    blue, black = print_.plates[1:]
    roof = print_.sheet()
    roof.fill([(600, 590), (820, 170), (1300, 170), (1300, 590)])
    print_.clear(roof)
    black.lay(roof)
    blue.lay(roof)
    thatch = rows((590, 190, 1340, 590), 40)
    cuts = engrave(black, thatch, 0.14, 40, print_.random, breaks=0.05)
    black.carve(cuts, inside=roof)


def _door(print_: Print) -> None:
    orange, _, black = print_.plates
    door = print_.sheet()
    door.box(800, 800, 280, 640)
    print_.clear(door)
    orange.lay(door)
    for x in range(800, 1081, 56):
        black.stroke([(x, 800), (x, 1440)], 7)
    black.box(776, 776, 328, 30)
    for x in (776, 1080):
        black.box(x, 776, 26, 664)
    black.disc(850, 1140, 20)


def _teacher(print_: Print) -> None:
    black = print_.plates[2]
    ground, body = print_.sheet(), print_.sheet()
    ground.box(0, 1450, 1280, 160)
    black.lay_apart(ground, 4)
    cuts = rows((0, 1480, 1280, 1600), 30)
    black.carve(engrave(black, cuts, 0.16, 30, print_.random, breaks=0.15))
    arms = (((-0.14, 0.66), (-0.02, 0.62)), ((0.22, 0.78), (0.37, 0.86)))
    person(body, 490, 1470, 860, hat="bun", hem=0.1, flare=0.17, arms=arms)
    print_.clear(body)
    black.lay_apart(body, 7)


def _lamp(print_: Print, x, y) -> None:
    orange, _, black = print_.plates
    lamp, pane = print_.sheet(), print_.sheet()
    lamp.box(x - 46, y - 60, 92, 130)
    lamp.fill([(x - 60, y - 60), (x, y - 112), (x + 60, y - 60)])
    lamp.box(x - 56, y + 66, 112, 22)
    lamp.limb([(x, y - 100), (x - 60, y - 40)], 10)
    pane.box(x - 34, y - 50, 68, 112)
    print_.clear(lamp)
    black.lay_apart(lamp, 5)
    print_.clear(pane)
    orange.fill([(x - 24, y + 50), (x, y - 44), (x + 24, y + 50)])
