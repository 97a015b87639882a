"""Read the head of a story: all that stands above its body.

Most have a toolbar ("Short Url", "Updated …", "Follow"); a story without one has its
headline first, or last, or nowhere.
"""

import re
from collections import Counter
from itertools import takewhile
from operator import eq
from typing import Literal

from articles.parsing.captions import (
    Captions,
    describes_picture,
    has_credit,
    has_sure_credit,
    split_credit,
)
from articles.parsing.datelines import has_dateline
from articles.parsing.dates import (
    DATE_FIELDS,
    date_field,
    halves,
    is_day_like,
    is_printed_day,
    split_dates,
)
from articles.parsing.decode import has_broken_letters
from articles.parsing.line_kinds import (
    barred_byline,
    bullet_text,
    furniture_rule,
    has_fixed_form,
    is_below_date,
    is_byline_like,
    is_finished,
    is_headline_like,
    is_labelled,
    is_note,
    named_byline,
    runs_on,
    short_address,
    updated_as_printed,
    without_bullet,
)
from articles.parsing.lines import FieldText, Line, Lines, copy_key, tidy_field
from articles.parsing.reading import LineRecord
from articles.parsing.split_page import HEAD_BELOW, is_repeated_below


class Head:
    """Hold the fields of a head while it is read, and record their lines.

    `key` is what every copy of the headline comes down to; `is_copied` says that the
    page prints it more than once.
    """

    def __init__(self, record: LineRecord) -> None:
        self.record = record
        self.captions = Captions(record)
        self.key = ""
        self.is_copied = False
        self.copies: list[Line] = []
        self.highlights: list[str] = []
        self.kicker = self.section = self.byline = self.short_url = ""
        self.dates: dict[str, tuple[Line, str]] = {}

    @property
    def headline(self) -> str:
        """Return the best copy: unbroken letters, then curly quotes, then the first."""
        return tidy_field(max(self.copies, key=_quality).text) if self.copies else ""

    @property
    def is_sure(self) -> bool:
        """Tell whether the head has the familiar form: dated, its headline repeated."""
        return bool(self.dates) and len(self.copies) > 1

    def printed(self, field: str) -> str:
        """Return a date as printed, or ""."""
        return self.dates[field][1] if field in self.dates else ""

    def is_headline(self, line: Line) -> bool:
        """Tell whether a line is one more copy of the headline."""
        return bool(self.key) and copy_key(line.text) == self.key

    def is_near_headline(self, line: Line) -> bool:
        """Tell whether a line has most words of the headline, some of them broken."""
        ours, theirs = copy_key(line.text).split(), self.key.split()
        same = sum(map(eq, ours, theirs))
        return same >= max(3, 0.6 * max(len(ours), len(theirs)))

    def add_headline(self, line: Line, doubt: str = "") -> None:
        """Read a line as a copy of the headline."""
        self.copies.append(line)
        self.record.add_used(line, ("headline", line.text), doubt=doubt)
        if doubt == "headline-differs":
            self.record.add_doubt(self.copies[0], doubt)

    def add_label(self, line: Line, field: Literal["kicker", "section"]) -> None:
        """Read a line as a label above the headline, which nothing else shows it is."""
        setattr(self, field, tidy_field(line.text))
        self.record.add_used(line, (field, line.text), doubt=f"{field}-guessed")

    def add_byline(self, line: Line, byline: str, doubt: str = "") -> None:
        """Read a line as the byline or its copy."""
        self.byline = self.byline or tidy_field(byline)
        self.record.add_used(line, ("byline", byline), doubt=doubt)

    def add_highlight(self, line: Line, *, is_sure: bool = True) -> None:
        """Read a line as the next highlight."""
        line = without_bullet(line)
        self.highlights.append(tidy_field(line.text))
        field = f"highlight {len(self.highlights)}"
        self.record.add_used(
            line, (field, line.text), doubt="" if is_sure else "highlight-guessed"
        )

    def add_caption(self, *lines: Line, is_sure: bool = True) -> None:
        """Read lines as the next caption above the body."""
        self.captions.add(*lines)
        if not is_sure:
            self.record.add_doubt(lines[0], "caption-guessed")

    def read_furniture(self, line: Line) -> bool:
        """Read a line that is furniture or the short address; tell whether it was."""
        rule = furniture_rule(line.text)
        if rule:
            self.record.add_furniture(line, rule)
        return bool(rule) or self.read_short_address(line)

    def read_short_address(self, line: Line) -> bool:
        """Read a line that is the story's short address; tell whether it was."""
        address = short_address(line.text)
        if not address or self.short_url not in ("", address):
            return False
        self.short_url = address
        self.record.add_used(line, ("short_url", address))
        return True

    def read_updated(self, line: Line, *, is_sure: bool = False) -> bool:
        """Read an "Updated" line, in a toolbar whatever it says; tell if it was one."""
        printed = updated_as_printed(line.text, is_sure=is_sure)
        if printed is None or self.is_headline(line):
            return False
        self.add_dates(line, ("updated", printed))
        return True

    def add_dates(self, line: Line, *parts: FieldText) -> None:
        """Read a line of dates, and the byline if none is known; no date may differ."""
        parts = tuple(p for p in parts if p[0] != "byline" or not self.byline)
        dates = {f: (line, tidy_field(text)) for f, text in parts if f in DATE_FIELDS}
        if any(self.dates.get(f, date)[1] != date[1] for f, date in dates.items()):
            self.record.add_unexplained(line)
            return
        self.dates = dates | self.dates
        if byline := dict(parts).get("byline"):
            self.byline = tidy_field(byline)
            self.record.add_doubt(line, "byline-guessed")
        self.record.add_used(line, *(part for part in parts if part[1]))

    def read_day(self, line: Line) -> bool:
        """Read a line of dates, the story's below its headline; tell if it was one."""
        parts = split_date_line(line.text)
        if parts and self.copies:
            self.add_dates(line, *parts)
        elif parts:
            self.record.add_unexplained(line)
        return bool(parts)


