from datetime import UTC, date, datetime, timedelta

import pytest

from articles.parsing.dates import (
    Crawl,
    crawl_moment,
    is_date,
    resolve_updated,
    stated_day,
    time_ago,
)

NOON = datetime(2026, 2, 2, 12, 0, 0, 999, tzinfo=UTC)
DAY = date(2026, 2, 2)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("21 July 2023", date(2023, 7, 21)),
        ("04 July 2013", date(2013, 7, 4)),
        ("3 Sept. 2019", date(2019, 9, 3)),
        ("29 February 2023", None),
        ("21 Juli 2023", None),
        ("3 October 0024", None),
        ("3 October 1604", None),
        ("1 / 6", None),
    ],
)
def test_stated_day(text, day):
    assert stated_day(text) == day


@pytest.mark.parametrize(
    ("text", "ago"),
    [
        ("4 sec ago", timedelta(seconds=4)),
        ("2 min 59 sec ago", timedelta(minutes=2, seconds=59)),
        ("1 hour 5 min ago", timedelta(hours=1, minutes=5)),
        ("3 days ago", timedelta(days=3)),
        ("2 months ago", timedelta(days=60)),
        ("1 year ago", timedelta(days=365)),
        ("ago", None),
        ("some time ago", None),
    ],
)
def test_time_ago(text, ago):
    assert time_ago(text) == ago


def test_moment_of_the_crawl_comes_before_the_printed_day():
    moment, certainty, _ = resolve_updated(
        "4 min ago", Crawl(at=NOON, on=date(2020, 1, 1))
    )
    assert moment == datetime(2026, 2, 2, 11, 56, tzinfo=UTC)
    assert certainty == "estimated"


def test_estimate_from_a_day_is_a_day():
    assert resolve_updated("3 days ago", Crawl(on=DAY))[0] == date(2026, 1, 30)
    assert resolve_updated("4 sec ago", Crawl(on=DAY))[0] == DAY


def test_time_before_all_calendars_is_unknown():
    found = resolve_updated("99999 weeks ago", Crawl(on=date(1, 1, 9)))
    assert found == (None, "unknown", "relative-time")


def test_unread_dates_are_unknown_and_doubted():
    assert resolve_updated("31 June 2013", Crawl(at=NOON)) == (
        None,
        "unknown",
        "date-unread",
    )
    assert resolve_updated("yesterday", Crawl(at=NOON)) == (
        None,
        "unknown",
        "date-unread",
    )


def test_no_date_is_unknown_without_a_doubt():
    assert resolve_updated("", Crawl(at=NOON)) == (None, "unknown", "")


def test_a_time_ago_that_cannot_be_reckoned_is_doubted():
    assert is_date("a fortnight ago")
    assert resolve_updated("a fortnight ago", Crawl(at=NOON)) == (
        None,
        "unknown",
        "date-unread",
    )


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-02-02", datetime(2026, 2, 2, 12, tzinfo=UTC)),
        ("2026-02-02T08:30", datetime(2026, 2, 2, 8, 30, tzinfo=UTC)),
        ("2026-02-02T08:30+05:00", datetime(2026, 2, 2, 3, 30, tzinfo=UTC)),
    ],
)
def test_an_operator_says_when_pages_were_saved(text, moment):
    assert crawl_moment(text, UTC) == moment
