import zoneinfo
from datetime import UTC, datetime

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from articles.store import read
from articles.story.moment import Moment
from articles.story.story import to_json
from tests.builders import make_section, make_story
from tests.desk.stories import FULL, write_story
from tests.strategies import FEW, TIDY_STORIES

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def save_unchanged(desk, story):
    article = write_story(story)
    before = to_json(read.story(article.pk))
    response = desk.save(desk.values(article), article)
    assert response.status_code == 302, response.context["errors"]
    assert to_json(read.story(article.pk)) == before
    assert article.revisions.count() == 1


def test_story_with_everything_saved_unchanged_stays_as_it_is(desk):
    make_section("World")
    save_unchanged(desk, FULL)


@pytest.mark.parametrize(
    "moment",
    [
        Moment(datetime(2026, 10, 25, 0, 30, 59, tzinfo=UTC)),
        Moment(datetime(2026, 10, 25, 1, 30, 59, tzinfo=UTC), "estimated"),
        Moment(datetime(2026, 3, 14, 23, 17, 5, tzinfo=UTC).date()),
        Moment(datetime(2026, 3, 14, 0, 0, tzinfo=UTC)),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Asia/Karachi"])
def test_moment_saved_unchanged_stays_to_the_second(desk, moment, zone):
    with timezone.override(zoneinfo.ZoneInfo(zone)):
        until = moment.instant(timezone.get_current_timezone())
        save_unchanged(desk, make_story(published=moment, embargo_until=until))


@given(story=TIDY_STORIES)
@settings(FEW, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_story_saved_unchanged_stays_as_it_is(desk, story):
    save_unchanged(desk, story)
