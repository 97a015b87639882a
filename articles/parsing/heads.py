"""Collect what the head of a story says: all that stands above its body."""

from articles.parsing.account import Account
from articles.parsing.captions import Captions
from articles.parsing.lines import Line, tidy, unquoted
from articles.parsing.marks import (
    furniture_rule,
    short_address,
    updated_as_printed,
    without_bullet,
)
from articles.parsing.mending import has_broken_letters


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
