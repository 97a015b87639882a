"""IPTC's Information Interchange Model, in which agencies wrote captions before XMP."""

from datetime import date

from PIL import Image, IptcImagePlugin

RECORD = 2
FIELDS = {
    "headline": 105,
    "caption": 120,
    "credit": 110,
    "creator": 80,
    "copyright_notice": 116,
    "created": 55,
}


def read_iim(image: Image.Image) -> dict[str, str]:
    """Return what the record says, by the field's name."""
    record = IptcImagePlugin.getiptcinfo(image) or {}  # type: ignore[arg-type]
    said = {
        name: "; ".join(decode(value) for value in _values(record, number))
        for name, number in FIELDS.items()
    }
    return said | {"created": _day(said["created"])}


def decode(value: bytes) -> str:
    """Return the text of bytes that are UTF-8, or else of Western Europe.

    The record may name its character set (1:90), but many that are UTF-8 do not, and
    what is valid UTF-8 by accident makes no words in another.

    >>> decode("Zoë".encode()), decode("Zoë".encode("latin-1"))
    ('Zoë', 'Zoë')
    """
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


def _day(text: str) -> str:
    """Return the day as XMP writes it, "" for what is none.

    >>> _day("20260314"), _day("20260000")
    ('2026-03-14', '')
    """
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _values(record: dict[tuple[int, int], bytes | list[bytes]], number: int) -> list:
    value = record.get((RECORD, number)) or []
    return [v for v in (value if isinstance(value, list) else [value]) if v]
