"""Write the body down, block by block, and account for its lines."""

from collections.abc import Sequence

from articles.parsing.account import Account
from articles.parsing.captions import Captions
from articles.parsing.credits import ends_in_agency
from articles.parsing.datelines import has_dateline, split_dateline
from articles.parsing.lines import Line, tidy
from articles.parsing.marks import furniture_rule, without_bullet
from articles.parsing.reading import BlockReading, Kind
from articles.parsing.sentences import is_finished, is_labelled
from articles.parsing.shapes import Shape, shape_at
from articles.parsing.wrapping import is_wrapped, wrapped_length


class Body:
    """Collect the blocks of a story, the dateline taken out of the first paragraph."""

    def __init__(self, account: Account, captions: Captions) -> None:
        self._account = account
        self._captions = captions
        self._paragraphs = 0
        self.blocks: list[BlockReading] = []
        self.dateline = ""

    def read(self, lines: Sequence[Line], *, is_sure: bool) -> None:
        """Read lines shape by shape; `is_sure` when the head had the familiar form."""
        at = 0
        is_in_columns = is_wrapped(lines)
        while at < len(lines):
            length = wrapped_length(lines, at) if is_in_columns else 1
            shape = Shape("paragraph", length)
            if length == 1:
                shape = shape_at(lines, at, is_sure=is_sure)
            taken = lines[at : at + shape.length]
            if shape.doubt:
                self._account.doubt(taken[0], shape.doubt)
            if shape.kind == "mark":
                self._set_aside(taken[0])
            elif shape.kind == "caption":
                self._captions.add(taken[0], after_block=len(self.blocks))
            else:
                self._add(shape.kind, taken)
            at += shape.length

    def _set_aside(self, line: Line) -> None:
        """Set furniture aside; a stray "Updated" states a date, so it stays open."""
        if rule := furniture_rule(line.text):
            self._account.set_aside(line, rule)
        else:
            self._account.leave(line)

    def _add(self, kind: Kind, lines: Sequence[Line]) -> None:
        if kind == "paragraph":
            lines = self._paragraph(lines)
        elif kind == "list":
            lines = [without_bullet(line) for line in lines]
        elif kind == "box":
            self._account.use(lines[0])
            lines = lines[1:]
        self._write(kind, lines)

    def _paragraph(self, lines: Sequence[Line]) -> Sequence[Line]:
        """Return a paragraph's lines without the dateline, its doubts noted."""
        for line in lines[:-1]:
            self._account.doubt(line, "joined-lines")
        text = lines[-1].text
        if not (is_finished(text) or is_labelled(text)):
            self._account.doubt(lines[-1], "unfinished-sentence")
        if ends_in_agency(text):
            self._account.doubt(lines[-1], "caption-doubtful")
        self._paragraphs += 1
        return [self._without_dateline(lines[0]), *lines[1:]]

    def _without_dateline(self, line: Line) -> Line:
        """Return a line with the dateline, if this is its place, in the lead."""
        if self._paragraphs > 1:
            if self._paragraphs == 2 and not self.dateline and has_dateline(line.text):
                self._account.doubt(line, "dateline-doubtful")
            return line
        found = split_dateline(line.text)
        if found.doubt:
            self._account.doubt(line, found.doubt)
        if not found.place:
            return line
        self.dateline = tidy(found.place)
        return line.behind(("dateline", found.place), text=found.text)

    def _write(self, kind: Kind, lines: Sequence[Line]) -> None:
        """Write a block down; lists and posts keep their lines, others join them."""
        field = f"body {len(self.blocks) + 1}"
        texts = [tidy(line.text) for line in lines if line.text]
        for line in lines:
            self._account.use(line, *([(field, line.text)] if line.text else []))
        if texts:
            apart = "\n" if kind in ("list", "embed") else " "
            self.blocks.append(BlockReading(kind, apart.join(texts)))
