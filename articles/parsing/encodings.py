"""Turn the bytes of a source into text that gives those very bytes back."""

import codecs
import re
from collections import Counter
from itertools import islice
from typing import NamedTuple

from charset_normalizer import from_bytes

LIKELY = [
    "cp1252",
    "cp1256",
    "cp1251",
    "cp1250",
    "cp1254",
    "cp1253",
    "cp1255",
    "iso8859_6",
    "koi8_r",
    "shift_jis",
    "euc_jp",
    "gb18030",
    "big5",
    "euc_kr",
]
"""What pages were written in before UTF-8; of equals the first is taken."""

SAMPLE = 20_000
"""How many bytes are enough to know an encoding by."""

CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
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


def decode(data: bytes, encoding: str = "") -> Decoded:
    """Return the text of a source, by its known encoding or by the likeliest.

    >>> decode(b"\\xef\\xbb\\xbfHarbour opens")
    Decoded(text='Harbour opens', encoding='utf-8-sig', is_guess=False)
    >>> decode("Harbour opens".encode("utf-16")).encoding
    'utf-16-le'
    """
    if encoding:
        return Decoded(_text(data, encoding), encoding)
    wide = UTF_16.get(data[:2]) or _evident_utf_16(data[:SAMPLE])
    if not wide and b"\0" in data:
        raise NotText("holds NUL bytes, so it is no text: save the page as UTF-8 text.")
    return _decode_utf_16(data, wide) if wide else _decode_bytes(data)


def encode(text: str, encoding: str) -> bytes:
    """Return the bytes that some text of a source was read from, without any mark.

    >>> encode(decode(b"Caf\\xe9 opens, caf\\xe9 closes").text, "cp1252")
    b'Caf\\xe9 opens, caf\\xe9 closes'
    """
    return text.encode(encoding.removesuffix("-sig"), "surrogateescape")


def readable(text: str) -> str:
    """Return text with the sign for a lost letter where a byte stands for none.

    >>> readable(decode("Porto’s café".encode()[:-1]).text)
    'Porto’s caf�'
    """
    return ESCAPED.sub("\ufffd", text)


def _text(data: bytes, encoding: str) -> str:
    """Return the text, without a byte order mark; UTF-8 alone may hold broken bytes."""
    mark = next((mark for mark in UTF_16 if encoding == UTF_16[mark]), b"")
    errors = "strict" if mark else "surrogateescape"
    return data.removeprefix(mark).decode(encoding, errors)


def _evident_utf_16(sample: bytes) -> str:
    """Return which UTF-16 bytes are in, if every other one is NUL or of one script.

    >>> _evident_utf_16("Port Saïd".encode("utf-16-be"))
    'utf-16-be'
    """
    for half, encoding in ((sample[1::2], "utf-16-le"), (sample[::2], "utf-16-be")):
        if 0 not in half:
            continue
        common = dict(Counter(half).most_common(2))
        is_script = 0 in common and sum(common.values()) >= 0.8 * len(half)
        if len(half) >= 4 and is_script:
            return encoding
    return ""


def _decode_utf_16(data: bytes, encoding: str) -> Decoded:
    try:
        text = _text(data, encoding)
    except UnicodeDecodeError as error:
        raise NotText(
            f"is cut or broken UTF-16 (byte {error.start + 1}): fetch the page again."
        ) from None
    if "\0" in text:
        raise NotText("holds NUL bytes, so it is no text: save the page as UTF-8 text.")
    return Decoded(text, encoding)


def _decode_bytes(data: bytes) -> Decoded:
    """Decode UTF-8, even where a few of its bytes are broken; else guess."""
    encoding = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    text = _text(data, encoding)
    broken, whole = len(ESCAPED.findall(text)), len(WIDE.findall(text))
    is_cut = bool(whole) and not ESCAPED.search(text[:-3])
    if is_cut or broken * 4 <= whole or encoding == "utf-8-sig":
        return Decoded(text, encoding)
    return _guess(data)


def _guess(data: bytes) -> Decoded:
    """Return the text in the likeliest encoding that gives every byte back."""
    if len(CONTROLS.findall(data[:SAMPLE])) * 200 > len(data[:SAMPLE]):
        raise NotText("is no text: leave it out, or save the page as UTF-8 text.")
    for encoding in (*_likeliest(data), *LIKELY):
        text = data.decode(encoding, "replace")
        if text.encode(encoding, "replace") == data:
            return Decoded(text, encoding, is_guess=True)
    return Decoded(data.decode("latin-1"), "latin-1", is_guess=True)


def _likeliest(data: bytes) -> list[str]:
    """Return encodings that fit the lines with other letters than English ones."""
    lines = (line for line in data.splitlines() if not line.isascii())
    sample = b"\n".join(islice(lines, SAMPLE // 100))[:SAMPLE]
    matches = from_bytes(sample, cp_isolation=LIKELY)
    best = matches.best()
    if best is None:
        return []
    fitting = {
        encoding
        for match in matches
        if match.chaos <= best.chaos + 0.01 and match.coherence >= best.coherence - 0.25
        for encoding in match.could_be_from_charset
    }
    return [encoding for encoding in LIKELY if encoding in fitting]
