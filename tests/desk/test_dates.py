"""Dates at the desk: estimates are confirmed, and what cannot be right is told."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from articles.desk.home import todo_list
from articles.models import Article
from articles.store import read
from articles.story.moment import Moment
from tests.builders import HOUR, NOON, make_article, make_story
from tests.desk.sources import make_source, print_line
from tests.desk.stories import write_story
from tests.desk.test_bulk_actions import told

pytestmark = pytest.mark.django_db

ESTIMATE = Moment(NOON + timedelta(seconds=17), "estimated")
DAY = timedelta(days=1)
JULY = date(2023, 7, 21)
UPDATED = make_story(published=Moment(JULY, "estimated"), updated=Moment(JULY))


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


def listed(desk, **query):
    return list(desk.get("article_changelist", **query).context["cl"].result_list)


def test_date_wants_confirming_only_where_none_is_stated(desk, estimated):
    undated = make_article(published_at=None, status="in_review")
    stated = [make_article(), write_story(UPDATED)]
    assert listed(desk, date="confirm") == [estimated]
    assert listed(desk, date="none") == [undated]
    assert {*listed(desk, date="stated")} == {*stated}
    (task,) = (t for t in todo_list() if t.name == "with a date to confirm")
    assert task.number == 1


def test_list_shows_what_is_stated_before_an_estimate(desk, estimated):
    write_story(UPDATED)
    cells = desk.soup("article_changelist").select(".field-date")
    assert {cell.text for cell in cells} == {
        "Updated 21 July 2023",
        "14 March 2026, 12:00 estimated",
    }


def test_first_publication_reckoned_from_an_update_is_not_confirmed(desk):
    article = write_story(UPDATED)
    page = desk.ask("confirm_dates", article)
    assert list(told(page)) == ["1 needs no change"]


def test_what_came_without_a_date_is_neither_published_nor_confirmed_at_once(desk):
    came = make_article(None, headline="Came", status="draft")
    written = make_article(None, headline="Written", status="draft")
    make_source(came)
    assert told(desk.ask("publish", came, written)) == {
        "1 will appear on the site": ["Written"],
        "1 has no date: give it first": ["Came"],
    }
    page = desk.act("publish", came, written).text
    assert "1 article changed." in page
    assert "1 has no date: give it first." in page
    assert dates(came) == (None, None)
    assert dates(written)[0].is_stated
    assert list(told(desk.ask("confirm_dates", came))) == [
        "1 has no date: give it first"
    ]


def test_form_asks_for_the_day_of_what_came_without_one(desk):
    article = make_article(None, status="in_review")
    make_source(article)
    values = desk.values(article) | {"status": ["published"], "kicker": ["Sea"]}
    response = desk.save(values, article)
    (error,) = errors(response)["published"]
    assert "On which day did the story appear?" in error["message"]
    assert ">\nSea</textarea>" in response.text
    day = {"published_day": ["2004-05-07"]}
    assert desk.save(values | day, article).status_code == 302
    assert dates(article)[0] == Moment(date(2004, 5, 7))


@pytest.mark.parametrize(
    ("line", "code", "days"),
    [
        ("Posted 03/10/2024 by the desk", "date-unread", ["2024-03-10", "2024-10-03"]),
        ("04/19/2013", "date-unread", ["2013-04-19"]),
        ("Updated 4 sec ago", "relative-time", []),
    ],
)
def test_day_printed_in_the_source_is_offered(desk, line, code, days):
    article = make_article(None, status="in_review")
    print_line(article, line, code)
    page = desk.soup("article_change", article.pk)
    moment = page.select_one(".field-published")
    (offer,) = moment.select(".moment__printed")
    assert line in offer.text
    assert [button["data-day"] for button in moment.select("[data-day]")] == days
    assert not desk.soup("article_change", article.pk).select(
        ".field-updated [data-day]"
    )


def test_day_that_the_source_calls_an_update_is_offered_as_one(desk):
    article = make_article(None, status="in_review")
    print_line(article, "Updated 03/10/2024", "date-unread")
    page = desk.soup("article_change", article.pk)
    assert len(page.select(".field-updated [data-day]")) == 2
    assert not page.select(".field-published .moment__printed")
    values = desk.values(article) | {"updated_day": ["2024-10-03"]}
    desk.save(values | {"status": ["published"]}, article)
    day = date(2024, 10, 3)
    assert dates(article) == (Moment(day, "estimated"), Moment(day))


def test_what_is_written_at_the_desk_appears_now_whenever_it_was_updated(desk):
    article = make_article(None, status="in_review")
    values = desk.values(article) | {"updated_day": ["2024-10-03"]}
    desk.save(values | {"status": ["published"]}, article)
    published, updated = dates(article)
    assert (published.is_day, published.is_stated) == (False, True)
    assert updated == Moment(date(2024, 10, 3))


def test_no_printed_day_is_offered_once_a_date_is_stated(desk):
    article = make_article(status="in_review")
    print_line(article, "04/19/2013", "date-unread")
    assert not desk.soup("article_change", article.pk).select(".moment__printed")


def test_day_of_a_story_that_was_held_back_is_offered(desk):
    article = make_article(None, status="in_review")
    make_source(article)
    page = desk.soup("article_change", article.pk)
    assert "(AFP) Updated 14 March" in page.select_one(".moment__printed").text


def test_both_days_of_one_line_are_offered(desk):
    article = make_article(None, status="in_review")
    source = make_source(article)
    published, updated = "Published 3 May 2004", " | Updated 5 May 2004"
    source.file.content = (published + updated).encode()
    source.file.save()
    source.pieces = [[1, "published", 20], [1, "mark", 3], [1, "updated", 18]]
    source.save()
    page = desk.soup("article_change", article.pk)
    days = [button["data-day"] for button in page.select(".moment [data-day]")]
    assert days == ["2004-05-03", "2004-05-05"]


def remarks(desk, article, values):
    page = desk.client.post(
        f"/admin/articles/article/{article.pk}/change/", values, follow=True
    )
    soup = BeautifulSoup(page.text, "html.parser")
    return [each.text.strip() for each in soup.select(".messagelist .warning")]


def test_dates_that_may_be_meant_are_asked_about_and_saved(desk):
    article = make_article()
    values = desk.values(article) | at("updated", NOON - DAY)
    question = "It was updated before it was published. Are both dates right?"
    assert remarks(desk, article, values) == [question]
    assert dates(article)[1] == Moment(NOON - DAY)
    question = "It has expired already. Is that meant?"
    expired = make_article(NOON - 5 * DAY)
    values = desk.values(expired) | at("expires_at", NOON - 3 * DAY)
    assert remarks(desk, expired, values) == [question]


def test_update_on_the_day_of_publication_is_no_question(desk):
    article = make_article()
    values = desk.values(article) | {"updated_day": [f"{NOON:%F}"]}
    assert remarks(desk, article, values) == []


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
