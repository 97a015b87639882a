"""Read the body of a story, block by block, and account for its lines.

What stands at a line is told from its own form and its neighbours'; where a mail or a
terminal wrapped the page, a blank line parts.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from articles.parsing.captions import (
    Captions,
    carries_credit,
    describes_picture,
    ends_in_agency,
)
from articles.parsing.datelines import has_dateline, is_bare_dateline, split_dateline
from articles.parsing.line_kinds import (
    PHRASE,
    bullet_text,
    can_be_subheading,
    furniture_rule,
    is_broken,
    is_finished,
    is_labelled,
    is_list_item,
    is_mark,
    is_marked_subheading,
    is_phrase,
    updated_as_printed,
    without_bullet,
)
from articles.parsing.lines import Line, tidy
from articles.parsing.reading import Account, BlockReading, Kind


class Body:
    """Collect the blocks of a story, the dateline taken out of the first paragraph."""

    def __init__(self, account: Account, captions: Captions) -> None:
        self._account = account
        self._captions = captions
        self._paragraphs = 0
        self.blocks: list[BlockReading] = []
        self.dateline = ""

    def read(self, lines: Sequence[Line], *, is_sure: bool) -> None:
        """Read lines shape by shape; `is_sure` when the head had the familiar form."""
        at = 0
        is_in_columns = is_wrapped(lines)
        while at < len(lines):
            length = wrapped_length(lines, at) if is_in_columns else 1
            shape = Shape("paragraph", length)
            if length == 1:
                shape = shape_at(lines, at, is_sure=is_sure)
            taken = lines[at : at + shape.length]
            if shape.doubt:
                self._account.doubt(taken[0], shape.doubt)
            if shape.kind == "mark":
                self._set_aside(taken[0])
            elif shape.kind == "caption":
                self._captions.add(taken[0], after_block=len(self.blocks))
            else:
                self._add(shape.kind, taken)
            at += shape.length

    def _set_aside(self, line: Line) -> None:
        """Set furniture aside; a stray "Updated" states a date, so it stays open."""
        if rule := furniture_rule(line.text):
            self._account.set_aside(line, rule)
        else:
            self._account.leave(line)

    def _add(self, kind: Kind, lines: Sequence[Line]) -> None:
        if kind == "paragraph":
            lines = self._paragraph(lines)
        elif kind == "list":
            lines = [without_bullet(line) for line in lines]
        elif kind == "box":
            self._account.use(lines[0])
            lines = lines[1:]
        self._write(kind, lines)

    def _paragraph(self, lines: Sequence[Line]) -> Sequence[Line]:
        """Return a paragraph's lines without the dateline, its doubts noted."""
        for line in lines[:-1]:
            self._account.doubt(line, "joined-lines")
        text = lines[-1].text
        if not (is_finished(text) or is_labelled(text)):
            self._account.doubt(lines[-1], "unfinished-sentence")
        if ends_in_agency(text):
            self._account.doubt(lines[-1], "caption-doubtful")
        self._paragraphs += 1
        return [self._without_dateline(lines[0]), *lines[1:]]

    def _without_dateline(self, line: Line) -> Line:
        """Return a line with the dateline, if this is its place, in the lead."""
        if self._paragraphs > 1:
            if self._paragraphs == 2 and not self.dateline and has_dateline(line.text):
                self._account.doubt(line, "dateline-doubtful")
            return line
        found = split_dateline(line.text)
        if found.doubt:
            self._account.doubt(line, found.doubt)
        if not found.place:
            return line
        self.dateline = tidy(found.place)
        return line.behind(("dateline", found.place), text=found.text)

    def _write(self, kind: Kind, lines: Sequence[Line]) -> None:
        """Write a block down; lists and posts keep their lines, others join them."""
        field = f"body {len(self.blocks) + 1}"
        texts = [tidy(line.text) for line in lines if line.text]
        for line in lines:
            self._account.use(line, *([(field, line.text)] if line.text else []))
        if texts:
            apart = "\n" if kind in ("list", "embed") else " "
            self.blocks.append(BlockReading(kind, apart.join(texts)))