def split_date_line(text: str) -> tuple[FieldText, ...]:
    """Return the dates of a line and the name beside them, each by its field, or ().

    >>> split_date_line("By Ada Quill | May 3, 2021"), split_date_line("May 3, Harbor")
    ((('byline', 'Ada Quill'), ('published', 'May 3, 2021')), ())
    """
    if dates := split_dates(text):
        return dates
    for first, between, rest in halves(text):
        if (name := _name(first, between)) and (dates := split_dates(rest)):
            return (name, *dates)
        if (name := _name(rest, between)) and (dates := split_dates(first)):
            return (*dates, name)
    return ((date_field(text) or "published", text),) if is_day_like(text) else ()


def _name(text: str, between: str) -> FieldText | None:
    """Return the byline beside a date; where only a dash parts them, it is none."""
    if byline := named_byline(text):
        return "byline", byline
    if not between.strip(" ,(") or not is_byline_like(text):
        return None
    is_byline = set(between) & set("|·•/\t") and (" " in text or text.isupper())
    return ("byline" if is_byline else "mark"), text


def _quality(copy: Line) -> tuple[bool, bool, int]:
    quotes = sum(copy.text.count(quote) for quote in "‘’“”")
    return not has_broken_letters(copy.text), not copy.mendings, quotes


def read_toolbar_head(head: Head, lines: Lines, toolbar: range) -> Lines:
    """Read a head with a toolbar into `head` and return the lines of the body."""
    bylines = _find_bylines(lines, toolbar)
    _find_headline(head, lines, toolbar, bylines)
    is_amp = any(furniture_rule(lines[at].text) == "short-url" for at in toolbar)
    _read_above_toolbar(head, lines[: toolbar.start], is_amp=is_amp)
    for line in lines[toolbar.start : toolbar.stop]:
        is_known = _read_known(head, line, bylines)
        if not (is_known or head.read_updated(line, is_sure=True)):
            head.record.add_unexplained(line)
    at = toolbar.stop
    while at < len(lines) and _read_below_toolbar(head, lines, at, bylines):
        at += 1
    return lines[at:]


