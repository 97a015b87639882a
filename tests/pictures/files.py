"""Picture files for tests, made by Pillow and by hand."""

from io import BytesIO
from pathlib import Path

from PIL import ExifTags, Image

FORMATS = ["JPEG", "PNG", "WEBP", "AVIF", "HEIF", "GIF"]
# `make_image` as a telephone held on its side writes it, with a profile of wider
# colours and the place. Nothing here encodes HEIC: Debian's heif-enc made it, and the
# property that turns it (irot) was added to its file by hand.
HEIC = Path(__file__).with_name("telephone.heic").read_bytes()


def make_image(size=(320, 240), mode="RGB"):
    """Return a picture with a light upper left and a dark lower right."""
    ramp = Image.linear_gradient("L").resize(size)
    across = Image.linear_gradient("L").rotate(90).resize(size)
    return Image.merge("RGB", (ramp, across, ramp)).convert(mode)


def save(image, form="JPEG", **settings):
    """Return the bytes of the picture in the format."""
    out = BytesIO()
    image.save(out, form, **settings)
    return out.getvalue()


def make_file(form="JPEG", size=(320, 240), mode="RGB", **settings):
    """Return the bytes of a small picture in the format; of HEIF there is but one."""
    if form == "HEIF":
        return HEIC
    return save(make_image(size, mode), form, **settings)


def read(data):
    """Return the picture in the bytes."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def exif_of(**values):
    """Return EXIF with the values, by Pillow's names for them."""
    exif = Image.Exif()
    for name, value in values.items():
        exif[ExifTags.Base[name]] = value
    return exif
