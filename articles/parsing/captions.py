"""Recognise captions, and whose a picture is by the credit in their words."""

import re
from typing import NamedTuple

from articles.parsing.lines import Line, Lines, copy_key, tidy_field
from articles.parsing.reading import CaptionReading, LineRecord
from articles.parsing.vocabulary import AGENCIES, POSITIONS, SOURCES

PICTURED = re.compile(
    r"(?:(?:A|An|This|In this|In an?) )?(?:undated |file |handout )*(?:photo|picture|"
    r"image|photograph)\b|.*\bon (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})"
    r",? \d{4}\.?$|.*\((?:center|centre|left|right|L|R|C|L-R)[^()]{0,20}\)",
    re.IGNORECASE | re.DOTALL,
)


def describes_picture(text: str) -> bool:
    """Tell whether words speak of a picture although no credit follows."""
    return bool(PICTURED.match(text))


class Captions:
    """Collect the captions of a story in the order in which they stand."""

    def __init__(self, record: LineRecord) -> None:
        self._record = record
        self._numbers: dict[str, int] = {}
        self.readings: list[CaptionReading] = []

    def add(self, *lines: Line, after_block: int = 0) -> None:
        """Read lines, over which a page may have wrapped it, as the next caption."""
        caption = " ".join(line.text for line in lines)
        text, credit, doubt = split_credit(caption)
        reading = CaptionReading(tidy_field(text), tidy_field(credit), after_block)
        self.readings.append(reading)
        self._numbers.setdefault(copy_key(caption), len(self.readings))
        self._add_used(lines, text, credit, len(self.readings))
        for line in lines[:-1]:
            self._record.add_doubt(line, "joined-lines")
        if doubt:
            self._record.add_doubt(lines[-1], doubt)

    def read_copy(self, line: Line) -> bool:
        """Read a line that prints a known caption once more; tell whether it did."""
        number = self._numbers.get(copy_key(line.text), 0)
        if number:
            text, credit, _ = split_credit(line.text)
            self._add_used((line,), text, credit, number)
        return number > 0

    def _add_used(self, lines: Lines, text: str, credit: str, number: int) -> None:
        """Give each line its share of the text, and of the credit at the end."""
        at, start = 0, " ".join(line.text for line in lines).rfind(credit)
        names = f"caption {number}", f"credit {number}"
        for line in lines:
            end = at + len(line.text)
            shares = text[at:end], credit[max(at - start, 0) : max(end - start, 0)]
            parts = zip(names, map(str.strip, shares), strict=True)
            self._record.add_used(line, *(part for part in parts if part[1]))
            at = end + 1


CREDIT_WORDS = re.compile(
    rf"@\w|\b(?:{'|'.join(sorted(AGENCIES))}|(?i:{'|'.join(sorted(SOURCES))}))\b"
)
CREDIT_LINE = re.compile(
    r"(?i:photos?|file|courtesy)(?: courtesy)?\s*[:/]\s*\S.{0,60}"
    r"|(?:(?:Graphic|Illustration|Photo(?:graph)?)s? by|Courtesy(?: of)?) [A-Z].{0,60}"
)
FULL_SENTENCE = re.compile(r".*[.!?][”’\"']?", re.DOTALL)
UNBRACKETED = re.compile(r"(?P<text>.*[.!?][”’\"']?)\s+(?P<tail>\S[^.!?]*)", re.DOTALL)
ABBREVIATED = re.compile(r"(?:\b[A-Z]|\b(?:Dr|Mr|Mrs|Ms|St|Gen|Col|Jr|No))\.$")


class Credited(NamedTuple):
    """Hold a caption without its credit, the credit, and the code of a doubt."""

    text: str
    credit: str
    doubt: str = ""


def split_credit(caption: str) -> Credited:
    """Return the caption and its credit, or "" where there is none.

    >>> split_credit("A crane lifts a box. (File/AFP)")
    Credited(text='A crane lifts a box.', credit='File/AFP', doubt='')
    >>> split_credit("Stocks rose by 4 p.m. Shutterstock").credit
    'Shutterstock'
    >>> split_credit("The envoy (left) meets the mayor (center, right)").credit
    ''
    """
    if _is_credit_line(caption):
        return Credited("", caption.strip("()"))
    if caption.rstrip(".").endswith(")"):
        return _split_at_bracket(caption)
    return _split_at_stop(caption)


