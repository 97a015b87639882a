"""Read a story that has no marks: its headline first, or last, or nowhere."""

from collections.abc import Sequence

from articles.parsing.captions import describes_picture
from articles.parsing.credits import carries_sure_credit
from articles.parsing.datelines import has_dateline
from articles.parsing.heads import Head
from articles.parsing.lines import Line, tidy, unquoted
from articles.parsing.marks import (
    barred_byline,
    bullet_text,
    is_note,
    looks_like_byline,
    named_byline,
    short_address,
)
from articles.parsing.sentences import is_headline_like

SEARCH = "Search form"
"""Ends the navigation line of pages that print their section below it."""

SECTION = 30
"""The longest name of a section, in characters."""

Lines = Sequence[Line]


def read_opening(head: Head, lines: Lines) -> Lines:
    """Read what stands above the body into `head` and return the body's lines."""
    at = 0
    while at < len(lines) and _takes_navigation(head, lines, at):
        at += 1
    at += _take_kicker(head, lines[at:])
    at += _take_headline(head, lines[at:])
    while at < len(lines) and _takes_below(head, lines, at):
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


def _takes_below(head: Head, lines: Lines, at: int) -> bool:
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
    elif at + 1 < len(lines) and _is_caption(head, line, lines[at + 1]):
        is_sure = carries_sure_credit(line.text)
        head.add_caption(line, "" if is_sure else "caption-guessed")
    else:
        return False
    return True


def _is_caption(head: Head, line: Line, below: Line) -> bool:
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
