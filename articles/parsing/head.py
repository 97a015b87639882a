"""Read the head of a story: all that stands above its body.

One is built on marks ("Short Url", "Updated", "Follow"); a story without any has its
headline first, or last, or nowhere.
"""

from collections import Counter
from collections.abc import Sequence

from articles.parsing.captions import (
    Captions,
    carries_credit,
    carries_sure_credit,
    describes_picture,
)
from articles.parsing.datelines import has_dateline
from articles.parsing.decode import has_broken_letters
from articles.parsing.line_kinds import (
    barred_byline,
    bullet_text,
    furniture_rule,
    is_below_date,
    is_headline_like,
    is_mark,
    is_note,
    looks_like_byline,
    named_byline,
    short_address,
    updated_as_printed,
    without_bullet,
)
from articles.parsing.lines import Line, alike, tidy, unquoted
from articles.parsing.reading import Account
from articles.parsing.split_page import HEAD_BELOW


class Head:
    """Hold the fields of a head while it is read, and account for their lines.

    `key` is what every copy of the headline comes down to; `is_copied` says that the
    page prints it more than once.
    """

    def __init__(self, account: Account) -> None:
        self.account = account
        self.captions = Captions(account)
        self.key = ""
        self.is_copied = False
        self.copies: list[Line] = []
        self.highlights: list[str] = []
        self.kicker = self.section = self.byline = self.updated = self.short_url = ""
        self.updated_line: Line | None = None

    @property
    def headline(self) -> str:
        """Return the best copy: whole letters, then curly quotes, then the first."""
        return tidy(max(self.copies, key=_quality).text) if self.copies else ""

    @property
    def is_sure(self) -> bool:
        """Tell whether the head has the familiar form: dated, its headline repeated."""
        return self.updated_line is not None and len(self.copies) > 1

    def is_headline(self, line: Line) -> bool:
        """Tell whether a line is one more copy of the headline."""
        return bool(self.key) and unquoted(line.text) == self.key

    def add_headline(self, line: Line, doubt: str = "") -> None:
        """Take a line as a copy of the headline."""
        self.copies.append(line)
        self._use(line, "headline", line.text, doubt)
        if doubt == "headline-differs":
            self.account.doubt(self.copies[0], doubt)

    def add_kicker(self, line: Line) -> None:
        """Take a line as the label above the headline, which nothing marks."""
        self.kicker = tidy(line.text)
        self._use(line, "kicker", line.text, "kicker-guessed")

    def add_section(self, line: Line) -> None:
        """Take a line as the name of the section, which nothing marks."""
        self.section = tidy(line.text)
        self._use(line, "section", line.text, "section-guessed")

    def add_byline(self, line: Line, byline: str, doubt: str = "") -> None:
        """Take a line as the byline or its copy."""
        self.byline = self.byline or tidy(byline)
        self._use(line, "byline", byline, doubt)

    def add_highlight(self, line: Line, doubt: str = "") -> None:
        """Take a line as the next highlight."""
        line = without_bullet(line)
        self.highlights.append(tidy(line.text))
        field = f"highlight {len(self.highlights)}"
        self._use(line, field, line.text, doubt)

    def add_caption(self, line: Line, doubt: str = "") -> None:
        """Take a line as the next caption above the body."""
        self.captions.add(line)
        if doubt:
            self.account.doubt(line, doubt)

    def takes_furniture(self, line: Line) -> bool:
        """Set a line aside if it is furniture, and say whether it was."""
        rule = furniture_rule(line.text)
        if rule:
            self.account.set_aside(line, rule)
        return bool(rule)

    def takes_short_address(self, line: Line) -> bool:
        """Take a line as the story's short address if it is one."""
        address = short_address(line.text)
        if not address or self.short_url not in ("", address):
            return False
        self.short_url = address
        self._use(line, "short_url", address)
        return True

    def takes_updated(self, line: Line) -> bool:
        """Take an "Updated" line; a second one that differs is left unexplained."""
        printed = updated_as_printed(line.text)
        if printed is None:
            return False
        if self.updated_line and tidy(printed) != self.updated:
            self.account.leave(line)
            return True
        self.updated_line = self.updated_line or line
        self.updated = tidy(printed)
        mark = line.behind(("mark", "Updated"), text=printed)
        self.account.use(mark, *([("updated", printed)] if printed else []))
        return True

    def _use(self, line: Line, field: str, text: str, doubt: str = "") -> None:
        self.account.use(line, (field, text))
        if doubt:
            self.account.doubt(line, doubt)


def _quality(copy: Line) -> tuple[bool, bool, int]:
    quotes = sum(copy.text.count(quote) for quote in "‘’“”")
    return not has_broken_letters(copy.text), not copy.mendings, quotes


Lines = Sequence[Line]


