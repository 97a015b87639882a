"""The days that a page prints for a story, where an editor has to say which it is."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from articles.models import SourceStory
from articles.parsing.dates import EARLIEST_YEAR, date_field, read_date
from articles.store.rows import lines_of

DATE_FIELDS = {"updated", "published"}
DATE_CODES = {"date-unread", "date-guessed", "date-implausible", "relative-time"}
IN_FIGURES = re.compile(r"(?<!\d)(\d\d?)[./-](\d\d?)[./-](\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A line that was read as a date, or doubted, and the days that it can be.

    `is_implausible` says that the story cannot be of such a day, as far as is known,
    and `is_update` that the page calls it the day of an update.
    """

    text: str
    days: tuple[date, ...]
    is_implausible: bool = False
    is_update: bool = False


def printed_dates(article_ids: Iterable[int]) -> dict[int, list[PrintedDate]]:
    """Return the dates that the current reading of each article prints, each once."""
    readings = SourceStory.objects.filter(is_taken=True, article__in=article_ids)
    readings = readings.select_related("file").prefetch_related("doubts").defer("story")
    found = {}
    for reading in readings.iterator(chunk_size=20):
        found[reading.article_id] = list(dict.fromkeys(_dates_of(reading)))
    return found


def _dates_of(reading: SourceStory) -> Iterator[PrintedDate]:
    lines = lines_of(reading.file)
    doubts = [each for each in reading.doubts.all() if each.code in DATE_CODES]
    doubted = {each.line: lines[each.line - 1] for each in doubts}
    texts = {line: [(date_field(text), text)] for line, text in doubted.items()}
    implausible = {
        each.line
        for each in doubts
        if each.code == "date-implausible" and not each.dismissed_at
    }
    dated: dict[int, list[tuple[str | None, str]]] = defaultdict(list)
    reached: dict[int, int] = {}
    for line, field, length in reading.pieces:
        begin = reached.get(line, 0)
        reached[line] = begin + length
        if field in DATE_FIELDS:
            text = lines[line - 1][begin : begin + length]
            dated[line].append((field, text))
    for line, found in sorted((texts | dated).items()):
        days = {day for _, text in found for day in possible_days(text)}
        is_update = all(field == "updated" for field, _ in found)
        text = " ".join(lines[line - 1].split())
        yield PrintedDate(text, tuple(sorted(days)), line in implausible, is_update)


def possible_days(text: str) -> tuple[date, ...]:
    """Return the days that a text can be: in figures alone they may be two.

    >>> [str(day) for day in possible_days("03/10/2024")]
    ['2024-03-10', '2024-10-03']
    """
    if at := read_date(text):
        return (at.date() if isinstance(at, datetime) else at,)
    days = set()
    for first, second, year in IN_FIGURES.findall(text)[:1]:
        for number, month in ((first, second), (second, first)):
            with suppress(ValueError):
                days.add(date(int(year), int(month), int(number)))
    return tuple(sorted(day for day in days if day.year >= EARLIEST_YEAR))
