"""Dates at the desk: estimates are confirmed, and what cannot be right is told."""

from datetime import timedelta

import pytest

from articles.models import Article
from articles.store import read
from articles.story.moment import Moment
from tests.builders import HOUR, NOON, make_article, make_story
from tests.desk.stories import write_story

pytestmark = pytest.mark.django_db

ESTIMATE = Moment(NOON + timedelta(seconds=17), "estimated")
DAY = timedelta(days=1)


@pytest.fixture
def estimated():
    return write_story(make_story(published=ESTIMATE, updated=ESTIMATE))


def errors(response):
    return response.context["adminform"].form.errors.get_json_data()


def dates(article):
    story = read.story(article.pk)
    return story.published, story.updated


def test_estimate_is_confirmed_to_the_second_by_one_box(desk, estimated):
    desk.save(desk.values(estimated) | {"published_confirm": ["on"]}, estimated)
    assert dates(estimated) == (Moment(ESTIMATE.at), ESTIMATE)


def test_typing_another_day_or_time_states_it(desk, estimated):
    desk.save(desk.values(estimated) | {"published_time": ["13:00"]}, estimated)
    assert dates(estimated) == (Moment(NOON + HOUR), ESTIMATE)


def test_only_an_estimate_has_a_box_to_confirm(desk, estimated):
    soup = desk.soup("article_change", estimated.pk)
    assert len(soup.select("[name$=_confirm]")) == 2
    assert not desk.soup("article_change", make_article().pk).select("[name$=_confirm]")


def test_box_stays_when_the_form_comes_back(desk, estimated):
    values = desk.values(estimated) | {"headline": [""], "published_confirm": ["on"]}
    content = desk.save(values, estimated).content.decode()
    assert content.count('name="published_confirm"') == 1
    assert dates(estimated) == (ESTIMATE, ESTIMATE)


def test_list_confirms_estimates_and_leaves_stated_dates(desk, estimated):
    stated = make_article()
    response = desk.act("confirm_dates", estimated, stated)
    assert "1 article changed." in response.content.decode()
    assert dates(estimated) == (Moment(ESTIMATE.at), Moment(ESTIMATE.at))
    assert estimated.revisions.first().why == "dates confirmed at the desk"
    assert stated.revisions.count() == 1


def test_list_finds_the_estimates(desk, estimated):
    make_article()
    response = desk.get("article_changelist", published_certainty__exact="estimated")
    assert list(response.context["cl"].result_list) == [estimated]


def at(name, moment):
    return {f"{name}_day": [f"{moment:%F}"], f"{name}_time": [f"{moment:%R}"]}


def test_story_cannot_expire_before_it_is_published(desk):
    article = make_article()
    response = desk.save(desk.values(article) | at("expires_at", NOON - DAY), article)
    (error,) = errors(response)["expires_at"]
    assert error["message"] == "It would expire before it is published."


def test_story_published_now_cannot_have_expired(desk):
    article = make_article(published_at=None, status="draft")
    values = desk.values(article) | {"status": ["published"]}
    response = desk.save(values | at("expires_at", NOON), article)
    assert list(errors(response)) == ["expires_at"]
    assert Article.objects.get().status == "draft"


def test_embargo_cannot_outlast_the_story(desk):
    article = make_article()
    values = desk.values(article) | at("expires_at", NOON + DAY)
    response = desk.save(values | at("embargo_until", NOON + 2 * DAY), article)
    (error,) = errors(response)["embargo_until"]
    assert "after the story has expired" in error["message"]


def test_story_that_came_with_odd_dates_may_still_be_mended(desk):
    odd = make_article(expires_at=NOON - DAY, embargo_until=NOON + DAY)
    assert desk.save(desk.values(odd) | {"kicker": ["Sea"]}, odd).status_code == 302
    assert read.story(odd.pk).kicker == "Sea"
    response = desk.save(desk.values(odd) | at("expires_at", NOON - 2 * DAY), odd)
    assert errors(response).keys() == {"expires_at", "embargo_until"}
