"""Read the body of a story, block by block, and record its lines.

What a line is shows in its own form and its neighbours'; where a mail or a terminal
wrapped the page, blank lines part the paragraphs.
"""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Literal, NamedTuple

from articles.parsing.captions import (
    Captions,
    describes_picture,
    ends_in_agency,
    has_credit,
)
from articles.parsing.datelines import has_dateline, is_bare_dateline, split_dateline
from articles.parsing.line_kinds import (
    LONGEST_PHRASE,
    bullet_text,
    can_be_subheading,
    furniture_rule,
    has_fixed_form,
    is_broken_off,
    is_finished,
    is_labelled,
    is_phrase,
    is_sure_subheading,
    is_updated,
    runs_on,
    without_bullet,
)
from articles.parsing.lines import Line, Lines, tidy_field
from articles.parsing.reading import BlockReading, LineRecord, ReadingKind


class BlockMatch(NamedTuple):
    """Hold what some lines are, how many they are, and a doubt about the first."""

    kind: ReadingKind | Literal["furniture", "caption"]
    length: int
    doubt: str = ""


class Body:
    """Collect the blocks of a story, and the dateline of its first paragraph."""

    def __init__(self, record: LineRecord, captions: Captions) -> None:
        self._record = record
        self._captions = captions
        self._paragraphs = 0
        self.blocks: list[BlockReading] = []
        self.dateline = ""

    def read(self, lines: Lines, *, is_sure: bool) -> None:
        """Read lines block by block; `is_sure` when the head had the familiar form."""
        at = 0
        is_in_columns = is_wrapped(lines)
        while at < len(lines):
            length = wrapped_length(lines, at) if is_in_columns else 1
            found = BlockMatch("paragraph", length)
            if length == 1:
                found = match_block(lines, at, is_sure=is_sure)
            self._add(found, lines[at : at + found.length])
            at += found.length
        if self.blocks and self.blocks[-1].kind == "subheading":
            self.blocks[-1] = replace(self.blocks[-1], kind="paragraph")

    def _add(self, found: BlockMatch, lines: Lines) -> None:
        kind, first = found.kind, lines[0]
        if found.doubt:
            self._record.add_doubt(first, found.doubt)
        elif kind == "subheading" and not self._paragraphs:
            self._record.add_doubt(first, "subheading-guessed")
        if kind == "caption":
            self._captions.add(first, after_block=len(self.blocks))
        elif kind == "furniture":
            # A stray "Updated" states a date, so it stays open.
            if rule := furniture_rule(first.text):
                self._record.add_furniture(first, rule)
            else:
                self._record.add_unexplained(first)
        elif kind == "paragraph":
            self._add_paragraph(lines)
        elif kind == "list":
            self._add_block(kind, [without_bullet(line) for line in lines])
        elif kind == "box":
            self._record.add_used(first)
            self._add_block(kind, lines[1:])
        else:
            self._add_block(kind, lines)

    def _add_paragraph(self, lines: Lines) -> None:
        *others, last = lines
        for line in others:
            self._record.add_doubt(line, "joined-lines")
        if not (is_finished(last.text) or is_labelled(last.text)):
            self._record.add_doubt(last, "unfinished-sentence")
        if ends_in_agency(last.text):
            self._record.add_doubt(last, "caption-doubtful")
        self._paragraphs += 1
        self._add_block("paragraph", [self._without_dateline(lines[0]), *lines[1:]])

    def _without_dateline(self, line: Line) -> Line:
        """Return a line with the dateline, if one can stand here, in the prefix."""
        if self._paragraphs > 1:
            if has_dateline(line.text):
                is_headed = self.blocks and not is_finished(self.blocks[-1].text)
                code = "story-inside" if is_headed else "dateline-doubtful"
                self._record.add_doubt(line, code)
            return line
        found = split_dateline(line.text)
        if found.doubt:
            self._record.add_doubt(line, found.doubt)
        if not found.place:
            return line
        self.dateline = tidy_field(found.place)
        return line.with_prefix(("dateline", found.place), text=found.text)

    def _add_block(self, kind: ReadingKind, lines: Lines) -> None:
        """Add a block; lists and posts keep their lines, others join them."""
        field = f"body {len(self.blocks) + 1}"
        texts = [tidy_field(line.text) for line in lines if line.text]
        for line in lines:
            self._record.add_used(line, *([(field, line.text)] if line.text else []))
        if texts:
            separator = "\n" if kind in ("list", "embed") else " "
            self.blocks.append(BlockReading(kind, separator.join(texts)))


