"""Read the dates that a page prints, or reckon them from the moment of the crawl."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Literal

from articles.parsing.reading import DateCertainty
from articles.story.calendar import MONTHS, WEEKDAYS
from articles.story.text import fold_name, words_of

DayOrder = Literal["", "day-first", "month-first"]
DateField = Literal["updated", "published"]
Printed = date | datetime | None

EARLIEST_YEAR = 1605
"""The first newspaper's; a date before it was misread or mistyped."""

ZONES = {"z": 0, "gmt": 0, "utc": 0, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3}
ZONES |= {"edt": -4, "est": -5, "pdt": -7, "pkt": 5, "hkt": 8, "sgt": 8, "jst": 9}
"""The hours that zones are ahead of UTC."""

VAGUE_ZONES = "ast|cdt|cst|ct|et|ist|mdt|mst|mt|pst|pt|local time"
"""What means several zones, and so leaves the day alone."""

UPDATED = words_of(
    "آخر تحديث, تحديث, اپ ڈیٹ, 更新时间, 最后更新, 最終更新, 更新于, 更新, 수정"
)
PUBLISHED = words_of(
    "نشر في, نشر, تاريخ النشر, شائع, 发布时间, 发布日期, 发布于, 公開, 입력"
)

MONTH_NAMES, DAY_NAMES, ZONE_NAMES, UPDATED_NAMES, PUBLISHED_NAMES = (
    "|".join(sorted(map(fold_name, names), key=len, reverse=True))
    for names in (MONTHS, WEEKDAYS, ZONES, UPDATED, PUBLISHED)
)
MONTH = rf"(?P<month>{MONTH_NAMES})(?: ?/ ?(?P<same>{MONTH_NAMES}))?(?!\w)"
DAY, YEAR = r"(?P<day>\d\d?)(?:st|nd|rd|th)?", r"(?P<year>\d{4}|'?\d\d)(?!\d)"
GAP = "(?:[ .,،/-]{1,3}| of )"
Y, M, D = (
    rf"(?:[./-]|{fold_name(sign)})" for sign in ("年|년", "月|월", r"日|일|(?!\d)")
)
FORMS = [
    re.compile(r"(?<![\w./'-])" + form)
    for form in (
        # 3rd Oct. 2024 | October 3, 2024 | 2024-10-03, 2024年10月3日 | 03/10/2024
        f"{DAY}{GAP}{MONTH}{GAP}{YEAR}",
        f"{MONTH}{GAP}{DAY}{GAP}{YEAR}",
        rf"(?P<year>\d{{4}}){Y} ?(?P<month>\d\d?){M} ?{DAY}{D}",
        r"(?P<one>\d\d?)[./-] ?(?P<other>\d\d?)[./-] ?(?P<last>\d{4}|\d\d)(?!\d)",
    )
]
MONTH_ALONE = re.compile(rf"(?<!\w)(?<!\d[ .-]){MONTH} (?P<year>\d{{4}})(?!\d)")
ORDERS = {"day-first": ["dmy"], "month-first": ["mdy"], "": ["dmy", "mdy", "ymd"]}
"""In which orders three numbers may be a day: without being told, in any."""

WEEKDAY = re.compile(
    rf"(?<!\w)(?:星期|周)?({DAY_NAMES})(?:曜日?|{fold_name('요일')})?(?!\w)"
)
CLOCK = re.compile(
    # T14:05:00.000, 4.15 p.m., 0001 (GMT+5); the second of 10:05-11:30 is no zone.
    r"(?:(?<=\d)t|(?<![\w./:-]))(?P<hour>\d\d?)"
    rf"(?:(?:[:.]|(?=\d\d[ (]*(?:{ZONE_NAMES})\b))(?P<minute>\d\d)"
    r"(?::(?P<second>\d\d)(?:\.\d+)?)?(?!\d|[./]\d)|(?= ?[ap]\.? ?m\b))"
    r"(?: ?(?P<half>[ap](?=\.? ?m\b)|[صم](?!\w))(?:\.? ?m\b\.?)?)?"
    rf"(?:[ (]*(?:(?P<zone>{ZONE_NAMES})(?![^\W\d])|(?P<vague>{VAGUE_ZONES})\b))?"
    r"(?: ?(?<!\s\d:\d\d)(?<!\s\d\d:\d\d)(?P<ahead>[+-]\d\d?)"
    r"(?::?(?P<minutes>\d\d))?(?!\d))?\)?"
)
FILLING = r"(?:\b(?:at|on|the|hrs?)\b|[\s.,:;|()\[\]•·،/–—-]|\b[مء]\b)*"
LABEL = re.compile(
    rf"(?<![^\W\d])(?:(?P<updated>(?:last |latest )?(?:updated?|modified|edited)"
    rf"|{UPDATED_NAMES})|(?P<published>(?:first |originally )?(?:published|posted)"
    rf"(?: in [^,\d]{{2,40}},)?|{PUBLISHED_NAMES}))(?![^\W\d])"
)
"""What calls a date that of an update, or that of the publication."""

