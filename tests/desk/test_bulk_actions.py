"""An action on many says what it will do and to which, and waits for a yes."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError, connection
from django.utils import timezone
from django.utils.timezone import get_default_timezone

from articles.models import Article
from articles.store import Change, write
from articles.store.rows import story_of
from articles.story.moment import Moment
from articles.story.story import Caption, TagUse, is_public
from tests.builders import HOUR, NOON, make_article
from tests.desk.accounts import client_of, make_account
from tests.desk.conftest import Desk
from tests.desk.pictures import photo

pytestmark = pytest.mark.django_db

ACTIONS = [
    "publish",
    "send_to_review",
    "withdraw",
    "withdraw_silently",
    "confirm_dates",
    "accept_suggestions",
    "dismiss_suggestions",
    "move_to_bin",
]
ESTIMATE = Moment(NOON.date(), "estimated")


def told(page):
    """Return what the question says, with the headlines below each sentence."""
    return {
        group.h2.text: sorted(bdi.text for bdi in group.select("li bdi"))
        for group in page.select(".confirmation__group")
    }


def touch(article):
    story = replace(story_of(article), kicker="Saved meanwhile")
    write([Change(story, article.pk)], by=None)


def yes_to(desk, action, *articles):
    """Return where the yes to a question goes, and what it holds."""
    form = desk.ask(action, *articles).select_one(".confirmation__answer")
    return form["action"], {f["name"]: f["value"] for f in form.select("[name]")}


def kinds():
    """Return an article of each kind that an action may meet."""
    later = timezone.now() + HOUR
    tags = (TagUse("Ports", "suggestion"),)
    return [
        make_article(None, headline="Shown", published=ESTIMATE, tags=tags),
        make_article(later, headline="Scheduled"),
        make_article(None, headline="Draft", status="draft"),
        make_article(later, headline="Dated draft", status="draft"),
        make_article(None, headline="Empty", status="draft", body=""),
        make_article(headline="Gone", status="withdrawn"),
    ]


def test_publishing_says_what_comes_when_and_what_cannot(desk):
    assert told(desk.ask("publish", *kinds())) == {
        "2 will appear on the site": ["Draft", "Gone"],
        "1 will appear on the site when its date or embargo comes": ["Dated draft"],
        "2 need no change": ["Scheduled", "Shown"],
        "1 has no headline or no body, so it cannot be published": ["Empty"],
    }


def test_withdrawing_says_what_leaves_the_site(desk):
    page = desk.ask("withdraw", *kinds())
    assert told(page) == {
        "1 will leave the site": ["Shown"],
        "4 will change at the desk only; readers do not see them": [
            "Dated draft",
            "Draft",
            "Empty",
            "Scheduled",
        ],
        "1 needs no change": ["Gone"],
    }
    assert "This will change 5 articles. Nothing has changed yet." in page.text


@pytest.mark.parametrize("action", ["confirm_dates", "accept_suggestions"])
def test_what_changes_before_readers_eyes_is_said(desk, action):
    effects = told(desk.ask(action, *kinds()))
    assert effects["1 will change on the site"] == ["Shown"]


@pytest.mark.parametrize("action", ACTIONS)
def test_nothing_happens_before_the_yes(desk, action):
    articles = kinds()
    desk.ask(action, *articles)
    assert set(Article.objects.values_list("revision", flat=True)) == {1}


@pytest.mark.parametrize("action", ACTIONS)
def test_what_was_said_happens(desk, action):
    articles = kinds()
    said = told(desk.ask(action, *articles))
    desk.act(action, *articles)
    changed = Article.objects.filter(revision=2).values_list("headline", flat=True)
    reasons = "no change", "cannot", "no date", "instead"
    meant = [
        headline
        for sentence, headlines in said.items()
        if not any(reason in sentence for reason in reasons)
        for headline in headlines
    ]
    assert sorted(changed) == sorted(meant) != []


def test_only_what_was_looked_at_is_changed(desk):
    kept, saved = make_article(headline="Kept"), make_article(headline="Saved")
    yes = yes_to(desk, "withdraw", kept, saved)
    touch(saved)
    newer = make_article(headline="Newer")
    page = desk.client.post(*yes, follow=True).text
    assert "1 article changed." in page
    assert "1 has just been saved by somebody else." in page
    withdrawn = Article.objects.filter(status="withdrawn")
    assert list(withdrawn) == [kept]
    newer.refresh_from_db()
    assert newer.status == "published"


def test_what_is_gone_is_said_and_keeps_nothing_from_the_rest(desk):
    kept, gone = (make_article(status="draft") for _ in range(2))
    yes = yes_to(desk, "publish", kept, gone)
    gone.delete()
    page = desk.client.post(*yes, follow=True).text
    assert "1 article changed." in page
    assert "1 has just been deleted by somebody else." in page


@pytest.mark.django_db(transaction=True)
def test_what_is_about_to_be_changed_cannot_be_deleted_first(desk, monkeypatch):
    """On SQLite nobody else writes meanwhile, so that there is nothing to see."""
    kept, meant = (make_article(status="draft") for _ in range(2))

    def delete(pk):
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '100ms'")
            return Article.objects.filter(pk=pk).delete()[0]
        except OperationalError:
            return 0
        finally:
            connection.close()

    def write_after_a_deletion(*arguments, **options):
        with ThreadPoolExecutor(1) as pool:
            assert not pool.submit(delete, meant.pk).result()
        return write(*arguments, **options)

    if connection.vendor == "postgresql":
        monkeypatch.setattr("articles.store.bulk_actions.write", write_after_a_deletion)
        page = desk.act("publish", kept, meant)
        assert "2 articles changed." in page.text


def test_all_of_a_list_are_those_that_were_counted(desk):
    articles = [make_article(headline=f"Story {n}", status="draft") for n in range(3)]
    chosen = {"action": "send_to_review", "_selected_action": articles[0].pk}
    address = "/admin/articles/article/?status__exact=draft"
    answer = desk.client.post(address, chosen | {"select_across": "1"})
    form = BeautifulSoup(answer.text, "html.parser").select_one(".confirmation__answer")
    make_article(status="draft", headline="Came later")
    values = {field["name"]: field["value"] for field in form.select("[name]")}
    assert "3 articles changed." in desk.client.post(address, values, follow=True).text
    assert Article.objects.get(status="draft").headline == "Came later"


def test_too_many_are_refused_in_words(desk, monkeypatch):
    monkeypatch.setattr("articles.desk.bulk_actions.MOST", 1)
    assert not told(desk.ask("withdraw", *(make_article() for _ in range(2))))
    page = desk.get("article_changelist")
    assert "Choose fewer: at most 1 articles at a time." in page.text
    assert not Article.objects.filter(status="withdrawn").exists()


def test_long_list_is_counted_whole_and_shown_in_part(desk, monkeypatch):
    monkeypatch.setattr("articles.desk.bulk_actions.MOST_SHOWN", 2)
    page = desk.ask("withdraw", *(make_article() for _ in range(5)))
    assert [len(each) for each in told(page).values()] == [2]
    assert "5 will leave the site" in page.text
    assert "and 3 more" in page.text


def test_where_nothing_would_change_there_is_nothing_to_say_yes_to(desk):
    page = desk.ask("publish", make_article())
    assert "This would change nothing." in page.text
    assert not page.select(".confirmation__answer button")


def test_reporter_is_told_what_is_not_theirs():
    reporter = make_account("reporter")
    at_work = Desk(client_of(reporter))
    (mine,) = write([Change(story_of(make_article(status="draft")))], by=reporter)
    others = list(Article.objects.exclude(pk=mine.article_id))
    own = Article.objects.get(pk=mine.article_id)
    said = told(at_work.ask("send_to_review", own, *others))
    assert said == {
        "1 will change at the desk only; readers do not see it": [own.headline],
        "1 is not yours to change": [others[0].headline],
    }
    at_work.act("send_to_review", own, *others)
    assert Article.objects.get(status="in_review") == own


def test_headlines_are_shown_as_they_are_and_run_nothing(desk):
    page = desk.ask("withdraw", make_article(headline="<script>alert(1)</script>"))
    assert told(page) == {"1 will leave the site": ["<script>alert(1)</script>"]}
    assert not [s for s in page.select("script") if "alert" in s.text]


def test_question_agrees_with_what_published_means():
    kinds()
    for article in Article.objects.with_parts():
        now = timezone.now()
        is_shown = Article.objects.published(now).filter(pk=article.pk).exists()
        assert is_public(story_of(article), now, get_default_timezone()) == is_shown


@pytest.mark.parametrize("position", [0, 1])
def test_pictures_of_each_story_that_was_withdrawn_are_told_of(desk, position):
    articles = [make_article(), make_article()]
    story = story_of(articles[position])
    captions = (Caption("Pier", photo=photo().sha256),)
    write([Change(replace(story, captions=captions), articles[position].pk)], by=None)
    page = desk.act("withdraw", *Article.objects.all())
    assert "Their pictures can still be opened" in page.text
