"""Open what claims to be a picture, judging it by its content alone.

What is kept is always drawn anew from the picture's points: whatever else a file
carried (a page of HTML, an archive, a place, a thumbnail, a program) stays behind.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageFile, UnidentifiedImageError

from articles.pictures import refusal
from articles.pictures.code_points import numbered_profile
from articles.pictures.colour import to_srgb
from articles.pictures.embedded import Embedded
from articles.pictures.exif import read_turn
from articles.pictures.refusal import NotAPicture
from articles.pictures.scans import count_scans
from articles.pictures.words import words_of

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
EXACT_FORMATS = ("PNG", "GIF")
MOST_BYTES = 64 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 16_383
# Programs write ten; each goes over the whole picture once more.
MOST_SCANS = 20


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that stands upright, in sRGB, with nothing in it but its points.

    Of one that moves it is the first frame. `is_exact`: it came without loss, as
    drawings and screenshots do.
    """

    image: Image.Image
    embedded: Embedded
    is_exact: bool

    @property
    def width(self) -> int:
        return self.image.width

    @property
    def height(self) -> int:
        return self.image.height


def open_picture(data: bytes) -> Picture:
    """Return the picture, read to its last point; raise NotAPicture if it is none."""
    if len(data) > MOST_BYTES:
        raise refusal.too_heavy(MOST_BYTES)
    if data.startswith(b"\xff\xd8") and count_scans(data) > MOST_SCANS:
        raise refusal.too_many_scans()
    return reopen_picture(data)


def reopen_picture(data: bytes) -> Picture:
    """Return a picture that was kept; drawn anew it may be heavier than it came."""
    with _opened(data) as image:
        image.load()
        embedded = words_of(image)
        if image.format == "AVIF":
            image.info.setdefault("icc_profile", numbered_profile(data))
        points = _upright(to_srgb(image), image)
        points.info.clear()
        return Picture(points, embedded, image.format in EXACT_FORMATS)


def read_embedded(data: bytes) -> Embedded:
    """Return the words inside a picture; raise NotAPicture if it is none."""
    with _opened(data) as image:
        if image.format == "PNG":
            image.load()  # PNG may say its words behind the points.
        return words_of(image)


def count_pixels(data: bytes) -> int:
    """Return the size a picture says it has; raise NotAPicture if it is none."""
    with _opened(data) as image:
        return image.width * image.height


@contextmanager
def _opened(data: bytes) -> Iterator[ImageFile.ImageFile]:
    """Open the picture by its header, and say in a sentence whatever goes wrong."""
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:
            _refuse_size(image)
            yield image
    except NotAPicture:
        raise
    except UnidentifiedImageError as error:
        raise refusal.unknown(data) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise refusal.too_large(MOST_PIXELS) from error
    except Exception as error:
        # No list names all that decoders raise for bytes made to break them.
        raise refusal.damaged() from error


def _refuse_size(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise refusal.too_large(MOST_PIXELS)
    if max(image.size) > LONGEST_SIDE:
        raise refusal.too_long(LONGEST_SIDE)


def _upright(points: Image.Image, original: Image.Image) -> Image.Image:
    """Return the points turned as the camera said; broken EXIF says nothing."""
    try:
        turn = read_turn(original)
    except Exception:  # noqa: BLE001
        return points
    return points if turn is None else points.transpose(turn)
