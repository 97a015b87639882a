"""Many stories that wait get a date, section or language at once."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from articles.models import Article
from articles.store import read
from articles.story.moment import Moment
from tests.builders import NOON, make_article, make_section
from tests.desk.sources import print_line
from tests.desk.test_bulk_actions import told

pytestmark = pytest.mark.django_db


def send(desk, form, **values):
    """Send a form of the desk as a browser would, and return what comes back."""
    sent = {}
    for field in form.select("[name]"):
        sent.setdefault(field["name"], []).append(field.get("value", ""))
    answer = desk.client.post(form["action"], sent | values, follow=True)
    return BeautifulSoup(answer.text, "html.parser")


def fill_in(desk, *articles, **facts):
    """Return the question that follows what was filled in for the articles."""
    form = desk.ask("set_facts", *articles).select_one(".confirmation__facts")
    return send(desk, form, **{f"facts-{name}": v for name, v in facts.items()})


def yes(desk, question):
    return send(desk, question.select_one(".confirmation__answer"))


def stories():
    return [read.story(article.pk) for article in Article.objects.order_by("pk")]


def test_waiting_stories_get_what_was_chosen_and_keep_the_rest(desk, editor):
    section = make_section("Ports")
    waiting = [
        make_article(headline=name, status="in_review", published=None, kicker="Bay")
        for name in ("Fog", "Ferry")
    ]
    question = fill_in(desk, *waiting, date="1998-05-07", section=section.pk)
    assert told(question) == {
        "2 will change at the desk only; readers do not see them": ["Ferry", "Fog"]
    }
    values = question.select(".confirmation__values > *")
    assert [value.text for value in values] == [
        "Date",
        "7 May 1998",
        "Section",
        "Ports",
    ]
    assert not any(story.published for story in stories())
    assert "2 articles changed." in yes(desk, question).text
    for story in stories():
        assert story.published == Moment(date(1998, 5, 7))
        assert story.updated is None
        assert (story.section, story.kicker, story.language) == ("Ports", "Bay", "en")
        assert story.status == "in_review"
    revision = Article.objects.first().revisions.first()
    assert revision.by == editor
    assert revision.why == "date, section or language set at the desk"


def test_what_readers_have_seen_is_left_alone(desk):
    waits = make_article(headline="Waits", status="draft")
    public = make_article(headline="Public")
    withdrawn = make_article(headline="Withdrawn", status="withdrawn")
    question = fill_in(desk, waits, public, withdrawn, language="UR")
    assert told(question)["2 wait no longer: change them on their own pages"] == [
        "Public",
        "Withdrawn",
    ]
    yes(desk, question)
    assert [story.language for story in stories()] == ["ur", "en", "en"]


def test_another_date_of_an_update_stays(desk):
    updated = Moment(NOON)
    article = make_article(status="in_review", published_at=None, updated=updated)
    yes(desk, fill_in(desk, article, date="2026-03-01"))
    assert stories()[0].updated == updated


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({}, "Choose a date, a section or a language."),
        ({"language": "Urdu, I think"}, "This is no code of a language."),
        ({"date": "0001-01-01"}, "This year cannot be right."),
        ({"date": "2206-01-01"}, "The year 2206 is more than ten years ahead."),
        (
            {"date": "2004-05-07", "printed": "on"},
            "Choose one: a date, or the day printed in each source.",
        ),
        ({"section": "99999"}, "This cannot be chosen any more."),
    ],
)
def test_what_cannot_be_set_is_asked_again_for_the_same_stories(desk, facts, problem):
    article = make_article(status="draft")
    page = fill_in(desk, article, **facts)
    assert problem in page.text
    form = page.select_one(".confirmation__facts")
    right = {"facts-language": "ar", "facts-date": "", "facts-section": ""}
    assert list(told(send(desk, form, **right)).values()) == [[article.headline]]
    assert stories()[0].language == "en"


def test_each_story_gets_the_one_day_that_its_source_prints(desk):
    def waiting(name, line="", code="date-unread"):
        article = make_article(None, headline=name, status="in_review")
        if line:
            print_line(article, line, code)
        return article

    one = waiting("One", "Posted 04/19/2013 by the desk")
    others = [
        waiting("Two", "03/10/2024"),
        waiting("None"),
        waiting("To come", "Updated 14 March 2462"),
        waiting("Before all papers", "04/19/0013"),
        waiting("Before this paper", "04/19/1913", "date-implausible"),
    ]
    dated = make_article(headline="Dated", status="in_review")
    print_line(dated, "04/19/2013", "date-unread")
    question = fill_in(desk, one, *others, dated, printed="on")
    assert told(question) == {
        "1 will change at the desk only; readers do not see it": ["One"],
        "1 needs no change": ["Dated"],
        "5 print no day in their sources, several, or one that cannot be": [
            "Before all papers",
            "Before this paper",
            "None",
            "To come",
            "Two",
        ],
    }
    assert "1 article changed." in yes(desk, question).text
    assert [story.published for story in stories()] == [
        Moment(date(2013, 4, 19)),
        *[None] * 5,
        Moment(NOON),
    ]


@pytest.mark.parametrize("name", ["Updated", "Last modified:"])
def test_day_that_a_source_calls_an_update_is_that_of_an_update(desk, name):
    article = make_article(None, status="in_review")
    print_line(article, f"{name} 04/19/2013", "date-unread")
    yes(desk, fill_in(desk, article, printed="on"))
    (story,) = stories()
    day = date(2013, 4, 19)
    assert (story.published, story.updated) == (Moment(day, "estimated"), Moment(day))


def test_day_that_a_source_calls_an_update_and_prints_elsewhere_is_its_first(desk):
    article = make_article(None, status="in_review")
    source = print_line(article, "Updated 04/19/2013", "date-unread")
    source.file.content = b"Updated 04/19/2013\n04/19/2013\n"
    source.file.save()
    source.pieces = [[1, "updated", 18], [2, "published", 10]]
    source.save()
    source.doubts.all().delete()
    yes(desk, fill_in(desk, article, printed="on"))
    (story,) = stories()
    assert (story.published, story.updated) == (Moment(date(2013, 4, 19)), None)


def test_all_of_a_list_can_be_chosen(desk):
    articles = [make_article(headline=f"Story {n}", status="draft") for n in range(3)]
    chosen = {"action": "set_facts", "_selected_action": articles[0].pk}
    address = "/admin/articles/article/?status__exact=draft"
    answer = desk.client.post(address, chosen | {"select_across": "1"})
    page = BeautifulSoup(answer.text, "html.parser")
    assert "For 3 chosen articles." in page.text
    form = page.select_one(".confirmation__facts")
    yes(desk, send(desk, form, **{"facts-language": "ar"}))
    assert [story.language for story in stories()] == ["ar"] * 3


def test_too_many_are_refused_before_anything_is_typed(desk, monkeypatch):
    monkeypatch.setattr("articles.desk.bulk_actions.MOST", 1)
    page = desk.ask("set_facts", make_article(), make_article())
    assert not page.select(".confirmation__facts")
    assert "at most 1 articles at a time" in desk.get("article_changelist").text
