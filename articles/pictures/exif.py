"""EXIF: what the camera wrote, of which only words and the orientation are read."""

import re

from PIL import ExifTags, Image

from articles.pictures.iim import decode

# What cameras put where a caption belongs: OLYMPUS DIGITAL CAMERA, SONY DSC, DCIM100.
CAMERA_WORDS = re.compile(
    r"([A-Z]+ ){0,3}DIGITAL (STILL )?CAMERA|([A-Z]+ )?DSC\w*|DCIM\S*|[Uu]ntitled"
)
# An orientation, and what turns the picture upright.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def read_exif(image: Image.Image) -> dict[str, str]:
    """Return what the camera's owner says, by the field's name."""
    exif = image.getexif()
    caption = _text(exif.get(ExifTags.Base.ImageDescription))
    if CAMERA_WORDS.fullmatch(caption.strip()):
        caption = ""
    return {
        "caption": caption,
        "creator": _text(exif.get(ExifTags.Base.Artist)),
        "copyright_notice": _text(exif.get(ExifTags.Base.Copyright)),
    }


def read_turn(image: Image.Image) -> Image.Transpose | None:
    """Return how the picture is to be turned so that it stands upright."""
    exif = Image.Exif()
    # Pillow's `getexif` takes an orientation from XMP, too, which no browser does.
    exif.load(image.info.get("exif", b""))
    return TURNS.get(exif.get(ExifTags.Base.Orientation, 1))


def _text(value: object) -> str:
    """Return the text, which EXIF ends with a zero and Pillow takes for Latin-1."""
    if isinstance(value, str):
        value = value.encode("latin-1", "replace")
    return decode(value).split("\0")[0] if isinstance(value, bytes) else ""
