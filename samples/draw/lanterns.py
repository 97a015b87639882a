"""Lanterns: a paper globe, a fish that looks surprised, a star of tin.

Each takes the plates it is printed from, lightest first, or the whole print.
"""

import math

from samples.draw.curves import arc, smooth


def _plates(where):
    return getattr(where, "plates", where)


def globe(where, x, y, size) -> None:
    """Draw a paper lantern with its ribs, lit from one side."""
    gold, red, key = _plates(where)
    ball = key.blank()
    ball.disc(x, y, size, ratio=0.9)
    for plate in (gold, red, key):
        plate.carve(ball)
    red.lay(ball)
    light = key.blank()
    light.disc(x - size * 0.34, y - size * 0.1, size * 0.42, ratio=1.5)
    red.carve(light, inside=ball)
    gold.lay(light, inside=ball)
    for share in (-0.62, -0.36, -0.12, 0.12, 0.36, 0.62):
        half = math.sqrt(1 - share**2) * size
        rib = arc(x, y + share * size * 0.9 - size * 0.1, half, 8, 172, ratio=0.22)
        key.stroke(rib, max(3, size * 0.045))
    rim = arc(x, y, size, 0, 360, ratio=0.9, steps=40)
    key.stroke(rim, max(3, size * 0.05))
    key.box(x - size * 0.34, y - size * 0.99, size * 0.68, size * 0.15)
    key.box(x - size * 0.34, y + size * 0.83, size * 0.68, size * 0.15)
    for at in (-0.16, 0, 0.16):
        key.stroke(
            [(x + at * size, y + size), (x + at * size * 1.6, y + size * 1.4)], 4
        )


def fish(where, x, y, size, *, is_plain=False) -> None:
    """Draw a carp of paper over bamboo; plain, only its outline, all filled."""
    gold, red, key = _plates(where)

    def at(across, down):
        return x + across * size, y + down * size

    def shape(*points):
        return smooth([at(*point) for point in points], is_closed=True)

    body = shape(
        (-1.25, 0.02),
        (-0.8, -0.5),
        (0, -0.62),
        (0.7, -0.22),
        (0.95, 0),
        (0.7, 0.24),
        (0, 0.56),
        (-0.8, 0.48),
    )
    tail = shape(
        (0.75, 0), (1.25, -0.55), (1.62, -0.62), (1.4, 0), (1.62, 0.6), (1.25, 0.5)
    )
    fin = shape((-0.3, -0.55), (-0.05, -0.95), (0.5, -0.8), (0.45, -0.4))
    belly = shape((-0.1, 0.5), (0.0, 0.9), (0.45, 0.72), (0.35, 0.42))
    whole = key.blank()
    for part in (tail, fin, belly, body):
        whole.fill(part)
    if is_plain:
        gold.lay(whole)
        return
    for plate in (gold, red, key):
        plate.carve(whole)
    trunk = key.blank()
    trunk.fill(body)
    gold.lay(trunk)
    for part in (tail, fin, belly):
        red.fill(part)
    for part in (tail, fin, belly, body):
        key.stroke([*part, part[0]], max(4, size * 0.045))
    _scales(red, key, trunk, at, size)
    _face(red, key, at, size)


def _scales(red, key, trunk, at, size) -> None:
    scales = key.blank()
    blush = key.blank()
    for row in range(-3, 4):
        for column in range(6):
            x, y = at(-0.38 + column * 0.22 + (row % 2) * 0.11, row * 0.17)
            scales.stroke(arc(x, y, size * 0.13, -80, 80), max(3, size * 0.03))
            if (row + column) % 3 == 0:
                blush.disc(x, y, size * 0.11)
    key.lay(scales, inside=trunk)
    red.lay(blush, inside=trunk)


def _face(red, key, at, size) -> None:
    gill = smooth([at(-0.55, -0.5), at(-0.42, -0.1), at(-0.58, 0.42)])
    key.stroke(gill, max(4, size * 0.05))
    eye = at(-0.83, -0.16)
    for radius, tone in ((0.2, 255), (0.165, 0), (0.085, 255)):
        key.disc(*eye, radius * size, tone)
    red.disc(*eye, size * 0.16, 0)
    mouth = at(-1.18, 0.06)
    key.disc(*mouth, size * 0.12, ratio=1.25)
    key.disc(*mouth, size * 0.065, 0, ratio=1.4)
    red.disc(*at(-0.72, 0.22), size * 0.11)


def star(where, x, y, size, *, points=5, turn=0.0) -> None:
    """Draw a star of tin with its folds and the holes for the light."""
    gold, sea, key = _plates(where)
    tips = []
    for at in range(points * 2):
        angle = math.pi * (at / points - 0.5) + turn
        reach = size * (1 if at % 2 == 0 else 0.2 + 0.05 * points)
        tips.append((x + math.cos(angle) * reach, y + math.sin(angle) * reach))
    whole, rim = key.blank(), key.blank()
    whole.fill(tips)
    rim.stroke([*tips, tips[0], tips[1]], 16)
    sea.carve(whole)
    gold.lay(whole)
    key.lay(rim)
    key.carve(whole)
    for at in range(0, points * 2, 2):
        tip, right = tips[at], tips[(at + 1) % (points * 2)]
        key.fill([(x, y), tip, right])
        for share in (0.34, 0.5, 0.66):
            left = tips[at - 1]
            bend = 0.24 * (1 - share)
            across = x + (tip[0] - x) * share + (left[0] - x) * bend
            down = y + (tip[1] - y) * share + (left[1] - y) * bend
            key.disc(across, down, size * 0.034)
