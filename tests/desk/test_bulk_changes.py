"""What was done to many stories is listed, opened and undone as one."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.imports.undo import undo_run
from articles.models import Article, BulkAction, Doubt, ImportRun, Revision, Tag
from articles.models.sources import KILL
from articles.store import Change, edition, read, write
from articles.store.bulk_actions import write_as_one
from articles.store.erasing import erase
from articles.story.moment import Moment
from articles.story.story import TagUse, to_json
from tests.builders import NOON, make_article, make_section
from tests.desk.accounts import client_of, make_account
from tests.desk.conftest import Desk
from tests.desk.sources import make_source
from tests.desk.test_bulk_actions import ACTIONS, told
from tests.imports.children import at_each_step
from tests.imports.pages import write_page
from tests.imports.test_run import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def articles():
    return [make_article(headline=f"Story {n}") for n in range(3)]


def change(article, by=None, **parts):
    """Save a story once more with the given parts."""
    story = replace(read.story(article.pk), **parts)
    write([Change(story, article.pk)], by=by, why="edited at the desk")


def stories():
    return [to_json(read.story(a.pk)) for a in Article.objects.order_by("pk")]


def newest():
    return BulkAction.objects.first()


def soup(answer):
    return BeautifulSoup(answer.text, "html.parser")


def page_of(client, action):
    return soup(client.get(f"/admin/articles/bulkaction/{action.pk}/change/"))


def question(client, action):
    return soup(client.get(f"/admin/articles/bulkaction/{action.pk}/undo/"))


def say_yes(client, page):
    form = page.select_one(".confirmation__answer")
    values = {field["name"]: field["value"] for field in form.select("[name]")}
    return soup(client.post(form["action"], values, follow=True))


def undo(client, action=None):
    return say_yes(client, question(client, action or newest()))


def test_an_action_on_many_leaves_one_row(desk, editor, articles):
    articles.append(make_article(status="withdrawn"))
    desk.act("withdraw", *articles)
    action = BulkAction.objects.get()
    assert (action.by, action.why) == (editor, "withdrawn at the desk")
    assert (action.stories, str(action)) == (3, "withdrawn at the desk")
    made = Revision.objects.filter(number=2)
    assert set(made.values_list("action", "by")) == {(action.pk, editor.pk)}
    desk.act("dismiss_suggestions", make_article(tags=(TagUse("A", "suggestion"),)))
    assert newest() != action


def test_what_changes_nothing_leaves_no_row(editor, articles):
    same = [Change(read.story(article.pk), article.pk) for article in articles]
    assert write_as_one(same, editor, "test")[0] is None
    assert write_as_one([], editor, "test") == (None, [])
    assert not BulkAction.objects.exists()


@pytest.mark.parametrize("action", [a for a in ACTIONS if a != "withdraw"])
def test_undone_at_once_and_again_it_is_to_the_byte_as_before(desk, action):
    tags = (TagUse("Ports", "suggestion"),)
    estimate = Moment(NOON.date(), "estimated")
    made = [
        make_article(None, tags=tags, status="draft"),
        make_article(tags=tags, published=estimate),
    ]
    before = stories()
    page = soup(desk.act(action, *made))
    done, after = newest(), stories()
    assert after != before
    link = page.select_one(".messagelist .success a")
    page = say_yes(desk.client, soup(desk.client.get(link["href"])))
    assert stories() == before
    undone = newest()
    assert (undone.undoes, undone.stories) == (done, done.stories)
    assert undone.why == f"undone: {done.why}"
    say_yes(desk.client, soup(desk.client.get(page.select_one(".success a")["href"])))
    assert stories() == after
    assert newest().why == f"done again: {done.why}"


def test_the_question_says_what_is_undone_and_what_stays_and_why(
    desk, articles, django_user_model
):
    omar = django_user_model.objects.create_user("omar")
    edited, reviewed, anew = articles
    untouched = make_article(headline="Untouched")
    desk.act("withdraw", *articles, untouched)
    change(edited, by=omar, kicker="Sea")
    change(reviewed, by=omar, status="in_review")
    change(anew, by=omar, status="published")
    change(anew, by=omar, status="withdrawn")
    page = question(desk.client, newest())
    assert told(page) == {
        "2 will appear on the site": ["Story 0", "Untouched"],
        "1 stays as somebody has changed it since": ["Story 1"],
        "1 has been withdrawn since, and stays so": ["Story 2"],
    }
    notes = {
        line.bdi.text: note.text
        for line in page.select(".confirmation__group li")
        if (note := line.select_one(".confirmation__note"))
    }
    assert notes == {
        "Story 0": "Saved since by omar.",
        "Story 1": "Stays: status. Saved since by omar.",
        "Story 2": "Stays: status. Saved since by omar.",
    }
    done = say_yes(desk.client, page)
    said = done.select_one(".messagelist").text
    assert "2 articles changed." in said
    assert "1 has been withdrawn since, and stays so." in said
    kept = done.select_one(".bulk-change__kept")
    assert {item.bdi.text for item in kept.select("li")} == {"Story 1", "Story 2"}
    now = {a.headline: (a.status, a.kicker) for a in Article.objects.all()}
    assert now == {
        "Story 0": ("published", "Sea"),
        "Story 1": ("in_review", ""),
        "Story 2": ("withdrawn", ""),
        "Untouched": ("published", ""),
    }


def test_what_is_saved_between_question_and_yes_is_left_alone(desk, articles):
    desk.act("withdraw", *articles)
    page = question(desk.client, newest())
    change(articles[0], kicker="Sea")
    said = say_yes(desk.client, page).select_one(".messagelist").text
    assert "1 has just been saved by somebody else." in said
    assert Article.objects.filter(status="withdrawn").get() == articles[0]
    assert "undone for 2 of 3" in desk.get("bulkaction_changelist").text
    # The rest can be undone afterwards.
    assert told(question(desk.client, BulkAction.objects.last())) == {
        "1 will appear on the site": ["Story 0"],
        "2 need no change": ["Story 1", "Story 2"],
    }


def test_nothing_is_published_that_must_not_be(desk, articles):
    killed, emptied, undated = articles
    desk.act("withdraw", *articles)
    source = make_source(killed)
    Doubt.objects.create(source=source, line=1, code=KILL, text="It is killed.")
    change(emptied, body="")
    change(undated, published=None)
    assert told(question(desk.client, newest())) == {
        "1 is killed by its source: settle that on its own page": ["Story 0"],
        "1 has no headline or no body, so it cannot be published": ["Story 1"],
        "1 has no date: give it first": ["Story 2"],
    }


def test_what_an_undone_import_withdrew_anew_stays_so(desk, tmp_path):
    run(write_page(tmp_path))
    desk.act("withdraw", *Article.objects.all())
    undo_run(ImportRun.objects.get().pk, timezone.now())
    page = question(desk.client, newest())
    (group,) = told(page)
    assert group == "2 have been withdrawn since, and stay so"
    number = ImportRun.objects.get().pk
    assert f"Stays: status. Saved since by import {number}." in page.text


def test_a_tag_or_section_that_is_gone_or_renamed_does_not_come_back(desk):
    make_section("World", 1)
    make_section("Harbour", 2)
    article = make_article(
        status="draft", section="World", tags=(TagUse("Ports", "suggestion"),)
    )
    desk.act("accept_suggestions", article)
    accepted = newest()
    story = replace(read.story(article.pk), section="Harbour")
    moved, _ = write_as_one([Change(story, article.pk)], accepted.by, "moved")
    Tag.objects.filter(name="World").update(is_section=False, is_in_menu=False)
    Tag.objects.filter(name="Ports").update(name="Docks", folded="docks")
    before = stories()
    for action in (accepted, moved):
        assert list(told(question(desk.client, action))) == [
            "1 stays as somebody has changed it since"
        ]
    assert stories() == before
    assert not Tag.objects.filter(name="Ports").exists()


def test_stories_that_are_gone_are_counted_and_keep_nothing_from_the_rest(
    desk, editor, articles
):
    articles.append(make_article(status="draft", published=None))
    desk.act("send_to_review", *articles)
    Article.objects.filter(pk=articles[-1].pk).update(status="draft")
    Article.objects.filter(pk=articles[-1].pk).delete()
    erase(articles[0].pk, 2, editor, "test")
    assert "2 articles are no longer there." in page_of(desk.client, newest()).text
    undo(desk.client)
    assert Article.objects.filter(status="published").count() == 2


def test_what_was_done_is_shown_story_by_story(desk, articles):
    desk.act("withdraw", *articles)
    page = page_of(desk.client, newest())
    assert page.h1.text == "Withdrawn at the desk"
    assert "nida · 3 articles" in " ".join(page.select_one("time").parent.text.split())
    first = page.select_one(".bulk-change__stories li")
    words = " ".join(first.text.split())
    assert words == (
        "Story 2 withdrawn Status before: published after: withdrawn Changes"
    )
    for link in first.select("a"):
        assert desk.client.get(link["href"]).status_code == 200
    compared = soup(desk.client.get(first.select("a")[-1]["href"]))
    assert [h.text for h in compared.select("h2.conflict__field")] == ["Status"]
    change(articles[2], kicker="Sea")
    first = page_of(desk.client, newest()).select_one(".bulk-change__stories li")
    assert "Saved since: compare with now" in first.text


def test_many_stories_are_shown_by_pages(desk, articles, monkeypatch):
    monkeypatch.setattr("articles.desk.bulk_changes.STORIES_PER_PAGE", 2)
    desk.act("withdraw", *articles)
    page = page_of(desk.client, newest())
    found = [h2.bdi.text for h2 in page.select("h2")]
    address = f"/admin/articles/bulkaction/{newest().pk}/change/"
    page = soup(desk.client.get(address + page.select_one("a[rel=next]")["href"]))
    found += [h2.bdi.text for h2 in page.select("h2")]
    assert found == ["Story 2", "Story 1", "Story 0"]


def test_history_names_the_action_and_leads_to_it(desk, articles):
    desk.act("withdraw", *articles)
    undo(desk.client)
    desk.act("withdraw", *articles)
    lines = desk.soup("article_history", articles[0].pk).select(".version")
    assert len(lines) == 4
    for line, action in zip(lines, BulkAction.objects.all(), strict=False):
        link = line.select_one(".version__why a")
        assert link["href"] == f"/admin/articles/bulkaction/{action.pk}/change/"
        assert link.text == action.why
        assert "3 articles" in line.text
    form = desk.soup("article_version", articles[0].pk, 2)
    assert form.select_one(".version__why a")


def test_an_undone_action_says_by_what_and_offers_no_undo(desk, articles):
    desk.act("withdraw", *articles)
    action = newest()
    page = page_of(desk.client, action)
    assert page.select(".object-tools a")
    undo(desk.client)
    page = page_of(desk.client, action)
    assert not page.select(".object-tools a")
    assert page.select_one(
        f"a[href='/admin/articles/bulkaction/{newest().pk}/change/']"
    )
    assert told(question(desk.client, action)) == {
        "3 need no change": ["Story 0", "Story 1", "Story 2"]
    }


def test_a_reporter_undoes_nothing_that_is_not_theirs_nor_publishes(desk, articles):
    reporter = make_account("reporter")
    write([Change(read.story(articles[0].pk))], by=reporter)
    own = Article.objects.latest("pk")
    desk.act("send_to_review", own, *articles)
    at_work = Desk(client_of(reporter))
    assert told(question(at_work.client, newest())) == {
        "4 are not yours to change": ["Story 0", "Story 0", "Story 1", "Story 2"]
    }
    before = stories()
    seen = " ".join(f"{a.pk}:2" for a in Article.objects.all())
    address = f"/admin/articles/bulkaction/{newest().pk}/undo/"
    page = soup(at_work.client.post(address, {"_seen": seen}, follow=True))
    assert "4 are not yours to change." in page.select_one(".messagelist").text
    assert stories() == before


def test_a_reporter_undoes_what_is_their_own(articles):
    reporter = make_account("reporter")
    story = replace(read.story(articles[0].pk), status="draft")
    write([Change(story)], by=reporter)
    own = Article.objects.latest("pk")
    at_work = Desk(client_of(reporter))
    at_work.act("send_to_review", own)
    undo(at_work.client)
    assert read.story(own.pk) == story


def test_an_undo_takes_no_story_that_the_action_did_not_change(desk, articles):
    *some, other = articles
    desk.act("withdraw", *some)
    change(other, status="withdrawn")
    address = f"/admin/articles/bulkaction/{newest().pk}/undo/"
    seen = " ".join(f"{article.pk}:2" for article in articles)
    desk.client.post(address, {"_seen": seen})
    assert Article.objects.filter(status="withdrawn").get() == other


def test_broken_off_at_any_step_and_begun_again_it_is_as_if_it_never_was(
    desk, articles
):
    desk.act("withdraw", *articles)
    change(articles[0], kicker="Sea")
    form = question(desk.client, newest()).select_one(".confirmation__answer")
    values = {field["name"]: field["value"] for field in form.select("[name]")}
    desk.client.raise_request_exception = False

    def state():
        return stories(), BulkAction.objects.count(), edition.newest_number()

    before, found, point, answer = state(), [], 0, None
    while answer is None or answer.status_code >= 500:
        point += 1

        def fail(step, point=point):
            if step == point:
                raise OperationalError

        with at_each_step(fail):
            answer = desk.client.post(form["action"], values)
        found.append(state())
    assert point > 20
    # All that stands in the way is found before anything is done.
    assert found[:-1] == [before] * (point - 1)
    assert {a.status for a in Article.objects.all()} == {"published"}
    assert newest().stories == 3
    assert read.story(articles[0].pk).kicker == "Sea"


def test_an_undo_asks_no_more_for_many_stories_than_for_few(desk):
    def statements(number):
        made = [make_article(headline=f"Story {n}") for n in range(number)]
        desk.act("withdraw", *made)
        change(made[0], kicker="Sea")
        found = []
        action = newest()
        page = question(desk.client, action)
        for act in (
            lambda: question(desk.client, action),
            lambda: say_yes(desk.client, page),
            lambda: page_of(desk.client, action),
            lambda: desk.get("bulkaction_changelist"),
        ):
            with CaptureQueriesContext(connection) as queries:
                act()
            found.append(len(queries))
        return found

    statements(2)
    assert statements(9) == statements(2)