CAPTION_GAP = 4
"""The blank lines above a caption in mid-body; nothing else marks one."""

BOX_TITLE = "FASTFACT"
POST = re.compile(r"@\w|https?://|pic\.twitter|#\w")
TITLE = re.compile(r"[^\d,()]*")

SURE = ("furniture", "box", "caption", "embed")
GUESSES = {"list": "list-without-marks", "subheading": "subheading-guessed"}
"""What a block without bullets and the like is doubted for, unless `is_sure`."""


def match_block(lines: Lines, at: int, *, is_sure: bool) -> BlockMatch:
    """Return the first kind of block that fits the lines from `at` on.

    `is_sure` says that the head had the familiar form: what holds for every such
    page needs no warning there.
    """
    matchers = (
        _match_furniture,
        _match_box,
        _match_caption,
        _match_post,
        _match_bullets,
        _match_plain_list,
        _match_subheading,
        _match_paragraph,
    )
    found = next(filter(None, (match(lines, at) for match in matchers)))
    if found.doubt or found.kind in SURE:
        return found
    if _may_be_caption(lines, at):
        return found._replace(doubt="caption-doubtful")
    text = lines[at].text
    if is_sure or is_sure_subheading(text) or bullet_text(text):
        return found
    return found._replace(doubt=GUESSES.get(found.kind, ""))


def _match_furniture(lines: Lines, at: int) -> BlockMatch | None:
    """Find page furniture that strayed into the body."""
    text = lines[at].text
    rule = furniture_rule(text)
    if not (rule or is_updated(text)):
        return None
    return BlockMatch("furniture", 1, "" if rule == "gallery-counter" else "stray-mark")


def _match_box(lines: Lines, at: int) -> BlockMatch | None:
    """Find a box: "FASTFACT" and the one paragraph below it."""
    is_box = lines[at].text == BOX_TITLE and at + 1 < len(lines)
    if not is_box or _match_furniture(lines, at + 1):
        return None
    return BlockMatch("box", 2)


def _match_caption(lines: Lines, at: int) -> BlockMatch | None:
    """Find a caption below four blank lines; a mere paragraph may stand there too."""
    if not _may_be_caption(lines, at):
        return None
    if has_credit(lines[at].text):
        return BlockMatch("caption", 1)
    is_guess = describes_picture(lines[at].text)
    return BlockMatch("caption", 1, "caption-guessed") if is_guess else None


def _may_be_caption(lines: Lines, at: int) -> bool:
    above = lines[at - 1].text if at else ""
    is_counted = furniture_rule(above) == "gallery-counter"
    return lines[at].gap >= CAPTION_GAP or is_counted


def _match_post(lines: Lines, at: int) -> BlockMatch | None:
    """Find an embedded post: loose text below a run of lines of one space."""
    if lines[at].spaces < 2:
        return None
    end = at + 1
    while end < len(lines) and lines[end].gap == 0:
        end += 1
    is_signed = any(POST.search(line.text) for line in lines[at:end])
    return BlockMatch("embed", end - at, "" if is_signed else "embedded-post")


def _match_bullets(lines: Lines, at: int) -> BlockMatch | None:
    """Find a list whose items carry bullets; one dash alone opens a sign-off."""
    end = at
    while end < len(lines) and bullet_text(lines[end].text):
        end += 1
    is_list = end - at > 1 or lines[at].text.startswith("•")
    return BlockMatch("list", end - at) if end > at and is_list else None


