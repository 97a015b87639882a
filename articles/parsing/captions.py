"""Recognise captions, and collect them with their credits."""

import re

from articles.parsing.account import Account
from articles.parsing.credits import split_credit
from articles.parsing.lines import Line, tidy, unquoted
from articles.parsing.reading import CaptionReading

PICTURED = re.compile(
    r"(?:(?:A|An|This|In this|In an?) )?(?:undated |file |handout )*(?:photo|picture|"
    r"image|photograph)\b|.*\bon (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})"
    r",? \d{4}\.?$|.*\((?:center|centre|left|right|L|R|C|L-R)[^()]{0,20}\)",
    re.IGNORECASE | re.DOTALL,
)


def describes_picture(text: str) -> bool:
    """Tell whether words speak of a picture although no credit follows.

    >>> describes_picture("Boats wait at Port Said on May 3, 2023.")
    True
    """
    return bool(PICTURED.match(text))


class Captions:
    """Collect the captions of a story in the order in which they stand."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._numbers: dict[str, int] = {}
        self.readings: list[CaptionReading] = []

    def add(self, line: Line, after_block: int = 0) -> None:
        """Take a line as the next caption."""
        text, credit, doubt = split_credit(line.text)
        self.readings.append(CaptionReading(tidy(text), tidy(credit), after_block))
        self._numbers.setdefault(unquoted(line.text), len(self.readings))
        self._use(line, text, credit, len(self.readings))
        if doubt:
            self._account.doubt(line, doubt)

    def repeats(self, line: Line) -> bool:
        """Tell whether a line prints a known caption once more."""
        return unquoted(line.text) in self._numbers

    def add_copy(self, line: Line) -> None:
        """Take a line as one more copy of a known caption."""
        text, credit, _ = split_credit(line.text)
        self._use(line, text, credit, self._numbers[unquoted(line.text)])

    def _use(self, line: Line, text: str, credit: str, number: int) -> None:
        parts = ((f"caption {number}", text), (f"credit {number}", credit))
        self._account.use(line, *(part for part in parts if part[1]))
