"""Readers are told times as finely as somebody stated them."""

import pytest

from articles.story.moment import Moment
from tests.builders import HOUR, NOON, make_article

# How a page reads does not depend on the database.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def times(page):
    return [
        (" ".join(span.get_text().split()), span.time["datetime"])
        for span in page.select("main .time")
    ]


def test_times_are_told_as_finely_as_they_are_known(see, settings):
    settings.TIME_ZONE = "Asia/Karachi"
    article = make_article(
        published=Moment((NOON - 5 * HOUR).date()), updated=Moment(NOON)
    )
    assert times(see(article.get_absolute_url())) == [
        ("Published March 14, 2026", "2026-03-14"),
        ("Updated March 14, 2026, 5 p.m. PKT", "2026-03-14T17:00:00+05:00"),
    ]


def test_update_that_says_nothing_new_is_not_told(see):
    article = make_article(updated=Moment(NOON))
    assert len(times(see(article.get_absolute_url()))) == 1


def test_estimate_is_told_nowhere(client):
    estimate = Moment(NOON, "estimated")
    article = make_article(published=estimate, updated=estimate)
    for address in ("/", "/articles/", article.get_absolute_url()):
        html = client.get(address).content.decode().partition("<main")[2]
        assert "<time" not in html
        assert "2026" not in html
        assert str(int(NOON.timestamp())) not in html


def test_stated_update_of_a_story_of_estimated_age_is_told(see):
    article = make_article(
        published=Moment(NOON, "estimated"), updated=Moment(NOON.date())
    )
    assert times(see(article.get_absolute_url())) == [
        ("Updated March 14, 2026", "2026-03-14")
    ]
