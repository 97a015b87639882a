"""Tell what is no page of a newspaper, or may be no story.

What certainly is none is refused: markup, data, logs, code. The first line has to be of
the form, and most of the others; so a story that quotes a line of JSON or a table of
results stays a story.

What is less certain is read, and waits in review. Logs, links, recipes and notices of a
site print dates, too; what a newspaper's page has besides is a second copy of the
headline, a byline, a dateline, a credit or a button.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence

from articles.parsing.decode import NotText
from articles.parsing.head import Head
from articles.parsing.line_kinds import is_mark
from articles.parsing.lines import Line
from articles.parsing.reading import BlockReading
from articles.parsing.vocabulary import NOTICES

FEWEST = 3
"""Fewer lines than these show no form."""

SAMPLE = 300
"""How many lines are enough to know a form by."""

MOST = 0.9
"""The share of these lines that has the form; a log quotes a stack, a table a note."""

DOCUMENT = re.compile(r"<(?:!doctype|html|\?xml|\?php)\b", re.IGNORECASE)
TAG = re.compile(r"</?[a-z][\w:-]*(?:\s[^<>]*)?>|<!--", re.IGNORECASE)
LOGGED = re.compile(
    # 2021-05-03 08:14:02,118 INFO
    r"\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d"
    # May  3 08:14:02 quay cron[7]: done
    r"|[A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d \S"
    # 10.0.0.7 - - [03/May/2021:08:14:02 +0000] "GET /
    r"|[\da-fA-F.:]{3,39} \S+ \S+ \[\d\d/[A-Z][a-z]{2}/\d{4}:"
)
CODE = re.compile(
    # A comment.
    r"#[! ]|//|/\*|\*/|--|;|\"\"\""
    # A statement: a line of a page begins with no small letter, unless it was broken.
    r"|(?:import|from|def|class|if|elif|else|for|while|try|except|with|return|raise"
    r"|async|await|function|const|let|var|export|public|private|package|using)\b"
    r"|(?:SELECT|INSERT INTO|CREATE|ALTER|DROP|UPDATE|DELETE|FROM|WHERE) "
    # A value: port = 8000, port: 8000, [ferries].
    r"|[\w.]+(?:\[.*\])? ?[:+]?= ?\S|[a-z][\w-]*:(?: |$)|\[[\w .:-]+\]$"
    # A call, or what brackets leave at the end of a line; a caption ends in one, too.
    r"|[\w.]+\(.*\)$|.*(?:[{}(\[;]|[)\]}\"'],|\):)$|[\])}]+$"
)


def refuse_strangers(text: str, lines: Sequence[Line]) -> None:
    """Raise NotText, which says what to do, if a file holds no page at all."""
    if _is_json(text, lines):
        raise NotText("holds JSON, no page: save the page as text, or leave it out.")
    if _is_markup(lines[:SAMPLE]):
        raise NotText("is the HTML source of a page: save the words of it as text.")
    found = _form(lines[:SAMPLE]) if len(lines) >= FEWEST else ""
    if found and not any(is_mark(line.text) for line in lines):
        raise NotText(f"{found}, no page: leave it out.")


def _form(lines: Sequence[Line]) -> str:
    if _is_log(lines):
        return "is the log of a program"
    if _is_table(lines):
        return "is a table of values (CSV)"
    return "holds code or settings of a program" if _is_code(lines) else ""


def _is_json(text: str, lines: Sequence[Line]) -> bool:
    """Tell whether the whole is one object or list, or each of its lines is."""
    if lines[0].text[0] not in "{[":
        return False
    return _holds_json(text.strip()) or all(_holds_json(line.text) for line in lines)


def _holds_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), (dict, list))
    except (ValueError, RecursionError):
        return False


def _is_markup(lines: Sequence[Line]) -> bool:
    """Tell whether a document begins here, or every other line stands in tags."""
    if not TAG.match(lines[0].text):
        return bool(DOCUMENT.match(lines[0].text))
    tagged = sum(bool(TAG.match(line.text)) for line in lines)
    return bool(DOCUMENT.match(lines[0].text)) or tagged * 2 >= len(lines)


def _is_log(lines: Sequence[Line]) -> bool:
    """Tell whether most lines begin with their second: no live page counts in them."""
    if not LOGGED.match(lines[0].text):
        return False
    return _are_most(bool(LOGGED.match(line.text)) for line in lines)


def _is_table(lines: Sequence[Line]) -> bool:
    """Tell whether most lines have as many values as the first, which no space parts.

    In a sentence a space follows a comma.
    """
    first = lines[0].raw
    return any(
        first.count(sign) > 1 and f"{sign} " not in first and _is_parted(lines, sign)
        for sign in ",;\t"
    )


def _is_parted(lines: Sequence[Line], sign: str) -> bool:
    try:
        rows = list(csv.reader([line.raw for line in lines], delimiter=sign))
    except csv.Error:
        return False
    return _are_most(
        len(row) == len(rows[0]) and not any(value[:1] == " " for value in row[1:])
        for row in rows
    )


def _is_code(lines: Sequence[Line]) -> bool:
    """Tell whether most lines are code, or belong to it by standing further in."""
    if not CODE.match(lines[0].text):
        return False
    are_code = [bool(CODE.match(line.text)) for line in lines]
    is_within = [line.raw[0] in " \t" for line in lines]
    return sum(are_code) * 2 > len(lines) and _are_most(map(max, are_code, is_within))


def _are_most(signs: Iterable[bool]) -> bool:
    found = list(signs)
    return sum(found) >= MOST * len(found)


STOPS = tuple(".!?…。！？۔؟।")
"""What a sentence ends in; a row of a table, a link and a line of a log do not."""

LONG = 200
"""From this length on, in characters, a text is no row: Thai writes no stops."""

PLACEHOLDER = "lorem ipsum dolor"


def story_doubts(
    head: Head, blocks: Sequence[BlockReading], dateline: str
) -> Iterator[str]:
    """Yield the codes of the doubts whether this is a story at all."""
    if head.headline.lower().strip(" .!…?") in NOTICES:
        yield "site-notice"
    texts = (head.headline, *(block.text for block in blocks))
    if any(text.lower().startswith(PLACEHOLDER) for text in texts):
        yield "placeholder-text"
    if not (head.updated and head.copies and blocks):
        return
    if not (dateline or _has_signs(head)):
        yield "story-doubtful"
    if not any(map(_has_sentence, blocks)):
        yield "sentence-missing"


def _has_signs(head: Head) -> bool:
    """Tell whether a head has more of a newspaper's page than headline and date."""
    is_credited = any(caption.credit for caption in head.captions.readings)
    is_signed = bool(head.byline or head.short_url or is_credited)
    return head.is_copied or is_signed or bool(head.account.furniture)


def _has_sentence(block: BlockReading) -> bool:
    """Tell whether a line of a block ends in a stop, or is too long for a row.

    >>> _has_sentence(BlockReading("list", "Gannet 08:00\\nIt sails at noon.”"))
    True
    """
    lines = [line.rstrip("”’»\"')] ") for line in block.text.split("\n")]
    is_text = block.kind != "subheading"
    return is_text and any(line.endswith(STOPS) or len(line) > LONG for line in lines)
