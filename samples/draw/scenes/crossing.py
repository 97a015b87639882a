"""A crossing with one traffic light and nobody about."""

import math

from samples.draw.curves import arc, rows, sag, smooth
from samples.draw.engraving import engrave, sunburst
from samples.draw.palms import draw_palm
from samples.draw.press import Print
from samples.draw.screens import dots

FAR = (800, 560)  # where the street ends
RED = (800, 214)
APART = 126  # from one lens to the next
# Palms by how near they stand: how far from the middle, their foot, their height.
PALMS = ((96, 584, 130), (172, 604, 200), (300, 640, 310), (520, 706, 500))


def traffic_light(print_: Print) -> None:
    """One traffic light on a wire shows red over a street of palms, quite empty."""
    _sky(print_)
    _street(print_)
    for away, foot, tall in PALMS:
        for side in (-1, 1):
            draw_palm(print_, FAR[0] + side * away, foot, tall, side)
    _light(print_)


def _sky(print_: Print) -> None:
    straw, red, _sea = print_.plates
    sky = print_.sheet()
    sky.box(0, 0, 1600, FAR[1])
    straw.lay(sky)
    halo = sunburst(straw, *RED, 92, 110, 0.5, print_.random)
    near = print_.sheet()
    near.disc(*RED, 420)
    straw.carve(halo, inside=sky)
    red.lay(dots(red, lambda x, y: 0.62 - math.dist((x, y), RED) / 560, pitch=14), near)


def _street(print_: Print) -> None:
    straw, _red, sea = print_.plates
    x, y = FAR
    sea_line, ground, road = (print_.sheet() for _ in range(3))
    ground.box(0, y, 1600, 400)
    straw.lay(dots(straw, 0.5, pitch=14), inside=ground)
    sea_line.box(0, y - 26, 1600, 28)
    print_.clear(sea_line)
    water = engrave(sea, rows((-20, y - 24, 1620, y), 11), 0.75, 11, print_.random)
    sea.lay(water, inside=sea_line)
    road.fill([(x - 26, y), (x + 26, y), (1580, 920), (20, 920)])
    road.box(0, 716, 1600, 92)
    print_.clear(road)
    sea.lay(
        dots(sea, lambda a, b: 0.5 + (b - y) / 900, pitch=14, angle=45), inside=road
    )
    for at in range(9):
        _stripe(print_, (at - 4) * 112)
    dashes = print_.sheet()
    for top, bottom in ((572, 580), (592, 606), (626, 648), (672, 702)):
        a, b = (top - y) * 0.02 + 1.5, (bottom - y) * 0.02 + 1.5
        dashes.fill([(x - a, top), (x + a, top), (x + b, bottom), (x - b, bottom)])
    print_.clear(dashes)


def _stripe(print_: Print, across) -> None:
    """Draw one bar of the crossing for those on foot."""
    x, y = FAR
    bar = print_.sheet()
    near, far = (890 - y) / 250, (824 - y) / 250
    left, right = across - 30, across + 30
    bar.fill([(x + left * far, 824), (x + right * far, 824), (x + right * near, 890),
              (x + left * near, 890)])  # fmt: skip
    print_.clear(bar)


def _light(print_: Print) -> None:
    _straw, red, sea = print_.plates
    x, y = RED
    wires, case = print_.sheet(), print_.sheet()
    for drop, level in ((60, 30), (46, 76)):
        wires.stroke(sag((-20, level), (1620, level - 6), drop), 6)
    sea.lay(wires)
    case.limb([(x - 48, y - 48), (x + 48, y - 48)], 56)
    case.limb([(x - 48, y + 2 * APART + 48), (x + 48, y + 2 * APART + 48)], 56)
    case.box(x - 76, y - 48, 152, 2 * APART + 96)
    case.box(x - 10, 84, 20, 70)
    print_.clear(case)
    sea.lay_apart(case, 5)
    red.lay(dots(red, 0.75, pitch=12), inside=case)
    for at in range(3):
        _lens(print_, x, y + at * APART, ("red", "amber", "nothing")[at])
    _nest(print_, x, y + APART)


def _lens(print_: Print, x, y, glows) -> None:
    straw, red, sea = print_.plates
    glass, hood, gleam = (print_.sheet() for _ in range(3))
    glass.disc(x, y, 49)
    hood.stroke(arc(x, y, 56, 180, 360, steps=40), 13)
    hood.stroke(arc(x, y, 56, 150, 180, steps=12), 3, 13)
    hood.stroke(arc(x, y, 56, 0, 30, steps=12), 13, 3)
    print_.clear(hood)
    straw.lay(hood)
    print_.clear(glass)
    if glows == "red":
        red.lay(glass)
        gleam.stroke(arc(x, y, 33, 195, 265, steps=16), 3, 11, 3)
        red.carve(gleam)
    elif glows == "amber":
        straw.lay(glass)
    else:
        sea.lay(engrave(sea, rows((x - 70, y - 70, x + 70, y + 70), 13, slant=0.3), 0.7,
                        13, print_.random, breaks=0), inside=glass)  # fmt: skip


def _nest(print_: Print, x, y) -> None:
    """Draw a nest in the amber, and the swallow that built it."""
    straw, red, sea = print_.plates
    nest, bird, straws = (print_.sheet() for _ in range(3))
    nest.fill(smooth([(x - 56, y + 8), (x, y + 16), (x + 56, y + 8), (x + 42, y + 48),
                      (x, y + 60), (x - 42, y + 48)], is_closed=True))  # fmt: skip
    for _ in range(24):
        a, b = x + print_.random.uniform(-44, 44), y + print_.random.uniform(18, 52)
        straws.ribbon([(a - 15, b - 4), (a, b), (a + 15, b + 4)], [0.5, 4, 0.5])
    print_.clear(nest)
    straw.lay(nest)
    sea.lay(straws, inside=nest)
    bird.fill(smooth([(x - 22, y - 30), (x + 4, y - 24), (x + 40, y + 12),
                      (x + 4, y + 26), (x - 24, y + 8)], is_closed=True))  # fmt: skip
    bird.disc(x - 18, y - 26, 18)
    bird.fill([(x - 32, y - 32), (x - 54, y - 24), (x - 30, y - 18)])
    bird.fill([(x + 20, y - 8), (x + 106, y - 12), (x + 62, y + 6), (x + 98, y + 22),
               (x + 20, y + 22)])  # fmt: skip
    print_.clear(bird)
    sea.lay_apart(bird, 5)
    throat, eye = print_.sheet(), print_.sheet()
    throat.disc(x - 20, y - 6, 12, ratio=0.9)
    eye.disc(x - 24, y - 29, 4)
    sea.carve(throat, inside=bird)
    sea.carve(eye)
    red.lay(throat, inside=bird)
