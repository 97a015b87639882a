"""Recognise what a line is: one that says so itself, or by the form of its words.

The first are the same wherever they stand ("Updated", a bullet, furniture); the others
are full sentences, broken ones, phrases, headlines or sub-headings.
"""

import re
from contextlib import suppress
from datetime import date

from articles.parsing.captions import ends_in_agency
from articles.parsing.datelines import has_dateline
from articles.parsing.dates import is_date, is_hour_alone, time_ago
from articles.parsing.lines import BLANK_CHARACTERS, Line, Lines, copy_key
from articles.parsing.vocabulary import FURNITURE, LABELS, NAME_PARTICLES

CASELESS_NAME = re.compile(
    # 港口晚报记者 林小满 | عمر حداد
    r"[\u3040-\ud7ff]{2,8}(?: [\u3040-\ud7ff]{2,3})?"
    r"|(?=.{4,20}$)[\u0590-\u08ff]{2,}(?: [\u0590-\u08ff]{2,}){1,2}"
)
UPDATED = re.compile(r"Updated(?::?\s+(?P<updated>\S.{0,79})|:?)", re.DOTALL)
BULLET = re.compile(r"(?P<mark>•\s*|[-–]\s+)(?P<text>\S.*)", re.DOTALL)
SHORT_URL = re.compile(r"(?:Short U(?:rl|RL)\s+)?(?P<url>https?://[\w.-]+/[\w-]{1,16})")
CRAWL_DATE = re.compile(r"\s*date\s+(?P<on>\d{4}-\d\d-\d\d)(?!\S)")
BYLINE_BAR = re.compile(r"(?P<byline>[^|\s][^|]{0,60}?)\s*\|")
BY = re.compile(
    r"(?:(?:Posted|Published|Written) by|By|BY|by) (?P<byline>\S.{1,79})", re.DOTALL
)
DESK_NOTE = re.compile(r"\((?:Adds|Corrects|Recasts|Refiles|Repeats|Updates)\b[^()]*\)")
COUNTER = re.compile(r"\d{1,3}\s*/\s*\d{1,3}")
LOOSE = re.compile(
    r"(?P<copyright>(?:(?:™ ?& ?)?©|\(c\)|(?:contents\b.{0,30})?copyright\b).{0,60}"
    r"\b(?:19|20)\d\d\b.*|all rights reserved\b.*)"
    r"|(?P<navigation>skip to [a-z ]{4,20}|iframe: ?\S+)"
    r"|(?P<invisible>[\s\xad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u2028-\u202f"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]+)"
    r"|(?P<marks>(?!•|[^\W_]|.*(?:…|\.\.))[\W_]+)"
    r"|(?P<end>\W*ends?\W*|[-–—] ?30 ?[-–—])",
    re.IGNORECASE | re.DOTALL,
)
"""What is furniture wherever it stands, each by the name of its rule."""


def furniture_rule(text: str) -> str:
    """Return the name of the rule that makes a line page furniture, or ""."""
    is_counter = text[:1].isdigit() and COUNTER.fullmatch(text)
    return FURNITURE.get(text) or ("gallery-counter" if is_counter else "")


def updated_as_printed(text: str, *, is_sure: bool = False) -> str | None:
    """Return what an "Updated" line states ("" for nothing); None for other lines.

    A line that surely is one may state anything.

    >>> updated_as_printed("Updated 04 July 2013")
    '04 July 2013'
    >>> updated_as_printed("Updated rules for the harbour.") is None
    True
    """
    match = UPDATED.fullmatch(text) if text.startswith("Updated") else None
    printed = (match and match["updated"]) or ""
    is_one = match and (is_sure or not printed or is_date(printed))
    return printed if is_one else None


def is_updated(text: str) -> bool:
    """Tell whether a line is an "Updated" line, with a date or without."""
    return updated_as_printed(text) is not None


def is_toolbar(text: str) -> bool:
    """Tell whether a line is of the toolbar that a site prints in a story's head."""
    return furniture_rule(text) in ("short-url", "follow") or is_updated(text)


