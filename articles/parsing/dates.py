"""Read the day of an "Updated" line, or reckon it from the moment of the crawl."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from articles.parsing.reading import DateCertainty

MONTHS = (
    "january february march april may june july august september october november "
    "december"
).split()
STATED = re.compile(r"(\d{1,2}) ([A-Z][a-z]{2,8})\.? (\d{4})")
DAY = 86_400
UNITS = {"sec": 1, "second": 1, "min": 60, "minute": 60, "hr": 3_600, "hour": 3_600}
UNITS |= {"day": DAY, "week": 7 * DAY, "month": 30 * DAY, "year": 365 * DAY}
"""The seconds of each unit that a page counts in; a month and a year are rough."""

EARLIEST_YEAR = 1605
"""The first newspaper's; a date before it was misread or mistyped."""

UNIT = rf"({'|'.join(UNITS)})s?"
RELATIVE = re.compile(rf"(?:\d{{1,5}} {UNIT} ){{1,4}}ago")
STEP = re.compile(rf"(\d+) {UNIT}\b")
LOOSE = re.compile(
    r"today|yesterday|just now|(?:last |on |this )?(?:\w+day|night|week)|\S.{0,38} ago"
    # What holds a figure and is no sentence: October 3, 2024 at 4:15 p.m.
    r"|(?=\D*\d)\S.{0,36}(?:[^.!?]|[ap]\.m\.)",
    re.IGNORECASE,
)

MONTH_NAMES = "|".join(rf"{month[:3]}(?:{month[3:]})?" for month in MONTHS)
PRINTED = re.compile(
    r"(?:(?:last |first )?(?:published|posted|updated|modified)"
    r"(?: on| at| in [^,]{2,40},)?:? )?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    rf"(?:(?:{MONTH_NAMES})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|\d{{1,2}}\.? (?:{MONTH_NAMES})\.?,? \d{{4}}"
    r"|\d{4}-\d\d-\d\d|\d\d?[./]\d\d?[./]\d{4})"
    r"(?:,?(?: at| -| \|)? \d{1,2}[:.]\d\d.{0,12})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Crawl:
    """Hold what is known of when a page was saved, and the latest day on it."""

    at: datetime | None = None
    on: date | None = None
    modified_at: datetime | None = None
    stated: date | None = None

    def moment(self) -> date | datetime | None:
        """Return the best known moment to reckon from, contradicted by no date."""
        if self.at or self.on:
            return self.at or self.on
        saved = self.modified_at
        is_late = saved and self.stated and self.stated > saved.date()
        return None if is_late else saved


def stated_day(text: str) -> date | None:
    """Return the day that a text states.

    >>> stated_day("04 July 2013")
    datetime.date(2013, 7, 4)
    >>> stated_day("31 June 2013") is None
    True
    """
    match = STATED.fullmatch(" ".join(text.split()))
    if match is None:
        return None
    day, name, year = match.groups()
    for number, month in enumerate(MONTHS, start=1):
        if month.startswith(name.lower()):
            with suppress(ValueError):
                found = date(int(year), number, int(day))
                return found if found.year >= EARLIEST_YEAR else None
    return None


def time_ago(text: str) -> timedelta | None:
    """Return how long before the crawl a relative time lies.

    >>> time_ago("20 min 46 sec ago")
    datetime.timedelta(seconds=1246)
    """
    text = " ".join(text.split())
    if not RELATIVE.fullmatch(text):
        return None
    steps = (int(count) * UNITS[unit] for count, unit in STEP.findall(text))
    return timedelta(seconds=sum(steps))


def crawl_moment(text: str, zone: tzinfo) -> datetime:
    """Return when pages were saved, as an operator says it; a day alone is its noon.

    >>> from datetime import UTC
    >>> crawl_moment("2026-02-02", UTC).isoformat()
    '2026-02-02T12:00:00+00:00'
    """
    try:
        at = datetime.combine(date.fromisoformat(text), time(12))
    except ValueError:
        at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=zone)


def is_date(text: str) -> bool:
    """Tell whether a text speaks of a time, even of one that cannot be reckoned.

    >>> is_date("31 June 2013"), is_date("yesterday"), is_date("rules for boats")
    (True, True, False)
    """
    folded = " ".join(text.split())
    return bool(LOOSE.fullmatch(folded))


def is_printed_day(text: str) -> bool:
    """Tell whether a line is a day, as other newspapers print it below a byline.

    Whose day that is, the page's or the story's, is not known.

    >>> is_printed_day("Monday, May 3, 2021, 4:15 p.m."), is_printed_day("May 3")
    (True, False)
    """
    return bool(PRINTED.fullmatch(text))


ZONES = {"BST": 1, "CET": 1, "CEST": 2, "EDT": -4, "EST": -5, "GMT": 0, "UTC": 0}
"""The hours that zones are ahead of UTC; AST, CST and IST each mean several."""

ZONED_TIME = re.compile(rf"\b(\d\d?)[:.]?(\d\d)[ (]*({'|'.join(ZONES)})\b")
DAY_OF_YEAR = re.compile(rf"\b\d{{1,2}} (?:{MONTH_NAMES})\.? \d{{4}}\b", re.IGNORECASE)


def embargo_moment(text: str) -> datetime | None:
    """Return the moment that an embargo states, if it states its zone.

    >>> embargo_moment("EMBARGOED UNTIL 06 MAY 2030 00:01 GMT").isoformat()
    '2030-05-06T00:01:00+00:00'
    >>> embargo_moment("Embargoed until 6 May 2030, 7 p.m.") is None
    True
    """
    found, clock = DAY_OF_YEAR.search(text), ZONED_TIME.search(text)
    day = stated_day(found[0].title()) if found else None
    if not (day and clock):
        return None
    zone = timezone(timedelta(hours=ZONES[clock[3]]))
    with suppress(ValueError):
        return datetime.combine(day, time(int(clock[1]), int(clock[2]), tzinfo=zone))
    return None


def is_day_like(text: str) -> bool:
    """Tell whether a line below a headline is a day, in whatever form or language.

    >>> is_day_like("الخميس 03 أكتوبر 2024"), is_day_like("Ten moments of 2024")
    (True, False)
    """
    numbers, words = re.findall(r"\d+", text), re.findall(r"[^\W\d_]+", text)
    has_year = any(len(year) == 4 and year[0] in "12١٢۱۲" for year in numbers)
    is_short = len(numbers) > 1 and 0 < len(words) <= 3
    return is_printed_day(text) or (has_year and is_short)


def resolve_updated(
    printed: str, crawl: Crawl
) -> tuple[date | datetime | None, DateCertainty, str]:
    """Return the moment, how sure it is, and the code of the doubt, if any.

    >>> resolve_updated("4 min ago", Crawl(at=datetime(2026, 2, 2, 12, 30)))
    (datetime.datetime(2026, 2, 2, 12, 26), 'estimated', 'relative-time')
    """
    if not printed:
        return None, "unknown", ""
    if day := stated_day(printed):
        return day, "stated", ""
    ago = time_ago(printed)
    if ago is None:
        return None, "unknown", "date-unread"
    moment = crawl.moment()
    try:
        moment = moment - ago if moment else None
    except OverflowError:
        moment = None
    if isinstance(moment, datetime):
        moment = moment.replace(microsecond=0)
    return moment, "estimated" if moment else "unknown", "relative-time"
