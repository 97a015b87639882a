"""Tell what is no page of a newspaper, or may be no story.

What certainly is none is refused: envelopes, markup, data, logs, code. A file begins
with its envelope; of the others the first line has to be of the form, and most of the
rest. So a story that quotes a mail, a line of JSON or a table of results stays a story.

What is less certain is read, and waits in review. Logs, links, recipes and notices of a
site print dates, too; what a newspaper's page has besides is a second copy of the
headline, a byline, a dateline, a credit or a button.
"""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from functools import partial
from operator import or_

from articles.parsing.captions import CREDIT_WORDS
from articles.parsing.decode import NotText
from articles.parsing.head import Head
from articles.parsing.line_kinds import (
    LONG_LINE,
    UNSTOPPED,
    is_byline_like,
    is_finished,
    is_toolbar,
)
from articles.parsing.lines import Lines
from articles.parsing.reading import BlockReading, Doubt, LineRecord, Piece, doubt
from articles.parsing.vocabulary import NOTICES

ENVELOPE_BYTES = 4_000
"""So many bytes tell what a file is that is no text of a page."""

XML = r"(?:<\?.*?\?>|<!--.*?-->|<!doctype[^>]*>|\s)*+<(?:\w+:)?"
REST = r"[^\n]*\n(?:[ \t][^\n]*\n)*+"
MAIL_NAMES = (
    "from|to|cc|date|sent|subject|message-id|received|newsgroups|return-path|reply-to"
    "|mime-version|content-type"
)
TEXT, STORIES = "save its words as text", "save each story in it as text"
STRANGERS = (
    (r"WARC/\d|filedesc:", "a web archive (WARC)", "save each page in it as text"),
    (r"HTTP/\d\S* \d{3}\b", "a server’s answer", "save the page in it as text"),
    (rf"(?:(?:[\w-]+:{REST})*?(?:{MAIL_NAMES}):{REST}){{3}}", "mail", STORIES),
    (rf"from \S+ [^\n]*\d:\d\d:\d\d[^\n]*\n[\w-]+:{REST}", "mail (mbox)", STORIES),
    # a0123 r i bc-harbor-gates 10-03 0341
    (
        r"[\x16\x01]+[a-z]\d{4}|[a-z]\d{4}\S{0,12}[\0-\x20]+[a-z] [a-z] ?[abp][cm]-",
        "wire copy (ANPA 1312)",
        STORIES,
    ),
    # ABC1234 4 pol 56
    (
        r"zczc\b[^\n]{0,12}\n|\x01?[a-z]{2,4}\d{3,4} \d [a-z]{1,4} \d{1,4}\b",
        "wire copy (IPTC 7901)",
        STORIES,
    ),
    (r"%PDF-", "a PDF", TEXT),
    (r"{\\rtf|\xd0\xcf\x11\xe0", "an office document (RTF, DOC)", TEXT),
    (
        r"PK\x03\x04.*(?:\[Content_Types\]|_rels/|word/|mimetypeapplication/)",
        "an office document (DOCX, ODT or the like)",
        TEXT,
    ),
    (r"PK(?:\x03\x04|\x05\x06)", "a ZIP archive", "unpack it"),
    (r"\x1f\x8b\x08", "a compressed file (gzip)", "unpack it"),
    (XML + r"nitf\b", "a story in NITF", TEXT),
    (XML + r"(?:newsml|news(?:message|item)|packageitem)\b", "NewsML", STORIES),
    (XML + r"rss\b[^>]*wordpress", "an export of WordPress (WXR)", STORIES),
    (XML + r"(?:rss|feed)\b", "a feed", STORIES),
    (r"(?:<!--.*?-->|\s)*+<(?:!doctype (?!html)|doc\b|docno\b)", "SGML", STORIES),
    (
        r"webvtt\b|(?:\d+\s+)?(?:\d+:)?\d\d:\d\d(?:[,.]\d+)? --> (?:\d+:)?\d\d:\d\d",
        "subtitles (SRT, VTT)",
        TEXT,
    ),
)
"""What a file may be instead: how it begins, its name, and what to do."""

FEWEST_LINES = 3
"""Fewer lines than these show no form."""

SAMPLE_LINES = 300
"""How many lines are enough to know a form by."""

MOST = 0.9
"""So many of them are of it; a log quotes a stack, a table a note."""

