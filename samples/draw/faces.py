"""A face seen from the side."""

from samples.draw.curves import smooth
from samples.draw.sheet import Point

# From the nape over the crown and down to the throat, in heights of a head.
PROFILE = (
    (-0.42, 0.62), (-0.44, 0.3), (-0.5, 0.0), (-0.48, -0.3), (-0.3, -0.52),
    (0.05, -0.58), (0.34, -0.45), (0.43, -0.22), (0.42, -0.1), (0.47, 0.0),
    (0.58, 0.14), (0.46, 0.2), (0.48, 0.27), (0.44, 0.31), (0.47, 0.37), (0.4, 0.43),
    (0.38, 0.55), (0.2, 0.6), (0.06, 0.56), (0.04, 0.9),
)  # fmt: skip


def profile(x, y, size, turn: int = 1) -> list[Point]:
    """Return the outline of a head about a place that looks right, or (-1) left."""
    points = [(x + turn * across * size, y + down * size) for across, down in PROFILE]
    return smooth(points, is_closed=True, steps=6)
