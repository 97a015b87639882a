"""What is read was printed and is certain; what may be read in two ways is not read."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.parsing.dates import (
    Crawl,
    is_date,
    is_day_like,
    is_printed_day,
    read_date,
    resolve_date,
    time_ago,
)
from articles.story.calendar import MONTHS, WEEKDAYS
from articles.story.moment import crawl_moment

NOON = datetime(2026, 2, 2, 12, 0, 0, 999, tzinfo=UTC)
DAY = date(2026, 2, 2)
OCTOBER = date(2024, 10, 3)

ENGLISH = (
    "January February March April May June July August September October November "
    "December"
).split()
DAY_NAMES = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
EGYPTIAN = (
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"
).split()
LEVANTINE = (
    "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,"
    "كانون الأول"
).split(",")
URDU = ("جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر").split()
NUMERALS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")

FORMS = (
    "{d:02} {month} {y}",
    "{month} {d}, {y}",
    "{weekday}, {d} {mon}. {y}",
    "{mon} {d}{th}, {y}",
    "{d}{th} of {month} {y}",
    "{d:02}-{mon}-{y}",
    "{MONTH} {d} {y}",
    "{y}-{m:02}-{d:02}",
    "{y}/{m}/{d}",
    "{y}年{m}月{d}日",
    "{y}년 {m}월 {d}일",
    "{d} {egyptian} {y}",
    "{d} {levantine}/{egyptian} {y}م",
    "{d} {urdu}، {y}ء",
    "3 محرم 1445 هـ - {d} {egyptian} {y} م",
    "1445/01/03هـ الموافق {d:02} {egyptian} {y}م",
    "{y}-{mon}-{d:02}",
    "{y} {month} {d}",
)
LABELS = (
    "{}",
    "Updated {}",
    "Last updated: {}",
    "Published: {}",
    "Posted on {}",
    "First published {}",
    "Modified | {}",
    "Published in The Sorrel Post, {}",
    "نشر في: {}",
    "发布时间：{}",
    "Date: {}",
    "This article was published on {}",
    "تم تحديثه في {}",
    "Dated {}",
    "Revised: {}",
    "آخری بار اپ ڈیٹ: {}",
)
HOURS = (
    ("", None),
    (" {:%H:%M}", None),
    (", {:%H:%M:%S}", None),
    (" at {half}", None),
    ("، {arabic}", None),
    (" - {half} (UTC)", UTC),
    (" {:%H:%M} GMT", UTC),
    (" {:%H:%M} GMT+5", timezone(timedelta(hours=5))),
    ("T{:%H:%M:%S}+03:00", timezone(timedelta(hours=3))),
    ("T{:%H:%M:%S}.250Z", UTC),
    (" {:%H:%M:%S} -0330", timezone(-timedelta(hours=3, minutes=30))),
    (" {:%H:%M} IST", "vague"),
)


def th(day):
    return (
        "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    )


def printed_day(form, day):
    return form.format(
        y=day.year,
        m=day.month,
        d=day.day,
        th=th(day.day),
        month=ENGLISH[day.month - 1],
        MONTH=ENGLISH[day.month - 1].upper(),
        mon=ENGLISH[day.month - 1][:3],
        weekday=DAY_NAMES[day.weekday()],
        egyptian=EGYPTIAN[day.month - 1],
        levantine=LEVANTINE[day.month - 1],
        urdu=URDU[day.month - 1],
    )


days = st.dates(date(1605, 1, 1), date(2199, 12, 31))
numerals = st.sampled_from(NUMERALS).map(lambda ten: str.maketrans(NUMERALS[0], ten))


@given(
    days, st.times(), st.sampled_from(FORMS), st.sampled_from(LABELS), numerals,
    st.sampled_from(HOURS),
)  # fmt: skip
def test_every_day_is_read_back_from_every_form(day, at, form, label, figures, hour):
    form_of_hour, zone = hour
    form = FORMS[7] if form_of_hour.startswith("T") else form
    at = at.replace(microsecond=0, second=at.second * ("%S" in form_of_hour))
    half = f"{(at.hour + 11) % 12 + 1}:{at.minute:02} {'ap'[at.hour > 11]}.m."
    arabic = f"{half[:-5]} {('صباحاً', 'مساءً')[at.hour > 11]}"
    text = printed_day(form, day) + form_of_hour.format(at, half=half, arabic=arabic)
    moment = datetime.combine(day, at, None if zone == "vague" else zone)
    expected = day if zone == "vague" or not form_of_hour else moment
    text = label.format(text.translate(figures))
    assert is_printed_day(text)
    assert read_date(text) == expected
    assert getattr(read_date(text), "tzinfo", None) == getattr(expected, "tzinfo", None)


OTHER = "Updated,posted on,/,-,:,.,T,pm,th,GMT,IST,of,年,月,日,2024,1998,98,24".split(
    ","
)
words = st.sampled_from([*MONTHS, *WEEKDAYS, *OTHER]) | st.integers(0, 31).map(str)


@given(st.lists(words, max_size=7), st.sampled_from(["", " "]))
def test_whatever_is_read_was_printed(parts, space):
    text = space.join(parts)
    found = read_date(text, Crawl(at=NOON, first_year=1990))
    if found is None:
        return
    numbers = {int(part) for part in parts if part.isdecimal()} | {
        int(number) for number in "".join(
            c if c.isdecimal() else " " for c in text
        ).split()
    }  # fmt: skip
    assert found.day in numbers
    assert found.year in numbers or found.year % 100 in numbers
    assert found.month in numbers | {MONTHS[part] for part in parts if part in MONTHS}
    told = {WEEKDAYS[part] for part in parts if part in WEEKDAYS}
    assert told <= {found.isoweekday()}


@given(days, st.sampled_from("/.-"))
def test_a_day_in_figures_is_read_as_told_or_where_it_can_be_no_other(day, sign):
    first = f"{day.day:02}{sign}{day.month:02}{sign}{day.year}"
    other = f"{day.month:02}{sign}{day.day:02}{sign}{day.year}"
    assert read_date(first, Crawl(day_order="day-first")) == day
    assert read_date(other, Crawl(day_order="month-first")) == day
    is_certain = day.day > 12 or day.day == day.month
    assert read_date(first) == read_date(other) == (day if is_certain else None)
    if day.day > 12:
        assert read_date(first, Crawl(day_order="month-first")) is None


@given(days, st.integers(1, 6), st.sampled_from(FORMS))
def test_a_weekday_that_contradicts_its_day_leaves_it_unread(day, by, form):
    name = DAY_NAMES[(day.weekday() + by) % 7]
    text = f"{name}, {printed_day(form, day)}"
    assert (is_printed_day(text), read_date(text)) == (True, None)


@pytest.mark.parametrize(
    ("text", "first_year", "crawled_on", "day"),
    [
        ("04/19/13", 1990, NOON.date(), date(2013, 4, 19)),
        ("04/19/13", 1900, NOON.date(), None),
        ("04/19/13", 1990, None, None),
        ("04/19/13", 0, NOON.date(), None),
        ("3 Oct ’98", 1927, NOON.date(), date(1998, 10, 3)),
        ("3 Oct 27", 1927, NOON.date(), date(1927, 10, 3)),
        ("3 Oct 26", 1927, NOON.date(), date(2026, 10, 3)),
        ("3 Oct 26", 1926, NOON.date(), None),
        # The 19th of April 2013, or the 13th of April 2019.
        ("19.04.13", 1990, NOON.date(), None),
    ],
)
def test_two_figures_are_a_year_where_one_century_fits(
    text, first_year, crawled_on, day
):
    assert read_date(text, Crawl(on=crawled_on, first_year=first_year)) == day


@pytest.mark.parametrize(
    "text",
    [
        "31 June 2021",
        "29 February 2023",
        "2024-13-03",
        "3 October 1604",
        "03 October 0024",
        "Friday, 3 October 2024",
        "2024年10月3日（金）",
        "03/10/2024",
        "3 Oct 24",
        "3 October 2024, 25:05",
        "October 3, 2024 at 14:15 p.m.",
        "2024-10-03T14:05:00+25:00",
        "3 آب/سبتمبر 2024",
        "السبت 3 محرم 1445 هـ - 21 يوليو 2023 م",
        "Published 3 October 2024 | Updated 4 October 2024",
    ],
)
def test_a_date_that_is_not_certain_is_a_date_and_not_read(text):
    assert is_printed_day(text)
    assert read_date(text) is None
    assert resolve_date(text, Crawl(at=NOON)) == (None, "unknown", "date-unread")


@pytest.mark.parametrize(
    "text",
    [
        "3 October",
        "October 2024",
        "1 / 6",
        "Ferry of 3 October 2024",
        "On 3 October 2024 the ferry left.",
        "Posted on 3 October 2024, the letter told of a ferry.",
        "Version 1.3, 3 November 2008",
        "3 October 2024, 10:05-11:30",
        "555-03-10-2024",
    ],
)
def test_a_text_that_only_holds_a_date_is_none(text):
    assert not is_printed_day(text)
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("4:48 PM EST, Thu October 3, 2024", "2024-10-03T16:48:00-05:00"),
        ("Oct. 3, 2024 - 8:15 AM CEST", "2024-10-03T08:15:00+02:00"),
        ("Thu Oct  3 14:05:00 GMT 2024", "2024-10-03T14:05:00+00:00"),
        ("Thu, 3 Oct 2024 14:20 (GMT+0400)", "2024-10-03T14:20:00+04:00"),
        ("3 October 2024 - 02:05 م", "2024-10-03T14:05:00"),
        ("October 3, 2024, 4 p.m.", "2024-10-03T16:00:00"),
        ("12:30 a.m., 3 October 2024", "2024-10-03T00:30:00"),
        ("الخميس، 03 تشرين الأول 2024، آخر تحديث 02:21", "2024-10-03T02:21:00"),
        ("Oct. 3, 2024, 2:05 p.m. | 5 min read", "2024-10-03T14:05:00"),
    ],
)
def test_an_hour_is_read_wherever_it_stands(text, moment):
    assert read_date(text) == datetime.fromisoformat(moment)


@pytest.mark.parametrize("zone", ["IST", "CST", "AST", "ET", "local time"])
def test_a_zone_that_means_several_leaves_the_day_alone(zone):
    assert type(read_date(f"3 October 2024, 23:50 {zone}")) is date


@pytest.mark.parametrize(
    "name",
    [
        "Thursday", "Thu", "Thurs.", "الخميس", "جمعرات", "پنجشنبه", "星期四", "周四",
        "木曜日", "（木）", "목요일", "(목)",
    ],
)  # fmt: skip
def test_weekdays_have_names_in_many_languages(name):
    assert read_date(f"{name} 2024-10-03") == read_date(f"2024-10-03 {name}") == OCTOBER
    assert read_date(f"{name} 2024-10-04") is None


@pytest.mark.parametrize(
    ("text", "month"),
    [("21 يوليه 2023", 7), ("21 يونية 2023", 6), ("21 غشت 2023", 8)],
)
def test_months_are_read_as_each_country_spells_them(text, month):
    assert read_date(text) == date(2023, month, 21)


@pytest.mark.parametrize(
    "text", ["21 محرم 1445 هـ", "1445/01/03 هـ", "03 محرم 1445", "30 تير 1402"]
)
def test_a_day_of_another_calendar_is_not_read(text):
    assert is_day_like(text) or not is_printed_day(text)
    assert read_date(text) is None


@pytest.mark.parametrize("text", ["3 octobre 2024", "3. Oktober 2024", "٣ مجهول ٢٠٢٤"])
def test_a_day_in_a_language_that_is_not_known_is_like_one(text):
    assert is_day_like(text)
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "ago"),
    [
        ("4 sec ago", timedelta(seconds=4)),
        ("2 min 59 sec ago", timedelta(minutes=2, seconds=59)),
        ("1 hour 5 min ago", timedelta(hours=1, minutes=5)),
        ("Posted 3 days ago", timedelta(days=3)),
        ("٣ days ago", timedelta(days=3)),
        ("2 months ago", timedelta(days=60)),
        ("1 year ago", timedelta(days=365)),
        ("an hour ago", timedelta(hours=1)),
        ("منذ 3 ساعات", timedelta(hours=3)),
        ("قبل ساعتين", timedelta(hours=2)),
        ("آخر تحديث: منذ ٣ أيام و20 دقيقة", timedelta(days=3, minutes=20)),
        ("3 گھنٹے پہلے", timedelta(hours=3)),
        ("۲ دن قبل", timedelta(days=2)),
        ("۳ ساعت پیش", timedelta(hours=3)),
        ("قبل قليل", None),
        ("ago", None),
        ("some time ago", None),
    ],
)
def test_time_ago(text, ago):
    assert time_ago(text) == ago


def test_moment_of_the_crawl_comes_before_the_printed_day():
    moment, certainty, _ = resolve_date(
        "4 min ago", Crawl(at=NOON, on=date(2020, 1, 1))
    )
    assert moment == datetime(2026, 2, 2, 11, 56, tzinfo=UTC)
    assert certainty == "estimated"


def test_estimate_from_a_day_is_a_day():
    assert resolve_date("3 days ago", Crawl(on=DAY))[0] == date(2026, 1, 30)
    assert resolve_date("4 sec ago", Crawl(on=DAY))[0] == DAY


@pytest.mark.parametrize("known", [Crawl(at=NOON), Crawl(on=DAY)])
@pytest.mark.parametrize(("word", "days"), [("Yesterday", 1), ("today", 0)])
def test_a_word_for_a_day_is_reckoned_from_the_day_of_the_crawl(word, days, known):
    found = (DAY - timedelta(days=days), "estimated", "relative-time")
    assert resolve_date(word, known) == found


def test_time_before_all_calendars_is_unknown():
    found = resolve_date("99999 weeks ago", Crawl(on=date(1, 1, 9)))
    assert found == (None, "unknown", "relative-time")


def test_no_date_is_unknown_without_a_doubt():
    assert resolve_date("", Crawl(at=NOON)) == (None, "unknown", "")


def test_a_time_ago_that_cannot_be_reckoned_is_doubted():
    assert is_date("a fortnight ago")
    assert resolve_date("a fortnight ago", Crawl(at=NOON)) == (
        None,
        "unknown",
        "date-unread",
    )


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-02-02", date(2026, 2, 2)),
        ("2026-02-02T08:30", datetime(2026, 2, 2, 8, 30, tzinfo=UTC)),
        ("2026-02-02T08:30+05:00", datetime(2026, 2, 2, 3, 30, tzinfo=UTC)),
    ],
)
def test_an_operator_says_when_pages_were_saved(text, moment):
    assert crawl_moment(text, UTC) == moment