CAPTION_GAP = 4
"""The blank lines above a caption in mid-body; nothing else marks one."""

BOX = "FASTFACT"
POST = re.compile(r"@\w|https?://|pic\.twitter|#\w")
TITLE = re.compile(r"[^\d,()]*")

SURE = ("mark", "box", "caption", "embed")
GUESSES = {
    "paragraph": "",
    "list": "list-without-marks",
    "subheading": "subheading-guessed",
}
"""What a shape without marks is doubted for where the page is not the familiar one."""

Lines = Sequence[Line]


class Shape(NamedTuple):
    """Hold what some lines are, how many they are, and a doubt about the first."""

    kind: Kind | Literal["mark", "caption"]
    length: int
    doubt: str = ""


def shape_at(lines: Lines, at: int, *, is_sure: bool) -> Shape:
    """Return the first shape that fits the lines from `at` on.

    `is_sure` says that the head had the familiar form: what holds for every such
    page needs no warning there.
    """
    marked = (_mark, _box, _caption, _post, _bullets)
    unmarked = (_unmarked_list, _subheading, _paragraph)
    shapes = (find(lines, at) for find in (*marked, *unmarked))
    found = next(shape for shape in shapes if shape)
    return found if found.doubt else _doubted(found, lines, at, is_sure=is_sure)


def _doubted(found: Shape, lines: Lines, at: int, *, is_sure: bool) -> Shape:
    """Return a shape with the doubt that its place and the page cast on it."""
    if found.kind in SURE:
        return found
    if _is_caption_place(lines, at):
        return found._replace(doubt="caption-doubtful")
    text = lines[at].text
    is_own = is_marked_subheading(text) or bool(bullet_text(text))
    return found if is_sure or is_own else found._replace(doubt=GUESSES[found.kind])


def _mark(lines: Lines, at: int) -> Shape | None:
    """Find page furniture that strayed into the body."""
    text = lines[at].text
    rule = furniture_rule(text)
    if rule == "gallery-counter":
        return Shape("mark", 1)
    is_stray = rule or updated_as_printed(text) is not None
    return Shape("mark", 1, "stray-mark") if is_stray else None


def _box(lines: Lines, at: int) -> Shape | None:
    """Find a box: "FASTFACT" and the one paragraph below it."""
    is_box = lines[at].text == BOX and at + 1 < len(lines)
    if not is_box or _mark(lines, at + 1):
        return None
    return Shape("box", 2)


def _caption(lines: Lines, at: int) -> Shape | None:
    """Find a caption below four blank lines; a mere paragraph may stand there too."""
    if not _is_caption_place(lines, at):
        return None
    if carries_credit(lines[at].text):
        return Shape("caption", 1)
    is_told = describes_picture(lines[at].text)
    return Shape("caption", 1, "caption-guessed") if is_told else None


def _is_caption_place(lines: Lines, at: int) -> bool:
    above = lines[at - 1].text if at else ""
    is_counted = furniture_rule(above) == "gallery-counter"
    return lines[at].gap >= CAPTION_GAP or is_counted


def _post(lines: Lines, at: int) -> Shape | None:
    """Find an embedded post: loose text below a run of lines of one space."""
    if lines[at].spaces < 2:
        return None
    end = at + 1
    while end < len(lines) and lines[end].gap == 0:
        end += 1
    is_signed = any(POST.search(line.text) for line in lines[at:end])
    return Shape("embed", end - at, "" if is_signed else "embedded-post")


def _bullets(lines: Lines, at: int) -> Shape | None:
    """Find a list whose items carry bullets; one dash alone opens a sign-off."""
    end = at
    while end < len(lines) and bullet_text(lines[end].text):
        end += 1
    is_list = end - at > 1 or lines[at].text.startswith("•")
    return Shape("list", end - at) if end > at and is_list else None


