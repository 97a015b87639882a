"""The press: paper, a plate for each ink, and the pull that brings them together."""

from random import Random

from PIL import Image, ImageChops, ImageFilter

from samples.draw.inks import INKS, PAPERS
from samples.draw.noise import noise
from samples.draw.sheet import Sheet

REGISTER = 2.4  # units by which a plate may come down beside its place
SPREAD = 0.6  # pixels by which ink creeps into the paper
BLEED = 5  # units that are trimmed off, where a plate beside its place ends
OVERSIZE = 2  # how much larger than printed a plate is cut, for clean edges


class Print:
    """A picture in the making: `plates` in the order in which they are printed."""

    def __init__(self, width, height, inks: str, seed: str, paper="news", size=1600):
        self.width, self.height = width, height
        self.size = tuple(
            round(size * side / max(width, height)) for side in (width, height)
        )
        self.scale = OVERSIZE * size / (max(width, height) - 2 * BLEED)
        self.random = Random(seed)  # noqa: S311 - the same picture each time
        self.paper = PAPERS[paper]
        self.inks = [INKS[ink] for ink in inks.split()]
        self.plates = [self.sheet() for _ in self.inks]

    def sheet(self) -> Sheet:
        return Sheet(self.width, self.height, self.scale)

    def clear(self, mask: Sheet) -> None:
        """Let the bare paper show where the mask is."""
        for plate in self.plates:
            plate.carve(mask)

    def pull(self) -> Image.Image:
        """Print all plates and return the picture at its final size."""
        size = self.plates[0].image.size
        final = (size[0] // OVERSIZE, size[1] // OVERSIZE)
        picture = self._stock(final)
        for plate, ink in zip(self.plates, self.inks, strict=True):
            inked = self._inked(plate, is_key=plate is self.plates[-1])
            picture = _printed(picture, inked.resize(final, Image.BOX), ink)
        return self._trimmed(picture.filter(ImageFilter.GaussianBlur(SPREAD)))

    def _trimmed(self, picture: Image.Image) -> Image.Image:
        left, top = ((a - b) // 2 for a, b in zip(picture.size, self.size, strict=True))
        return picture.crop((left, top, left + self.size[0], top + self.size[1]))

    def _stock(self, size) -> Image.Image:
        fibres = self._clouds(size, 7, 7)
        stains = self._clouds(size, 260, 16)
        grey = ImageChops.add(fibres, stains, 1, -255)
        paper = Image.new("RGB", size, self.paper)
        return ImageChops.multiply(paper, Image.merge("RGB", [grey] * 3))

    def _clouds(self, size, cell, depth) -> Image.Image:
        clouds = noise(size, cell * self.scale / OVERSIZE, self.random)
        return clouds.point([255 - depth * v // 255 for v in range(256)])

    def _inked(self, plate: Sheet, *, is_key: bool) -> Image.Image:
        """Return where the ink takes: edges worn, a little starved, a little off."""
        image = plate.image.filter(ImageFilter.GaussianBlur(0.9 * self.scale))
        wear = noise(image.size, 4.5 * self.scale, self.random)
        wear = wear.point([128 + (v - 128) * 2 // 5 for v in range(256)])
        image = ImageChops.add(image, wear, 1, -128)
        image = image.point([min(255, max(0, (v - 118) * 4 + 118)) for v in range(256)])
        image = ImageChops.multiply(image, self._take(image.size))
        reach = 0 if is_key else REGISTER
        shift = [self.random.uniform(-reach, reach) * self.scale for _ in "xy"]
        turned = (1, 0, shift[0], 0, 1, shift[1])
        return image.transform(image.size, Image.AFFINE, turned, Image.BILINEAR)

    def _take(self, size) -> Image.Image:
        """Return how well solid ink covers: mottled, with bare specks."""
        mottle = self._clouds_at(size, 90, lambda v: 255 - 26 * v // 255)
        specks = self._clouds_at(size, 3, lambda v: 255 - max(0, v - 244) * 16)
        return ImageChops.multiply(mottle, specks)

    def _clouds_at(self, size, cell, curve) -> Image.Image:
        clouds = noise(size, cell * self.scale, self.random)
        return clouds.point([min(255, max(0, curve(v))) for v in range(256)])


def _printed(picture: Image.Image, inked: Image.Image, ink) -> Image.Image:
    """Return the picture with one more ink, through which those below show."""
    colour = Image.new("RGB", picture.size, ink)
    glaze = Image.composite(colour, Image.new("RGB", picture.size, "white"), inked)
    return ImageChops.multiply(picture, glaze)
