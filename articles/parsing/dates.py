"""Read the dates that a page prints, or reckon them from the moment of the crawl."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Literal

from articles.parsing.lines import FieldText
from articles.parsing.reading import DateCertainty
from articles.story import calendar
from articles.story.text import fold_name

DayOrder = Literal["", "day-first", "month-first"]
DATE_FIELDS = {"published", "updated"}
Printed = date | datetime | None

EARLIEST_YEAR = 1605
"""The first newspaper's; a date before it was misread or mistyped."""

ORDERS = {"day-first": ["dmy"], "month-first": ["mdy"], "": ["dmy", "mdy", "ymd"]}
"""In which orders three numbers may be a day: without being told, in any."""

LONGEST_DATE, LONGEST_PHRASE = 160, 60
RELATIVE_DAYS = {"just now": 0, "today": 0, "yesterday": 1}
LOOSE = re.compile(
    r"today|yesterday|just now|(?:last |on |this )?(?:\w+day|night|week)|\S.{0,38} ago"
    # What holds a figure and is no sentence: 3 octobre 2024
    r"|(?=\D*\d)\S.{0,36}(?:[^.!?]|[ap]\.m\.)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Crawl:
    """Hold what is known of when pages were saved, and of how they print days.

    `at` was told, `on` is the crawl's day and `latest` the latest day that the file
    prints; no page is newer than the import, which begins at `begun_at`.
    """

    at: date | datetime | None = None
    on: date | None = None
    modified_at: datetime | None = None
    begun_at: datetime | None = None
    latest: date | None = None
    day_order: DayOrder = ""
    first_year: int = 0

    def moment(self) -> Printed:
        """Return the best known moment to reckon from.

        A file's time is one if it is no copy's, of the last day, and no date's denial.
        """
        saved, begun = self.modified_at, self.begun_at
        if self.at or self.on or not (saved and begun and begun - saved > ONE_DAY):
            return self.at or self.on or self.latest
        after = saved.date() - (self.latest or saved.date())
        return saved if 0 <= after.days <= MOST_DAYS else self.latest

    def year(self, printed: str) -> int:
        """Return a year; ValueError is raised if its century is not certain."""
        year, first = int(printed.strip("'")), self.first_year or EARLIEST_YEAR
        last = self.at or self.on or self.begun_at
        if len(printed) < 4:
            end = last.year + 1 if last else 0
            (year,) = range(first + (year - first) % 100, end, 100)
        return year


ONE_DAY, MOST_DAYS = timedelta(days=1), 31
NOTHING_KNOWN = Crawl()


def read_date(text: str, known: Crawl = NOTHING_KNOWN) -> Printed:
    """Return the date that a text is, whatever it calls it, if it is certain.

    There is such a day, on the weekday beside it, and in one reading alone.

    >>> read_date("Last updated: Thursday, 3 Oct. 2024 | 4:15 p.m.")
    datetime.datetime(2024, 10, 3, 16, 15)
    >>> read_date("03/10/2024"), read_date("Friday, 3 October 2024")
    (None, None)
    """
    at, rest = _take_date(text, known)
    return at if rest == "" else None


def is_printed_day(text: str) -> bool:
    """Tell whether a line is a day, as other newspapers print it below a byline.

    >>> is_printed_day("Monday, May 3, 2021, 4:15 p.m."), is_printed_day("May 3")
    (True, False)
    """
    _, rest = _take_date(text, NOTHING_KNOWN)
    is_phrase = len(text) <= LONGEST_PHRASE and text[-1:] not in ".!?"
    return rest == "" or bool(rest and is_phrase and calendar.LABEL.match(rest.strip()))


def is_day_alone(text: str) -> bool:
    """Tell whether a text is one day, of whatever label, hour and weekday."""
    return _take_date(text, NOTHING_KNOWN)[1] == ""


def is_hour_alone(text: str) -> bool:
    """Tell whether a text is an hour without a day.

    >>> is_hour_alone("Last updated: 4:15 p.m."), is_hour_alone("4:15 p.m. in Harbor")
    (True, False)
    """
    clock, rest = _cut(fold_name(text), calendar.CLOCK)
    return bool(clock and calendar.DATE_ALONE.fullmatch(rest))


def _take_date(text: str, known: Crawl) -> tuple[Printed, str | None]:
    """Return the date in a text, if it is certain, and the words beside it, or None."""
    _, rest = _cut(fold_name(text) if len(text) <= LONGEST_DATE else "", calendar.HIJRI)
    clock, rest = _cut(rest, calendar.CLOCK)
    form, rest = _cut(rest, *calendar.FORMS)
    if form is None:
        return None, None
    day, weekdays = _day(form, known), calendar.WEEKDAY.findall(rest)
    rest = calendar.WEEKDAY.sub(" ", rest)
    rest = "" if calendar.DATE_ALONE.fullmatch(rest) else rest
    if not day or any(calendar.WEEKDAYS[name] != day.isoweekday() for name in weekdays):
        return None, rest
    with suppress(ValueError):
        return _at(day, clock) if clock else day, rest
    return None, rest


def _cut(text: str, *forms: re.Pattern[str]) -> tuple[re.Match[str] | None, str]:
    """Return the first form that is found in a text, and the text without it."""
    found = next(filter(None, (form.search(text) for form in forms)), None)
    return found, f"{text[: found.start()]} {text[found.end() :]}" if found else text


def _day(form: re.Match[str], known: Crawl) -> date | None:
    """Return the day that a form states, if there is one such day and no other."""
    part, days = form.groupdict(), set()
    if "one" in part:
        numbers, orders = tuple(part.values()), ORDERS[known.day_order]
        readings = [[numbers[order.index(p)] for p in "ymd"] for order in orders]
    else:
        names = part["month"], part.get("same") or part["month"]
        readings = [[part["year"], name, part.get("day", "1")] for name in names]
    for year, month, day in readings:
        with suppress(ValueError):
            number = calendar.MONTHS.get(month) or int(month)
            days.add(date(known.year(year), number, int(day)))
    found = days.pop() if len(days) == 1 else None
    return found if found and found.year >= EARLIEST_YEAR else None


def _at(day: date, clock: re.Match[str]) -> date:
    """Return the moment on a day, or the day if its zone means several."""
    hour, half = int(clock["hour"]), clock["half"]
    if half:
        hour = hour % 12 + 12 * (half in "pم") if 1 <= hour <= 12 else 24
    at = time(hour, int(clock["minute"] or 0), int(clock["second"] or 0))
    if clock["vague"] or not (clock["zone"] or clock["ahead"]):
        return day if clock["vague"] else datetime.combine(day, at)
    ahead = clock["ahead"] or "+0"
    hours = calendar.ZONES.get(clock["zone"], 0) + int(ahead)
    minutes = int(ahead[0] + (clock["minutes"] or "0"))
    return datetime.combine(day, at, timezone(timedelta(hours=hours, minutes=minutes)))


def date_field(text: str) -> str | None:
    """Return what a line calls its date, if anything; a time ago is of an update.

    >>> date_field("Modified 3 octobre 2024"), date_field("3 octobre 2024")
    ('updated', None)
    """
    label = calendar.LABEL.search(fold_name(text))
    if time_ago(text) or (label and label["updated"]):
        return "updated"
    return "published" if label and label["published"] else None


def halves(text: str) -> list[tuple[str, str, str]]:
    """Return a text of a date and more in two, wherever one may begin or end."""
    cuts = calendar.CUT.finditer(text) if _take_date(text, NOTHING_KNOWN)[1] else ()
    return [(text[: cut.start()], cut[0], text[cut.end() :]) for cut in cuts]


def split_dates(text: str) -> tuple[FieldText, ...]:
    """Return the date that a text is, or the two, each by what it is called.

    >>> split_dates("3 October 2024 | Updated 5 October 2024")
    (('published', '3 October 2024'), ('updated', 'Updated 5 October 2024'))
    """
    if is_day_alone(text) or time_ago(text):
        return ((date_field(text) or "published", text),)
    for first, _, rest in halves(text):
        fields = date_field(first) or "published", date_field(rest) or "published"
        is_two = calendar.LABEL.match(fold_name(rest)) and fields[0] != fields[1]
        if is_two and is_day_alone(first) and is_day_alone(rest):
            return (fields[0], first), (fields[1], rest)
    return ()


def time_ago(text: str) -> timedelta | None:
    """Return how long before the crawl a relative time lies.

    >>> time_ago("20 min 46 sec ago"), time_ago("Posted 1 day ago")
    (datetime.timedelta(seconds=1246), datetime.timedelta(days=1))
    """
    ago = calendar.LABEL.sub("", fold_name(text), count=1).strip(" :")
    if not calendar.AGO.fullmatch(ago):
        return None
    steps = calendar.STEP.findall(ago)
    seconds = sum(int(count or 1) * calendar.UNITS[unit] for count, unit in steps)
    return timedelta(seconds=seconds)


def latest_day(text: str, known: Crawl) -> date | None:
    """Return the latest day that a text prints, not later than the import.

    >>> latest_day("In May 2021 it left; on 3 April 2021 it had come.", NOTHING_KNOWN)
    datetime.date(2021, 5, 1)
    """
    last = known.begun_at.date() if known.begun_at else date.max
    known, folded = Crawl(day_order=known.day_order), fold_name(text)
    days = (
        _day(found, known)
        for form in (*calendar.FORMS, calendar.MONTH_ALONE)
        for found in form.finditer(folded)
    )
    return max((day for day in days if day and day <= last), default=None)


def resolve_date(printed: str, crawl: Crawl) -> tuple[Printed, DateCertainty, str]:
    """Return the moment, how sure it is, and the code of the doubt, if any.

    >>> resolve_date("4 min ago", Crawl(at=datetime(2026, 2, 2, 12, 30)))
    (datetime.datetime(2026, 2, 2, 12, 26), 'estimated', 'relative-time')
    """
    if not printed or (moment := read_date(printed, crawl)):
        return (moment, "stated", "") if printed else (None, "unknown", "")
    ago, moment = time_ago(printed), crawl.moment()
    if (days := RELATIVE_DAYS.get(fold_name(printed))) is not None:
        ago, moment = timedelta(days), crawl.at or crawl.on
        moment = moment.date() if isinstance(moment, datetime) else moment
    if ago is None:
        return None, "unknown", "date-unread"
    if isinstance(moment, datetime):
        moment = moment.replace(microsecond=0)
    with suppress(OverflowError):
        if moment:
            return moment - ago, "estimated", "relative-time"
    return None, "unknown", "relative-time"


def embargo_moment(text: str) -> datetime | None:
    """Return the moment that an embargo states, if it states its zone.

    >>> embargo_moment("EMBARGOED UNTIL 06 MAY 2030 00:01 GMT").isoformat()
    '2030-05-06T00:01:00+00:00'
    >>> embargo_moment("Embargoed until 6 May 2030, 7 p.m.") is None
    True
    """
    at, _ = _take_date(text, NOTHING_KNOWN)
    return at if isinstance(at, datetime) and at.tzinfo else None


def is_date(text: str) -> bool:
    """Tell whether a text speaks of a time, even of one that cannot be reckoned.

    >>> is_date("31 June 2013"), is_date("yesterday"), is_date("rules for boats")
    (True, True, False)
    """
    is_loose = LOOSE.fullmatch(" ".join(text.split()))
    return bool(is_loose or is_printed_day(text) or time_ago(text))


def is_day_like(text: str) -> bool:
    """Tell whether a line below a headline is a day, in whatever form or language.

    >>> is_day_like("3 octobre 2024"), is_day_like("Ten moments of 2024")
    (True, False)
    """
    if len(text) > LONGEST_DATE:
        return False
    numbers, words = re.findall(r"\d+", text), re.findall(r"[^\W\d_]+", text)
    has_year = any(len(year) == 4 and year[0] in "12١٢۱۲" for year in numbers)
    is_short = len(numbers) > 1 and 0 < len(words) <= 3
    return is_printed_day(text) or time_ago(text) is not None or (has_year and is_short)