def _match_plain_list(lines: Lines, at: int) -> BlockMatch | None:
    """Find a list without bullets: short lines below a title or a colon."""
    if not _is_next_item(lines, at, at) or is_sure_subheading(lines[at].text):
        return None
    is_titled = _is_titled(lines, at)
    fewest = 2 if is_titled else 3
    is_title = not is_titled and TITLE.fullmatch(lines[at].text)
    # Of what stands below a title no more is read than tells it from a phrase: else a
    # thousand phrases would each read all that follow.
    last = min(len(lines), at + fewest) if is_title else len(lines)
    end = at
    while end < last and _is_next_item(lines, at, end):
        end += 1
    if end - at < fewest:
        return None
    if is_title:
        return BlockMatch("subheading", 1)
    is_closed = end == len(lines) or lines[end].gap
    return BlockMatch("list", end - at, "" if is_closed else "list-without-marks")


def _is_next_item(lines: Lines, start: int, at: int) -> bool:
    """Tell whether a list that began at `start` still goes on."""
    text = lines[at].text
    is_apart = at > start and (lines[at].gap or is_sure_subheading(text))
    # (Can be replaced with brown)
    is_bracketed = text[0] == "(" and text[-1] == ")" and len(text) <= LONGEST_PHRASE
    is_item = is_phrase(text) or is_bracketed
    return is_item and not is_apart and not is_labelled(text)


def _is_titled(lines: Lines, at: int) -> bool:
    """Tell whether the line above announces a list."""
    if not at or lines[at].gap > 1:
        return False
    above = lines[at - 1].text
    is_title = lines[at].gap == 0 and can_be_subheading(above)
    return is_title or above.endswith(":")


def _match_subheading(lines: Lines, at: int) -> BlockMatch | None:
    """Find a sub-heading: by its own form, or a phrase above its paragraph."""
    if at + 1 == len(lines) or is_broken_off(lines[at], lines[at + 1]):
        return None
    text, below = lines[at].text, lines[at + 1]
    if is_sure_subheading(text):
        return BlockMatch("subheading", 1)
    if can_be_subheading(text) and not is_labelled(text):
        # A line of verse in Arabic or Urdu has no stop either, and no small letter.
        has_no_case = text.lower() == text.upper()
        is_doubtful = ":" in text or has_no_case or is_phrase(below.text)
        return BlockMatch("subheading", 1, "subheading-guessed" if is_doubtful else "")
    is_question = text.endswith("?") and len(text) <= LONGEST_PHRASE and lines[at].gap
    if is_question and below.gap == 0:
        return BlockMatch("subheading", 1, "subheading-guessed")
    return None


def _match_paragraph(lines: Lines, at: int) -> BlockMatch | None:
    """Find one line, and those that go on with its broken sentence."""
    end = at + 1
    while end < len(lines) and _is_joined(lines[end - 1], lines[end]):
        end += 1
    return BlockMatch("paragraph", end - at)


def _is_joined(line: Line, below: Line) -> bool:
    """Tell whether the line below belongs to the same paragraph."""
    if below.spaces > 1 or has_fixed_form(below.text) or is_labelled(below.text):
        return False
    return is_broken_off(line, below) or is_bare_dateline(line.text)


WIDEST_WRAPPED = 80
"""The longest line of a page that was wrapped, in characters."""

FEWEST_RUNNING = 3
"""Fewer sentences than these that run on below show nothing."""


def is_wrapped(lines: Lines) -> bool:
    """Tell whether a body was wrapped: no line is long, and sentences run on below.

    A small letter has to show it once; a list of headlines has no stops either.
    """
    if any(len(line.text) > WIDEST_WRAPPED for line in lines):
        return False
    pairs = [(one, two) for one, two in pairwise(lines) if runs_on(one, two)]
    running = [two for one, two in pairs if not is_finished(one.text)]
    is_shown = any(line.text[0].islower() for line in running)
    return is_shown and len(running) >= FEWEST_RUNNING and len(running) * 2 > len(pairs)


def wrapped_length(lines: Lines, at: int) -> int:
    """Return how many lines the paragraph has: each is full but for the last."""
    end = at + 1
    if lines[at].gap >= CAPTION_GAP or has_fixed_form(lines[at].text):
        return 1
    while end < len(lines) and runs_on(lines[end - 1], lines[end]):
        end += 1
    return end - at
