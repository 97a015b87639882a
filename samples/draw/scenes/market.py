"""Tomatoes under the arches of the market."""

from samples.draw.boats import fishing_boat
from samples.draw.curves import arc, rows
from samples.draw.engraving import engrave
from samples.draw.people import CARRYING, person
from samples.draw.press import Print
from samples.draw.screens import dots

ARCHES = (270, 800, 1330)
WEIGHING = (((-0.18, 0.68), (-0.2, 0.6)), ((0.19, 0.86), (0.22, 1.0)))


def market(print_: Print) -> None:
    """A seller holds up a scale behind heaps of tomatoes, arches and boats beyond."""
    gold, _, night = print_.plates
    gold.lay(dots(gold, 0.62, pitch=18))
    courses = rows((-60, 20, 1660, 700), 36)
    night.lay(engrave(night, courses, 0.16, 36, print_.random, breaks=0.2))
    for x in ARCHES:
        _arch(print_, x)
    _awning(print_)
    _people(print_)
    _stall(print_)


def _arch(print_: Print, x) -> None:
    _gold, _, night = print_.plates
    opening, sea = print_.sheet(), print_.sheet()
    opening.fill([(x - 200, 760), *arc(x, 330, 200, 180, 360), (x + 200, 760)])
    print_.clear(opening)
    sea.box(x - 200, 520, 400, 240)
    night.lay(dots(night, 0.4, pitch=14, angle=45), inside=sea)
    boat = print_.sheet()
    fishing_boat(boat, x + 30, 540, 260, turn=1 if x < 900 else -1, mast=0.85)
    print_.clear(boat)
    night.lay(boat)
    night.stroke([(x - 200, 760), *arc(x, 330, 200, 180, 360), (x + 200, 760)], 10)
    stones = [arc(x, 330, reach, angle, angle, steps=1)[0]
              for angle in range(190, 360, 20) for reach in (204, 250)]  # fmt: skip
    for inner, outer in zip(stones[::2], stones[1::2], strict=True):
        night.stroke([inner, outer], 6)
    night.stroke(arc(x, 330, 252, 180, 360), 7)


def _awning(print_: Print) -> None:
    red, night = print_.plates[1:]
    for at in range(16):
        flap = print_.sheet()
        flap.box(at * 100, -20, 100, 96)
        flap.disc(at * 100 + 50, 76, 50, ratio=0.8)
        print_.clear(flap)
        if at % 2:
            red.lay(flap)
    night.stroke([(0, 8), (1600, 8)], 12)


def _people(print_: Print) -> None:
    gold, _, night = print_.plates
    people, apron = print_.sheet(), print_.sheet()
    for x, y, tall, hat, turn, arms in (
        (800, 1090, 690, "brim", 1, WEIGHING),
        (230, 1100, 600, "scarf", 1, CARRYING),
        (1420, 1110, 640, "cap", -1, CARRYING),
    ):
        one = print_.sheet()
        person(one, x, y, tall, hat=hat, turn=turn, arms=arms, hem=0.2, flare=0.16)
        people.lay_apart(one, 5)
    print_.clear(people)
    night.lay_apart(people, 6)
    apron.fill([(738, 640), (862, 640), (890, 900), (710, 900)])
    night.carve(apron)
    gold.lay(apron)
    _scale(print_, 952, 400)


def _scale(print_: Print, x, y) -> None:
    red, night = print_.plates[1:]
    pan = print_.sheet()
    pan.fill(arc(x, y + 250, 110, 0, 180, ratio=0.42))
    print_.clear(pan)
    for at in (-64, 0, 64):
        _tomato(print_, x + at, y + 226, 36)
    night.lay_apart(pan, 4)
    dial = print_.sheet()
    dial.disc(x, y + 40, 46)
    print_.clear(dial)
    night.stroke(arc(x, y + 40, 46, 0, 360), 9)
    night.stroke([(x, y + 40), (x + 22, y + 12)], 7)
    red.disc(x, y + 40, 8)
    for side in (-108, 108):
        night.stroke([(x, y + 88), (x + side, y + 250)], 5)
    night.limb([(x, y - 14), (x, y - 2)], 12)


def _stall(print_: Print) -> None:
    night = print_.plates[2]
    for heap, (left, width) in enumerate(((30, 9), (590, 8), (1090, 9))):
        for row in range(4):
            for at in range(width - row):
                x = left + row * 27 + at * 54
                _tomato(print_, x + 26, 876 - row * 44 + heap % 2 * 8, 30)
    board = print_.sheet()
    board.box(-10, 900, 1620, 180)
    print_.clear(board)
    planks = rows((-60, 906, 1660, 1080), 44)
    night.lay(engrave(night, planks, 0.8, 44, print_.random), inside=board)


def _tomato(print_: Print, x, y, size) -> None:
    _gold, red, night = print_.plates
    fruit = print_.sheet()
    fruit.disc(x, y, size, ratio=0.9)
    print_.clear(fruit)
    red.lay(fruit)
    red.disc(x - size * 0.35, y - size * 0.3, size * 0.17, 0)
    night.stroke(arc(x, y, size, 0, 360, ratio=0.9), max(4, size * 0.12))
    for angle in (200, 250, 290, 340):
        tip = arc(x, y - size * 0.6, size * 0.5, angle, angle, steps=1)[0]
        night.stroke([(x, y - size * 0.62), tip], size * 0.2, size * 0.06)
