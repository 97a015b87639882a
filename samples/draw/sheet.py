"""A sheet to draw on: where it is white a plate takes ink, or a mask lets through.

Every measure is in units; the longest side of a picture is 1600 of them, however
large it is drawn, so a small proof shows what the large print will.
"""

import math
from collections.abc import Iterable

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Point = tuple[float, float]


class Sheet:
    def __init__(self, width: int, height: int, scale: float):
        self.width, self.height, self.scale = width, height, scale
        self.image = Image.new("L", (round(width * scale), round(height * scale)))
        self.pen = ImageDraw.Draw(self.image)

    def blank(self) -> "Sheet":
        return Sheet(self.width, self.height, self.scale)

    def fill(self, points: Iterable[Point], tone: int = 255) -> None:
        self.pen.polygon([(x * self.scale, y * self.scale) for x, y in points], tone)

    def cut(self, points: Iterable[Point]) -> None:
        self.fill(points, 0)

    def box(self, x, y, width, height, tone: int = 255) -> None:
        right, bottom = x + width, y + height
        self.fill([(x, y), (right, y), (right, bottom), (x, bottom)], tone)

    def disc(self, x, y, radius, tone: int = 255, *, ratio=1.0) -> None:
        """Fill a circle, or with a ratio an ellipse that much as high as it is wide."""
        across, down = radius * self.scale, radius * ratio * self.scale
        x, y = x * self.scale, y * self.scale
        self.pen.ellipse((x - across, y - down, x + across, y + down), tone)

    def stroke(self, points: list[Point], *widths: float, tone: int = 255) -> None:
        """Draw a line as wide as told: all along, or from its start to its end."""
        last = len(points) - 1
        steps = [widths[0]] * (last + 1)
        if len(widths) > 1:
            steps = [_between(widths, at / last) for at in range(last + 1)]
        self.ribbon(points, steps, tone)
        for (x, y), wide in zip(points[1:-1], steps[1:-1], strict=True):
            self.disc(x, y, wide / 2, tone)

    def limb(self, points: list[Point], *widths: float, tone: int = 255) -> None:
        """Draw a line with round ends."""
        self.stroke(points, *widths, tone=tone)
        self.disc(*points[0], widths[0] / 2, tone)
        self.disc(*points[-1], widths[-1] / 2, tone)

    def ribbon(self, points: list[Point], widths: list[float], tone: int = 255):
        left, right = [], []
        for at, (x, y) in enumerate(points):
            before, after = points[max(at - 1, 0)], points[min(at + 1, len(points) - 1)]
            along = math.atan2(after[1] - before[1], after[0] - before[0])
            across = (-math.sin(along), math.cos(along))
            half = widths[at] / 2
            left.append((x + across[0] * half, y + across[1] * half))
            right.append((x - across[0] * half, y - across[1] * half))
        self.fill(left + right[::-1], tone)

    def within(self, mask: "Sheet") -> "Sheet":
        """Return a sheet of what this one shows within a mask."""
        part = self.blank()
        part.lay(self, inside=mask)
        return part

    def lay(self, other: "Sheet", inside: "Sheet | None" = None) -> None:
        """Add what another sheet shows, within a mask where one is given."""
        self._combine(ImageChops.lighter, other, inside)

    def carve(self, other: "Sheet", inside: "Sheet | None" = None) -> None:
        """Take away what another sheet shows."""
        self._combine(ImageChops.subtract, other, inside)

    def _combine(self, how, other: "Sheet", inside: "Sheet | None") -> None:
        box = (inside or other).image.getbbox()
        if box:
            part = other.image.crop(box)
            if inside:
                part = ImageChops.darker(part, inside.image.crop(box))
            self.image.paste(how(self.image.crop(box), part), box[:2])

    def lay_apart(self, other: "Sheet", gap: float) -> None:
        """Add what another sheet shows with a rim cut free around it."""
        box = other.image.getbbox()
        if box is None:
            return
        reach = math.ceil(gap * self.scale * 2)
        box = (box[0] - reach, box[1] - reach, box[2] + reach, box[3] + reach)
        part = other.image.crop(box)
        blurred = part.filter(ImageFilter.GaussianBlur(gap * self.scale))
        rim = blurred.point([min(255, max(0, (v - 24) * 12)) for v in range(256)])
        here = ImageChops.subtract(self.image.crop(box), rim)
        self.image.paste(ImageChops.lighter(here, part), box[:2])


def _between(values: tuple[float, ...], share: float) -> float:
    at = share * (len(values) - 1)
    start = min(int(at), len(values) - 2)
    return values[start] + (values[start + 1] - values[start]) * (at - start)
