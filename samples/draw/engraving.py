"""Marks of the gouge: lines that swell and break as a hand cuts them."""

import math
from random import Random

from samples.draw.curves import rays
from samples.draw.screens import Tone
from samples.draw.sheet import Point, Sheet


def engrave(
    like: Sheet,
    lines: list[list[Point]],
    tone: Tone | float,
    pitch: Tone | float,
    random: Random,
    *,
    breaks: float = 0.03,
) -> Sheet:
    """Return a sheet of lines, each as wide at each place as the tone (0 to 1) asks.

    `pitch` is the width of a line at full tone; `breaks` is how often the gouge lifts.
    """
    sheet = like.blank()
    for points in lines:
        for run, widths in _runs(points, tone, pitch, random, breaks):
            sheet.ribbon(run, widths)
    return sheet


def _runs(points, tone, pitch, random, breaks):
    run, widths = [], []
    for x, y in points:
        value = tone(x, y) if callable(tone) else tone
        full = pitch(x, y) if callable(pitch) else pitch
        wide = full * value * random.uniform(0.86, 1.14)
        is_lifted = value < 0.06 or (value < 0.7 and random.random() < breaks)
        if not is_lifted:
            run.append((x, y))
            widths.append(min(wide, full * 1.05))
        if is_lifted and len(run) > 2:
            yield run, _tapered(widths)
        if is_lifted:
            run, widths = [], []
    if len(run) > 2:
        yield run, _tapered(widths)


def _tapered(widths: list[float]) -> list[float]:
    last = len(widths) - 1
    return [
        wide * min(1, 0.15 + 0.25 * min(at, last - at))
        for at, wide in enumerate(widths)
    ]


def sunburst(like: Sheet, x, y, inner, count, tone: Tone | float, random: Random):
    """Return rays about a place, which stand as close far out as they do near."""
    lines = rays(x, y, inner, like.width + like.height, count)

    def apart(at_x: float, at_y: float) -> float:
        return math.dist((at_x, at_y), (x, y)) * math.tau / count

    return engrave(like, lines, tone, apart, random, breaks=0.012)


def flecks(like: Sheet, box, count: int, length: float, random: Random, angle=(1, 0)):
    """Return short cuts strewn over a box, all more or less the same way."""
    sheet = like.blank()
    for _ in range(count):
        x, y = random.uniform(box[0], box[2]), random.uniform(box[1], box[3])
        reach = length * random.uniform(0.5, 1.3)
        across = angle[0] + random.uniform(-0.2, 0.2)
        down = angle[1] + random.uniform(-0.2, 0.2)
        end = (x + across * reach, y + down * reach)
        middle = ((x + end[0]) / 2, (y + end[1]) / 2)
        sheet.ribbon([(x, y), middle, end], [0.5, random.uniform(3, 6), 0.5])
    return sheet