def _find_bylines(lines: Lines, toolbar: range) -> dict[int, str]:
    """Return the lines right below a date that are bylines, each with its doubt.

    A byline printed twice, or above a copy of the headline, is certain.
    """
    headlines = {copy_key(line.text) for line in lines[: toolbar.start]}
    found = {
        at: copy_key(lines[at].text)
        for at in range(toolbar.start, min(toolbar.stop + 2, len(lines)))
        if is_below_date(lines, at) and copy_key(lines[at].text) not in headlines
    }
    printed = Counter(found.values())
    sure = {at for at in found if printed[found[at]] > 1 or at + 1 < toolbar.stop}
    return {lines[at].number: "" if at in sure else "byline-guessed" for at in found}


def _find_headline(
    head: Head, lines: Lines, toolbar: range, bylines: dict[int, str]
) -> None:
    """Find what the copies of the headline share, before any line is read."""
    plain = [
        line
        for line in lines[: toolbar.stop + HEAD_BELOW]
        if not has_fixed_form(line.text)
        and not short_address(line.text)
        and line.number not in bylines
    ]
    keys = [copy_key(line.text) for line in plain if not has_sure_credit(line.text)]
    counts = Counter(keys)
    head.key = next((key for key in keys if counts[key] > 1), "")
    head.is_copied = bool(head.key)
    if head.is_copied or not plain:
        return
    first = plain[0]
    if not (has_dateline(first.text) or has_sure_credit(first.text)):
        head.key = copy_key(first.text)
        if not toolbar.start or not is_headline_like(first.text):
            head.record.add_doubt(first, "headline-guessed")


def _read_known(head: Head, line: Line, bylines: dict[int, str]) -> bool:
    """Read a line that says by its form, or by being a copy, what it is."""
    if head.read_updated(line) or head.read_furniture(line):
        return True
    if line.number in bylines:
        head.add_byline(line, line.text, bylines[line.number])
    elif head.is_headline(line):
        head.add_headline(line)
    elif head.byline and tidy_field(line.text) == head.byline:
        head.add_byline(line, line.text)
    elif head.captions.read_copy(line):
        return True
    elif bullet_text(line.text):
        head.add_highlight(line, is_sure=line.text.startswith("•"))
    elif named_byline(line.text):
        _read_byline(head, line, ())
    elif head.read_day(line):
        return True
    elif head.copies and line.text[0].islower() and not line.gap:
        # The rest of a headline or highlight that the page wrapped.
        head.record.add_unexplained(line)
        head.record.add_doubt(line, "cut-off")
    else:
        return False
    return True


def _read_above_toolbar(head: Head, lines: Lines, *, is_amp: bool) -> None:
    """Read what stands above the toolbar: noise, the headline, captions."""
    end = 0
    for at, line in enumerate(lines):
        above = furniture_rule(lines[at - 1].text) if at else ""
        is_counted = above == "gallery-counter" and not furniture_rule(line.text)
        if at < end or (not is_counted and _read_known(head, line, {})):
            continue
        end = at + _caption_length(lines, at)
        if is_counted:
            head.add_caption(*lines[at:end])
        elif head.copies:
            _read_below_headline(head, lines[at:end], is_amp=is_amp)
        else:
            _read_above_headline(head, line)


def _caption_length(lines: Lines, at: int) -> int:
    """Return over how many lines the page wrapped a caption: one, or two."""
    line, *below = lines[at : at + 2]
    may_go_on = not (has_credit(line.text) or is_finished(line.text))
    goes_on = below and (below[0].text[0].islower() or has_credit(below[0].text))
    return 2 if goes_on and may_go_on and runs_on(line, below[0]) else 1


def _read_above_headline(head: Head, line: Line) -> None:
    """Read a line above the first copy of the headline: a broken copy, or noise."""
    if head.is_near_headline(line):
        is_broken = has_broken_letters(line.text)
        head.add_headline(line, "" if is_broken else "headline-differs")
    elif has_credit(line.text):
        head.add_caption(line)
    else:
        head.record.add_unexplained(line)


def _read_below_headline(head: Head, lines: Lines, *, is_amp: bool) -> None:
    """Read lines between headline and toolbar: a caption, or a bare highlight."""
    line = lines[0]
    is_credited = has_credit(lines[-1].text)
    if not is_credited and head.is_near_headline(line):
        head.add_headline(line, "headline-differs")
    elif is_credited or (head.is_copied and not head.captions.readings):
        head.add_caption(*lines)
    elif head.is_copied or is_amp or not is_headline_like(line.text):
        head.add_caption(*lines, is_sure=False)
    else:
        head.add_highlight(line, is_sure=False)


