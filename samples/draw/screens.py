"""Tones as a printer makes them: dots or lines of ink, closer where it is darker."""

import math
from collections.abc import Callable
from functools import cache

from PIL import Image, ImageChops

from samples.draw.sheet import Sheet

Tone = Callable[[float, float], float]
# Angles whose sine and cosine are ratios, so that a square tile repeats: (3, 4, 5).
GRIDS = {0: (1, 0), 45: (1, 1), 27: (2, 1), 63: (1, 2), 18: (3, 1), 72: (1, 3)}
FINE = 24  # units between the points at which a tone is asked for


def dots(like: Sheet, tone: Tone | float, *, pitch: float = 14, angle: int = 27):
    """Return a sheet of halftone dots as dense as the tone (0 to 1) at each place."""
    sheet = like.blank()
    grey = _grey(like, tone)
    screen = _tiled(_cell(round(pitch * like.scale), angle), grey.size)
    sharp = [min(255, max(0, (v - 128) * 7 + 128)) for v in range(256)]
    # 128 where the tone just reaches the screen's threshold.
    sheet.lay(_as_sheet(like, ImageChops.add(grey, screen, 2).point(sharp)))
    return sheet


def _as_sheet(like: Sheet, image: Image.Image) -> Sheet:
    sheet = like.blank()
    sheet.image.paste(image)
    return sheet


def _grey(like: Sheet, tone: Tone | float) -> Image.Image:
    if not callable(tone):
        return Image.new("L", like.image.size, round(255 * tone))
    across, down = like.width // FINE + 1, like.height // FINE + 1
    values = bytes(
        max(0, min(255, round(255 * tone(x * FINE, y * FINE))))
        for y in range(down + 1)
        for x in range(across + 1)
    )
    coarse = Image.frombytes("L", (across + 1, down + 1), values)
    box = (0.5, 0.5, 0.5 + like.width / FINE, 0.5 + like.height / FINE)
    return coarse.resize(like.image.size, Image.Resampling.BICUBIC, box)


@cache
def _cell(pitch: int, angle: int) -> Image.Image:
    """Return one tile of thresholds, equally many of each, for a screen at an angle."""
    across, down = GRIDS[angle]
    side = max(4, round(pitch * math.hypot(across, down)))
    turn = 2 * math.pi / side
    heights = []
    for y in range(side):
        for x in range(side):
            u = (across * x + down * y) * turn
            v = (across * y - down * x) * turn
            heights.append(math.cos(u) + math.cos(v))
    order = sorted(range(len(heights)), key=heights.__getitem__)
    values = bytearray(len(heights))
    for rank, place in enumerate(order):
        values[place] = 255 * rank // len(order)
    return Image.frombytes("L", (side, side), bytes(values))


def _tiled(tile: Image.Image, size: tuple[int, int]) -> Image.Image:
    sheet = Image.new("L", size)
    sheet.paste(tile)
    width, height = tile.size
    while width < size[0]:
        sheet.paste(sheet.crop((0, 0, width, height)), (width, 0))
        width *= 2
    while height < size[1]:
        sheet.paste(sheet.crop((0, 0, size[0], height)), (0, height))
        height *= 2
    return sheet
