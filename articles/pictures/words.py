"""Read the words in a picture from wherever its hands wrote them."""

from collections.abc import Callable

from PIL import Image

from articles.pictures.embedded import LONGEST, NAMES, Embedded
from articles.pictures.exif import read_exif
from articles.pictures.iim import read_iim
from articles.pictures.xmp import read_xmp
from articles.story.story import tidy_line

# The newest standard is what a desk corrects last.
READERS: tuple[Callable[[Image.Image], dict[str, str]], ...] = (
    lambda image: read_xmp(image.info.get("xmp", b"")),
    read_iim,
    read_exif,
)
ADDRESSES = ("web_statement", "digital_source_type")


def words_of(image: Image.Image) -> Embedded:
    """Return what the picture says: XMP before IIM before EXIF, field by field."""
    said = [_read(reader, image) for reader in READERS]
    found = {
        name: next((text for words in said if (text := words.get(name))), "")
        for name in NAMES
    }
    for name in ADDRESSES:
        if not found[name].startswith(("https://", "http://")):
            found[name] = ""
    return Embedded(**found)


def _read(
    reader: Callable[[Image.Image], dict[str, str]], image: Image.Image
) -> dict[str, str]:
    """Return the clean words, none where the reader stumbles.

    Broken words say nothing against the picture, and no list names all that a hostile
    record makes a library raise.
    """
    try:
        said = reader(image)
    except Exception:  # noqa: BLE001
        return {}
    return {name: tidy_line(text[:LONGEST]) for name, text in said.items()}
