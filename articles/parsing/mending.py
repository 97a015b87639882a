"""Mend letters that were decoded wrongly, and only those."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ftfy import TextFixerConfig, fix_text_segment

from articles.parsing.encodings import ESCAPED, readable

BROKEN = re.compile(
    r"[\ufffd\x80-\x9f]|ï»¿|ï[¼½]|â€|ã[€‚ƒ]|Ã[\xa0-\xbf‚-™]|Â[\xa0-\xbf]"
    r"|[ÐÑØÙ][\xa0-\xbf]|&(?:#\d{2,5}|[a-z]{2,6});|[A-Za-z]\?s\b"
    r"|[a-z][\u0400-\u04ff]|[\u0400-\u04ff][a-z]"
)
"""Letters decoded wrongly, references never decoded, another alphabet in a word."""

SUSPECT = re.compile("[\x80-\xff\u0400-\u04ff\ufffd&?]")
"""Of these signs every match of BROKEN has one."""

RUN = re.compile(r"[^\x00-\x7f]+|&(?:#\d{2,5}|[a-z]{2,6});")
LONGEST = 3_000
"""The longest run of letters that is looked at; no word in any script is longer."""

# Quotes and wide letters are typography, and stay as the newspaper set them.
ONLY_LETTERS = TextFixerConfig(
    unescape_html=True,
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    remove_terminal_escapes=False,
    normalization=None,
)


class Mending(NamedTuple):
    """Hold where a line printed broken letters, those letters, and what they say."""

    at: int
    printed: str
    letters: str


def has_broken_letters(text: str) -> bool:
    """Tell whether letters of a text look broken.

    >>> [has_broken_letters(word) for word in ("Portâ€™s", "Port?s", "Port’s")]
    [True, True, False]
    """
    # Nearly every line shows by its signs alone that none of its letters is broken.
    return bool(SUSPECT.search(text)) and bool(BROKEN.search(text))


def find_mendings(raw: str) -> tuple[Mending, ...]:
    """Return what can be mended in a line that looks broken.

    >>> find_mendings("Portâ€™s ferry")
    (Mending(at=4, printed='â€™', letters='’'),)
    >>> find_mendings("Crème brûlée")
    ()
    """
    if not (has_broken_letters(raw) or ESCAPED.search(raw)):
        return ()
    runs = (Mending(m.start(), m[0], _mended(m[0])) for m in RUN.finditer(raw))
    return tuple(run for run in runs if run.printed != run.letters)


def mended(raw: str, mendings: Iterable[Mending]) -> str:
    """Return a line with its letters mended.

    >>> mended("Portâ€™s", find_mendings("Portâ€™s"))
    'Port’s'
    """
    parts, at = [], 0
    for mending in mendings:
        parts += [raw[at : mending.at], mending.letters]
        at = mending.at + len(mending.printed)
    return "".join([*parts, raw[at:]])


def place_in_print(at: int, mendings: Iterable[Mending]) -> int:
    """Return where in the line as printed a place of the mended line is.

    A place within mended letters is the end of the printed ones.

    >>> place_in_print(5, find_mendings("Portâ€™s"))
    7
    """
    shift = 0
    for mending in mendings:
        start = mending.at - shift
        if at <= start:
            break
        if at < start + len(mending.letters):
            return mending.at + len(mending.printed)
        shift += len(mending.printed) - len(mending.letters)
    return at + shift


@lru_cache(maxsize=10_000)
def _mended(printed: str) -> str:
    """Return letters mended, or as they are where that would not make them whole."""
    letters = readable(printed)
    if not BROKEN.search(letters) or len(letters) > LONGEST:
        return letters
    # A closing quote loses its last byte, which is no letter, on many copy sites.
    lossy = letters + "\x9d" if letters.endswith("â€") else letters
    fixed = fix_text_segment(lossy, ONLY_LETTERS)
    is_whole = fixed and not BROKEN.search(fixed) and min(fixed) >= " "
    return fixed if is_whole else letters
