"""Turn the bytes of a source into text that gives those very bytes back.

Letters that were decoded wrongly before are mended, and only those.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from charset_normalizer import from_bytes
from ftfy import TextFixerConfig, fix_text_segment

LIKELY_ENCODINGS = (
    "cp1252 cp1256 cp1251 cp1250 cp1254 cp1253 cp1255 iso8859_6 koi8_r shift_jis "
    "euc_jp gb18030 big5 euc_kr"
).split()
"""What pages were written in before UTF-8; of equals the first is it."""

SAMPLE_BYTES = 20_000
"""How many bytes are enough to know an encoding by."""

CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
ESCAPED = re.compile("[\udc80-\udcff]")
WIDE = re.compile("[^\x00-\x7f\udc80-\udcff]")
UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class NotText(ValueError):
    """Refuse bytes that hold no text of a page; the message tells what to do."""


class Decoded(NamedTuple):
    """Hold a text, the name of its encoding, and whether that was a guess.

    A byte that stands for no letter of UTF-8 is kept as a surrogate, so that the text
    gives it back; `readable` shows it.
    """

    text: str
    encoding: str
    is_guess: bool = False


def decode(data: bytes, encoding: str = "", expected: str = "") -> Decoded:
    """Return the text of a source, by its known encoding or by the likeliest.

    Bytes that are no Unicode are in the expected one if it gives every byte back.

    >>> decode(b"\\xef\\xbb\\xbfHarbour opens")
    Decoded(text='Harbour opens', encoding='utf-8-sig', is_guess=False)
    >>> decode("Harbour opens".encode("utf-16")).encoding
    'utf-16-le'
    """
    if encoding:
        return Decoded(_text(data, encoding), encoding)
    wide = UTF_16.get(data[:2]) or _evident_utf_16(data[:SAMPLE_BYTES])
    try:
        text = _text(data, wide) if wide else ""
    except UnicodeDecodeError as error:
        raise NotText(
            f"is truncated or broken UTF-16 (byte {error.start + 1}): fetch the page "
            "again."
        ) from None
    if "\0" in text or (not wide and b"\0" in data):
        raise NotText(
            "contains NUL bytes, so it is not text: save the page as UTF-8 text."
        )
    return Decoded(text, wide) if wide else _decode_utf_8(data, expected)


def encode(text: str, encoding: str) -> bytes:
    """Return the bytes of some text of a source, without a byte order mark.

    >>> encode(decode(b"Caf\\xe9 opens, caf\\xe9 closes").text, "cp1252")
    b'Caf\\xe9 opens, caf\\xe9 closes'
    """
    return text.encode(encoding.removesuffix("-sig"), "surrogateescape")


def readable(text: str) -> str:
    """Return text with U+FFFD, which stands for a lost letter, where a byte is none."""
    return ESCAPED.sub("\ufffd", text)


def _text(data: bytes, encoding: str) -> str:
    """Return the text, without a byte order mark; UTF-8 alone may hold broken bytes."""
    bom = next((bom for bom in UTF_16 if encoding == UTF_16[bom]), b"")
    errors = "strict" if bom else "surrogateescape"
    return data.removeprefix(bom).decode(encoding, errors)


def _evident_utf_16(sample: bytes) -> str:
    """Return which UTF-16 bytes are in, if every other one is NUL or of one script."""
    for half, encoding in ((sample[1::2], "utf-16-le"), (sample[::2], "utf-16-be")):
        if 0 not in half:
            continue
        common = dict(Counter(half).most_common(2))
        is_script = 0 in common and sum(common.values()) >= 0.8 * len(half)
        if len(half) >= 4 and is_script:
            return encoding
    return ""


def _decode_utf_8(data: bytes, expected: str) -> Decoded:
    """Decode UTF-8, even where a few of its bytes are broken; else guess."""
    encoding = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    text = _text(data, encoding)
    broken = len(ESCAPED.findall(text))
    whole = broken and len(WIDE.findall(text))
    is_cut = bool(whole) and not ESCAPED.search(text[:-3])
    if is_cut or broken * 4 <= whole or encoding == "utf-8-sig":
        return Decoded(text, encoding)
    return _guess(data, expected)


def _guess(data: bytes, expected: str) -> Decoded:
    """Return the text in the likeliest encoding that gives every byte back."""
    if len(CONTROL_BYTES.findall(data[:SAMPLE_BYTES])) * 200 > len(data[:SAMPLE_BYTES]):
        raise NotText("is not text: leave it out, or save the page as UTF-8 text.")
    for encoding in _likeliest(data, expected):
        text = data.decode(encoding, "replace")
        if text.encode(encoding, "replace") == data:
            return Decoded(text, encoding, is_guess=encoding != expected)
    return Decoded(data.decode("latin-1"), "latin-1", is_guess=True)


def _likeliest(data: bytes, expected: str) -> Iterator[str]:
    """Yield the expected encoding, then those that fit the lines with accents."""
    if expected:
        yield expected
    lines = (line for line in data.splitlines() if not line.isascii())
    sample = b"\n".join(islice(lines, SAMPLE_BYTES // 100))[:SAMPLE_BYTES]
    matches = from_bytes(sample, cp_isolation=LIKELY_ENCODINGS)
    best = matches.best()
    fitting = {
        encoding
        for match in matches
        if best is not None
        and match.chaos <= best.chaos + 0.01
        and match.coherence >= best.coherence - 0.25
        for encoding in match.could_be_from_charset
    }
    yield from sorted(LIKELY_ENCODINGS, key=lambda encoding: encoding not in fitting)


BROKEN_LETTERS = re.compile(
    r"[\ufffd\x80-\x9f]|ï»¿|ï[¼½]|â€|ã[€‚ƒ]|Ã[\xa0-\xbf‚-™]|Â[\xa0-\xbf]"
    r"|[ÐÑØÙ][\xa0-\xbf]|&(?:#\d{2,5}|[a-z]{2,6});|[A-Za-z]\?s\b"
    r"|[a-z][\u0400-\u04ff]|[\u0400-\u04ff][a-z]"
)
"""Letters decoded wrongly, references never decoded, another alphabet in a word."""

SUSPECT = re.compile("[\x80-\xff\u0400-\u04ff\ufffd&?]")
"""Of these characters every match of BROKEN_LETTERS has one."""

RUN = re.compile(r"[^\x00-\x7f]+|&(?:#\d{2,5}|[a-z]{2,6});")
LONGEST_RUN = 3_000
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
    # The characters of nearly every line show that none of its letters is broken.
    return bool(SUSPECT.search(text)) and bool(BROKEN_LETTERS.search(text))


def find_mendings(raw: str) -> tuple[Mending, ...]:
    """Return what can be mended in a line that looks broken.

    >>> find_mendings("Portâ€™s ferry")
    (Mending(at=4, printed='â€™', letters='’'),)
    >>> find_mendings("Crème brûlée")
    ()
    """
    if not (has_broken_letters(raw) or ESCAPED.search(raw)):
        return ()
    runs = (Mending(m.start(), m[0], _mend_run(m[0])) for m in RUN.finditer(raw))
    return tuple(run for run in runs if run.printed != run.letters)


def mend_letters(raw: str, mendings: Iterable[Mending]) -> str:
    """Return a line with its letters mended."""
    parts, at = [], 0
    for mending in mendings:
        parts += [raw[at : mending.at], mending.letters]
        at = mending.at + len(mending.printed)
    return "".join([*parts, raw[at:]])


def position_in_print(at: int, mendings: Iterable[Mending]) -> int:
    """Return where in the line as printed a position in the mended line is.

    A position within mended letters is the end of the printed ones.

    >>> position_in_print(5, find_mendings("Portâ€™s"))
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
def _mend_run(printed: str) -> str:
    """Return letters mended, or as they are where some would still be broken."""
    letters = readable(printed)
    if not BROKEN_LETTERS.search(letters) or len(letters) > LONGEST_RUN:
        return letters
    # A closing quote loses its last byte, which is no letter, on many copy sites.
    lossy = letters + "\x9d" if letters.endswith("â€") else letters
    fixed = fix_text_segment(lossy, ONLY_LETTERS)
    is_whole = fixed and not BROKEN_LETTERS.search(fixed) and min(fixed) >= " "
    return fixed if is_whole else letters
