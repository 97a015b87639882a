"""Read a head that is built on marks: "Short Url", "Updated", "Follow"."""

from collections import Counter
from collections.abc import Sequence

from articles.parsing.credits import carries_credit, carries_sure_credit
from articles.parsing.datelines import has_dateline
from articles.parsing.heads import Head
from articles.parsing.lines import Line, alike, unquoted
from articles.parsing.marks import (
    bullet_text,
    furniture_rule,
    is_below_date,
    is_mark,
    short_address,
)
from articles.parsing.mending import has_broken_letters
from articles.parsing.sentences import is_headline_like
from articles.parsing.starts import HEAD_BELOW

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
    while at < len(lines) and _takes_below(head, lines, at, bylines):
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


def _takes_below(head: Head, lines: Lines, at: int, bylines: dict[int, str]) -> bool:
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
