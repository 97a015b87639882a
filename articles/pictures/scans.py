"""Scans: how often a progressive JPEG goes over the whole picture."""

import re

# Restart marks stand among the points; libjpeg skips or refuses all below \xc0.
MARK = re.compile(rb"\xff([\xc0-\xcf\xd8-\xfe])")
SCAN = b"\xda"
END = b"\xd9"


def count_scans(data: bytes) -> int:
    """Count the scans of a JPEG up to its end: a telephone hangs a video behind it.

    >>> count_scans(b"\\xff\\xd8\\xff\\xda\\0\\2points\\xff\\xd9video\\xff\\xda")
    1
    """
    scans, place = 0, 2
    while (mark := MARK.search(data, place)) and mark[1] != END:
        scans += mark[1] == SCAN
        start = mark.end()
        place = start + int.from_bytes(data[start : start + 2])
    return scans