def read_marked(head: Head, lines: Lines, marks: range) -> Lines:
    """Read the head of a story into `head` and return the lines of its body."""
    bylines = _bylines(lines, marks)
    _find_headline(head, lines, marks, bylines)
    is_amp = any(furniture_rule(lines[at].text) == "short-url" for at in marks)
    _read_above(head, lines[: marks.start], is_amp=is_amp)
    for line in lines[marks.start : marks.stop]:
        if not _takes_plain(head, line, bylines):
            head.account.leave(line)
    at = marks.stop
    while at < len(lines) and _takes_below_marks(head, lines, at, bylines):
        at += 1
    return lines[at:]


def _bylines(lines: Lines, marks: range) -> dict[int, str]:
    """Return the lines right below a date that are bylines, each with its doubt.

    A byline printed twice, or above a copy of the headline, is certain.
    """
    headlines = {unquoted(line.text) for line in lines[: marks.start]}
    found = {
        at: unquoted(lines[at].text)
        for at in range(marks.start, min(marks.stop + 2, len(lines)))
        if is_below_date(lines, at) and unquoted(lines[at].text) not in headlines
    }
    printed = Counter(found.values())
    sure = {at for at in found if printed[found[at]] > 1 or at + 1 < marks.stop}
    return {lines[at].number: "" if at in sure else "byline-guessed" for at in found}


def _find_headline(
    head: Head, lines: Lines, marks: range, bylines: dict[int, str]
) -> None:
    """Find what the copies of the headline share, before any line is read."""
    window = lines[: marks.stop + HEAD_BELOW]
    plain = [line for line in window if _is_plain(line, bylines)]
    head.key = _repeated(plain)
    head.is_copied = bool(head.key)
    if head.is_copied or not plain:
        return
    first = plain[0]
    if not (has_dateline(first.text) or carries_sure_credit(first.text)):
        head.key = unquoted(first.text)
        if not marks.start or not is_headline_like(first.text):
            head.account.doubt(first, "headline-guessed")


def _repeated(plain: Lines) -> str:
    """Return what the first line that is printed more than once comes down to."""
    keys = [unquoted(line.text) for line in plain if not carries_sure_credit(line.text)]
    counts = Counter(keys)
    return next((key for key in keys if counts[key] > 1), "")


def _is_plain(line: Line, bylines: dict[int, str]) -> bool:
    """Tell whether a line does not say itself what it is."""
    text = line.text
    is_known = is_mark(text) or furniture_rule(text) or short_address(text)
    return not (is_known or bullet_text(text) or line.number in bylines)


def _takes_plain(head: Head, line: Line, bylines: dict[int, str]) -> bool:
    """Take a line that says itself, or by being a copy, what it is."""
    if head.takes_updated(line) or head.takes_furniture(line):
        return True
    if head.takes_short_address(line):
        return True
    if line.number in bylines:
        head.add_byline(line, line.text, bylines[line.number])
    elif head.is_headline(line):
        head.add_headline(line)
    elif head.captions.repeats(line):
        head.captions.add_copy(line)
    elif bullet_text(line.text):
        head.add_highlight(line)
    else:
        return False
    return True


def _read_above(head: Head, lines: Lines, *, is_amp: bool) -> None:
    """Read what stands above the marks: noise, the headline, captions."""
    for at, line in enumerate(lines):
        is_counted = at > 0 and furniture_rule(lines[at - 1].text) == "gallery-counter"
        if is_counted and not furniture_rule(line.text):
            head.add_caption(line)
        elif not _takes_plain(head, line, {}):
            if head.copies:
                _take_caption(head, line, is_amp=is_amp)
            else:
                _take_noise(head, line)


def _take_noise(head: Head, line: Line) -> None:
    """Take a line above the first copy of the headline: a broken copy, or noise."""
    if alike(unquoted(line.text), head.key):
        is_broken = has_broken_letters(line.text)
        head.add_headline(line, "" if is_broken else "headline-differs")
    elif carries_credit(line.text):
        head.add_caption(line)
    else:
        head.account.leave(line)


def _take_caption(head: Head, line: Line, *, is_amp: bool) -> None:
    """Take a line between headline and marks: a caption, or an unmarked highlight."""
    is_credited = carries_credit(line.text)
    if not is_credited and alike(unquoted(line.text), head.key):
        head.add_headline(line, "headline-differs")
    elif is_credited or (head.is_copied and not head.captions.readings):
        head.add_caption(line)
    elif head.is_copied or is_amp or not is_headline_like(line.text):
        head.add_caption(line, "caption-guessed")
    else:
        head.add_highlight(line, "highlight-guessed")


def _takes_below_marks(
    head: Head, lines: Lines, at: int, bylines: dict[int, str]
) -> bool:
    """Take a line below the marks if it belongs to the head, not to the body."""
    line = lines[at]
    if _takes_plain(head, line, bylines):
        return True
    if at + 1 == len(lines):
        return False
    below = lines[at + 1]
    if _is_caption(line, below) and not alike(unquoted(line.text), head.key):
        is_sure = carries_sure_credit(line.text)
        head.add_caption(line, "" if is_sure else "caption-guessed")
        return True
    return _takes_differing(head, line, below)


def _is_caption(line: Line, below: Line) -> bool:
    """Tell whether a line is a caption by what follows: bullets, or the dateline."""
    is_above_bullets = bool(bullet_text(below.text)) and not below.gap
    if carries_sure_credit(line.text):
        return is_above_bullets or has_dateline(below.text)
    is_body = has_dateline(line.text) or line.text.endswith(":")
    return is_above_bullets and not is_body


