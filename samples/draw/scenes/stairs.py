"""Winding stairs in the rain."""

import math

from samples.draw.curves import arc, rows
from samples.draw.engraving import engrave, flecks
from samples.draw.press import Print
from samples.draw.screens import dots

MIDDLE = 640
OUTER, INNER, FLAT = 540, 58, 0.46  # a flight from above: its reach, and how flat
STEPS, RISE, THICK = 18, 36, 16  # in one turn; from step to step; a tread's edge
BOTTOM = 1700


def winding_stairs(print_: Print) -> None:
    """Stone steps wind up a tower to a golden door; the rain comes down them."""
    _wall(print_)
    flights = range(-6, 34)
    behind = [n for n in flights if math.sin(_angle(n + 0.5)) < 0]
    before = [n for n in flights if math.sin(_angle(n + 0.5)) >= 0]
    for number in sorted(behind, key=lambda n: math.sin(_angle(n + 0.5))):
        _step(print_, number)
    _newel(print_)
    for number in sorted(before, key=lambda n: math.sin(_angle(n + 0.5))):
        _step(print_, number)
    rain = flecks(
        print_.sheet(), (620, 380, 1180, 1000), 46, 80, print_.random, (-0.45, 1)
    )
    print_.clear(rain)


def _angle(number: float) -> float:
    return 0.9 - number * math.tau / STEPS


def _at(angle, reach, level):
    return MIDDLE + reach * math.cos(angle), level + reach * FLAT * math.sin(angle)


def _wall(print_: Print) -> None:
    gold, sky, night = print_.plates
    random = print_.random
    wall, joints = print_.sheet(), print_.sheet()
    wall.box(0, 0, 1280, 1600)
    sky.lay(wall)
    for row in range(22):
        level = row * 82 - 60
        curve = [
            (x, level + 46 * ((x - MIDDLE) / 640) ** 2) for x in range(-20, 1320, 40)
        ]
        joints.stroke(curve, 6)
        x = -random.uniform(0, 90)
        while x < 1300:
            drop = 46 * ((x - MIDDLE) / 640) ** 2
            joints.stroke([(x, level + drop), (x, level + drop + 82)], 6)
            x += random.uniform(110, 190)
    lines = rows(
        (-80, -80, 1360, 1620), 26, lift=lambda x, y: 46 * ((x - MIDDLE) / 640) ** 2
    )
    dark = engrave(
        night, lines, lambda x, y: 0.4 + abs(x - MIDDLE) / 1500 + y / 5000, 26, random
    )
    night.lay(dark)
    night.lay(joints)
    glow = print_.sheet()
    glow.disc(MIDDLE, -60, 700)
    bright = dots(
        glow, lambda x, y: 1.25 - math.dist((x, y), (MIDDLE, -60)) / 560, pitch=15
    )
    night.carve(bright, inside=glow)
    sky.carve(bright, inside=glow)
    gold.lay(bright, inside=glow)
    _window(print_, 1075, 560)


def _window(print_: Print, x, y) -> None:
    _gold, sky, night = print_.plates
    opening, frame = print_.sheet(), print_.sheet()
    opening.box(x - 70, y - 130, 140, 330)
    opening.fill(arc(x, y - 130, 70, 180, 360))
    frame.box(x - 98, y - 130, 196, 356)
    frame.fill(arc(x, y - 130, 98, 180, 360))
    print_.clear(frame)
    night.lay_apart(frame, 5)
    night.carve(opening)
    sky.lay(dots(sky, 0.55, pitch=13), inside=opening)
    rain = flecks(
        night, (x - 40, y - 220, x + 130, y + 140), 34, 80, print_.random, (-0.45, 1)
    )
    night.lay(rain, inside=opening)


def _newel(print_: Print) -> None:
    gold, _sky, night = print_.plates
    post = print_.sheet()
    post.box(MIDDLE - INNER, -20, INNER * 2, 1640)
    print_.clear(post)
    shade = dots(night, lambda x, y: (x - MIDDLE + 6) / 54, pitch=13, angle=45)
    night.lay(shade, inside=post)
    gold.lay(dots(gold, lambda x, y: 0.9 - y / 700, pitch=14), inside=post)
    for side in (-INNER, INNER):
        night.stroke([(MIDDLE + side, -20), (MIDDLE + side, 1640)], 7)


def _step(print_: Print, number) -> None:
    """Draw one tread with its edge and its riser, and the water on it."""
    gold, sky, night = print_.plates
    start, end = _angle(number), _angle(number + 1.06)
    level = BOTTOM - number * RISE
    turn = [math.degrees(a) for a in (start, end)]
    rim = arc(MIDDLE, level, OUTER, *turn, ratio=FLAT, steps=8)
    hub = arc(MIDDLE, level, INNER, *turn, ratio=FLAT, steps=4)
    tread, riser, edge = (print_.sheet() for _ in range(3))
    tread.fill(rim + hub[::-1])
    riser.fill(
        [rim[0], hub[0], (hub[0][0], hub[0][1] + RISE), (rim[0][0], rim[0][1] + RISE)]
    )
    edge.fill(rim + [(x, y + THICK + RISE) for x, y in reversed(rim)])
    for part in (riser, edge):
        print_.clear(part)
        night.lay_apart(part, 3)
    print_.clear(tread)
    night.lay_apart(tread, 3)
    night.carve(tread)
    away = max(0, -math.cos((start + end) / 2))
    if away > 0.2:
        sky.lay(dots(sky, 0.55 * away, pitch=16), inside=tread)
    gold.lay(dots(gold, lambda x, y: 0.85 - y / 700, pitch=14, angle=45), inside=tread)
    _water(print_, number, tread, rim)
    night.stroke([hub[-1], *rim[::-1], hub[0]], 5)


def _water(print_: Print, number, tread, rim) -> None:
    """Draw what runs over a tread and falls from its edges."""
    _gold, sky, night = print_.plates
    random = print_.random
    falls, lines = print_.sheet(), print_.sheet()
    middle = (_angle(number) + _angle(number + 1)) / 2
    level = BOTTOM - number * RISE
    for share in (0.3, 0.45, 0.6, 0.75, 0.9):
        reach = OUTER * (share + random.uniform(-0.05, 0.05))
        span = [math.degrees(_angle(number + s)) for s in (0.0, random.uniform(0.5, 1))]
        run = arc(MIDDLE, level, reach, *span, ratio=FLAT, steps=6)
        lines.stroke(run, 9, 7, 2)
        x, y = run[0]
        if math.cos(middle) > 0:
            falls.ribbon([(x, y), (x + 1, y + RISE * 0.5), (x, y + RISE)], [9, 6, 9])
    sky.lay(lines, inside=tread)
    night.carve(falls)
    sky.lay(falls)
    if math.sin(middle) > 0.1:
        drops = print_.sheet()
        for x, y in rim[1:-1:2]:
            fall = random.uniform(20, 120)
            drops.ribbon([(x, y + 4), (x, y + fall * 0.6), (x, y + fall)], [2, 8, 1])
        print_.clear(drops)
        sky.lay(drops)
