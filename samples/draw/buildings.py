"""Houses, girders and cranes."""

import itertools
from random import Random

from samples.draw.curves import line
from samples.draw.sheet import Sheet


def house(sheet: Sheet, x, ground, wide, tall, random: Random, *, tone=255) -> None:
    """Draw the front of a house with a gable, a hip or a flat roof, and a chimney."""
    top = ground - tall
    sheet.box(x, top, wide, tall, tone)
    roof = random.choice(("gable", "hip", "steps", "gable"))
    rise = wide * random.uniform(0.35, 0.6)
    if roof == "gable":
        sheet.fill(
            [(x - 3, top), (x + wide / 2, top - rise), (x + wide + 3, top)], tone
        )
    elif roof == "hip":
        inset = wide * 0.2
        corners = [(x - 4, top), (x + inset, top - rise * 0.6)]
        corners += [(x + wide - inset, top - rise * 0.6), (x + wide + 4, top)]
        sheet.fill(corners, tone)
    else:
        for step in range(4):
            inset = wide * step / 8
            sheet.box(
                x + inset, top - rise * (step + 1) / 4, wide - 2 * inset, rise, tone
            )
    stack = x + wide * random.choice((0.15, 0.72))
    sheet.box(stack, top - rise * 0.95, wide * 0.1, rise, tone)


def windows(
    sheet: Sheet, box, across: int, down: int, *, tone=0, share=0.5, lit=None
) -> None:
    """Draw a grid of windows in a box; `lit` may leave some of them out."""
    left, top, right, bottom = box
    wide, tall = (right - left) / across, (bottom - top) / down
    for row in range(down):
        for column in range(across):
            if lit is None or lit():
                x = left + (column + (1 - share) / 2) * wide
                y = top + (row + 0.2) * tall
                sheet.box(x, y, wide * share, tall * 0.6, tone)


def street(sheet: Sheet, left, right, ground, random: Random, *, tall=(90, 190)):
    """Draw a row of houses and return the box of each front."""
    fronts = []
    x = left
    while x < right:
        wide, high = random.uniform(62, 120), random.uniform(*tall)
        house(sheet, x, ground, wide, high, random)
        fronts.append((x, ground - high, x + wide, ground))
        x += wide + random.choice((-1, 2))
    return fronts


def lattice(sheet: Sheet, start, end, wide, *, bays=8, thick=4.0) -> None:
    """Draw a girder of two rails and the bars between them."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx * dx + dy * dy) ** 0.5
    nx, ny = -dy / length * wide / 2, dx / length * wide / 2
    for side in (1, -1):
        rail = [(start[0] + side * nx, start[1] + side * ny)]
        rail.append((end[0] + side * nx, end[1] + side * ny))
        sheet.limb(rail, thick)
    stops = line(start, end, length / bays)
    for number, (a, b) in enumerate(itertools.pairwise(stops)):
        side = 1 if number % 2 else -1
        bar = [(a[0] + side * nx, a[1] + side * ny)]
        bar.append((b[0] - side * nx, b[1] - side * ny))
        sheet.stroke(bar, thick * 0.7)


def quay_crane(sheet: Sheet, x, ground, size, *, turn=1, lift=0.0) -> None:
    """Draw a crane of the docks: four legs, a cab, and a jib out over the water."""

    def at(across, up):
        return x + turn * across * size, ground - up * size

    for foot, top in (((-0.22, 0), (-0.1, 0.52)), ((0.22, 0), (0.1, 0.52))):
        lattice(sheet, at(*foot), at(*top), size * 0.05, bays=7, thick=size * 0.013)
    sheet.limb([at(-0.16, 0.26), at(0.16, 0.26)], size * 0.03)
    cab = [at(-0.26, 0.52), at(0.14, 0.52), at(0.17, 0.7), at(-0.26, 0.7)]
    sheet.fill(cab)
    peak, tip = at(0.02, 1.02), at(0.95, 0.92 + lift)
    lattice(sheet, at(0.1, 0.64), tip, size * 0.06, bays=14, thick=size * 0.013)
    sheet.limb([at(-0.1, 0.7), peak], size * 0.03)
    sheet.limb([at(0.12, 0.7), peak], size * 0.025)
    for end in (tip, at(0.6, 0.83 + lift * 0.6), at(-0.25, 0.68)):
        sheet.stroke([peak, end], size * 0.01)
    sheet.stroke([tip, (tip[0], ground - size * 0.4)], size * 0.01)
    sheet.limb([(tip[0], ground - size * 0.4), (tip[0], ground - size * 0.36)], 9)
