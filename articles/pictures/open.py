"""Open what claims to be a picture, judging it by its content alone.

What is kept is always drawn anew from the picture's points: whatever else a file
carried (a page of HTML, an archive, a place, a thumbnail, a program) stays behind. An
editor whose file is refused is told what is wrong with it, and what to do.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from pi_heif import register_heif_opener
from PIL import Image, ImageFile, UnidentifiedImageError

from articles.pictures.colour import numbered_profile, to_srgb
from articles.pictures.metadata import Metadata, metadata_of, read_turn
from articles.pictures.png_texts import without_long_texts

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF", "GIF")
EXACT_FORMATS = ("PNG", "GIF")
MOST_BYTES = 64 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 16_383
# Programs write ten; each goes over the whole picture once more.
MOST_SCANS = 20
# The small, the deep and the other pictures that a telephone adds stay unread.
register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that stands upright, in sRGB, with nothing in it but its points.

    Of one that moves it is the first frame. `is_exact`: it came without loss, as
    drawings and screenshots do.
    """

    image: Image.Image
    metadata: Metadata
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
        raise too_heavy(MOST_BYTES)
    if data.startswith(b"\xff\xd8") and count_scans(data) > MOST_SCANS:
        raise too_many_scans()
    return reopen_picture(data)


def reopen_picture(data: bytes) -> Picture:
    """Return a picture that was kept; drawn anew it may be heavier than it came."""
    with _opened(data) as image:
        image.load()
        metadata = metadata_of(image, data)
        if image.format in ("AVIF", "HEIF"):
            image.info.setdefault("icc_profile", numbered_profile(data))
        points = _upright(to_srgb(image), image)
        points.info.clear()
        return Picture(points, metadata, image.format in EXACT_FORMATS)


def read_metadata(data: bytes) -> Metadata:
    """Return the words inside a picture; raise NotAPicture if it is none."""
    with _opened(data) as image:
        if image.format == "PNG":
            image.load()  # PNG may say its words behind the points.
        return metadata_of(image, data)


def count_pixels(data: bytes) -> int:
    """Return how many pixels a picture says it has; raise NotAPicture if none."""
    width, height = read_size(data)
    return width * height


def read_size(data: bytes) -> tuple[int, int]:
    """Return a picture's width and height as it says; raise NotAPicture if none."""
    with _opened(data) as image:
        return image.size


@contextmanager
def _opened(data: bytes) -> Iterator[ImageFile.ImageFile]:
    """Open the picture by its header, and say in a sentence whatever goes wrong."""
    try:
        sound = without_long_texts(data)
        with Image.open(BytesIO(sound), formats=FORMATS) as image:
            _refuse_size(image)
            yield image
    except NotAPicture:
        raise
    except UnidentifiedImageError as error:
        raise unknown(data) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_large(MOST_PIXELS) from error
    except Exception as error:
        # No list names all that decoders raise for bytes made to break them.
        raise damaged() from error


def _refuse_size(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise too_large(MOST_PIXELS)
    if max(image.size) > LONGEST_SIDE:
        raise too_long(LONGEST_SIDE)


def _upright(points: Image.Image, original: Image.Image) -> Image.Image:
    """Return the points turned as the camera said; broken EXIF says nothing."""
    try:
        turn = read_turn(original)
    except Exception:  # noqa: BLE001
        return points
    return points if turn is None else points.transpose(turn)


# Restart markers stand among the points; libjpeg skips or refuses all below \xc0.
MARKER = re.compile(rb"\xff([\xc0-\xcf\xd8-\xfe])")
SCAN = b"\xda"
END = b"\xd9"


def count_scans(data: bytes) -> int:
    """Count the scans of a JPEG up to its end: a telephone hangs a video behind it.

    >>> count_scans(b"\\xff\\xd8\\xff\\xda\\0\\2points\\xff\\xd9video\\xff\\xda")
    1
    """
    scans, position = 0, 2
    while (marker := MARKER.search(data, position)) and marker[1] != END:
        scans += marker[1] == SCAN
        start = marker.end()
        position = start + int.from_bytes(data[start : start + 2])
    return scans


BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"ftypavif", b"ftypavis")
HEIF_BRANDS = "heic heix heim heis hevc hevx hevm hevs mif1 msf1".split()
ACCEPTED_FORMATS = "Only JPEG, PNG, WebP, AVIF, HEIC and GIF pictures are accepted."
# How the files begin that newsrooms are sent for pictures, and what they are.
OTHER_FORMATS = (
    (b"%PDF", "a PDF document"),
    (b"8BPS", "a Photoshop document"),
    (b"II*\0", "a TIFF or raw picture"),
    (b"MM\0*", "a TIFF or raw picture"),
    (b"BM", "a BMP picture"),
    (b"PK\3\4", "an archive or an office document"),
)


def is_heif(data: bytes) -> bool:
    """Tell whether a file begins as a telephone's HEIC does."""
    return data[4:8] == b"ftyp" and data[8:12].decode("latin-1") in HEIF_BRANDS


class NotAPicture(Exception):
    """Bytes that cannot be kept as a picture.

    The message is for the editor: what is wrong, why, and what to do.
    """


def empty() -> NotAPicture:
    return NotAPicture(
        "The file is empty; it was probably never copied in full. Send it again."
    )


def too_heavy(most: int) -> NotAPicture:
    return NotAPicture(
        f"The file is larger than {most // 1024**2} megabytes, more than a page can "
        "ever use. Save it as JPEG and send that."
    )


def too_large(most_pixels: int) -> NotAPicture:
    return NotAPicture(
        f"The picture has more than {most_pixels // 1000000} megapixels, and opening "
        "it would take more memory than is safe. Scale it down and send it again."
    )


def too_long(most: int) -> NotAPicture:
    return NotAPicture(
        f"A side of the picture is longer than {most} pixels, which WebP cannot hold. "
        "Scale it down or crop it, and send it again."
    )


def too_many_scans() -> NotAPicture:
    return NotAPicture(
        "The picture is built up in more steps than any camera or program makes, and "
        "opening it would take minutes. Save it again as JPEG and send that."
    )


def damaged() -> NotAPicture:
    return NotAPicture(
        "The picture cannot be read to the end: it is damaged, or was cut off on the "
        "way. Send it again, or open it in a picture editor and save it again."
    )


def unknown(data: bytes) -> NotAPicture:
    """Return the refusal of a file that no decoder takes for its own.

    >>> str(unknown(b"%PDF-1.7"))[:65]
    'This is a PDF document. Only JPEG, PNG, WebP, AVIF, HEIC and GIF '
    """
    if not data:
        return empty()
    if is_heif(data) or data[4:12] in BEGINNINGS or data.startswith(BEGINNINGS):
        return damaged()
    kind = next((kind for start, kind in OTHER_FORMATS if data.startswith(start)), "")
    if b"<svg" in data[:4096]:
        kind = "an SVG drawing, which can carry programs"
    what = (
        f"This is {kind}."
        if kind
        else ("This is not a picture, whatever its name says.")
    )
    return NotAPicture(
        f"{what} {ACCEPTED_FORMATS} Save it as JPEG or PNG and send that."
    )
