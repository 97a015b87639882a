"""A day is a day on every page, wherever the site lies, and has its place in lists."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from articles.models import Article
from articles.store import Change, write
from articles.store.days import reckon_days
from articles.story.moment import Moment
from articles.story.story import TagUse
from tests.builders import make_article, make_section, make_story
from tests.public.reading import headlines

pytestmark = pytest.mark.django_db

DAY = date(2023, 7, 21)
SECOND = timedelta(seconds=1)
PLACE = {"section": "World", "tags": (TagUse("Gaza"),)}
LISTS = ["/", "/articles/", "/sections/world/", "/tags/gaza/"]


def days(page):
    """Return the dates that a page prints and those that it tells other sites."""
    printed = [span.get_text().split() for span in page.select("main .time")]
    machine = [time["datetime"] for time in page.select("time")]
    told = page.select('meta[property^="article:"][property$="_time"]')
    return printed, machine, [meta["content"] for meta in told]


def test_a_site_that_moves_shows_the_same_days(see, settings):
    settings.TIME_ZONE = "America/New_York"
    make_section()
    for n, parts in enumerate(
        [
            {"published": Moment(DAY)},
            {"published": Moment(DAY), "updated": Moment(DAY + timedelta(days=1))},
            {"published": Moment(DAY, "estimated"), "updated": Moment(DAY)},
            {"published": Moment(date(1912, 4, 15))},
            {"published": Moment(date(2024, 1, 1)), "updated": Moment(DAY)},
            {"published": Moment(DAY, "estimated")},
        ]
    ):
        make_article(headline=f"Story {n}", **PLACE | parts)
    stories = [article.get_absolute_url() for article in Article.objects.all()]
    addresses = [*LISTS, *stories]
    in_new_york = {address: days(see(address)) for address in addresses}
    assert all(any(found) for found in in_new_york.values())
    settings.TIME_ZONE = "Asia/Tokyo"
    assert {address: days(see(address)) for address in addresses} == in_new_york
    assert list(reckon_days()) == [6]
    assert {address: days(see(address)) for address in addresses} == in_new_york


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"])
def test_a_day_is_public_from_its_first_second(
    see, client, settings, monkeypatch, zone
):
    settings.TIME_ZONE = zone
    make_section()
    begin = datetime.combine(DAY, time(), ZoneInfo(zone))
    article = make_article(headline="Of the day", published=Moment(DAY), **PLACE)
    make_article(begin + SECOND, headline="At a minute", **PLACE)
    make_article(begin - SECOND, headline="The day before", **PLACE)
    for now, shown in {
        begin - SECOND: ["The day before"],
        begin: ["Of the day", "The day before"],
        begin + SECOND: ["At a minute", "Of the day", "The day before"],
    }.items():
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        for address in LISTS:
            assert headlines(see(address)) == shown
        answer = client.get(article.get_absolute_url())
        assert answer.status_code == (200 if "Of the day" in shown else 404)


ENDS = [
    *[date(1600, 1, 1), date(1899, 12, 31), date(1969, 12, 31)],
    *[date(1970, 1, 1), DAY, date(2999, 12, 31)],
]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"])
def test_every_page_of_a_list_leads_on_at_any_time(see, settings, monkeypatch, zone):
    settings.TIME_ZONE = zone
    make_section()
    # Of each day two stories without an hour, and two of each of four minutes.
    hours = [None, *(time(*at) for at in [(0, 0, 1), (12,), (12,), (23, 59, 59)])]
    moments = [
        Moment(day if at is None else datetime.combine(day, at, ZoneInfo(zone)))
        for at in hours * 2
        for day in ENDS
    ]
    stories = [
        make_story(headline=f"Story {n}", published=moment, **PLACE)
        for n, moment in enumerate(moments)
    ]
    write([Change(story) for story in stories], by=None, why="test")
    in_order = sorted(
        range(len(moments)),
        key=lambda n: (moments[n].instant(ZoneInfo(zone)), n),
        reverse=True,
    )
    monkeypatch.setattr(timezone, "now", lambda: datetime(3001, 1, 1, tzinfo=UTC))
    for address in LISTS[1:]:
        pages = [see(address)]
        while older := pages[-1].select_one("a[rel=next]"):
            pages.append(see(f"{address}{older['href']}"))
        shown = [line for page in pages for line in headlines(page)]
        assert shown == [f"Story {n}" for n in in_order]
        newer = [pages[-1]]
        while link := newer[-1].select_one("a[rel=prev]"):
            newer.append(see(f"{address}{link['href']}"))
        assert [headlines(page) for page in newer[:-1]] == [
            headlines(page) for page in pages[:0:-1]
        ]
