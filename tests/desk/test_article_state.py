"""The state of a story in words, its buttons, and what is said after a save."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.test import override_settings
from django.utils import timezone

from articles.desk.article_state import reason_in_words, saved_in_words, state_in_words
from articles.models import Article, Doubt, Suspicion
from articles.models.sources import KILL
from articles.store import read
from articles.store.roles import give_role
from articles.story.moment import Moment
from tests.builders import make_article, make_story
from tests.desk.conflicts import make_conflict
from tests.desk.sources import make_source

# What is written for the forms here is tested on both databases.
pytestmark = pytest.mark.once

BEIRUT = ZoneInfo("Asia/Beirut")
NOW = datetime(2023, 7, 21, 9, 30, tzinfo=BEIRUT)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SIX = datetime(2023, 7, 22, 6, 0, tzinfo=BEIRUT)
EARLIER = Moment(NOW - 40 * DAY)
SENTENCES = {
    "Not yet shown to readers": {"status": "draft"},
    "Waits for an editor to publish it": {"status": "in_review"},
    "Withdrawn: readers do not see it": {"status": "withdrawn"},
    "Withdrawn: readers do not see it, nor learn that it was there": {
        "status": "withdrawn",
        "is_silent": True,
    },
    "Readers see it since 21 July 2023": {"published": Moment(date(2023, 7, 21))},
    "Readers see it since 11 June 2023 at 09:30, Beirut": {},
    "Readers see it since today at 08:30, Beirut": {"embargo_until": NOW - HOUR},
    "Readers see it": {"published": Moment(NOW - DAY, "estimated")},
    "Readers see it, until tomorrow at 06:00, Beirut": {
        "published": Moment(NOW - DAY, "estimated"),
        "expires_at": SIX,
    },
    "Goes out tomorrow at 06:00, Beirut": {"published": Moment(SIX)},
    "Goes out today at 10:30, Beirut": {"published": Moment(NOW + HOUR)},
    "Goes out 23 July 2023 at 00:00, Beirut": {
        "published": Moment(date(2023, 7, 23)),
        "embargo_until": SIX,
    },
    "Under embargo until tomorrow at 06:00, Beirut": {"embargo_until": SIX},
    "Expired today at 08:30, Beirut: readers no longer see it": {
        "expires_at": NOW - HOUR,
        "embargo_until": NOW - DAY,
    },
}


@pytest.fixture
def in_beirut():
    with timezone.override(BEIRUT), override_settings(TIME_ZONE="Asia/Beirut"):
        yield


def story_with(**values):
    return make_story(**{"status": "published", "published": EARLIER} | values)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_state_says_what_readers_see(in_beirut, sentence):
    assert state_in_words(story_with(**SENTENCES[sentence]), NOW) == sentence


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        ({}, {}, "Saved. Readers see it since 11 June 2023 at 09:30, Beirut."),
        ({}, {"headline": "New"}, "Saved. Readers see the new headline now."),
        ({}, {"kicker": "New"}, "Saved. Readers see the change now."),
        ({}, {"source_short_url": "x"}, "Saved. Readers see no difference."),
        ({}, {"status": "withdrawn"}, "Saved. Readers no longer see it."),
        ({"status": "draft"}, {}, "Readers see it now."),
        (
            {"status": "draft"},
            {"published": Moment(SIX)},
            "Saved. Nobody but the desk sees it until tomorrow at 06:00, Beirut.",
        ),
        (
            {"status": "draft"},
            {"status": "in_review"},
            "Sent for review. Nobody but the desk sees it.",
        ),
        (
            {"status": "draft"},
            {"status": "draft", "kicker": "New"},
            "Saved. Nobody but the desk sees it.",
        ),
    ],
)
def test_message_says_what_readers_see_now(in_beirut, was, becomes, sentence):
    was, story = story_with(**was), story_with(**becomes)
    assert saved_in_words(story, was, NOW) == sentence


def press(desk, button, article=None, **values):
    """Press a button of the form, and return what the page then says and refuses."""
    screen = f"{article.pk}/change" if article else "add"
    sent = desk.values(article) | values | {button: "x"}
    page = desk.client.post(f"/admin/articles/article/{screen}/", sent, follow=True)
    soup = BeautifulSoup(page.text, "html.parser")
    said = [each.text.strip() for each in soup.select(".save-bar .success")]
    return said, [each.text.strip() for each in soup.select(".errorlist li")]


def in_form(prefix, at):
    local = timezone.localtime(at)
    return {f"{prefix}_day": f"{local:%Y-%m-%d}", f"{prefix}_time": f"{local:%H:%M}"}


def test_saving_stays_at_the_story(desk):
    response = desk.save(desk.values() | {"headline": "Kept"})
    article = Article.objects.get()
    assert response.url.endswith(f"/{article.pk}/change/")
    assert desk.save(desk.values(article), article).url == response.url
    page = desk.soup("article_change", article.pk)
    assert page.select_one(".save-bar__state").text == "Not yet shown to readers"


def test_a_new_story_is_published_at_once(desk):
    said, errors = press(desk, "_publish", headline="It", body="<p>Goes out.</p>")
    assert (said, errors) == (["Readers see it now."], [])
    assert Article.objects.published().count() == 1


def test_what_hinders_publishing_is_said(desk):
    said, errors = press(desk, "_publish")
    assert not said
    assert errors == [
        "A published article needs a headline.",
        "A published article needs a body.",
    ]
    now = timezone.now()
    held = make_article(status="in_review", embargo_until=now + DAY)
    expired = make_article(now - 3 * DAY, status="draft", expires_at=now - DAY)
    copy = make_article(headline="Copy", status="in_review")
    Suspicion.objects.create(article=copy, other=held)
    assert "under embargo" in press(desk, "_publish", held)[1][0]
    assert "expired" in press(desk, "_publish", expired)[1][0]
    assert press(desk, "_publish", copy)[1] == ["Say this before it is published."]
    assert not Article.objects.filter(pk__in=[held.pk, expired.pk]).published()


def hindrances_of(desk, article=None):
    name, args = ("article_change", [article.pk]) if article else ("article_add", [])
    return [li.text for li in desk.soup(name, *args).select("[data-hindrances] li")]


def test_what_hinders_publishing_is_said_before(desk):
    assert hindrances_of(desk) == ["no headline", "no body"]
    now = timezone.now()
    held = make_article(status="draft", embargo_until=now + DAY, expires_at=now - DAY)
    assert hindrances_of(desk, held) == ["an embargo", "it has expired"]
    copy = make_article(None, headline="Copy", status="in_review")
    make_source(copy)
    Suspicion.objects.create(article=copy, other=held)
    assert hindrances_of(desk, copy) == [
        "no date, and its source gave none",
        "a question about another story",
    ]
    assert hindrances_of(desk, make_article()) == []


def killed_article(**values):
    article = make_article(**values)
    source = make_source(article)
    kill = Doubt.objects.create(source=source, line=1, code=KILL, text="It is killed.")
    return article, {"dismissed": [kill.pk]}


@pytest.mark.parametrize("button", ["_publish", "_schedule", "_save"])
def test_a_killed_story_goes_out_only_with_its_notice_settled(desk, button):
    article, settled = killed_article(status="in_review")
    assert desk.soup("article_change", article.pk).select_one(".save-bar__kill a")
    values = in_form("goes_out", timezone.now() + DAY) | {"status": "published"}
    said, errors = press(desk, button, article, **values)
    assert not said
    assert "Its source has killed this story" in errors[0]
    assert Article.objects.get().status == "in_review"
    said, errors = press(desk, button, article, **values, **settled)
    assert said, errors
    assert Article.objects.get().status == "published"
    assert not desk.soup("article_change", article.pk).select(".save-bar__kill")


def test_a_killed_story_that_readers_see_can_be_corrected_and_withdrawn(desk):
    article, _settled = killed_article()
    bar = desk.soup("article_change", article.pk).select_one(".save-bar__kill")
    assert "withdraw it, or settle the notice" in bar.text
    assert press(desk, "_save", article, kicker="Mended", change="update")[0]
    assert press(desk, "_save", article, status="withdrawn")[0]


def test_a_killed_story_is_published_by_no_action_on_many(desk):
    article, _settled = killed_article(status="in_review")
    page = desk.ask("publish", article)
    assert "1 is killed by its source" in page.text


def test_a_killed_story_is_published_by_no_conflict(desk):
    article, _settled = killed_article(status="in_review")
    asked = make_conflict(article, "status", "draft", "in_review", "published")
    address = f"/admin/articles/conflict/{article.pk}/"
    page = desk.client.post(address, {"theirs": asked.pk}, follow=True)
    assert "settle the notice first" in page.text
    assert Article.objects.get().status == "in_review"


@pytest.mark.parametrize(
    ("was", "now", "reason"),
    [
        ({"status": "draft"}, {"published": Moment(SIX)}, "scheduled at the desk"),
        ({"status": "draft"}, {"embargo_until": SIX}, "scheduled at the desk"),
        ({"status": "draft"}, {"kicker": "Sea"}, "published at the desk"),
        ({}, {"embargo_until": SIX}, "rescheduled at the desk"),
        (
            {"published": Moment(SIX)},
            {"published": Moment(SIX + DAY)},
            "rescheduled at the desk",
        ),
        ({"published": Moment(SIX)}, {}, "published at the desk"),
        ({}, {"updated": Moment(NOW)}, "dates changed at the desk"),
        ({}, {"updated": Moment(NOW), "kicker": "Sea"}, "edited at the desk"),
        (
            {"embargo_until": SIX},
            {"embargo_until": SIX, "kicker": "Sea"},
            "edited at the desk",
        ),
    ],
)
def test_reason_tells_words_from_when_readers_see_them(was, now, reason):
    was, story = (make_story(**{"published": EARLIER} | each) for each in (was, now))
    assert reason_in_words(story, was, NOW) == reason


def test_publishing_takes_a_story_out_of_its_schedule(desk):
    article = make_article(timezone.now() + DAY)
    assert press(desk, "_publish", article)[0] == ["Readers see it now."]
    assert Article.objects.published().get() == article


def test_a_draft_is_scheduled(desk):
    article = make_article(None, status="draft")
    at = timezone.now().replace(second=0, microsecond=0) + DAY
    (said,), _errors = press(desk, "_schedule", article, **in_form("goes_out", at))
    assert said.startswith("Saved. Nobody but the desk sees it until tomorrow at ")
    story = read.story(article.pk)
    assert (story.status, story.published) == ("published", Moment(at))
    again = desk.values(article)
    assert {"goes_out_day", "goes_out_time"} < again.keys()
    assert again["goes_out_day"] == [f"{timezone.localtime(at):%Y-%m-%d}"]


def test_a_story_that_has_a_date_keeps_it_when_it_is_scheduled(desk):
    article = make_article(status="in_review")
    was = read.story(article.pk)
    at = timezone.now().replace(second=0, microsecond=0) + DAY
    press(desk, "_schedule", article, **in_form("goes_out", at))
    expected = replace(was, status="published", embargo_until=at)
    assert read.story(article.pk) == expected


def test_only_a_moment_to_come_is_scheduled(desk):
    article = make_article(None, status="draft")
    assert press(desk, "_schedule", article)[1] == ["Give the day and the time."]
    past = in_form("goes_out", timezone.now() - DAY)
    (error,) = press(desk, "_schedule", article, **past)[1]
    assert error.startswith("This has passed.")
    assert press(desk, "_save", article, goes_out_time="12:00")[1] == []
    assert Article.objects.get().status == "draft"


def test_reporter_sends_for_review_and_publishes_by_no_button(desk, editor):
    give_role(editor, "reporter")
    buttons = {
        button["name"]
        for button in desk.soup("article_add").select(".save-bar [type=submit]")
    }
    assert buttons == {"_save", "_review"}
    words = {"headline": "Mine", "body": "<p>It.</p>"}
    said, _errors = press(desk, "_review", **words)
    assert said == ["Sent for review. Nobody but the desk sees it."]
    article = Article.objects.get()
    when = in_form("goes_out", timezone.now() + DAY)
    for button in ("_publish", "_schedule"):
        press(desk, button, article, **when)
        assert Article.objects.get().status == "in_review"
