"""Leave out of a PNG the words that are too long to be read.

Programs write down there all that was ever done to a picture, packed. Pillow takes one
chunk that unfolds too far for an attack, and would refuse the picture for it.
"""

import zlib

from PIL import PngImagePlugin

SIGNATURE = b"\x89PNG\r\n\x1a\n"
TEXTS = (b"iCCP", b"tEXt", b"zTXt", b"iTXt")
# What is unfolded of one chunk, and of all, whether or not it is kept.
MOST_TEXT = 4 * 1024 * 1024
MOST_TEXTS = 4 * MOST_TEXT

PngImagePlugin.MAX_TEXT_CHUNK = MOST_TEXT


def without_long_texts(data: bytes) -> bytes:
    """Return a PNG without its long texts, and any other file as it is."""
    if not data.startswith(SIGNATURE):
        return data
    kept, start, position, room = [], 0, len(SIGNATURE), MOST_TEXTS
    while position < len(data):
        end = position + 12 + int.from_bytes(data[position : position + 4])
        kind = data[position + 4 : position + 8]
        if kind in TEXTS:
            size = _size(kind, data[position + 8 : end - 4]) if room > 0 else 0
            room -= size
            if size >= MOST_TEXT or room <= 0:
                kept.append(data[start:position])
                start = end
        position = end
    return b"".join([*kept, data[start:]]) if kept else data


def _size(kind: bytes, chunk: bytes) -> int:
    """Return how long a text is when it is unfolded, at most MOST_TEXT."""
    _name, _zero, text = chunk.partition(b"\0")
    is_packed = kind in (b"iCCP", b"zTXt") or (kind == b"iTXt" and text[:1] == b"\1")
    if not is_packed:
        return len(chunk)
    packed = text[2:].split(b"\0", 2)[-1] if kind == b"iTXt" else text[1:]
    try:
        return len(zlib.decompressobj().decompress(packed, MOST_TEXT))
    except zlib.error:
        return len(chunk)
