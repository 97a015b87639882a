"""Days and times as typed: the zone is named, and what can be two moments is asked."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.desk.moment_fields import MINUTE, instants_at
from articles.store import read
from articles.story.moment import Moment
from tests.builders import make_article, make_story
from tests.desk.stories import write_story

# What they come to is written as any story is, which is tried on both databases.
pytestmark = pytest.mark.once

FIELDS = ["published", "updated", "embargo_until", "expires_at"]
DOUBLED = [
    ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30"),
    # Around midnight: the day before, or after, has the hour as well.
    ("Asia/Beirut", "2026-10-24", "23:30", "2026-10-24T20:30"),
    ("America/Santiago", "2026-04-04", "23:30", "2026-04-05T02:30"),
    ("America/Havana", "2026-11-01", "00:30", "2026-11-01T04:30"),
]
SKIPPED = [
    ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:00"),
    ("Asia/Beirut", "2026-03-29", "00:30", "2026-03-28T22:00"),
    ("America/Santiago", "2026-09-06", "00:30", "2026-09-06T04:00"),
    ("America/Havana", "2026-03-08", "00:00", "2026-03-08T05:00"),
    # A whole day.
    ("Pacific/Apia", "2011-12-30", "12:00", "2011-12-30T10:00"),
]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ZONES = sorted({row[0] for row in DOUBLED + SKIPPED})


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@given(st.integers(-(10**9), 4 * 10**9), st.sampled_from(ZONES))
def test_clocks_show_a_time_at_the_instants_it_can_mean(seconds, zone):
    local = (EPOCH + timedelta(seconds=seconds)).replace(tzinfo=None)
    zone = ZoneInfo(zone)
    meant = instants_at(local, zone)
    assert len(meant) in (1, 2)
    assert meant == sorted(set(meant))
    shown = {at.astimezone(zone).replace(tzinfo=None, fold=0) for at in meant}
    if shown != {local}:
        before, after = meant
        assert after - before == MINUTE
        assert min(shown) < local < max(shown)


@pytest.mark.parametrize(("zone", "day", "time", "first"), DOUBLED)
def test_doubled_time_is_two_instants(zone, day, time, first):
    local = datetime.fromisoformat(f"{day}T{time}")
    expected = [utc(first), utc(first) + timedelta(hours=1)]
    assert instants_at(local, ZoneInfo(zone)) == expected


@pytest.mark.parametrize(("zone", "day", "time", "changed"), SKIPPED)
def test_skipped_time_lies_between_two_instants(zone, day, time, changed):
    local = datetime.fromisoformat(f"{day}T{time}")
    assert instants_at(local, ZoneInfo(zone)) == [utc(changed) - MINUTE, utc(changed)]


def in_fields(rows):
    """Return each row with one field, and one row with every field."""
    return [("published", *row) for row in rows] + [(f, *rows[1]) for f in FIELDS[1:]]


def typed(field, day, time=""):
    return {f"{field}_day": [day], f"{field}_time": [time]}


def form_of(response):
    return BeautifulSoup(response.text, "html.parser").select_one("#article_form")


def answers(form, field):
    """Return the answers that are offered, each with its words."""
    boxes = form.select(f"[name={field}_answer]:not([type=hidden])")
    return {box["value"]: box.find_parent("label").text.strip() for box in boxes}


def draft(**parts):
    return write_story(make_story(status="draft", **parts))


def kept(article, field):
    value = getattr(read.story(article.pk), field)
    return value.at if isinstance(value, Moment) else value


@pytest.mark.django_db
@pytest.mark.parametrize(("field", "zone", "day", "time", "first"), in_fields(DOUBLED))
def test_doubled_time_is_asked_and_the_answer_stays(
    desk, field, zone, day, time, first
):
    with timezone.override(zone):
        article = draft()
        values = desk.values(article) | typed(field, day, time)
        response = desk.save(values, article)
        assert f"Clocks go back, and {time} comes twice." in response.text
        offered = answers(form_of(response), field)
        assert list(offered.values()) == [
            f"the first {time} (summer time)",
            f"the second {time}",
        ]
        answer = {f"{field}_answer": [list(offered)[1]]}
        assert desk.save(values | answer, article).status_code == 302
        meant = utc(first) + timedelta(hours=1)
        assert kept(article, field) == meant
        again = desk.values(article)
        assert again[f"{field}_answer"] == [meant.isoformat()]
        assert desk.save(again, article).status_code == 302
        assert kept(article, field) == meant
        desk.save(again | {f"{field}_answer": [utc(first).isoformat()]}, article)
        assert kept(article, field) == utc(first)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "zone", "day", "time", "changed"), in_fields(SKIPPED)
)
def test_skipped_time_is_refused_with_its_neighbours(
    desk, field, zone, day, time, changed
):
    with timezone.override(zone):
        article = draft(published=None)
        values = desk.values(article) | typed(field, day, time)
        response = desk.save(values, article)
        assert f"Clocks go forward and skip {time}." in response.text
        offered = answers(form_of(response), field)
        assert list(map(utc, (v[:16] for v in offered))) == [
            utc(changed) - MINUTE,
            utc(changed),
        ]
        desk.save(values | {f"{field}_answer": [list(offered)[1]]}, article)
        assert kept(article, field) == utc(changed)


@pytest.mark.django_db
def test_neighbours_of_a_skipped_midnight_name_their_days(desk):
    with timezone.override("Asia/Beirut"):
        article = draft()
        values = desk.values(article) | typed("published", "2026-03-29", "00:00")
        offered = answers(form_of(desk.save(values, article)), "published")
    assert list(offered.values()) == ["28 March 2026, 23:59", "29 March 2026, 01:00"]


@pytest.mark.django_db
def test_answer_to_another_time_counts_for_nothing(desk):
    with timezone.override("Europe/Berlin"):
        article = draft()
        values = desk.values(article) | typed("published", "2026-10-25", "02:30")
        other = {"published_answer": ["2026-10-24T00:30:00+00:00"]}
        assert "comes twice" in desk.save(values | other, article).text


@pytest.mark.django_db
@pytest.mark.parametrize("field", FIELDS)
def test_year_far_ahead_is_asked_back_once(desk, field):
    article = draft()
    values = desk.values(article) | typed(field, "2206-05-07", "06:00")
    response = desk.save(values, article)
    sentence = "The year 2206 is more than ten years ahead. Is it right?"
    assert sentence in response.text
    ((answer, words),) = answers(form_of(response), field).items()
    assert words == "Yes, 2206 is right"
    desk.save(values | {f"{field}_answer": [answer]}, article)
    assert kept(article, field) == datetime(2206, 5, 7, 6, tzinfo=UTC)
    assert desk.save(desk.values(article), article).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "day", "time"),
    [
        ("Asia/Tokyo", "0001-01-01", "00:30"),
        ("America/New_York", "9999-12-31", "23:30"),
    ],
)
def test_time_that_no_calendar_has_in_utc_is_refused(desk, zone, day, time):
    with timezone.override(zone):
        article = draft()
        values = desk.values(article) | typed("published", day, time)
        response = desk.save(values, article)
    assert "This year cannot be right." in response.text


@pytest.mark.django_db
def test_day_far_ahead_is_asked_back_too(desk):
    article = draft()
    values = desk.values(article) | typed("published", "2206-05-07")
    assert list(answers(form_of(desk.save(values, article)), "published")) == [
        "2206-05-07"
    ]
    desk.save(values | {"published_answer": ["2206-05-07"]}, article)
    assert kept(article, "published") == date(2206, 5, 7)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("America/New_York", "New York time"),
        ("Asia/Beirut", "Beirut time"),
        ("UTC", "UTC"),
    ],
)
def test_zone_stands_beside_each_time_by_a_city_s_name(desk, zone, words):
    with timezone.override(zone):
        page = desk.soup("article_change", make_article().pk)
    assert [zone.text for zone in page.select(".moment__zone")] == [words] * 4