DOCUMENT = re.compile(
    r"(?:<!--.*?-->|\s)*+<(?:!doctype|\?xml|\?php"
    r"|html|head|body|meta|link|title|style|script)\b",
    re.IGNORECASE | re.DOTALL,
)
TAG = re.compile(r"</?[a-z][\w:-]*(?:\s[^<>]*)?>|<!--", re.IGNORECASE)
LOGGED = re.compile(
    # 2021-05-03 08:14:02,118 INFO, or the program's name before it
    r"(?:[\w-]+ )?\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d"
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


def refuse_strangers(data: bytes) -> None:
    """Raise NotText, which says what to do, for a file that other programs open."""
    # In UTF-16 every other byte of a beginning is NUL.
    beginning = data[:ENVELOPE_BYTES].replace(b"\0", b"").replace(b"\r", b"")
    text = beginning.decode("latin-1").lstrip("\xef\xbb\xbf\xff\xfe \t\n")
    for pattern, name, advice in STRANGERS:
        if re.match(pattern, text, re.IGNORECASE | re.DOTALL):
            raise NotText(f"is {name}, not a page: {advice}, or leave it out.")


def refuse_non_pages(text: str, lines: Lines) -> None:
    """Raise NotText, which says what to do, if a file holds no page at all."""
    if _is_json(text, lines):
        raise NotText(
            "contains JSON, not a page: save the page as text, or leave it out."
        )
    sample = lines[:SAMPLE_LINES]
    if DOCUMENT.match(text) or _begin_with(TAG, sample, share=0.5):
        raise NotText("is the HTML source of a page: save its words as text.")
    if len(lines) < FEWEST_LINES or any(is_toolbar(line.text) for line in lines):
        return
    for is_form, form in (
        # It counts in seconds, as no live page does.
        (partial(_begin_with, LOGGED), "is a program’s log"),
        (_is_table, "is a table of values (CSV)"),
        (_is_code, "contains a program’s code or settings"),
    ):
        if is_form(sample):
            raise NotText(f"{form}, not a page: leave it out.")


def _is_json(text: str, lines: Lines) -> bool:
    """Tell whether the text is one object or list, or each of its lines is."""
    if lines[0].text[0] not in "{[":
        return False
    return _holds_json(text.strip()) or all(_holds_json(line.text) for line in lines)


def _holds_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), (dict, list))
    except (ValueError, RecursionError):
        return False


def _begin_with(form: re.Pattern[str], lines: Lines, share: float = MOST) -> bool:
    """Tell whether the first line, and such a share of all, begins with a form."""
    if not form.match(lines[0].text):
        return False
    return sum(bool(form.match(line.text)) for line in lines) >= share * len(lines)


def _is_table(lines: Lines) -> bool:
    """Tell whether most lines have values under the names in the first, and no spaces.

    In a sentence a space follows a comma. The last values of a row may be missing.
    """
    first = lines[0].raw
    return any(
        first.count(comma) > 1 and f"{comma} " not in first and _has_rows(lines, comma)
        for comma in ",;\t"
    )


def _has_rows(lines: Lines, delimiter: str) -> bool:
    try:
        rows = list(csv.reader([line.raw for line in lines], delimiter=delimiter))
    except csv.Error:
        return False
    are_rows = (
        1 < len(row) <= len(rows[0]) and not any(v[:1] == " " for v in row[1:])
        for row in rows
    )
    return sum(are_rows) >= MOST * len(rows)


def _is_code(lines: Lines) -> bool:
    """Tell whether most lines are code, or belong to it by standing further in."""
    if not CODE.match(lines[0].text):
        return False
    are_code = [bool(CODE.match(line.text)) for line in lines]
    are_indented = [line.raw[0] in " \t" for line in lines]
    is_mixed = sum(map(or_, are_code, are_indented)) < MOST * len(lines)
    return sum(are_code) * 2 > len(lines) and not is_mixed


SENTENCE_STOPS = tuple(".!?…。！？۔؟।")
"""What a sentence ends in; a row of a table, a link and a line of a log do not."""

LONG_TEXT = 200
"""From this length on, in characters, a text is no row: Thai writes no stops."""

PHRASES = "highlight-guessed list-without-marks markup-left subheading-guessed".split()
"""The doubts of lines without a sentence; a story has fewer such lines than others."""

# 200 g lentils | Flour, 300 g
COUNTED = re.compile(r"^\d|, \d+ ?\w*$")

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
    if not (head.dates and head.copies and blocks):
        return
    is_credited = any(caption.credit for caption in head.captions.readings)
    is_named = head.byline and blocks[0].kind != "subheading"
    is_signed = dateline or is_named or head.short_url or is_credited
    if not (is_signed or head.is_copied or head.record.furniture):
        yield "story-doubtful"
    sentences = sum(map(_has_sentence, blocks))
    if not sentences or _count_guesses(head.record) > sentences:
        yield "sentence-missing"


def _count_guesses(record: LineRecord) -> int:
    """Count the lines that were guessed, without what a list counts."""
    doubted = {found.line for found in record.doubts if found.code in PHRASES}
    pieces = [piece for piece in record.pieces if piece.field != "mark"]
    fields = {piece.field for piece in pieces if piece.line in doubted}
    guesses = (piece for piece in pieces if piece.field in fields)
    return sum(not COUNTED.search(piece.text) for piece in guesses)


