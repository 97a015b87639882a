"""How a day, a time and a time zone are written for people."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as site
from django.utils import translation

from newsroom.dates import write_date, zone_name

DAY = date(2023, 7, 21)
AT = datetime(2023, 7, 21, 11, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "day", "minute"),
    [
        ("en", "21 July 2023", "21 July 2023, 14:05"),
        ("en-gb", "21 July 2023", "21 July 2023, 14:05"),
        ("en-au", "21 July 2023", "21 July 2023, 14:05"),
        ("en-us", "July 21, 2023", "July 21, 2023, 14:05"),
        ("de", "21. Juli 2023", "21. Juli 2023, 14:05"),
        ("ar", "٢١ يوليو ٢٠٢٣", "٢١ يوليو ٢٠٢٣، ١٤:٠٥"),
        ("ar-eg", "٢١ يوليو ٢٠٢٣", "٢١ يوليو ٢٠٢٣، ١٤:٠٥"),
        ("ar-dz", "21 جويليه 2023", "21 جويليه 2023، 14:05"),
        ("fa", "۲۱ ژوئیه ۲۰۲۳", "۲۱ ژوئیه ۲۰۲۳، ۱۴:۰۵"),
        ("ur", "21 جولائی 2023", "21 جولائی 2023، 14:05"),
    ],
)
def test_a_date_is_written_as_the_language_of_the_site_does(
    settings, language, day, minute
):
    settings.LANGUAGE_CODE, settings.TIME_ZONE = language, "Asia/Beirut"
    assert write_date(DAY) == day
    assert write_date(AT) == minute


@pytest.mark.parametrize("language", dict(site.LANGUAGES))
def test_a_day_has_one_form_with_its_hour_and_without(language):
    with translation.override(language):
        assert write_date(AT).startswith(write_date(DAY))


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("day", [date(1600, 1, 1), DAY, date(2999, 12, 31)])
def test_a_day_is_the_same_in_every_zone(settings, zone, day):
    written = write_date(day)
    settings.TIME_ZONE = zone
    assert write_date(day) == written
    assert written.startswith(f"{day.day} ")


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("Asia/Beirut", "Beirut"),
        ("America/New_York", "New York"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("America/Port-au-Prince", "Port-au-Prince"),
        ("Japan", "Japan"),
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
        ("Etc/GMT", "UTC"),
        ("Etc/GMT-3", "UTC+3"),
        ("Etc/GMT+11", "UTC-11"),
    ],
)
def test_a_time_zone_goes_by_its_city(settings, zone, name):
    settings.TIME_ZONE = zone
    assert zone_name() == zone_name(ZoneInfo(zone)) == name
