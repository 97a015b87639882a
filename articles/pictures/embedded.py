"""The words that travel inside a picture."""

from dataclasses import dataclass, fields

LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Embedded:
    """What a picture says of itself in IPTC's fields, "" where it says nothing.

    Several creators stand in one line, parted by semicolons. `created` is the date as
    XMP writes it: 2026-03-14.
    """

    headline: str = ""
    caption: str = ""
    credit: str = ""
    creator: str = ""
    copyright_notice: str = ""
    usage_terms: str = ""
    web_statement: str = ""
    digital_source_type: str = ""
    alternative_text: str = ""
    created: str = ""


NAMES = tuple(field.name for field in fields(Embedded))
