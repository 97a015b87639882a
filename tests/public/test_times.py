"""Readers are told dates as somebody stated them, and of today's stories the hour."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from articles.story.moment import Moment
from tests.builders import HOUR, NOON, make_article

# How a page reads does not depend on the database.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY = NOON.date()
NEXT_DAY = DAY + timedelta(days=1)


def times(page):
    return [
        (" ".join(span.get_text().split()), span.time["datetime"])
        for span in page.select("main .time")
    ]


def told_elsewhere(page):
    """Return what other sites are told of a story's dates."""
    return {
        name: meta["content"]
        for name in ("published", "modified")
        for meta in page.select(f'meta[property="article:{name}_time"]')
    }


def pages_with(article):
    return ["/", "/articles/", article.get_absolute_url()]


def test_dates_are_told_as_finely_as_they_are_known(see, settings):
    settings.TIME_ZONE = "Asia/Karachi"
    article = make_article(published=Moment(DAY), updated=Moment(NOON + 24 * HOUR))
    page = see(article.get_absolute_url())
    assert times(page) == [
        ("Published 14 March 2026", "2026-03-14"),
        ("Updated 15 March 2026", "2026-03-15T17:00:00+05:00"),
    ]
    assert told_elsewhere(page) == {
        "published": "2026-03-14",
        "modified": "2026-03-15T17:00:00+05:00",
    }
    for address in ("/", "/articles/"):
        assert times(see(address)) == [("14 March 2026", "2026-03-14")]


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (NOON, "14 March 2026, 14:00"),
        (NOON + 10 * HOUR - timedelta(seconds=1), "14 March 2026, 14:00"),
        (NOON + 10 * HOUR, "14 March 2026"),
    ],
)
def test_an_hour_is_told_on_its_own_day(see, settings, monkeypatch, now, words):
    settings.TIME_ZONE = "Asia/Beirut"
    article = make_article()
    monkeypatch.setattr(timezone, "now", lambda: now)
    for address in pages_with(article):
        ((told, machine),) = times(see(address))
        assert told.removeprefix("Published ") == words
        assert machine == "2026-03-14T14:00:00+02:00"


def test_an_estimate_is_told_nowhere(see, monkeypatch):
    estimate = Moment(NOON, "estimated")
    article = make_article(published=estimate, updated=estimate)
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    for address in pages_with(article):
        page = see(address)
        assert not page.select("main time")
        assert not told_elsewhere(page)
        for told in ("2026", "12:00", str(int(NOON.timestamp()))):
            assert told not in page.main.decode()


@pytest.mark.parametrize("published", [DAY, NOON, NOON + 48 * HOUR])
def test_what_is_only_known_to_be_updated_is_never_told_as_published(see, published):
    published = Moment(published, "estimated")
    article = make_article(published=published, updated=Moment(date(2023, 7, 21)))
    for address in pages_with(article):
        assert times(see(address)) == [("Updated 21 July 2023", "2023-07-21")]
    told = told_elsewhere(see(article.get_absolute_url()))
    assert told == {"modified": "2023-07-21"}


@pytest.mark.parametrize(
    ("published", "updated"),
    [(NOON, NOON), (NOON, NOON - HOUR), (NOON, DAY), (DAY, DAY), (NEXT_DAY, DAY)],
)
def test_an_update_that_is_not_later_is_not_told(see, published, updated):
    article = make_article(published=Moment(published), updated=Moment(updated))
    page = see(article.get_absolute_url())
    assert len(times(page)) == 1
    assert told_elsewhere(page).keys() == {"published"}


def test_an_estimated_update_is_not_told(see):
    article = make_article(updated=Moment(NEXT_DAY, "estimated"))
    page = see(article.get_absolute_url())
    assert len(times(page)) == 1
    assert told_elsewhere(page).keys() == {"published"}


def test_a_time_before_there_were_zones_is_told_as_programs_read_it(see, settings):
    settings.TIME_ZONE = "America/New_York"
    article = make_article(datetime(1850, 5, 1, 17, tzinfo=UTC))
    ((_, machine),) = times(see(article.get_absolute_url()))
    assert machine == "1850-05-01T17:00:00+00:00"


@pytest.mark.parametrize(
    ("language", "today", "words"),
    [
        ("en", "Saturday, 14 March 2026", ["14 March 2026"]),
        ("en-us", "Saturday, March 14, 2026", ["March 14, 2026"]),
        ("ar", "السبت، ١٤ مارس ٢٠٢٦", ["١٤ مارس ٢٠٢٦"]),
    ],
)
def test_dates_are_written_in_the_language_of_the_site(
    see, settings, monkeypatch, language, today, words
):
    settings.LANGUAGE_CODE = language
    make_article(language="ur", published=Moment(DAY))
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    page = see("/")
    assert page.select_one(".masthead__day").get_text() == today
    assert [time.get_text() for time in page.select("time")] == words
