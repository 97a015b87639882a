"""Boats, from the side."""

from samples.draw.buildings import windows
from samples.draw.curves import smooth
from samples.draw.sheet import Sheet


def ferry(hull: Sheet, lights: Sheet, x, y, long, *, turn=1) -> None:
    """Draw a ferry with two decks; `lights` takes her windows and her lamps."""

    def at(across, up):
        return x + turn * across * long, y - up * long

    def shape(*points):
        hull.fill([at(*point) for point in points])

    shape((-0.5, 0.1), (0.52, 0.13), (0.43, -0.03), (-0.45, -0.03))
    shape((-0.44, 0.1), (-0.44, 0.2), (0.36, 0.2), (0.38, 0.1))
    shape((-0.36, 0.2), (-0.36, 0.285), (0.25, 0.285), (0.29, 0.2))
    shape((0.05, 0.285), (0.05, 0.35), (0.2, 0.35), (0.22, 0.285))
    shape((-0.22, 0.28), (-0.2, 0.44), (-0.1, 0.44), (-0.08, 0.28))
    hull.limb([at(0.12, 0.35), at(0.12, 0.52)], long * 0.009)
    hull.limb([at(-0.3, 0.28), at(-0.3, 0.42)], long * 0.007)
    hull.limb([at(-0.48, 0.155), at(-0.44, 0.155)], long * 0.006)
    hull.limb([at(0.36, 0.17), at(0.5, 0.17), at(0.5, 0.13)], long * 0.006)
    for low, high, left, right, count in (
        (0.125, 0.18, -0.41, 0.35, 16),
        (0.215, 0.268, -0.33, 0.24, 12),
        (0.3, 0.337, 0.065, 0.2, 3),
    ):
        ends = sorted((at(left, 0)[0], at(right, 0)[0]))
        box = (ends[0], at(0, high)[1], ends[1], at(0, low)[1])
        windows(lights, box, count, 1, tone=255, share=0.66)
    lights.disc(*at(0.12, 0.53), long * 0.011)


def fishing_boat(sheet: Sheet, x, y, long, *, turn=1, mast=0.62) -> None:
    """Draw a small wooden boat with a wheelhouse and a mast."""

    def at(across, up):
        return x + turn * across * long, y - up * long

    hull = smooth([at(-0.5, 0.13), at(-0.1, 0.08), at(0.3, 0.14), at(0.54, 0.26)])
    keel = smooth([at(0.4, 0.02), at(0.1, -0.06), at(-0.44, -0.04)])
    sheet.fill(hull + keel)
    cabin = [at(-0.34, 0.1), at(-0.32, 0.3), at(-0.06, 0.3), at(-0.03, 0.08)]
    sheet.fill(cabin)
    sheet.limb([at(-0.37, 0.31), at(-0.02, 0.31)], long * 0.025)
    sheet.limb([at(0.1, 0.1), at(0.1, mast)], long * 0.022, long * 0.012)
    sheet.limb([at(0.1, 0.2), at(0.36, mast - 0.12)], long * 0.014)
    for end in (at(0.52, 0.25), at(-0.48, 0.13)):
        sheet.stroke([at(0.1, mast), end], long * 0.006)
