"""Draw the pictures of the demonstration: python -m samples.draw FOLDER [NAME …]."""

import argparse
import io
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from articles.pictures.metadata import print_xmp
from samples.draw.catalogue import Drawing
from samples.draw.drawings import DRAWINGS

# The best quality that keeps a file this small; grain hides what the lowest loses.
SMALL_ENOUGH = 150_000
QUALITIES = (80, 72, 64, 56, 48, 40, 34, 29, 24, 20)
# Below this quality the eye begins to see it: only for a file larger than this.
COARSE, LARGE = 30, 190_000


def main() -> None:
    """Draw all pictures, or those named, several at a time."""
    parser = argparse.ArgumentParser(prog="python -m samples.draw", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    wanted = [d for d in DRAWINGS if not options.names or d.name in options.names]
    with ProcessPoolExecutor() as pool:
        for drawing, data in zip(wanted, pool.map(as_jpeg, wanted), strict=True):
            (options.folder / drawing.file).write_bytes(data)
            print(f"{len(data) // 1024:4} KB  {drawing.file}")


def as_jpeg(drawing: Drawing) -> bytes:
    """Return the finished file, with the words that travel in it."""
    picture, packet = drawing.draw(), print_xmp(drawing.words())
    for quality in QUALITIES:
        file = io.BytesIO()
        picture.save(
            file, "JPEG", quality=quality, optimize=True, progressive=True, xmp=packet
        )
        if len(file.getvalue()) <= (SMALL_ENOUGH if quality > COARSE else LARGE):
            break
    return file.getvalue()


if __name__ == "__main__":
    main()
