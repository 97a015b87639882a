"""Say of every line of a source file where it went, in an editor's words."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal, Protocol, get_args

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.parsing.lines import BLANK_CHARACTERS

LineKind = Literal["used", "furniture", "blank", "unexplained"]
LINE_KINDS = get_args(LineKind)


class Doubt(Protocol):
    """A warning of the parser, as it hands it over or as a row keeps it."""

    @property
    def line(self) -> int: ...

    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class StoryPieces:
    """What one story has of a file: [line, field, length] of each piece, in order."""

    first_line: int
    pieces: Sequence[Sequence]
    doubts: Sequence[Doubt]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a line, and the field they went into; "" for none."""

    text: str
    field: str

    @property
    def kind(self) -> str:
        return split_field(self.field)[0]

    @property
    def name(self) -> str:
        return field_label(self.field) if self.field else ""

    @property
    def is_copy(self) -> bool:
        """Tell whether it says something by itself: a mark only marks another."""
        return self.field not in ("", "mark")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line by its number, cut into pieces that together are the line."""

    number: int
    kind: LineKind
    pieces: tuple[Piece, ...]
    rule: str
    doubts: tuple[Doubt, ...]

    @property
    def rule_name(self) -> str:
        return rule_label(self.rule) if self.rule else ""

    @property
    def fields(self) -> list[Piece]:
        """Return a piece of each field that the line went into."""
        return list({p.field: p for p in self.pieces if p.is_copy}.values())


@dataclass(frozen=True, slots=True)
class Segment:
    """The lines of one story, with what stands between it and the next.

    `story` counts from 0 among the stories; a file without any is one segment of none.
    """

    story: int | None
    lines: tuple[SourceLine, ...]

    @property
    def first(self) -> int:
        return self.lines[0].number

    @property
    def last(self) -> int:
        return self.lines[-1].number


@dataclass(frozen=True, slots=True)
class LineRange:
    """Neighbouring lines of one kind, for a map of the file."""

    kind: LineKind
    first: int
    length: int


@dataclass(frozen=True, slots=True)
class FileAccount:
    """A whole file, line by line; every line stands in exactly one segment."""

    lines: tuple[SourceLine, ...]
    segments: tuple[Segment, ...]

    @property
    def ranges(self) -> list[LineRange]:
        """Return the lines as a map draws them."""
        groups = (list(lines) for _kind, lines in groupby(self.lines, _kind_of))
        return [LineRange(g[0].kind, g[0].number - 1, len(g)) for g in groups]

    @property
    def summary(self) -> str:
        """Return in one sentence how many lines went where."""
        counts = Counter(map(_kind_of, self.lines))
        total = len(self.lines)
        lines = ngettext("%(n)d line", "%(n)d lines", total) % {"n": total}
        sentence = gettext(
            "%(lines)s: %(used)d used, %(furniture)d furniture, %(blank)d blank, "
            "%(unexplained)d unexplained"
        )
        return sentence % {
            "lines": lines,
            **{kind: counts[kind] for kind in LINE_KINDS},
        }


def account_for(
    texts: Sequence[str],
    furniture: Mapping[int, str],
    unexplained: Container[int],
    stories: Sequence[StoryPieces],
) -> FileAccount:
    """Return where each line went, from what the parser read in the file."""
    pieces: dict[int, list] = defaultdict(list)
    doubts: dict[int, list] = defaultdict(list)
    for story in stories:
        for number, field, length in story.pieces:
            pieces[number].append((field, length))
        for doubt in story.doubts:
            doubts[doubt.line].append(doubt)
    lines = tuple(
        SourceLine(
            number,
            _kind_of_number(number, pieces, furniture, unexplained),
            tuple(_cut(text, pieces.get(number, ()))),
            furniture.get(number, ""),
            tuple(doubts.get(number, ())),
        )
        for number, text in enumerate(texts, start=1)
    )
    return FileAccount(lines, tuple(_segments(lines, stories)))


def find_line_faults(
    texts: Sequence[str], lengths: Mapping[int, int], others: Iterable[int]
) -> Iterator[tuple[int, str]]:
    """Yield each line that the accounting does not give back whole, and why.

    `lengths` say how many characters of a line went into pieces; `others` are the
    lines that are furniture or unexplained.

    >>> list(find_line_faults(["Gulls came.", "", "Follow"], {1: 4, 2: 1}, []))
    [(1, 'partly used'), (2, 'blank but used'), (3, 'unaccounted')]
    """
    ways = Counter([*lengths, *others])
    for number, text in enumerate(texts, start=1):
        count, length = ways.pop(number, 0), lengths.get(number, len(text))
        if not text.strip(BLANK_CHARACTERS):
            if count:
                yield number, "blank but used"
        elif count != 1:
            yield number, "used twice" if count else "unaccounted"
        elif length != len(text):
            yield number, "partly used"
    yield from ((number, "missing") for number in sorted(ways))


def _kind_of(line: SourceLine) -> LineKind:
    return line.kind


def _kind_of_number(
    number: int,
    pieces: Container[int],
    furniture: Container[int],
    unexplained: Container[int],
) -> LineKind:
    if number in pieces:
        return "used"
    if number in furniture:
        return "furniture"
    return "unexplained" if number in unexplained else "blank"


def _cut(text: str, pieces: Iterable[tuple[str, int]]) -> Iterable[Piece]:
    at = 0
    for field, length in pieces:
        yield Piece(text[at : at + length], field)
        at += length
    if text[at:]:
        yield Piece(text[at:], "")


def _segments(
    lines: tuple[SourceLine, ...], stories: Sequence[StoryPieces]
) -> Iterable[Segment]:
    """Yield the lines story by story; a story begins with its first line or doubt."""
    starts = [
        min([story.first_line, *(doubt.line for doubt in story.doubts)]) - 1
        for story in stories
    ]
    if not stories:
        yield Segment(None, lines)
        return
    for story, (start, end) in enumerate(pairwise([0, *starts[1:], len(lines)])):
        yield Segment(story, lines[start:end])


FIELDS = {
    "headline": _("headline"),
    "kicker": _("kicker"),
    "section": _("section"),
    "byline": _("byline"),
    "dateline": _("dateline"),
    "updated": _("updated"),
    "published": _("published"),
    "short_url": _("short address"),
    "highlight": _("highlight"),
    "caption": _("caption"),
    "credit": _("credit"),
    "body": _("body"),
    "crawled_on": _("day of the crawl"),
    "mark": _("mark"),
}
RULES = {
    "short-url": _("the label of a short address"),
    "follow": _("a button to follow the subject"),
    "navigation": _("navigation of the page"),
    "empty-bullet": _("a bullet without words"),
    "gallery-counter": _("the counter of a gallery"),
    "crawl-date": _("the day of the crawl"),
    "copyright": _("whose words the page are"),
    "invisible": _("a line without visible characters"),
    "marks": _("a line of marks alone"),
    "end": _("the mark of the end"),
    "notice": _("a notice to editors"),
    "sign-off": _("the agency that signs the story"),
    "erased": _("a story that was erased for good"),
}
NUMBERED_FIELD = re.compile(r"(?P<kind>.*?)(?P<number> \d+)?")


def field_label(field: str) -> str:
    """Return a field's name for an editor; parts of a kind keep their number."""
    kind, number = split_field(field)
    return f"{FIELDS.get(kind, kind)}{number}"


def rule_label(code: str) -> str:
    """Return in plain words why a line is page furniture."""
    return str(RULES.get(code, code))


def split_field(field: str) -> tuple[str, str]:
    """Return a field's kind, and its number behind a space, if it has one.

    >>> split_field("body 3"), split_field("headline")
    (('body', ' 3'), ('headline', ''))
    """
    match = NUMBERED_FIELD.fullmatch(field)
    return (match["kind"], match["number"] or "") if match else (field, "")
