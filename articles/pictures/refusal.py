"""What is said to an editor whose file is refused."""

BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"ftypavif", b"ftypavis")
TAKEN = "Only JPEG, PNG, WebP, AVIF and GIF pictures are taken."
# How the files begin that newsrooms are sent for pictures, and what they are.
STRANGERS = (
    (b"%PDF", "a PDF document"),
    (b"8BPS", "a Photoshop document"),
    (b"II*\0", "a TIFF or raw picture"),
    (b"MM\0*", "a TIFF or raw picture"),
    (b"BM", "a BMP picture"),
    (b"PK\3\4", "an archive or an office document"),
    (b"\0\0\0\x18ftyphei", "a HEIC picture of a telephone"),
    (b"\0\0\0\x20ftyphei", "a HEIC picture of a telephone"),
    (b"\0\0\0\x24ftyphei", "a HEIC picture of a telephone"),
)


class NotAPicture(Exception):
    """Bytes that cannot be kept as a picture.

    The message is for the editor: what is wrong, why, and what to do.
    """


def empty() -> NotAPicture:
    return NotAPicture(
        "The file is empty, so it was probably never copied to its end. Send it again."
    )


def too_heavy(most: int) -> NotAPicture:
    return NotAPicture(
        f"The file is larger than {most // 1024**2} megabytes, more than a page can "
        "ever use. Save it as JPEG and send that."
    )


def too_large(most_pixels: int) -> NotAPicture:
    return NotAPicture(
        f"The picture has more than {most_pixels // 1_000_000} megapixels, and to "
        "open it would take more memory than is safe. Scale it down and send it again."
    )


def too_long(most: int) -> NotAPicture:
    return NotAPicture(
        f"A side of the picture is longer than {most} pixels, which WebP cannot hold. "
        "Scale it down or cut it, and send it again."
    )


def too_many_scans() -> NotAPicture:
    return NotAPicture(
        "The picture is built up in more steps than any camera or program makes, and "
        "to open it would take minutes. Save it anew as JPEG and send that."
    )


def damaged() -> NotAPicture:
    return NotAPicture(
        "The picture cannot be read to its end: it is damaged, or was cut off on its "
        "way. Send it again, or open it in a picture program and save it anew."
    )


def unknown(data: bytes) -> NotAPicture:
    """Return the refusal of a file that no decoder takes for its own.

    >>> str(unknown(b"%PDF-1.7"))[:65]
    'This is a PDF document. Only JPEG, PNG, WebP, AVIF and GIF pictur'
    """
    if not data:
        return empty()
    if data[4:12] in BEGINNINGS or data.startswith(BEGINNINGS):
        return damaged()
    kind = next((kind for start, kind in STRANGERS if data.startswith(start)), "")
    if b"<svg" in data[:4096]:
        kind = "an SVG drawing, which can carry programs"
    what = f"This is {kind}." if kind else "This is no picture, whatever its name says."
    return NotAPicture(f"{what} {TAKEN} Save it as JPEG or PNG and send that.")
