from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.story.moment import Moment, from_data, to_data
from tests.strategies import DAYS, SOME_MOMENT

# Of all zones few are so far from Greenwich that their noon is of another day there.
FARTHEST = ["Pacific/Kiritimati", "Pacific/Tongatapu", "Pacific/Pago_Pago"]
ALL = sorted(available_timezones() - {"localtime"})
ZONES = (st.sampled_from(FARTHEST) | st.sampled_from(ALL)).map(ZoneInfo)
SECOND = timedelta(seconds=1)
# Days that a country left out when it went over to the other side of the date line.
LEFT_OUT = {date(2011, 12, 30), date(1994, 12, 31), date(1995, 1, 1), date(1993, 8, 21)}


@given(SOME_MOMENT)
def test_a_moment_survives_json(moment):
    assert from_data(to_data(moment)) == moment.tidy()


@given(DAYS, ZONES, ZONES)
def test_a_day_is_that_day_in_every_zone(day, written, read):
    moment = from_data(to_data(Moment(day)), written)
    assert moment.day(read) == day


@given(DAYS, ZONES)
def test_a_day_begins_with_its_first_second(day, zone):
    begin = Moment(day).instant(zone)
    assert begin.tzinfo is UTC
    assert (begin - SECOND).astimezone(zone).date() < day
    if day not in LEFT_OUT:
        assert begin.astimezone(zone).date() >= day


@given(st.dates(), st.dates(), ZONES)
def test_any_days_of_the_calendar_sort_as_they_follow(one, other, zone):
    if abs(one - other) > timedelta(days=1):
        first, second = (Moment(day).instant(zone) for day in sorted([one, other]))
        assert first < second


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_first_and_the_last_day_of_all_begin_too(day, zone):
    begin = Moment(day).instant(ZoneInfo(zone))
    assert abs(begin.date() - day) <= timedelta(days=1)


@given(st.datetimes(datetime(1605, 1, 1), datetime(2999, 1, 1)), ZONES)  # noqa: DTZ001
def test_a_day_sorts_before_no_minute_of_the_day_before(local, zone):
    minute = Moment(local.replace(tzinfo=zone))
    day, next_day = minute.day(zone), minute.day(zone) + timedelta(days=1)
    at = minute.instant(zone)
    assert Moment(day).instant(zone) <= at
    if next_day not in LEFT_OUT:
        assert at < Moment(next_day).instant(zone)


# 14 March 2026, as it was kept when a day was its noon.
@pytest.mark.parametrize(
    ("zone", "kept"),
    [
        ("Pacific/Kiritimati", "2026-03-13T22:00:00+00:00"),
        ("Pacific/Tongatapu", "2026-03-13T23:00:00+00:00"),
        ("Africa/Abidjan", "2026-03-14T12:00:00+00:00"),
        ("Pacific/Pago_Pago", "2026-03-14T23:00:00+00:00"),
    ],
)
def test_what_was_kept_as_noon_is_its_day_again(zone, kept):
    data = {"at": kept, "precision": "day", "certainty": "estimated"}
    moment = from_data(data, ZoneInfo(zone))
    assert moment == Moment(date(2026, 3, 14), "estimated")


def test_of_a_noon_the_zone_must_be_told_and_of_a_minute_not():
    data = {"at": "2026-03-14T12:00:00+00:00", "certainty": "stated"}
    minute = from_data(data | {"precision": "minute"})
    assert minute == Moment(datetime(2026, 3, 14, 12, tzinfo=UTC))
    with pytest.raises(ValueError, match="zone"):
        from_data(data | {"precision": "day"})