def _takes_differing(head: Head, line: Line, below: Line) -> bool:
    """Take a headline that differs from the one copy above the marks."""
    is_set_apart = line.gap and (below.gap or bullet_text(below.text))
    if not (is_set_apart and head.updated_line and head.copies):
        return False
    is_alike = alike(unquoted(line.text), head.key)
    if not is_alike and (len(head.copies) > 1 or not is_headline_like(line.text)):
        return False
    is_mended = is_alike and has_broken_letters(head.copies[0].text)
    head.add_headline(line, "" if is_mended else "headline-differs")
    return True


SEARCH = "Search form"
"""Ends the navigation line of pages that print their section below it."""

SECTION = 30
"""The longest name of a section, in characters."""


def read_opening(head: Head, lines: Lines) -> Lines:
    """Read what stands above the body into `head` and return the body's lines."""
    at = 0
    while at < len(lines) and _takes_navigation(head, lines, at):
        at += 1
    at += _take_kicker(head, lines[at:])
    at += _take_headline(head, lines[at:])
    while at < len(lines) and _takes_below_headline(head, lines, at):
        at += 1
    return lines[at:]


def read_ending(head: Head, lines: Lines) -> Lines:
    """Read what stands behind the body and return the lines without it.

    That is the short address, and the headline of a story that began without one.
    """
    end = len(lines)
    while end > 1 and _takes_last(head, lines, end - 1):
        end -= 1
    return lines[:end]


def _takes_navigation(head: Head, lines: Lines, at: int) -> bool:
    line = lines[at]
    if head.takes_furniture(line) or head.takes_short_address(line):
        return True
    if _takes_signature(head, line):
        return True
    is_below_search = at > 0 and lines[at - 1].text.endswith(SEARCH)
    is_above_headline = at + 2 < len(lines) and is_headline_like(lines[at + 1].text)
    if not (is_below_search and is_above_headline and len(line.text) <= SECTION):
        return False
    head.add_section(line)
    return True


def _takes_signature(head: Head, line: Line) -> bool:
    """Take a byline that says itself that it is one; leave the day beside it."""
    byline = barred_byline(line.text) or named_byline(line.text)
    if byline and head.byline in ("", tidy(byline)):
        head.add_byline(line, byline, "byline-guessed")
    elif byline or is_note(line.text):
        head.account.leave(line)
    else:
        return False
    return True


def _take_kicker(head: Head, lines: Lines) -> int:
    """Take a short label in capitals above a headline; return how many it was."""
    if len(lines) < 3:
        return 0
    label, headline, below = (line.text for line in lines[:3])
    is_label = label.isupper() and looks_like_byline(label) and len(label) <= SECTION
    is_headline = is_headline_like(headline) and not headline.isupper()
    is_body = bool(named_byline(below)) or not is_headline_like(below)
    if not (is_label and is_headline and is_body) or lines[1].gap > 1:
        return 0
    head.add_kicker(lines[0])
    return 1


def _take_headline(head: Head, lines: Lines) -> int:
    """Take the first line as the headline if it can be one; return how many it was."""
    if not lines or bullet_text(lines[0].text):
        return 0
    first = lines[0]
    key = unquoted(first.text)
    is_repeated = any(unquoted(line.text) == key for line in lines[1:4])
    if not is_repeated and not is_headline_like(first.text):
        return 0
    head.key = key
    head.add_headline(first, "" if is_repeated else "headline-guessed")
    return 1


def _takes_below_headline(head: Head, lines: Lines, at: int) -> bool:
    """Take a line below the headline if it belongs to the head, not to the body."""
    line = lines[at]
    if head.takes_furniture(line) or head.takes_short_address(line):
        return True
    if head.is_headline(line):
        head.add_headline(line)
    elif _takes_signature(head, line):
        pass
    elif bullet_text(line.text):
        is_dash = not line.text.startswith("•")
        head.add_highlight(line, "highlight-guessed" if is_dash else "")
    elif at + 1 < len(lines) and _is_opening_caption(head, line, lines[at + 1]):
        is_sure = carries_sure_credit(line.text)
        head.add_caption(line, "" if is_sure else "caption-guessed")
    else:
        return False
    return True


def _is_opening_caption(head: Head, line: Line, below: Line) -> bool:
    """Tell whether a line above the body is the caption of a picture."""
    if has_dateline(line.text):
        return False
    is_told = bool(head.byline) or describes_picture(line.text)
    return carries_sure_credit(line.text) or (is_told and has_dateline(below.text))


def _takes_last(head: Head, lines: Lines, at: int) -> bool:
    line = lines[at]
    if short_address(line.text) and head.takes_short_address(line):
        return True
    is_free = not head.copies and not head.updated_line
    if head.is_headline(line) or (is_free and is_headline_like(line.text)):
        head.key = unquoted(line.text)
        head.add_headline(line, "headline-after-body")
        return True
    return False