def has_fixed_form(text: str) -> bool:
    """Tell whether a line says by its form what it is, wherever it stands."""
    return bool(furniture_rule(text) or bullet_text(text)) or is_updated(text)


def bullet_text(text: str) -> str:
    """Return what stands behind the bullet, or "" where there is none."""
    match = BULLET.fullmatch(text)
    return match["text"] if match and text not in FURNITURE else ""


def short_address(text: str) -> str:
    """Return the short address that a line prints, or ""."""
    match = SHORT_URL.fullmatch(text)
    return match["url"] if match else ""


def is_byline_like(text: str) -> bool:
    """Tell whether a line can be the name of a person or an agency."""
    if CASELESS_NAME.fullmatch(text):
        return time_ago(text) is None
    words = text.replace(",", " ").split()
    named = [word for word in words if word.lower() not in NAME_PARTICLES]
    return (
        0 < len(named) <= 6
        and len(text) <= 60
        and text[-1].isalpha()
        and all(word[0].isupper() and word.isprintable() for word in named)
        and not any(character in ":?!…•|/" or character.isdigit() for character in text)
    )


def is_below_date(lines: Lines, at: int) -> bool:
    """Tell whether a line can be the byline right below "Updated", or its copy."""
    line = lines[at]
    if not at or line.gap or not is_byline_like(line.text) or is_toolbar(line.text):
        return False
    if is_updated(lines[at - 1].text):
        return True
    is_copy = copy_key(lines[at - 1].text) == copy_key(line.text)
    return is_copy and at > 1 and is_updated(lines[at - 2].text)


def barred_byline(text: str) -> str:
    """Return the byline that a bar follows, or ""."""
    match = BYLINE_BAR.fullmatch(text)
    return match["byline"] if match else ""


def named_byline(text: str) -> str:
    """Return the byline that "By" opens, or "".

    >>> named_byline("By ANA ODE, Staff Writer"), named_byline("By noon it was over.")
    ('ANA ODE, Staff Writer', '')
    """
    match = BY.fullmatch(text)
    return match["byline"] if match and is_byline_like(match["byline"]) else ""


def is_note(text: str) -> bool:
    """Tell whether a line only says at what hour or why the story was sent."""
    return is_hour_alone(text) or bool(DESK_NOTE.fullmatch(text))


def split_crawl_date(line: Line) -> tuple[date | None, Line]:
    """Return the day that the crawler printed before a line, and what is left of it."""
    printed = line.mended
    if match := CRAWL_DATE.match(printed):
        prefix = (("mark", printed[: match.start("on")]), ("crawled_on", match["on"]))
        rest = printed[match.end() :].strip(BLANK_CHARACTERS)
        with suppress(ValueError):
            day = date.fromisoformat(match["on"])
            return day, line.with_prefix(*prefix, text=rest)
    return None, line


def without_bullet(line: Line) -> Line:
    """Return a line with its bullet, if it has one, moved into its prefix."""
    text = bullet_text(line.text)
    if not text:
        return line
    return line.with_prefix(("mark", line.text[: -len(text)]), text=text)


LONGEST_PHRASE = 60
"""The longest phrase, in characters, that is taken for a sub-heading or list item."""

LONG_LINE = 70
"""From this length on, a line that ends in a letter is a sentence broken off."""

