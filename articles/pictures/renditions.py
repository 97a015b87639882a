"""Make the sizes in which a picture is shown, once and for all."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any, Literal

from PIL import Image, PngImagePlugin

from articles.pictures.colour import on_white
from articles.pictures.metadata import Metadata, print_xmp
from articles.pictures.open import Picture

Use = Literal["original", "page", "square", "share"]
MakeRendition = Callable[[], "Rendition"]

# From a card on a small telephone to a wide desk, each about 1.4 times the last.
WIDTHS = (320, 480, 640, 960, 1280, 1920)
# Of JPEG, for programs that choose among no sizes, and as the desk's thumbnail.
USUAL_WIDTH = 960
# A thumbnail is some 104 pixels wide, each of which a telephone draws with three.
SQUARES = (320, 480)
SHARE = (1200, 630)
# A smaller picture enlarged looks poor; the share card drawn from words looks well.
MOST_ENLARGED = 1.5

# A format's settings: AVIF's speed 8 takes a third of 6's time for 2 % more bytes.
PAGE_FORMATS: dict[str, dict[str, Any]] = {
    "AVIF": {"quality": 45, "speed": 8, "max_threads": 1},
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
        [original, *_pages(picture, metadata), *_cuts(picture, metadata, focus)]
    )


def make_renditions(
    picture: Picture, metadata: Metadata, focus: tuple[int, int]
) -> list[Rendition]:
    """Return all renditions of a picture that is kept, each with the metadata."""
    return _run_all([*_pages(picture, metadata), *_cuts(picture, metadata, focus)])


def make_cuts(
    picture: Picture, metadata: Metadata, focus: tuple[int, int]
) -> list[Rendition]:
    """Return the renditions cut about the focal point: for thumbnails and for links."""
    return _run_all(_cuts(picture, metadata, focus))


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


def _cuts(
    picture: Picture, metadata: Metadata, focus: tuple[int, int]
) -> list[MakeRendition]:
    """Cut squares no larger than the picture, and for links if it is large enough."""
    cut = partial(_cut, picture.image, print_xmp(metadata), focus)
    most = min(picture.width, picture.height, SQUARES[-1])
    makers: list[MakeRendition] = [
        partial(cut, (side, side), name, PAGE_FORMATS[name], "square")
        for side in [*(s for s in SQUARES if s < most), most]
        for name in ("AVIF", "WEBP")
    ]
    if max(SHARE[0] / picture.width, SHARE[1] / picture.height) <= MOST_ENLARGED:
        makers.append(partial(cut, SHARE, "JPEG", SHARE_JPEG, "share"))
    return makers


def _cut(
    image: Image.Image,
    xmp: bytes,
    focus: tuple[int, int],
    size: tuple[int, int],
    name: str,
    settings: dict[str, Any],
    use: Use,
) -> Rendition:
    box = cut_box(image.size, size, focus)
    cut = image.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
    return _encoded(on_white(cut), name, {**settings, "xmp": xmp}, use)


def cut_box(
    whole: tuple[int, int], size: tuple[int, int], focus: tuple[int, int]
) -> tuple[float, float, float, float]:
    """Return the part in the shape of a size that has the focal point in its middle.

    Or as near to it as the picture reaches. The point is given in percent.

    >>> cut_box((900, 600), (300, 300), (40, 50)), cut_box((900, 600), (1, 1), (0, 9))
    ((60.0, 0, 660.0, 600.0), (0, 0, 600.0, 600.0))
    """
    scale = min(whole[0] / size[0], whole[1] / size[1])
    width, height = size[0] * scale, size[1] * scale
    left = _start(focus[0], whole[0], width)
    top = _start(focus[1], whole[1], height)
    return left, top, left + width, top + height


def _start(percent: int, whole: int, part: float) -> float:
    return max(0, min(whole * percent / 100 - part / 2, whole - part))


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