def _has_sentence(block: BlockReading) -> bool:
    """Tell whether a line of a block ends in a stop, or is too long for a row."""
    lines = [line.rstrip("”’»\"')] ") for line in block.text.split("\n")]
    is_text = block.kind != "subheading"
    return is_text and any(
        line.endswith(SENTENCE_STOPS)
        or len(line) > (LONG_LINE if UNSTOPPED.match(line[-1:]) else LONG_TEXT)
        for line in lines
    )


COMMENTS = re.compile(
    r"(?:(?:all|view|\d+) )*comments?\W*\d*\W*|(?:leave|post|write) a (?:comment|reply)"
    r"|(?:like\W+)?reply(?:\W+\w+)?|report abuse|\w{0,30}\d\w{0,30} (?:says|wrote):",
    re.IGNORECASE,
)
AGO = re.compile(
    r"(?:hace|há|il y a|vor|قبل|منذ) \d{1,2} \w+"
    r"|\d{1,2} ?\w{1,12}\.? ?(?:ago|atrás|fa|geleden|önce|sedan|назад|前|전)",
    re.IGNORECASE,
)
"""A time above a comment; one alone may be a sub-heading."""


PAYWALL = re.compile(
    r"\b(?:already (?:a (?:member|subscriber)|registered)|(?:continue|keep) reading"
    r"|free articles|(?:log|sign) ?in (?:here|now|or)|(?:member|subscriber)s?[ -]only"
    r"|(?:article|content|only|story) (?:is )?(?:available )?(?:for|to) subscribers)\b"
    r"|(?:^|[.!?] )(?:please )?(?:become a (?:member|subscriber)|create an account"
    r"|(?:log|sign) ?(?:in|up)|register|subscribe|unlock)"
    r"(?:\W*$| (?:now|this|to (?:access|continue|read|see|unlock|view)))"
)
CLOSING = re.compile(
    r"扫描.{0,6}二维码|免责声明|不(?:代表|表明).{0,20}(?:观点|立场)"
    r"|(?:opinions|views) expressed .{0,200}\bnot\b|(?:follow|like) us on"
    r"|(?:sign up for|subscribe to) (?:our|the) newsletter"
)
"""What a site adds below a story in whole sentences; small letters are found sooner.

Bounded, so that a line of a million such words is searched once.
"""

SIGNED = re.compile(
    # Follow her @ana | See https://sorrel.example/ferries | It left.(c)AFP/Ana Ode
    r"(?:@[\w.-]+|https?://\S{1,200}|\(c\).{2,40})$"
    # Reporting by Ana Ode; editing by Omar Teel
    r"|^\w+ (?i:by) [A-Z][^.:]*$"
)
TRAILING = re.compile(r"(?:…|\.\.)[\])]?$")


def half_story_doubts(
    pieces: Sequence[Piece], blocks: Sequence[BlockReading]
) -> Iterator[Doubt]:
    """Yield the doubts whether the whole story is there, and nothing but the story."""
    lines = [piece for piece in pieces if piece.field.startswith("body ")]
    comments = [line for line in lines if COMMENTS.fullmatch(line.letters.strip())]
    times = [line for line in lines if AGO.fullmatch(line.letters.strip())]
    comments += times if len(times) > 1 else []
    walls = (line for line in lines[-3:] if PAYWALL.search(line.letters.lower()))
    closing = (line for line in lines[-3:] if CLOSING.search(line.letters.lower()))
    yield from (doubt(line.line, "comments") for line in comments[:1])
    yield from (doubt(line.line, "paywall") for line in walls)
    yield from (doubt(line.line, "ending-doubtful") for line in closing)
    texts = [block.text for block in blocks if block.kind != "subheading"]
    if len(texts) == 1:
        yield doubt(lines[0].line, "one-paragraph")
    if texts and blocks[-1].kind == "paragraph" and (code := _ending_code(*texts)):
        yield doubt(lines[-1].line, code)


def _ending_code(*texts: str) -> str:
    """Return the code of the doubt that the end of a body raises, or "".

    Where other paragraphs have no stop, one at the end shows nothing.
    """
    *others, last = texts
    if TRAILING.search(last[-4:]):
        return "cut-off"
    have_stops = sum(map(is_finished, others)) * 2 > len(others)
    if (is_finished(last) and last[-1] != ":") or not have_stops:
        return ""
    # – With input from AFP | Author: Mira Sen
    is_label = re.search("[:：]|>>", last[:-1]) or CREDIT_WORDS.search(last)
    is_note = (len(last) <= 60 and is_label) or SIGNED.search(last)
    is_whole = not TRAILING.search(others[-1][-4:])
    is_apart = is_whole and (is_note or is_byline_like(last))
    return "ending-doubtful" if is_apart else "cut-off"