def _read_below_toolbar(
    head: Head, lines: Lines, at: int, bylines: dict[int, str]
) -> bool:
    """Read a line below the toolbar if it belongs to the head, not to the body."""
    line = lines[at]
    if _read_known(head, line, bylines):
        return True
    if at + 1 == len(lines):
        return False
    below = lines[at + 1]
    if _is_caption(line, below) and not head.is_near_headline(line):
        head.add_caption(line, is_sure=has_sure_credit(line.text))
        return True
    if not is_finished(line.text) and any(map(head.is_headline, lines[at : at + 4])):
        head.record.add_unexplained(line)
        return True
    return _read_differing_headline(head, line, below)


def _is_caption(line: Line, below: Line) -> bool:
    """Tell whether a line is a caption by what follows: bullets, or the dateline."""
    is_above_bullets = bool(bullet_text(below.text)) and not below.gap
    if has_sure_credit(line.text):
        is_bare = " " in line.text and not split_credit(line.text).text
        return is_bare or is_above_bullets or has_dateline(below.text)
    is_body = has_dateline(line.text) or line.text.endswith(":")
    return is_above_bullets and not is_body


def _read_differing_headline(head: Head, line: Line, below: Line) -> bool:
    """Read a headline that differs from the one copy above the toolbar."""
    is_apart = line.gap and (below.gap or bullet_text(below.text))
    if not (is_apart and head.dates and head.copies):
        return False
    is_near = head.is_near_headline(line)
    if not is_near and (len(head.copies) > 1 or not is_headline_like(line.text)):
        return False
    is_mended = is_near and has_broken_letters(head.copies[0].text)
    head.add_headline(line, "" if is_mended else "headline-differs")
    return True


SEARCH = "Search form"
"""Ends the navigation line of pages that print their section below it."""

LONGEST_LABEL = 30
"""The longest kicker or name of a section, in characters."""

FIRST_LINES = 5
"""Among so many lines a name above headline and byline is the site's."""

LONGEST_NAME = 5
"""The longest byline that nothing but its place marks, in words."""

WORD = re.compile(r"[\u3040-\u9fff]|[^\W\u3040-\u9fff]+")
"""A word; Chinese and Japanese set no spaces between theirs."""


def read_plain_head(head: Head, lines: Lines) -> Lines:
    """Read a head without a toolbar into `head` and return the lines of the body."""
    at = 0
    while at < len(lines) and _read_plain_line(head, lines, at):
        at += 1
    return lines[at:]


def read_ending(head: Head, lines: Lines) -> Lines:
    """Read what stands behind the body and return the lines without it.

    That is the short address, and the headline of a story that began without one.
    """
    end = len(lines)
    while end > 1 and _read_last(head, lines[end - 1]):
        end -= 1
    links = _count_links(lines[:end])
    for line in lines[end - links : end]:
        head.record.add_unexplained(line)
    return lines[: end - links]


def _count_links(lines: Lines) -> int:
    """Return how many lines at the end are buttons or headlines of other stories.

    Such a run follows sentences; a list says what it is, or counts something.
    """
    texts = [_link_text(line.text) for line in lines]
    at = len(texts)
    while at and is_headline_like(texts[at - 1]) and not is_labelled(texts[at - 1]):
        if texts[at - 1].endswith("…"):
            break
        at -= 1
    above, run = texts[:at], texts[at:]
    if len(run) < 2 or not above or sum(map(is_finished, above)) * 2 < len(above):
        return 0
    run_of = [text for text in run if not split_date_line(text)]
    short = [text for text in run_of if len(WORD.findall(text)) < LONGEST_NAME]
    is_list = len(short) * 2 >= len(run_of) and any(map(str.isdigit, "".join(short)))
    return 0 if is_list or above[-1].endswith(":") else len(run)


def _link_text(text: str) -> str:
    """Return what a list mark opens, without the dots where the page cut it."""
    link = re.sub(r"^[-–]\s+", "", text)
    is_cut = link != text and link.endswith(("..", "…", "?", "？"))
    return (link.rstrip("?？….") if is_cut else link) or text