def has_credit(text: str) -> bool:
    """Tell whether a line ends in a credit, as captions do."""
    return bool(split_credit(text).credit)


def has_sure_credit(text: str) -> bool:
    """Tell whether a line ends in a credit that nobody could doubt."""
    found = split_credit(text)
    return bool(found.credit) and not found.doubt


def ends_in_agency(text: str) -> bool:
    """Tell whether a sentence is followed by brackets with a known credit.

    >>> ends_in_agency("Boats at dawn. (AFP)"), ends_in_agency("Races in Pindi (PCB)")
    (True, False)
    """
    if not text.endswith(")"):
        return False
    found = split_credit(text)
    is_known = CREDIT_WORDS.search(found.credit) and FULL_SENTENCE.fullmatch(found.text)
    return bool(is_known)


def _split_at_bracket(caption: str) -> Credited:
    """Split before the last bracket, if it says whose picture it is."""
    text, credit = _last_bracket(caption)
    if not credit:
        return Credited(caption, "")
    if CREDIT_WORDS.search(credit):
        return Credited(text, credit, "credit-guessed" if _is_doubled(text) else "")
    if _is_aside(credit):
        return Credited(caption, "", "credit-doubtful")
    is_sure = FULL_SENTENCE.fullmatch(text)
    return Credited(text, credit, "" if is_sure else "credit-guessed")


def _last_bracket(caption: str) -> tuple[str, str]:
    """Return the text before the last bracket and what it says, if that is no place."""
    end = caption.rindex(")")
    start = _find_opening(caption, end)
    text, words = caption[:start].rstrip(), caption[start + 1 : end].strip()
    if start < 0 or not words or _says_where(words):
        return caption, ""
    return text, words


def _is_doubled(text: str) -> bool:
    """Tell whether one more credit stands before the credit."""
    if not text.endswith(")"):
        return False
    before = _last_bracket(text)[1]
    is_credit = bool(CREDIT_WORDS.search(before)) or not _is_aside(before)
    return _is_credit_line(text) or (bool(before) and is_credit)


def _is_aside(words: str) -> bool:
    """Tell whether brackets hold a remark, which is no credit."""
    return words[:1].islower() or words[-1:] in ".!?" or len(words) > 60


def _find_opening(caption: str, end: int) -> int:
    """Return where the bracket opens that closes at `end`, or -1."""
    depth = 0
    for at in range(end, -1, -1):
        depth += (caption[at] == ")") - (caption[at] == "(")
        if depth == 0:
            return at
    return -1


def _says_where(words: str) -> bool:
    """Tell whether brackets hold a position, an amount or a year."""
    if words[0] in "$€£¥₹" or words[0].isdigit():
        return True
    return all(word.lower() in POSITIONS for word in re.split(r"[ ,/]+", words))


def _split_at_stop(caption: str) -> Credited:
    """Split behind the last full stop, if a credit without brackets follows it."""
    start = max(len(caption) - 100, 0)
    match = UNBRACKETED.fullmatch(caption, start)
    if match is None or not _is_source(match["tail"]):
        return Credited(caption, "", "credit-doubtful" if _trails_off(caption) else "")
    text, tail = caption[: match.end("text")], match["tail"]
    if CREDIT_WORDS.search(tail):
        return Credited(text, tail)
    if ABBREVIATED.search(text[-8:]):
        return Credited(caption, "")
    return Credited(text, tail, "credit-guessed")


def _trails_off(caption: str) -> bool:
    """Tell whether a source ends a caption, not set apart by a stop or brackets."""
    end = caption[-60:]
    opened = end.rpartition("(")[2] if "(" in end else end.rsplit(None, 1)[-1]
    is_name = opened[:1].isupper() and end[-1].isalnum()
    return is_name and bool(CREDIT_WORDS.match(opened))


def _is_source(text: str) -> bool:
    """Tell whether words behind a sentence can say whose picture it is."""
    words = text.split()
    is_name = all(word[0].isupper() or word[0] == "@" for word in words)
    most = 6 if CREDIT_WORDS.match(text) else 4 if is_name else 0
    return len(words) <= most and text[-1].isalnum()


def _is_credit_line(caption: str) -> bool:
    """Tell whether a line is nothing but a credit."""
    words = caption.strip("()").replace("/", " ").replace(":", " ").split()
    is_known = 0 < len(words) <= 4 and all(map(CREDIT_WORDS.fullmatch, words))
    return is_known or bool(CREDIT_LINE.fullmatch(caption))
