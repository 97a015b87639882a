"""Short names for the parts of a story, stable through edit, merge and restore."""

import re
from collections.abc import Collection
from hashlib import sha256
from itertools import chain, count

# No vowels, and no signs that look alike: a key never spells a word.
SIGNS = "23456789bcdfghjkmnpqrstvwxyz"
LENGTH = 6
LONGEST = 8
FEW = 3
KEY = re.compile(rf"[a-z0-9]{{1,{LONGEST}}}")


def make_key(words: str, taken: Collection[str] = ()) -> str:
    """Return six signs made from the words, or the next six that are not taken.

    The same words give the same key on every machine, so that a file read twice
    gives the same story.

    >>> make_key("Third gate had been shut")
    '6pyw23'
    >>> make_key("Third gate had been shut", taken={"6pyw23"})
    'cvs35h'
    """
    # The same words a thousand times over each try keys of their own.
    others = (f"{len(taken)}/{number}" for number in count())
    attempts = chain(map(str, range(FEW)), others)
    keys = (_signs(f"{attempt}:{words}") for attempt in attempts)
    return next(key for key in keys if key not in taken)


def _signs(text: str) -> str:
    number = int.from_bytes(sha256(text.encode()).digest())
    signs = []
    for _ in range(LENGTH):
        number, sign = divmod(number, len(SIGNS))
        signs.append(SIGNS[sign])
    return "".join(signs)