def _read_plain_line(head: Head, lines: Lines, at: int) -> bool:
    """Read a line if it belongs to the head, not to the body; tell whether it did."""
    line, below = lines[at], lines[at + 1 : at + 2]
    is_repeated = not head.copies and is_repeated_below(lines, at)
    is_signed = below and _is_signed(below[0].text)
    if _read_byline(head, line, below) or _read_known(head, line, {}):
        return True
    if not head.copies and _read_label(head, lines, at):
        return True
    if not head.copies and (is_repeated or is_headline_like(line.text)):
        head.key = copy_key(line.text)
        head.add_headline(line, "" if is_repeated else "headline-guessed")
    elif is_signed and head.copies and not has_dateline(line.text):
        head.add_highlight(line, is_sure=False)
    elif below and _is_opening_caption(head, line, below[0]):
        head.add_caption(line, is_sure=has_sure_credit(line.text))
    else:
        return False
    return True


def _read_byline(head: Head, line: Line, below: Lines) -> bool:
    """Read a byline or the story's day; what else is one is left unexplained."""
    text = line.text
    byline = barred_byline(text) or named_byline(text)
    if head.copies and below and not (head.byline or head.is_headline(line)):
        byline = byline or (text if _is_bare_byline(text, below[0].text) else "")
    if byline and head.byline in ("", tidy_field(byline)):
        head.add_byline(line, byline, "byline-guessed")
    elif not head.read_day(line):
        if not (byline or is_note(text)):
            return False
        head.record.add_unexplained(line)
    return True


def _is_bare_byline(text: str, below: str) -> bool:
    """Tell whether a line is a name between a headline and a day, or the body."""
    is_short = text[-1].isalpha() and len(text.split()) <= LONGEST_NAME
    is_name = is_byline_like(text) and (" " in text or text.isupper())
    is_above_body = is_name and not is_headline_like(below)
    return is_short and (bool(split_date_line(below)) or is_above_body)


def _is_signed(text: str) -> bool:
    """Tell whether a line is a byline or a day, as below headline and standfirst."""
    return bool(named_byline(text) or split_date_line(text))


def _read_label(head: Head, lines: Lines, at: int) -> bool:
    """Read a short line above the headline: section, kicker, or what the site is."""
    label, *below = (line.text for line in lines[at : at + FIRST_LINES])
    if len(below) < 2 or len(label) > LONGEST_LABEL or not is_headline_like(below[0]):
        return False
    is_signed = _is_signed(below[1])
    is_name = is_byline_like(label) and lines[at + 1].gap <= 1
    is_kicker = is_name and label.isupper() and not below[0].isupper()
    between = list(takewhile(lambda text: not _is_signed(text), below))
    is_site = len(label.split()) <= 3 and len(between) < len(below)
    if at and lines[at - 1].text.endswith(SEARCH):
        head.add_label(lines[at], "section")
    elif is_kicker and (is_signed or not is_headline_like(below[1])):
        head.add_label(lines[at], "kicker")
    elif is_name and is_site and not all(map(is_byline_like, between)):
        head.record.add_unexplained(lines[at])
    else:
        return False
    return True


def _is_opening_caption(head: Head, line: Line, below: Line) -> bool:
    """Tell whether a line above the body is the caption of a picture."""
    if has_dateline(line.text):
        return False
    may_be_caption = bool(head.byline) or describes_picture(line.text)
    is_above_body = may_be_caption and has_dateline(below.text)
    return has_sure_credit(line.text) or is_above_body


def _read_last(head: Head, line: Line) -> bool:
    """Read the last line if it is no part of the body; tell whether it was none."""
    if head.read_short_address(line):
        return True
    if not head.dates and head.copies and is_printed_day(line.text):
        head.read_day(line)
        if date_field(line.text) is None:
            head.record.add_doubt(line, "date-guessed")
        return True
    name = tidy_field(line.text.strip("—–"))
    if name and split_credit(name) == ("", name.strip("()"), ""):
        head.record.add_furniture(line, "sign-off")
        return True
    is_free = not head.copies and not head.dates
    if not (head.is_headline(line) or (is_free and is_headline_like(line.text))):
        return False
    head.key = copy_key(line.text)
    head.add_headline(line, "headline-after-body")
    return True
