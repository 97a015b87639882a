"""Umbrellas on a quay in the rain."""

from samples.draw.buildings import street, windows
from samples.draw.curves import arc, rows
from samples.draw.engraving import engrave, flecks
from samples.draw.people import STRIDING, person
from samples.draw.press import Print
from samples.draw.screens import dots

QUAY = 640
WALKERS = (
    (130, 830, 250, 0), (420, 800, 220, 1), (660, 850, 280, 0), (1220, 810, 230, 0),
    (1490, 850, 270, 1), (260, 1040, 420, 1), (960, 1050, 460, 2), (1370, 1060, 440, 0),
)  # fmt: skip


def umbrellas(print_: Print) -> None:
    """People hurry under umbrellas along a wet quay, one of them bright red."""
    blue, night = print_.plates[1:]
    blue.box(0, 0, 1600, 1067)
    _houses(print_)
    _wet_stones(print_)
    for x, y, tall, kind in WALKERS:
        _walker(print_, x, y, tall, kind)
    rain = flecks(night, (-50, -60, 1600, 1000), 170, 90, print_.random, (-0.3, 1))
    print_.clear(rain)


def _houses(print_: Print) -> None:
    red, blue, night = print_.plates
    random = print_.random
    houses, panes = print_.sheet(), print_.sheet()

    def is_lit():
        return random.random() < 0.55

    for left, top, right, _ in street(houses, -30, 1640, QUAY, random, tall=(200, 400)):
        frame = (left + 10, top + 20, right - 10, QUAY - 40)
        windows(panes, frame, 2, 3, tone=255, share=0.5, lit=is_lit)
    night.lay(houses)
    night.carve(panes)
    blue.carve(panes)
    red.lay(dots(red, 0.3, pitch=14), inside=panes)


def _wet_stones(print_: Print) -> None:
    blue, night = print_.plates[1:]
    ground = print_.sheet()
    ground.box(0, QUAY, 1600, 430)
    blue.carve(ground)
    wet = dots(blue, lambda x, y: 0.75 - (y - QUAY) / 900, pitch=20)
    blue.lay(wet, inside=ground)

    def dark(_, y):
        return 0.7 - (y - QUAY) / 620

    lines = rows((-60, QUAY + 6, 1660, 1080), 26)
    night.lay(engrave(night, lines, dark, 26, print_.random))


def _walker(print_: Print, x, y, tall, kind) -> None:
    """Draw somebody under an umbrella: dark, blue or (2) red, and what is below."""
    night = print_.plates[2]
    body, below = print_.sheet(), print_.sheet()
    turn = 1 if x < 800 else -1
    arms = (((-0.13, 0.66), (-0.1, 0.5)), ((0.14, 0.68), (0.06, 0.78)))
    person(body, x, y, tall, arms=arms, legs=STRIDING, turn=turn, hem=0.26, flare=0.15)
    for at in range(5):
        wide = tall * (0.2 - at * 0.03)
        level = y + tall * (0.05 + at * 0.05)
        below.ribbon([(x - wide, level), (x, level + 3), (x + wide, level)], [1, 12, 1])
    night.lay(below)
    print_.clear(body)
    night.lay_apart(body, 5)
    _umbrella(print_, x + turn * tall * 0.04, y - tall * 0.92, tall * 0.42, kind)


def _umbrella(print_: Print, x, y, size, kind) -> None:
    red, blue, night = print_.plates
    dome, ribs = print_.sheet(), print_.sheet()
    dome.fill(arc(x, y, size, 180, 360, ratio=0.72, steps=40))
    for at in range(4):
        dome.disc(x + (at - 1.5) * size / 2, y, size / 4, 0, ratio=0.5)
    for lean in (-0.5, 0, 0.5):
        wide = size * max(abs(lean), 0.01)
        start, end = (180, 270) if lean < 0 else (270, 360)
        rib = arc(x, y, wide, start, end, ratio=0.72 * size / wide)
        ribs.stroke(rib, max(4, size * 0.028))
    night.stroke([(x, y - size * 0.2), (x, y + size * 0.62)], max(5, size * 0.04))
    print_.clear(dome)
    (night, blue, red)[kind].lay_apart(dome, 4)
    if kind:
        night.lay(ribs, inside=dome)
    else:
        night.carve(ribs, inside=dome)
    night.limb([(x, y - size * 0.7), (x, y - size * 0.85)], max(5, size * 0.04))
