"""Make the sizes in which a picture is shown, once and for all."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any, Literal

from PIL import Image, ImageOps, PngImagePlugin

from articles.pictures.colour import on_white
from articles.pictures.metadata import Metadata, print_xmp
from articles.pictures.open import Picture

Use = Literal["original", "page", "share"]
MakeRendition = Callable[[], "Rendition"]

# From a card on a small telephone to a wide desk, each about 1.4 times the last.
WIDTHS = (320, 480, 640, 960, 1280, 1920)
# Of JPEG, for programs that choose among no sizes, and as the desk's thumbnail.
USUAL_WIDTH = 960
SHARE = (1200, 630)
# A smaller picture enlarged looks poor; the share card drawn from words looks well.
MOST_ENLARGED = 1.5

# A format's settings: AVIF's speed 8 takes a third of 6's time for 2 % more bytes.
PAGE_FORMATS: dict[str, dict[str, Any]] = {
    "AVIF": {"quality": 63, "speed": 8, "max_threads": 1},
    "WEBP": {"quality": 78, "method": 4},
    "JPEG": {"quality": 80, "progressive": True, "optimize": True},
}
SHARE_JPEG: dict[str, Any] = {"quality": 85, "progressive": True, "optimize": True}
ORIGINAL_JPEG: dict[str, Any] = {"quality": 95, "subsampling": 0}
ORIGINAL_PNG: dict[str, Any] = {"compress_level": 1}


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file made of a picture; `original` is all of it, kept to be read again."""

    data: bytes
    media_type: str
    width: int
    height: int
    use: Use


def make_all(
    picture: Picture, metadata: Metadata, focus: tuple[int, int]
) -> list[Rendition]:
    """Return the original and every rendition of a picture that has just come."""
    original = partial(_original, picture, metadata)
    return _run_all(
        [original, *_pages(picture, metadata), *_share(picture, metadata, focus)]
    )


def make_renditions(
    picture: Picture, metadata: Metadata, focus: tuple[int, int]
) -> list[Rendition]:
    """Return the renditions for pages and the one for links, each with the metadata."""
    return _run_all([*_pages(picture, metadata), *_share(picture, metadata, focus)])


def make_share(
    picture: Picture, metadata: Metadata, focus: tuple[int, int]
) -> list[Rendition]:
    """Return the rendition for links alone, none of a picture too small for it."""
    return _run_all(_share(picture, metadata, focus))


def widths_for(width: int) -> list[int]:
    """Return the widths to make, never wider than the picture.

    >>> widths_for(1000), widths_for(200)
    ([320, 480, 640, 960, 1000], [200])
    >>> widths_for(6000)[-2:]
    [1280, 1920]
    """
    widest = min(width, WIDTHS[-1])
    return [*(w for w in WIDTHS if w < widest), widest]


def _run_all(makers: Iterable[MakeRendition]) -> list[Rendition]:
    """Make them side by side: encoders work outside Python's lock."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda make: make(), makers))


def _original(picture: Picture, metadata: Metadata) -> Rendition:
    if picture.is_exact or picture.image.mode == "RGBA":
        said = PngImagePlugin.PngInfo()
        said.add_itxt("XML:com.adobe.xmp", print_xmp(metadata).decode())
        settings = {**ORIGINAL_PNG, "pnginfo": said}
        return _encoded(picture.image, "PNG", settings, "original")
    settings = {**ORIGINAL_JPEG, "xmp": print_xmp(metadata)}
    return _encoded(picture.image, "JPEG", settings, "original")


def _pages(picture: Picture, metadata: Metadata) -> list[MakeRendition]:
    widths = widths_for(picture.width)
    usual = min(USUAL_WIDTH, widths[-1])
    # The smaller ones are made of the widest, which is quicker and looks the same.
    widest = _scaled(picture.image, widths[-1])
    return [
        partial(_page, widest, width, name, print_xmp(metadata))
        for width in reversed(widths)
        for name in PAGE_FORMATS
        if name != "JPEG" or width in (widths[0], usual)
    ]


def _page(widest: Image.Image, width: int, name: str, xmp: bytes) -> Rendition:
    settings = {**PAGE_FORMATS[name], "xmp": xmp}
    return _encoded(_scaled(widest, width), name, settings, "page")


def _share(
    picture: Picture, metadata: Metadata, focus: tuple[int, int]
) -> list[MakeRendition]:
    width, height = SHARE
    if max(width / picture.width, height / picture.height) > MOST_ENLARGED:
        return []
    return [partial(_cut_for_sharing, picture.image, print_xmp(metadata), focus)]


def _cut_for_sharing(
    image: Image.Image, xmp: bytes, focus: tuple[int, int]
) -> Rendition:
    """Cut as CSS's `object-position` does on a page: the point stays in its place."""
    across, down = focus
    centre = (across / 100, down / 100)
    cut = ImageOps.fit(image, SHARE, Image.Resampling.LANCZOS, centering=centre)
    return _encoded(on_white(cut), "JPEG", {**SHARE_JPEG, "xmp": xmp}, "share")


def _scaled(image: Image.Image, width: int) -> Image.Image:
    """Return the picture on white, so wide; never the very same object.

    Pillow notes in the object how it is being encoded, and several threads do at once.
    """
    if width == image.width:
        return on_white(image.copy())
    height = max(1, round(image.height * width / image.width))
    size = (width, height)
    return on_white(image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0))


def _encoded(
    image: Image.Image, name: str, settings: dict[str, Any], use: Use
) -> Rendition:
    out = BytesIO()
    image.save(out, name, **settings)
    media_type = f"image/{name.lower()}"
    return Rendition(out.getvalue(), media_type, image.width, image.height, use)
