"""The suggested tags of a whole import, accepted at the desk."""

import pytest
from bs4 import BeautifulSoup

from articles.desk import run_tags
from articles.imports.undo import undo_run
from articles.models import Article, ImportRun, Revision
from articles.store import Change, read, write
from articles.story.story import TagUse, answer_suggestions
from tests.builders import NOON, make_article
from tests.desk.accounts import client_of, make_account
from tests.desk.test_bulk_actions import told
from tests.imports.pages import write_page
from tests.imports.test_accept_tags import SUGGESTED, TEXT, harbour, tags
from tests.imports.test_run import run

pytestmark = pytest.mark.django_db

RUNS = "/admin/articles/importrun/"
ALL = "Accept the suggested tags of this import …"
KNOWN = "Accept only those that are known …"


@pytest.fixture
def imported(tmp_path):
    run(write_page(tmp_path, text=TEXT))
    return ImportRun.objects.get()


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def sent(form, button=None):
    values = {f["name"]: f["value"] for f in form.select("input[name]")}
    return values | ({button["name"]: button["value"]} if button else {})


def ask(desk, run, label):
    """Press a button of the run's page, and return what is asked."""
    page = soup(desk.client.get(f"{RUNS}{run.pk}/change/"))
    (button,) = [b for b in page.select(".run-tags button") if b.text == label]
    assert button.find_next(class_="submit-row")
    form = page.find("form", id=button["form"])
    return soup(desk.client.post(form["action"], sent(form, button)))


def say_yes(desk, question):
    form = question.select_one(".confirmation__answer")
    return desk.client.post(form["action"], sent(form), follow=True)


def test_accepting_says_what_it_will_do_and_waits_for_a_yes(desk, imported):
    before = {pk: read.story(pk) for pk in Article.objects.values_list("pk", flat=True)}
    question = ask(desk, imported, ALL)
    assert told(question) == {
        "2 will change on the site": [
            "Council votes for a second ferry pier",
            harbour().headline,
        ]
    }
    named = question.select_one(".confirmation__values dd").text
    assert named == "Port Meridian (2), Calder (1), Lucía Okafor (1)"
    assert {pk: read.story(pk) for pk in before} == before
    assert "2 articles changed." in say_yes(desk, question).text
    assert tags(harbour()) == dict.fromkeys(SUGGESTED, "editor")
    newest = Revision.objects.filter(article=harbour()).first()
    assert newest.why == "suggested tags of an import accepted at the desk"
    page = desk.client.get(f"{RUNS}{imported.pk}/change/")
    assert not soup(page).select(".run-tags")


def test_known_tags_alone_are_accepted_and_no_dismissed_one(desk, imported):
    known, dismissed, other = SUGGESTED
    make_article(tags=(TagUse(known), TagUse(dismissed)))
    story = answer_suggestions(read.story(harbour().pk), "dismissed", [dismissed])
    write([Change(story, harbour().pk)], by=None, why="test")
    say_yes(desk, ask(desk, imported, KNOWN))
    assert tags(harbour()) == {
        known: "editor",
        dismissed: "dismissed",
        other: "suggestion",
    }


def test_stories_of_no_or_another_import_keep_their_suggestions(
    desk, imported, tmp_path
):
    other = make_article(tags=(TagUse("Calder", "suggestion"),))
    text = TEXT.replace("Harbour", "Airfield").replace("ship", "plane")
    text = text.replace("harbour", "airfield").replace("days", "weeks")
    run(write_page(tmp_path, "other.txt", text.partition("Council")[0]))
    another = Article.objects.get(headline__startswith="Airfield")
    assert another.sources.get().file.run != imported
    say_yes(desk, ask(desk, imported, ALL))
    for article in (other, another):
        assert set(tags(article).values()) == {"suggestion"}


def test_what_was_saved_meanwhile_is_left_alone(desk, imported):
    question = ask(desk, imported, ALL)
    story = answer_suggestions(read.story(harbour().pk), "dismissed")
    write([Change(story, harbour().pk)], by=None, why="test")
    page = say_yes(desk, question)
    assert "1 has just been saved by somebody else." in page.text
    assert tags(harbour()) == dict.fromkeys(SUGGESTED, "dismissed")


def test_no_more_stories_change_at_once_than_somebody_can_wait_for(
    desk, imported, monkeypatch
):
    monkeypatch.setattr(run_tags, "MOST", 1)
    question = ask(desk, imported, ALL)
    assert "1 more story has suggested tags: do this again" in question.text
    assert "1 article changed." in say_yes(desk, question).text
    say_yes(desk, ask(desk, imported, ALL))
    assert not Article.objects.filter(taggings__put_by="suggestion").exists()


def test_undoing_the_run_withdraws_what_an_editor_accepted(desk, imported):
    say_yes(desk, ask(desk, imported, ALL))
    undo_run(imported.pk, NOON)
    assert {article.status for article in Article.objects.all()} == {"withdrawn"}


def test_a_reporter_cannot_accept(imported):
    reporter = client_of(make_account("reporter"))
    values = {"action": "accept_all_tags", "_selected_action": imported.pk}
    assert reporter.post(RUNS, values).status_code == 403
    assert tags(harbour()) == dict.fromkeys(SUGGESTED, "suggestion")
