"""What the parser returns, and the record of its lines that fills it.

Plain values, every one of them frozen: each character of a page's lines and the field
it was read into, and every doubt, in a sentence for an editor.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from articles.parsing.decode import has_broken_letters, position_in_print
from articles.parsing.lines import FieldText, Line

PARSER_VERSION = 4
"""Goes up by one whenever the same bytes would be read differently."""

DateCertainty = Literal["stated", "estimated", "unknown"]
ReadingKind = Literal["paragraph", "subheading", "list", "quote", "box", "embed"]


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

    kind: ReadingKind
    text: str


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """Hold one story as the page prints it; text that is not there is "".

    What is `published` is stated; a time reckoned from the crawl is `updated`.
    """

    headline: str
    kicker: str
    section: str
    byline: str
    dateline: str
    updated: str
    updated_at: date | datetime | None
    updated_certainty: DateCertainty
    published: str
    published_at: date | datetime | None
    short_url: str
    embargo_until: datetime | None
    highlights: tuple[str, ...]
    captions: tuple[CaptionReading, ...]
    body: tuple[BlockReading, ...]
    lines: tuple[int, int]
    warnings: tuple[Doubt, ...]
    pieces: tuple[Piece, ...]


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


SENTENCES = {
    "relative-time": "The page prints a time relative to the crawl; check the date.",
    "joined-lines": "The sentence was broken over two lines and has been joined.",
    "unfinished-sentence": "The sentence breaks off here; compare it with the source.",
    "date-unread": "The date on this line could not be read.",
    "date-guessed": "This line was taken for the story’s date.",
    "markup-left": "There is markup in this line; take it out of the story.",
    "story-doubtful": "Nothing but a date marks this as a story; check that it is one.",
    "sentence-missing": "This body has few sentences or none; is it a story?",
    "site-notice": "This headline is a notice from the site, with no story below it.",
    "placeholder-text": "“Lorem ipsum” is a placeholder for words that are missing.",
    "embargo": "The page states an embargo; check until when the story is to wait.",
    "kill": "The page says that this story is killed, withheld or not for publication.",
    "unexplained-above": "Check what this line says of the story’s publication.",
    "one-paragraph": "The story has one paragraph only; check that it is whole.",
    "cut-off": "The story breaks off here; check that it is whole.",
    "paywall": "Here the page asks readers to pay; look for the whole story.",
    "comments": "What readers wrote seems to begin here; take it out of the story.",
    "story-inside": "Another story seems to begin above this line; take it out.",
    "ending-doubtful": "This line behind the story may be no part of it.",
    "headline-missing": "No headline was found above this story.",
    "headline-guessed": "This line was taken for the headline; it appears only once.",
    "headline-after-body": "The headline comes after the body; check that it fits.",
    "headline-differs": "The copies of the headline differ; check which one is right.",
    "encoding-guessed": "The page’s encoding was guessed; check letters with accents.",
    "mended-letters": "Broken letters were repaired here; compare with the source.",
    "odd-letters": "Letters in this line look broken; compare it with the source.",
    "line-unexplained": "This line fits nowhere and was left out of the story.",
    "stray-mark": "Page furniture stands where none should; check the lines around it.",
    "second-story-guessed": "A story seems to begin here, though no gap sets it apart.",
    "section-guessed": "This line was taken for the name of the section.",
    "kicker-guessed": "This line was taken for the kicker above the headline.",
    "byline-guessed": "This line was taken for the byline.",
    "highlight-guessed": "This was taken for a highlight; a dash at most marks it.",
    "caption-guessed": "This line was taken for a caption; nothing marks it as one.",
    "caption-doubtful": "This paragraph may be the caption of a picture.",
    "credit-guessed": "The words at the end were taken for the picture’s credit.",
    "credit-doubtful": "The words at the end may be the picture’s credit.",
    "dateline-guessed": "The first words were taken for the dateline.",
    "dateline-doubtful": "The first words may be a dateline.",
    "subheading-guessed": "This line was taken for a sub-heading.",
    "list-without-marks": "These lines were taken for a list; no bullets mark them.",
    "embedded-post": "This was taken for an embedded post; its end is not marked.",
}


MARKUP = re.compile(
    r"</?(?:a|b|br|div|em|figure|font|h\d|i|iframe|img|li|p|script|span|strong|t[dr]|ul)"
    # A row of a table opens with a bar. Each form begins with a character of its own,
    # so that a line without any of them is passed over at once.
    r"(?:\s[^<>]*)?/?>|&#?\w{2,8};|\|(?<!.\|)\s*\S|\[/?(?:caption|embed|gallery)\b",
    re.IGNORECASE,
)


def doubt(line: int, code: str) -> Doubt:
    """Return the doubt that an editor reads about a line."""
    return Doubt(line, code, SENTENCES[code])


class LineRecord:
    """Collect the pieces, furniture (rules by line) and doubts of one story's lines."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.furniture: dict[int, str] = {}
        self.doubts: list[Doubt] = []

    def add_used(self, line: Line, *parts: FieldText, doubt: str = "") -> None:
        """Give a line to the fields that its parts name; the rest of it only marks."""
        self.pieces += cut_line(line, parts)
        if any(mending.letters != "\ufffd" for mending in line.mendings):
            self.add_doubt(line, "mended-letters")
        if has_broken_letters(line.mended):
            self.add_doubt(line, "odd-letters")
        if MARKUP.search(line.mended.lstrip()):
            self.add_doubt(line, "markup-left")
        if doubt:
            self.add_doubt(line, doubt)

    def add_furniture(self, line: Line, rule: str) -> None:
        """Put a line among the furniture, unless its prefix has been read already."""
        if line.prefix:
            self.add_used(line)
        else:
            self.furniture[line.number] = rule

    def add_unexplained(self, line: Line) -> None:
        """Doubt a line that fits nowhere."""
        if line.prefix:
            self.add_used(line)
        self.add_doubt(line, "line-unexplained")

    def add_doubt(self, line: Line, code: str) -> None:
        """Add a doubt about a line, once."""
        found = doubt(line.number, code)
        if found not in self.doubts[-3:]:
            self.doubts.append(found)


def cut_line(line: Line, parts: tuple[FieldText, ...]) -> list[Piece]:
    """Cut a line into pieces: the parts in their order, the gaps between as marks."""
    pieces, at, mended = [], 0, line.mended
    for field, text in (*line.prefix, *parts):
        found = mended.index(text, at)
        pieces += [("mark", mended[at:found]), (field, text)]
        at = found + len(text)
    pieces.append(("mark", mended[at:]))
    if line.mendings:
        return list(_as_printed(line, pieces))
    return [Piece(line.number, field, text) for field, text in pieces if text]


def _as_printed(line: Line, pieces: list[FieldText]) -> Iterator[Piece]:
    """Yield the pieces of a mended line, each with what was printed in its stead."""
    start = end = 0
    for field, letters in pieces:
        end += len(letters)
        printed = line.raw[start : position_in_print(end, line.mendings)]
        start += len(printed)
        if printed or letters:
            is_mended = printed != letters
            yield Piece(line.number, field, printed, letters if is_mended else "")
