"""Lines as a hand would draw them, and the families of lines an engraver follows."""

import math

from samples.draw.sheet import Point


def smooth(points: list[Point], *, is_closed: bool = False, steps: int = 8):
    """Return a curve through the points (Catmull and Rom's)."""
    count = len(points)
    if is_closed:
        around = [points[-1], *points, points[0], points[1]]
        spans = count
    else:
        around = [points[0], *points, points[-1]]
        spans = count - 1
    curve = []
    for span in range(spans):
        a, b, c, d = around[span : span + 4]
        curve += [_on_span(a, b, c, d, step / steps) for step in range(steps)]
    return curve if is_closed else [*curve, points[-1]]


def _on_span(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    def one(axis: int) -> float:
        p, q, r, s = a[axis], b[axis], c[axis], d[axis]
        return 0.5 * (
            2 * q
            + (r - p) * t
            + (2 * p - 5 * q + 4 * r - s) * t**2
            + (3 * q - p - 3 * r + s) * t**3
        )

    return one(0), one(1)


def arc(x, y, radius, start, end, *, ratio=1.0, steps: int = 24) -> list[Point]:
    """Return part of a circle, or of an ellipse, between two angles in degrees."""
    angles = [
        math.radians(start + (end - start) * at / steps) for at in range(steps + 1)
    ]
    return [
        (x + radius * math.cos(a), y + radius * ratio * math.sin(a)) for a in angles
    ]


def line(start: Point, end: Point, step: float = 12) -> list[Point]:
    count = max(2, int(math.dist(start, end) / step))
    return [
        (
            start[0] + (end[0] - start[0]) * at / count,
            start[1] + (end[1] - start[1]) * at / count,
        )
        for at in range(count + 1)
    ]


def sag(start: Point, end: Point, drop: float, steps: int = 24) -> list[Point]:
    """Return a rope that hangs between two points."""
    return [
        (
            start[0] + (end[0] - start[0]) * t,
            start[1] + (end[1] - start[1]) * t + drop * 4 * t * (1 - t),
        )
        for t in (at / steps for at in range(steps + 1))
    ]


def rows(box, pitch, *, lift=lambda x, y: 0.0, slant=0.0) -> list[list[Point]]:
    """Return level lines that fill a box (left, top, right, bottom)."""
    left, top, right, bottom = box
    fall = (right - left) * slant
    lines = []
    y = top - abs(fall)
    while y < bottom + abs(fall):
        xs = [left + at * 12 for at in range(int((right - left) / 12) + 2)]
        lines.append([(x, y + (x - left) * slant + lift(x, y)) for x in xs])
        y += pitch
    return lines


def rings(x, y, inner, outer, pitch, *, ratio=1.0):
    """Return circles about a place, whose ends meet each at another side."""
    found = []
    radius, start = inner, 0
    while radius <= outer:
        steps = max(16, int(radius * math.tau / 12))
        found.append(arc(x, y, radius, start, start + 360, ratio=ratio, steps=steps))
        radius += pitch
        start += 137
    return found


def rays(x, y, inner, outer, count, *, start=0.0, end=360.0):
    found = []
    for at in range(count):
        angle = math.radians(start + (end - start) * at / count)
        across, down = math.cos(angle), math.sin(angle)
        found.append(
            line(
                (x + across * inner, y + down * inner),
                (x + across * outer, y + down * outer),
                24,
            )
        )
    return found
