"""Facts beside the files: what a crawl's index knows of pages that do not say it.

A `facts.csv` speaks of the files in its folder and below it, by their names from there.
"""

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

from articles.imports.languages import is_language_code
from articles.story.story import tidy_line

FACTS = "facts.csv"
COLUMNS = ("name", "date", "byline", "section", "language", "old_url")
SPELT_OTHERWISE = {"old_address": "old_url"}
DELIMITERS = ",;\t"
LONGEST_BYLINE = 200
# An operator mends them all at once, but reads no more.
MOST_FAULTS = 10

Facts = Mapping[str, str]
"""What is known of one file, by the names of the columns, without empty ones."""


class BadFacts(Exception):
    """Facts that cannot be meant; the `args` are lines with place and what to do."""


def find_facts(
    paths: Sequence[Path], others: Iterable[Path], is_section: Callable[[str], bool]
) -> dict[str, Facts]:
    """Return the facts of all files, by their absolute paths.

    `others` are the files of the folders that are no pages. Tables above what is named
    speak of it too, whichever folder that is. BadFacts is raised if anything is wrong.
    """
    single = [path for path in paths if not path.is_dir()]
    named = (Path(os.path.abspath(path)) for path in paths)  # noqa: PTH100
    tables = [folder / FACTS for path in named for folder in path.parents]
    tables += [path for path in others if path.name == FACTS]
    reader = _FactsReader(is_section)
    for path in single:
        if path.name == FACTS:
            fault = "is no page, but facts beside pages; name their folder instead."
            reader.faults.append(f"{path} {fault}")
    for path in {os.path.abspath(path): path for path in tables}.values():  # noqa: PTH100
        if path.is_file():
            reader.read(path)
    if faults := reader.faults:
        more = len(faults) - MOST_FAULTS
        raise BadFacts(*faults[:MOST_FAULTS], *[f"And {more:,} more."] * (more > 0))
    return reader.found


class _FactsReader:
    """Reads one table after the other, and notes what is wrong, and where."""

    def __init__(self, is_section: Callable[[str], bool]) -> None:
        self.is_section = is_section
        self.found: dict[str, Facts] = {}
        self.faults: list[str] = []

    def read(self, path: Path) -> None:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            self.faults.append(f"{path} cannot be read ({error.strerror}); check it.")
            return
        except UnicodeDecodeError:
            self.faults.append(f"{path} is not UTF-8; save it as “CSV UTF-8”.")
            return
        delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
        rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        try:
            for fault in self._read_rows(path.parent, rows):
                self.faults.append(f"{path}, line {max(rows.line_num, 1)}: {fault}")
        except csv.Error as error:
            where = f"{path}, line {rows.line_num}"
            self.faults.append(f"{where}: this is no CSV ({error}); save it anew.")

    def _read_rows(self, folder: Path, rows: Any) -> Iterator[str]:
        columns = [_column(cell) for cell in next(rows, [])]
        if unknown := [cell for cell in columns if cell not in COLUMNS]:
            known = ", ".join(COLUMNS)
            yield f"there is no column “{unknown[0]}”; use {known}."
        elif "name" not in columns or len(set(columns)) < len(columns):
            yield "name each column once, and one of them “name”."
        else:
            for row in rows:
                if any(cell.strip() for cell in row):
                    yield from self._read_row(folder, columns, row)

    def _read_row(
        self, folder: Path, columns: list[str], row: list[str]
    ) -> Iterator[str]:
        if len(row) > len(columns):
            yield "there are more values than columns; put one with a comma in quotes."
            return
        values = dict(zip(columns, map(tidy_line, row), strict=False))
        facts = {column: value for column, value in values.items() if value}
        name = facts.pop("name", "")
        path = os.path.abspath(folder / name)  # noqa: PTH100 (links keep their names)
        if not os.path.isfile(path):  # noqa: PTH113
            yield f"there is no file “{name}” in this folder; correct the name."
        elif path in self.found:
            yield f"“{name}” has facts already; leave one line of them."
        self.found[path] = facts
        yield from filter(None, (self._fault(*fact) for fact in facts.items()))

    def _fault(self, column: str, value: str) -> str:
        """Return what is wrong with a value and what to do, or ""."""
        is_right, advice = {
            "date": (is_date, "no date; write 2024-10-03 or 2024-10-03T08:30"),
            "byline": (is_byline, "too long for a byline; shorten it"),
            "section": (
                self.is_section,
                "no section; correct it, or make it one first",
            ),
            "language": (
                is_language_code,
                "no language; write a code like ar or pt-br",
            ),
            "old_url": (is_address, "no address; write it whole, with https://"),
        }[column]
        return "" if is_right(value) else f"“{value}” is {advice}."


def _column(cell: str) -> str:
    name = "_".join(cell.lower().split())
    return SPELT_OTHERWISE.get(name, name)


def is_byline(text: str) -> bool:
    return len(text) <= LONGEST_BYLINE


def is_address(text: str) -> bool:
    return text.startswith(("http://", "https://")) and " " not in text


def is_date(text: str) -> bool:
    try:
        return bool(date_of(text))
    except ValueError:
        return False


def date_of(text: str) -> date | datetime:
    """Return a stated day, or a time if there is one.

    >>> date_of("2024-10-03"), date_of("2024-10-03T08:30")
    (datetime.date(2024, 10, 3), datetime.datetime(2024, 10, 3, 8, 30))
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        return datetime.fromisoformat(text)
