"""Recognise the lines that say themselves what they are, wherever they stand."""

import re
from collections.abc import Sequence
from datetime import date

from articles.parsing.dates import is_date, is_printed_day
from articles.parsing.lines import EDGES, Line, unquoted
from articles.parsing.vocabulary import FURNITURE, PARTICLES

UPDATED = re.compile(r"Updated(?:\s+(?P<updated>\S.{0,39}))?", re.DOTALL)
BULLET = re.compile(r"(?P<mark>•\s*|[-–]\s+)(?P<text>\S.*)", re.DOTALL)
SHORT_URL = re.compile(r"(?:Short U(?:rl|RL)\s+)?(?P<url>https?://[\w.-]+/[\w-]{1,16})")
CRAWL_DATE = re.compile(r"\s*date\s+(?P<on>\d{4}-\d\d-\d\d)(?!\S)")
BYLINE_BAR = re.compile(r"(?P<byline>[^|\s][^|]{0,60}?)\s*\|")
BY = re.compile(r"(?:By|BY|by) (?P<byline>\S.{1,79})", re.DOTALL)
DESK_NOTE = re.compile(r"\((?:Adds|Corrects|Recasts|Refiles|Repeats|Updates)\b[^()]*\)")
COUNTER = re.compile(r"\d{1,3}\s*/\s*\d{1,3}")


def furniture_rule(text: str) -> str:
    """Return the name of the rule that makes a line page furniture, or "".

    >>> furniture_rule("Follow"), furniture_rule("1 / 6"), furniture_rule("Follow us.")
    ('follow', 'gallery-counter', '')
    """
    is_counter = text[:1].isdigit() and COUNTER.fullmatch(text)
    return FURNITURE.get(text) or ("gallery-counter" if is_counter else "")


def updated_as_printed(text: str) -> str | None:
    """Return what an "Updated" line states ("" for nothing); None for other lines.

    >>> updated_as_printed("Updated 04 July 2013")
    '04 July 2013'
    >>> updated_as_printed("Updated rules for the harbour.") is None
    True
    """
    match = UPDATED.fullmatch(text) if text.startswith("Updated") else None
    if match is None or (match["updated"] and not is_date(match["updated"])):
        return None
    return match["updated"] or ""


def is_mark(text: str) -> bool:
    """Tell whether a line is one of those that every head of a story is built on."""
    rule = furniture_rule(text)
    return rule in ("short-url", "follow") or updated_as_printed(text) is not None


def bullet_text(text: str) -> str:
    """Return what stands behind the bullet, or "" where there is none.

    >>> bullet_text("• Ships wait"), bullet_text("- Ships wait"), bullet_text("Ships")
    ('Ships wait', 'Ships wait', '')
    """
    match = BULLET.fullmatch(text)
    return match["text"] if match and text not in FURNITURE else ""


def short_address(text: str) -> str:
    """Return the short address that a line prints, or "".

    >>> short_address("https://news.example/abc12")
    'https://news.example/abc12'
    """
    match = SHORT_URL.fullmatch(text)
    return match["url"] if match else ""


def looks_like_byline(text: str) -> bool:
    """Tell whether a line can be the name of a person or an agency.

    >>> looks_like_byline("Hala Omar"), looks_like_byline("A historic visit")
    (True, False)
    """
    words = text.replace(",", " ").split()
    named = [word for word in words if word.lower() not in PARTICLES]
    return (
        0 < len(named) <= 6
        and len(text) <= 60
        and text[-1].isalpha()
        and all(word[0].isupper() and word.isprintable() for word in named)
        and not any(character in ":?!…•|/" or character.isdigit() for character in text)
    )


def is_below_date(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line can be the byline right below "Updated", or its copy."""
    line = lines[at]
    if not at or line.gap or not looks_like_byline(line.text) or is_mark(line.text):
        return False
    if updated_as_printed(lines[at - 1].text) is not None:
        return True
    is_copy = unquoted(lines[at - 1].text) == unquoted(line.text)
    return is_copy and at > 1 and updated_as_printed(lines[at - 2].text) is not None


def barred_byline(text: str) -> str:
    """Return the byline that a bar follows, or "".

    >>> barred_byline("THE HARBOUR POST |")
    'THE HARBOUR POST'
    """
    match = BYLINE_BAR.fullmatch(text)
    return match["byline"] if match else ""


def named_byline(text: str) -> str:
    """Return the byline that "By" opens, or "".

    >>> named_byline("By ANA ODE, Staff Writer"), named_byline("By noon it was over.")
    ('ANA ODE, Staff Writer', '')
    """
    match = BY.fullmatch(text)
    return match["byline"] if match and looks_like_byline(match["byline"]) else ""


def is_note(text: str) -> bool:
    """Tell whether a line only says when or why the story was sent.

    >>> is_note("Published: Monday, May 3, 2021"), is_note("(Adds a quotation)")
    (True, True)
    """
    return is_printed_day(text) or bool(DESK_NOTE.fullmatch(text))


def crawl_date(line: Line) -> date | None:
    """Return the day that the crawler printed at the beginning of a line."""
    match = CRAWL_DATE.match(line.whole)
    try:
        return date.fromisoformat(match["on"]) if match else None
    except ValueError:
        return None


def without_crawl_date(line: Line) -> Line:
    """Return a line with the crawler's day moved into its lead."""
    whole = line.whole
    match = CRAWL_DATE.match(whole)
    if match is None:
        return line
    day = (("mark", whole[: match.start("on")]), ("crawled_on", match["on"]))
    return line.behind(*day, text=whole[match.end() :].strip(EDGES))


def without_bullet(line: Line) -> Line:
    """Return a line with its bullet, if it has one, moved into its lead."""
    text = bullet_text(line.text)
    if not text:
        return line
    return line.behind(("mark", line.text[: -len(text)]), text=text)
