"""Water: what glitters on it, and what it gives back."""

from random import Random

from samples.draw.sheet import Sheet


def glitter(
    sheet: Sheet, x, top, bottom, wide, random: Random, *, count=60, tone=255
) -> None:
    """Draw the path of a light on water: short bars that widen as they come near."""
    for number in range(count):
        share = (number / count) ** 1.25
        y = top + (bottom - top) * share
        reach = wide * (0.25 + 0.75 * share) * random.uniform(0.35, 1)
        middle = x + random.gauss(0, wide * 0.14 * (0.3 + share))
        thick = 2.4 + 5.5 * share * random.uniform(0.5, 1.2)
        points = [
            (middle - reach / 2, y),
            (middle - reach / 6, y - 1.2),
            (middle + reach / 5, y + 1.2),
            (middle + reach / 2, y),
        ]
        sheet.ribbon(points, [0.6, thick, thick * 0.9, 0.6], tone)


def ripples(
    sheet: Sheet, box, random: Random, *, count=120, wide=90, tone=255, thick=5.0
) -> None:
    """Draw waves all over a box, small at its top and larger below."""
    left, top, right, bottom = box
    for _ in range(count):
        share = random.random()
        y = top + (bottom - top) * share**0.8
        near = 0.2 + 0.8 * (y - top) / (bottom - top)
        reach = wide * near * random.uniform(0.4, 1.2)
        x = random.uniform(left - reach / 2, right)
        lift = 4 * near * random.choice((-1, 1))
        points = [
            (x, y),
            (x + reach * 0.3, y - lift),
            (x + reach * 0.7, y + lift * 0.6),
            (x + reach, y),
        ]
        high = thick * near * random.uniform(0.5, 1.2)
        sheet.ribbon(points, [0.5, high, high * 0.8, 0.5], tone)
