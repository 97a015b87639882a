"""People as shapes: measured in their own height, from the feet up."""

from samples.draw.curves import smooth
from samples.draw.sheet import Point, Sheet

# Elbow and hand of the left and the right arm, as seen; knees and feet likewise.
HANGING = (((-0.15, 0.64), (-0.14, 0.48)), ((0.15, 0.64), (0.14, 0.48)))
BOTH_RAISED = (((-0.19, 0.86), (-0.15, 1.04)), ((0.19, 0.86), (0.15, 1.04)))
CARRYING = (((-0.12, 0.63), (0.06, 0.58)), ((0.17, 0.65), (0.09, 0.6)))
POINTING = (((-0.15, 0.64), (-0.14, 0.48)), ((0.22, 0.79), (0.38, 0.84)))
AKIMBO = (((-0.21, 0.66), (-0.1, 0.54)), ((0.21, 0.66), (0.1, 0.54)))
STANDING = (((-0.06, 0.26), (-0.06, 0.03)), ((0.06, 0.26), (0.065, 0.03)))
STRIDING = (((-0.06, 0.27), (-0.17, 0.05)), ((0.1, 0.29), (0.13, 0.03)))


def person(
    sheet: Sheet,
    x: float,
    y: float,
    tall: float,
    *,
    arms=HANGING,
    legs=STANDING,
    hem: float = 0.4,
    flare: float = 0.12,
    hat: str = "",
    turn: int = 1,
    tone: int = 255,
    lean: float = 0.0,
) -> None:
    """Draw somebody who stands with the feet at a place, facing right or (-1) left."""

    def at(point: Point) -> Point:
        across, up = point
        return x + turn * (across + lean * up) * tall, y - up * tall

    def limb(points, *widths):
        placed = [at(point) for point in points]
        sheet.limb(placed, *(wide * tall for wide in widths), tone=tone)

    for side, (knee, foot) in zip((-1, 1), legs, strict=True):
        limb([(side * 0.045, 0.48), knee, foot], 0.09, 0.072, 0.052)
        limb([foot, (foot[0] + 0.05, foot[1] - 0.012)], 0.045, 0.032)
    coat = [(-0.055, 0.85), (-0.125, 0.8), (-0.105, 0.6), (-flare, hem)]
    mirrored = [(-across, up) for across, up in reversed(coat)]
    sheet.fill([at(point) for point in smooth(coat) + smooth(mirrored)], tone)
    for side, (elbow, hand) in zip((-1, 1), arms, strict=True):
        limb([(side * 0.095, 0.785), elbow, hand], 0.07, 0.056, 0.042)
    limb([(0, 0.83), (0.008, 0.9)], 0.056, 0.05)
    centre = at((0.012, 0.932))
    sheet.disc(*centre, 0.056 * tall, tone, ratio=1.2)
    if hat:
        HATS[hat](sheet, centre, tall * 0.056, turn, tone)


def _cap(sheet, centre, size, turn, tone):
    x, y = centre
    brim = [(x - size, y - size * 0.5), (x + turn * size * 1.9, y - size * 0.35)]
    sheet.limb(brim, size * 0.25, size * 0.2, tone=tone)
    sheet.disc(x, y - size * 0.75, size * 1.12, tone, ratio=0.6)


def _brim(sheet, centre, size, _turn, tone):
    x, y = centre
    sheet.disc(x, y - size * 0.6, size * 1.9, tone, ratio=0.18)
    sheet.disc(x, y - size * 1.05, size, tone, ratio=0.75)


def _scarf(sheet, centre, size, turn, tone):
    x, y = centre
    back = [(0.3, -1.45), (-0.9, -0.9), (-1.3, 0.6), (-1.6, 2.1), (0.9, 1.9), (0.8, 0)]
    placed = [(x + turn * across * size, y + down * size) for across, down in back]
    sheet.fill(smooth(placed, is_closed=True), tone)


def _bun(sheet, centre, size, turn, tone):
    x, y = centre
    sheet.disc(x - turn * size * 0.25, y - size * 0.35, size * 1.12, tone)
    sheet.disc(x - turn * size * 1.2, y - size * 0.7, size * 0.55, tone)


def _hair(sheet, centre, size, turn, tone):
    x, y = centre
    sheet.disc(x - turn * size * 0.3, y - size * 0.2, size * 1.25, tone, ratio=1.15)
    sheet.disc(x - turn * size * 0.6, y + size * 0.7, size * 0.95, tone, ratio=1.2)


def _wool(sheet, centre, size, _turn, tone):
    x, y = centre
    sheet.disc(x, y - size * 0.6, size * 1.05, tone, ratio=0.95)
    sheet.box(x - size * 1.1, y - size * 0.65, size * 2.2, size * 0.45, tone)


HATS = {
    "cap": _cap,
    "brim": _brim,
    "scarf": _scarf,
    "bun": _bun,
    "hair": _hair,
    "wool": _wool,
}


def queue(sheet, places, tall, random, *, turn=1, gap=2.2, hats=()) -> None:
    """Draw people at (x, y) places, each a little different and cut free."""
    hats = hats or ("cap", "brim", "scarf", "bun", "hair", "wool", "")
    for x, y in places:
        figure = sheet.blank()
        person(
            figure,
            x,
            y,
            tall * random.uniform(0.88, 1.06),
            arms=random.choice((HANGING, HANGING, CARRYING, POINTING, AKIMBO)),
            legs=random.choice((STANDING, STANDING, STRIDING)),
            hem=random.choice((0.28, 0.4, 0.44, 0.46)),
            flare=random.uniform(0.1, 0.17),
            hat=random.choice(hats),
            turn=turn if random.random() < 0.8 else -turn,
            lean=random.uniform(-0.03, 0.05),
        )
        sheet.lay_apart(figure, gap)
