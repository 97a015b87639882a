"""Chance that comes out the same each time: grain, mottle and swell."""

from random import Random

from PIL import Image


def noise(size: tuple[int, int], cell: float, random: Random) -> Image.Image:
    """Return grey clouds whose cells are so many pixels wide."""
    width, height = (max(2, round(side / cell)) for side in size)
    small = Image.frombytes("L", (width, height), random.randbytes(width * height))
    return small.resize(size, Image.Resampling.BICUBIC)


def swell(random: Random, length: float, height: float):
    """Return a function of x that rises and falls gently, never the same twice."""
    knots = [random.uniform(-1, 1) for _ in range(64)]

    def at(x: float) -> float:
        place = x / length
        low = int(place // 1)
        share = place - low
        share = share * share * (3 - 2 * share)
        start, end = knots[low % 64], knots[(low + 1) % 64]
        return height * (start + (end - start) * share)

    return at
