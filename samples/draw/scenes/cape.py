"""A lighthouse on its cape at dusk."""

import math

from samples.draw.buildings import house, windows
from samples.draw.curves import rows, smooth
from samples.draw.engraving import engrave
from samples.draw.noise import swell
from samples.draw.press import Print
from samples.draw.screens import dots
from samples.draw.water import glitter, ripples

LAMP = (1060, 232)
HORIZON = 720
FOOT = 700
# Houses from the far rank to the near: where each starts, stands, and how large.
RANKS = ((750, 40, 700, 0.62), (868, 0, 860, 0.86), (1040, -50, 1010, 1.2))
ROCK = [
    (-40, 800), (260, 745), (620, 730), (800, 725), (910, 698), (1180, 696),
    (1236, 730), (1250, 800), (1306, 850), (1330, 960),
]  # fmt: skip


def lighthouse_at_dusk(print_: Print) -> None:
    """A banded tower on a cape; its beam goes out over the roofs of the village."""
    _sky(print_)
    _sea(print_)
    _beam(print_)
    _cape(print_)
    _tower(print_)
    for rank in RANKS:
        _roofs(print_, *rank)


def _sky(print_: Print) -> None:
    gold, rose, night = print_.plates
    sky = print_.sheet()
    sky.box(0, 0, 1600, HORIZON)
    rose.lay(sky)
    gold.lay(dots(gold, lambda x, y: (y - 300) / 480, pitch=13, angle=63), inside=sky)
    lift = swell(print_.random, 420, 14)
    lines = rows((-40, -30, 1640, HORIZON), 25, lift=lambda x, y: lift(x + 2 * y))
    dark = engrave(night, lines, lambda x, y: 1.02 - y / 660, 25, print_.random)
    night.lay(dark, inside=sky)


def _sea(print_: Print) -> None:
    gold, _rose, night = print_.plates
    random = print_.random
    sea, light = print_.sheet(), print_.sheet()
    sea.box(0, HORIZON, 1600, 360)
    night.lay(sea)
    ripples(light, (0, HORIZON + 14, 1600, 1067), random, count=190, wide=120)
    night.carve(light)
    path = print_.sheet()
    glitter(path, 1450, HORIZON + 6, 1067, 230, random, count=52)
    print_.clear(path)
    gold.lay(path)


def _beam(print_: Print) -> None:
    gold = print_.plates[0]
    beam = print_.sheet()
    beam.fill([LAMP, (-30, 150), (-30, 560)])
    beam.fill([LAMP, (1640, 120), (1640, 262)])
    print_.clear(beam)

    def near(x, y):
        return 0.92 - math.dist((x, y), LAMP) / 1500

    gold.lay(dots(gold, near, pitch=15, angle=45), inside=beam)


def _cape(print_: Print) -> None:
    night = print_.plates[2]
    rock, cuts = print_.sheet(), print_.sheet()
    rock.fill([*smooth(ROCK), (1370, 1100), (-40, 1100)])
    lines = rows((600, 560, 1460, 1300), 30, slant=0.5)
    cuts.lay(
        engrave(
            cuts, lines, lambda x, y: (x - 800) / 1300, 30, print_.random, breaks=0.12
        )
    )
    print_.clear(rock)
    night.lay_apart(rock, 4)
    night.carve(cuts, inside=rock)
    print_.plates[1].lay(cuts, inside=rock)


def _tower(print_: Print) -> None:
    _gold, rose, night = print_.plates
    x, y = LAMP
    tower, bands, shade = (print_.sheet() for _ in range(3))
    tower.fill(
        [(x - 46, y + 66), (x + 46, y + 66), (x + 82, FOOT + 4), (x - 82, FOOT + 4)]
    )
    print_.clear(tower)
    for top in (372, 532):
        bands.box(x - 100, top, 200, 80)
    lines = rows((x - 90, y + 66, x + 90, FOOT), 15)
    shade = engrave(
        shade, lines, lambda a, b: (a - x + 12) / 80, 15, print_.random, breaks=0
    )
    rose.lay(dots(rose, 0.2, pitch=13), inside=tower)
    night.lay(shade, inside=tower)
    night.lay(bands, inside=tower)
    _lantern(print_, x, y)
    door, pane = print_.sheet(), print_.sheet()
    for level in (478, 336):
        pane.box(x - 20, level - 8, 18, 32)
    door.fill(smooth([(x - 30, FOOT), (x - 30, FOOT - 50), (x - 6, FOOT - 68),
                      (x + 18, FOOT - 50), (x + 18, FOOT)]))  # fmt: skip
    print_.clear(pane)
    night.lay(door)
    night.lay(pane)


def _lantern(print_: Print, x, y) -> None:
    gold, _rose, night = print_.plates
    head, glass, bars, rail = (print_.sheet() for _ in range(4))
    glass.box(x - 40, y - 40, 80, 84)
    head.box(x - 74, y + 50, 148, 20)
    head.box(x - 46, y + 38, 92, 14)
    head.fill(smooth([(x - 58, y - 38), (x - 44, y - 66), (x, y - 96),
                      (x + 44, y - 66), (x + 58, y - 38)]))  # fmt: skip
    head.limb([(x, y - 92), (x, y - 130)], 8)
    head.disc(x, y - 104, 12)
    for at in range(-3, 4):
        rail.stroke([(x + at * 23, y + 52), (x + at * 23, y + 18)], 4)
    rail.stroke([(x - 72, y + 20), (x + 72, y + 20)], 5)
    for at in (-40, -14, 14, 40):
        bars.stroke([(x + at, y - 42), (x + at, y + 44)], 5)
    print_.clear(head)
    night.lay_apart(head, 4)
    print_.clear(glass)
    gold.lay(glass)
    light = print_.sheet()
    light.disc(x, y, 22, ratio=1.4)
    print_.clear(light)
    night.lay(bars)
    night.lay(rail)


def _roofs(print_: Print, ground, left, right, size) -> None:
    """Draw one rank of houses with a few lit windows, cut free from those behind."""
    gold, rose, night = print_.plates
    random = print_.random
    x = left
    while x < right:
        wide, tall = size * random.uniform(95, 150), size * random.uniform(90, 150)
        front, panes, tiles = (print_.sheet() for _ in range(3))
        level = ground + random.uniform(-16, 16) * size
        house(front, x, level, wide, tall, random)
        front.box(x, level - 2, wide, 420)
        frame = (x + 8, level - tall + 12, x + wide - 8, level)
        windows(
            panes, frame, 2, 2, share=0.36, tone=255, lit=lambda: random.random() < 0.5
        )
        tiles.box(x - 10, 0, wide + 20, level - tall - 4)
        cuts = rows((x - 10, level - tall - wide, x + wide, level - tall), 15 * size)
        tiles = engrave(night, cuts, 0.3, 15 * size, random, breaks=0.1).within(tiles)
        print_.clear(front)
        night.lay_apart(front, 4)
        night.carve(tiles, inside=front)
        rose.lay(tiles, inside=front)
        night.carve(panes)
        gold.lay(panes)
        x += wide + random.choice((-6, 4, 12)) * size
