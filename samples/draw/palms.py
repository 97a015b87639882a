"""Palms."""

import math

from samples.draw.curves import smooth
from samples.draw.press import Print
from samples.draw.sheet import Sheet

CROWN = (-215, -180, -150, -118, -86, -60, -28, 2, 36)  # degrees


def draw_palm(print_: Print, x, foot, tall, side) -> None:
    """Draw a palm on the key plate, which leans and throws its shadow to a side."""
    key, random = print_.plates[-1], print_.random
    palm, shade, bark = (print_.sheet() for _ in range(3))
    top = (x - side * tall * 0.06, foot - tall)
    trunk = smooth([(x, foot), (x + side * tall * 0.05, foot - tall * 0.5), top])
    palm.limb(trunk, tall * 0.075, tall * 0.042)
    for angle in CROWN:
        leaf, turn = print_.sheet(), angle + random.uniform(-6, 6)
        _frond(leaf, *top, tall * random.uniform(0.4, 0.5), turn)
        palm.lay_apart(leaf, 1.6)
    far = [
        (x, foot),
        (x + side * tall * 0.3, foot + 2),
        (x + side * tall * 0.9, foot + 5),
    ]
    shade.ribbon(far, [tall * 0.05, tall * 0.04, 1])
    print_.clear(palm)
    key.lay(shade)
    key.lay_apart(palm, 3)
    for at in range(2, 14):
        y = foot - tall * at / 15
        ring = ((-0.05, 0), (side * 0.03, 0.012), (0.09, -0.01))
        bark.stroke([(x + a * tall, y + b * tall) for a, b in ring], tall * 0.009)
    key.carve(bark, inside=palm)


def _frond(sheet: Sheet, x, y, size, angle) -> None:
    """Draw one leaf that arches over, fringed along both sides."""
    turn = math.radians(angle)
    dx, dy = size * math.cos(turn), size * math.sin(turn)
    middle = (x + dx * 0.45, y + dy * 0.5 - size * 0.05)
    tip = (x + dx * 0.85, y + dy * 0.6 + size * 0.2)
    rib = smooth([(x, y), middle, tip], steps=9)
    sheet.stroke(rib, size * 0.045, size * 0.04, 1)
    for at, (a, b) in enumerate(rib[2:-1], 2):
        reach = size * 0.24 * math.sin(math.pi * (at + 2) / (len(rib) + 3))
        along = math.atan2(rib[at + 1][1] - b, rib[at + 1][0] - a)
        for lean in (along - 0.75, along + 0.75):
            end = (a + reach * math.cos(lean), b + reach * (math.sin(lean) + 0.25))
            half = ((a + end[0]) / 2, (b + end[1]) / 2)
            sheet.ribbon([(a, b), half, end], [size * 0.03, size * 0.045, 0.5])