def _unmarked_list(lines: Lines, at: int) -> Shape | None:
    """Find a list without bullets: short lines below a title or a colon."""
    if is_marked_subheading(lines[at].text):
        return None
    is_titled = _is_titled(lines, at)
    fewest = 2 if is_titled else 3
    is_title = not is_titled and TITLE.fullmatch(lines[at].text)
    # Of what stands below a title no more is read than tells it from a phrase: else a
    # thousand phrases would each read all that follow.
    last = min(len(lines), at + fewest) if is_title else len(lines)
    end = at
    while end < last and _goes_on(lines, at, end):
        end += 1
    if end - at < fewest:
        return None
    if is_title:
        return Shape("subheading", 1)
    is_closed = end == len(lines) or lines[end].gap
    return Shape("list", end - at, "" if is_closed else "list-without-marks")


def _goes_on(lines: Lines, start: int, at: int) -> bool:
    """Tell whether a list that began at `start` still goes on."""
    text = lines[at].text
    is_apart = at > start and (lines[at].gap or is_marked_subheading(text))
    return is_list_item(text) and not is_apart and not is_labelled(text)


def _is_titled(lines: Lines, at: int) -> bool:
    """Tell whether the line above announces a list."""
    if not at or lines[at].gap > 1:
        return False
    above = lines[at - 1].text
    is_title = lines[at].gap == 0 and can_be_subheading(above)
    return is_title or above.endswith(":")


def _subheading(lines: Lines, at: int) -> Shape | None:
    """Find a sub-heading: by its own form, or a phrase above its paragraph."""
    if at + 1 == len(lines) or is_broken(lines[at], lines[at + 1]):
        return None
    text, below = lines[at].text, lines[at + 1]
    if is_marked_subheading(text):
        return Shape("subheading", 1)
    if can_be_subheading(text) and not is_labelled(text):
        # A line of verse in Arabic or Urdu has no stop either, and no small letter.
        has_no_case = text.lower() == text.upper()
        is_doubtful = ":" in text or has_no_case or is_phrase(below.text)
        return Shape("subheading", 1, "subheading-guessed" if is_doubtful else "")
    is_question = text.endswith("?") and len(text) <= PHRASE and lines[at].gap
    if is_question and below.gap == 0:
        return Shape("subheading", 1, "subheading-guessed")
    return None


def _paragraph(lines: Lines, at: int) -> Shape | None:
    """Take one line, and those that go on with its broken sentence."""
    end = at + 1
    while end < len(lines) and _is_joined(lines[end - 1], lines[end]):
        end += 1
    return Shape("paragraph", end - at)


def _is_joined(line: Line, below: Line) -> bool:
    """Tell whether the line below belongs to the same paragraph."""
    text = below.text
    if below.spaces > 1 or furniture_rule(text) or bullet_text(text):
        return False
    if updated_as_printed(text) is not None or is_labelled(text):
        return False
    return is_broken(line, below) or is_bare_dateline(line.text)


WIDEST = 80
"""The longest line of a page that was wrapped, in characters."""

FULL = 50
"""From this length on a line may have been broken for the sake of the next word."""

FEWEST = 3
"""Fewer sentences than these that run on below show nothing."""


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Tell whether a body was wrapped: no line is long, and sentences run on below.

    A small letter has to show it once; a list of headlines has no stops either.
    """
    if any(len(line.text) > WIDEST for line in lines):
        return False
    pairs = [(one, two) for one, two in pairwise(lines) if _runs_on(one, two)]
    running = [two for one, two in pairs if not is_finished(one.text)]
    is_shown = any(line.text[0].islower() for line in running)
    return is_shown and len(running) >= FEWEST and len(running) * 2 > len(pairs)


def wrapped_length(lines: Sequence[Line], at: int) -> int:
    """Return how many lines the paragraph has: each is full but for the last."""
    end = at + 1
    if lines[at].gap >= CAPTION_GAP or _is_own(lines[at]):
        return 1
    while end < len(lines) and _runs_on(lines[end - 1], lines[end]):
        end += 1
    return end - at


def _runs_on(line: Line, below: Line) -> bool:
    return len(line.text) >= FULL and not (below.gap or _is_own(below))


def _is_own(line: Line) -> bool:
    """Tell whether a line says itself what it is, and so is no part of a sentence."""
    text = line.text
    return bool(furniture_rule(text) or bullet_text(text) or is_mark(text))
