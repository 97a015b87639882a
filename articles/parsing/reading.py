"""What the parser hands back: plain values, every one of them frozen."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

PARSER_VERSION = 3
"""Goes up by one whenever the same bytes would be read differently."""

Certainty = Literal["stated", "estimated", "unknown"]
Kind = Literal["paragraph", "subheading", "list", "quote", "box", "embed"]

SINGLE = ("headline", "kicker", "section", "byline", "dateline", "updated", "short_url")
"""The fields of a story that one line fills, however many copies it has."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Tell an editor which line was read by a guess, and what to check there."""

    line: int
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """Name the rule that made a line page furniture, part of no story."""

    line: int
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Unexplained:
    """Keep a line that no rule explains."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Account for some characters of a used line: the field they were read into.

    The texts of a line's pieces, in their order, are the line as printed. The field
    "mark" holds what only marks another (a bullet, the brackets of a credit).

    `mended` is the text with its broken letters mended, where it had any.
    """

    line: int
    field: str
    text: str
    mended: str = ""

    @property
    def letters(self) -> str:
        """Return the text as its field was read from it."""
        return self.mended or self.text


@dataclass(frozen=True, slots=True)
class CaptionReading:
    """Hold the words under a picture; `after_block` 0 means above the body."""

    text: str
    credit: str
    after_block: int


@dataclass(frozen=True, slots=True)
class BlockReading:
    """Hold one block of the body; the items of a list stand one a line."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """Hold one story as the page prints it; text that is not there is ""."""

    headline: str
    kicker: str
    section: str
    byline: str
    dateline: str
    updated: str
    updated_at: date | datetime | None
    updated_certainty: Certainty
    short_url: str
    highlights: tuple[str, ...]
    captions: tuple[CaptionReading, ...]
    body: tuple[BlockReading, ...]
    lines: tuple[int, int]
    warnings: tuple[Doubt, ...]
    pieces: tuple[Piece, ...]

    def fields(self) -> dict[str, str]:
        """Return what was read, by the names that pieces give to their fields."""
        parts = {name: getattr(self, name) for name in SINGLE}
        for number, text in enumerate(self.highlights, start=1):
            parts[f"highlight {number}"] = text
        for number, caption in enumerate(self.captions, start=1):
            parts[f"caption {number}"] = caption.text
            parts[f"credit {number}"] = caption.credit
        for number, block in enumerate(self.body, start=1):
            parts[f"body {number}"] = block.text
        return {field: text for field, text in parts.items() if text}


@dataclass(frozen=True, slots=True)
class SourceReading:
    """Hold one source file: its stories, and where each of its lines went.

    `blank + used + len(furniture) + len(unexplained) == total`, whatever the file.
    """

    name: str
    sha256: str
    encoding: str
    crawled_on: date | None
    articles: tuple[ArticleReading, ...]
    total: int
    blank: int
    used: int
    furniture: tuple[Furniture, ...]
    unexplained: tuple[Unexplained, ...]
