"""The docks at dusk."""

from samples.draw.boats import fishing_boat
from samples.draw.buildings import quay_crane
from samples.draw.press import Print
from samples.draw.screens import dots
from samples.draw.water import glitter, ripples


def cranes_at_dusk(print_: Print) -> None:
    """A long row of dock cranes before a huge setting sun, and their reflections."""
    rose, orange, plum = print_.plates
    rose.lay(dots(rose, lambda x, y: 0.15 + y / 700, pitch=16))
    sun = rose.blank()
    sun.disc(1080, 350, 235)
    print_.clear(sun)
    orange.lay(sun)
    sea = plum.blank()
    sea.box(0, 455, 1600, 145)
    orange.carve(sea)
    rose.lay(sea)
    path = plum.blank()
    glitter(path, 1080, 458, 620, 420, print_.random, count=26)
    rose.carve(path)
    orange.lay(path)
    plum.box(0, 430, 1600, 28)
    for x, size, turn, lift in (
        (120, 330, 1, 0.05), (420, 375, 1, -0.06), (770, 350, 1, 0.12),
        (1130, 400, -1, 0.02), (1400, 320, 1, 0.1),
    ):  # fmt: skip
        quay_crane(plum, x, 432, size, turn=turn, lift=lift)
    _containers(print_)
    ripples(plum, (0, 462, 1600, 600), print_.random, count=70, wide=200, thick=7)
    fishing_boat(plum, 330, 556, 150)


def _containers(print_: Print) -> None:
    plum, random = print_.plates[2], print_.random
    x = 0
    while x < 1600:
        for floor in range(random.choice((0, 1, 1, 2, 3))):
            plum.box(x, 402 - floor * 28, 66, 25)
        x += random.choice((69, 69, 69, 140))