DATE_ALONE = re.compile(f"{FILLING}(?:{LABEL.pattern})?{FILLING}")
LONGEST_DATE, LONGEST_PHRASE = 160, 60

DAYS = 86_400
UNITS = {"sec": 1, "second": 1, "min": 60, "minute": 60, "hr": 3_600, "hour": 3_600}
UNITS |= {"day": DAYS, "week": 7 * DAYS, "month": 30 * DAYS, "year": 365 * DAYS}
"""The seconds of each unit that a page counts in; a month and a year are rough."""

UNIT = rf"({'|'.join(UNITS)})s?"
RELATIVE = re.compile(rf"(?:\d{{1,5}} {UNIT} ){{1,4}}ago")
STEP = re.compile(rf"(\d+) {UNIT}\b")
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
    return at if rest is not None and DATE_ALONE.fullmatch(rest) else None


def is_printed_day(text: str) -> bool:
    """Tell whether a line is a day, as other newspapers print it below a byline.

    >>> is_printed_day("Monday, May 3, 2021, 4:15 p.m."), is_printed_day("May 3")
    (True, False)
    """
    _, rest = _take_date(text, NOTHING_KNOWN)
    is_phrase = len(text) <= LONGEST_PHRASE and text[-1:] not in ".!?"
    is_alone = rest is not None and DATE_ALONE.fullmatch(rest)
    return bool(is_alone or (rest and is_phrase and LABEL.match(rest.strip())))


def _take_date(text: str, known: Crawl) -> tuple[Printed, str | None]:
    """Return the date in a text, if it is certain, and the rest; None without one."""
    clock, rest = _cut(fold_name(text) if len(text) <= LONGEST_DATE else "", CLOCK)
    form, rest = _cut(rest, *FORMS)
    if form is None:
        return None, None
    day, weekdays = _day(form, known), WEEKDAY.findall(rest)
    rest = WEEKDAY.sub(" ", rest)
    if not day or any(WEEKDAYS[name] != day.isoweekday() for name in weekdays):
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
            number = MONTHS.get(month) or int(month)
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
    hours = ZONES.get(clock["zone"], 0) + int(ahead)
    minutes = int(ahead[0] + (clock["minutes"] or "0"))
    return datetime.combine(day, at, timezone(timedelta(hours=hours, minutes=minutes)))


def date_field(text: str) -> DateField | None:
    """Return what a line calls its date, if anything; a time ago is of an update.

    >>> date_field("Modified 3 octobre 2024"), date_field("3 octobre 2024")
    ('updated', None)
    """
    label = LABEL.search(fold_name(text))
    if time_ago(text) or (label and label["updated"]):
        return "updated"
    return "published" if label and label["published"] else None


def time_ago(text: str) -> timedelta | None:
    """Return how long before the crawl a relative time lies.

    >>> time_ago("20 min 46 sec ago"), time_ago("Posted 1 day ago")
    (datetime.timedelta(seconds=1246), datetime.timedelta(days=1))
    """
    ago = LABEL.sub("", fold_name(text), count=1).strip(" :")
    if not RELATIVE.fullmatch(ago):
        return None
    steps = (int(count) * UNITS[unit] for count, unit in STEP.findall(ago))
    return timedelta(seconds=sum(steps))


def latest_day(text: str, known: Crawl) -> date | None:
    """Return the latest day that a text prints, not later than the import.

    >>> latest_day("In May 2021 it left; on 3 April 2021 it had come.", NOTHING_KNOWN)
    datetime.date(2021, 5, 1)
    """
    last = known.begun_at.date() if known.begun_at else date.max
    known, folded = Crawl(day_order=known.day_order), fold_name(text)
    days = (
        _day(found, known)
        for form in (*FORMS, MONTH_ALONE)
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
    return bool(LOOSE.fullmatch(" ".join(text.split())) or is_printed_day(text))


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