HEADLINE_STOPS = tuple(".,:;!。！：；۔،")
QUOTE_OPENERS = "“\"'‘«([•"
INNER_STOP = re.compile(
    # No stop follows an initial or a short form: D.K. Ode, St. Aldous.
    r"[.!?](?<!\b[A-Z].)(?<!\b(?i:co|dr|lt|mr|ms|no|st|vs).)(?<!\b(?i:gen|gov|mrs|sen).)"
    r"[”’\"')]?\s+[“‘\"']?[A-Z]"
)
UNSTOPPED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""The letters of Thai, Lao, Burmese and Khmer, whose sentences have no stops."""

ROMAN = re.compile(r"[IVX]{1,5}\. (?=\w)")
JOB = re.compile(r"(?P<name>[^\W\d_a-z][^,:]{2,40}), [a-z][^.:]{2,50}")
LABEL = re.compile(r"(?P<label>[A-Z][\w’ ]{1,30}): \S.*", re.DOTALL)


def is_finished(text: str) -> bool:
    """Tell whether a line ends as sentences and quotations end.

    >>> is_finished("The port opened."), is_finished("The minister visited")
    (True, False)
    """
    has_stop = not (text[-1].isalnum() or text[-1] in ",;-–—&/%")
    return has_stop or bool(UNSTOPPED.fullmatch(text[-1]))


def is_phrase(text: str) -> bool:
    """Tell whether a line is short and no sentence.

    >>> is_phrase("A historic visit"), is_phrase("He agreed. She refused to")
    (True, False)
    """
    return (
        len(text) <= LONGEST_PHRASE
        and text[-1].isalnum()
        and not INNER_STOP.search(text)
    )


def is_labelled(text: str) -> bool:
    """Tell whether a line is a label and its value, as under a review.

    >>> is_labelled("Author: Mira Sen"), is_labelled("Oil: a new low")
    (True, False)
    """
    match = LABEL.fullmatch(text)
    return match is not None and match["label"].lower().split()[-1] in LABELS


def is_sure_subheading(text: str) -> bool:
    """Tell whether a line's own form makes it a sub-heading.

    >>> [is_sure_subheading(line) for line in ("OMAR JAVED", "I. Baked lentils",
    ...                                          "OMAR JAVED, binder", "Omar Javed")]
    [True, True, True, False]
    """
    numeral = ROMAN.match(text)
    words = text[numeral.end() :] if numeral else text
    if not is_phrase(words) or text[0] in QUOTE_OPENERS:
        return False
    job = JOB.fullmatch(words)
    return bool(numeral) or (job["name"] if job else words).isupper()


def can_be_subheading(text: str) -> bool:
    """Tell whether a line may stand as a sub-heading above a paragraph."""
    return is_phrase(text) and text[0] not in QUOTE_OPENERS and not text[0].islower()


def is_headline_like(text: str) -> bool:
    """Tell whether a line may be a headline: no sentence, bullet, dateline or aside.

    >>> is_headline_like("Cafe brings poets together"), is_headline_like("He fishes.")
    (True, False)
    """
    ends = text.rstrip("”’\"')")
    is_sentence = INNER_STOP.search(text) or re.search("[。۔।]", text)
    is_stopped = ends[-1:] in HEADLINE_STOPS or is_sentence
    # (Reporting by Ines Falk; Editing by Omar Teel)
    is_aside = text[0] == "(" and text[-1] == ")"
    is_other = bullet_text(text) or has_dateline(text) or ends_in_agency(text)
    return len(text) <= 200 and not (
        is_stopped or is_aside or is_other or text[0].islower()
    )


def is_broken_off(line: Line, following: Line) -> bool:
    """Tell whether a sentence goes on in the next line, over one blank line at most.

    "visited", a blank line, "Pakistan in September": the line is long, ends in a
    letter, and what follows opens neither a quotation nor a list.
    """
    text, next_text = line.text, following.text
    if is_finished(text) or text[-1] in ",;-–—&/%" or following.gap > 1:
        return False
    is_other = next_text[0] in QUOTE_OPENERS or has_dateline(next_text)
    if is_other or any(map(is_sure_subheading, (text, next_text))):
        return False
    if next_text[0].islower():
        return len(text) > LONGEST_PHRASE / 2
    return len(text) >= LONG_LINE or bool(INNER_STOP.search(text))


FULL_LINE = 50
"""From this length on a line may have been broken for the sake of the next word."""


def runs_on(line: Line, below: Line) -> bool:
    """Tell whether a page that is wrapped may have broken a line before the next."""
    is_indented = below.raw[0].isspace() > line.raw[0].isspace()
    is_apart = below.gap or is_indented or has_fixed_form(below.text)
    return len(line.text) >= FULL_LINE and not is_apart
