"""Conflicts are settled with one key, without any script, by day and by night."""

import pytest

from articles.models import Conflict
from articles.store import read
from tests.builders import make_article
from tests.desk.conflicts import OURS, THEIRS, make_conflict, make_settled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "/admin/articles/conflict/"


@pytest.fixture
def article():
    body = "<p>The harbour reopened.</p>\n<p>قال المبعوث إن الميناء مفتوح.</p>"
    article = make_article(kicker="Ours", body=body)
    paragraph = "<p>قال المبعوث إن الميناء مفتوح.</p>"
    theirs = "<p>قال المبعوث أمس إن الميناء مفتوح.</p>"
    make_conflict(article)
    make_conflict(article, "kicker", "Before", "Not ours any more", "Theirs")
    make_conflict(article, "body", "<p>كان.</p>", paragraph, theirs)
    return article


def test_conflicts_shut_nobody_out(at_desk, article, editor, shuts_nobody_out):
    make_settled(make_article(headline="Settled"), editor)
    form = f"/admin/articles/article/{article.pk}/change/"
    for path in (LIST, f"{LIST}?settled=1", f"{LIST}?article=0", form):
        at_desk.goto(path)
        shuts_nobody_out()


def test_a_conflict_is_settled_by_keyboard(at_desk, article):
    at_desk.goto(f"{LIST}?article={article.pk}")
    take = at_desk.get_by_role("button", name="Take the source’s", exact=True).first
    for _ in range(40):
        at_desk.keyboard.press("Tab")
        if take.evaluate("button => button === document.activeElement"):
            break
    at_desk.keyboard.press("Enter")
    at_desk.locator(".messagelist .success").wait_for()
    assert read.story(article.pk).headline == THEIRS
    assert at_desk.url.endswith(f"#story-{article.pk}")


def test_what_was_settled_is_opened_again_by_one_click(at_desk, editor):
    settled = make_settled(make_article(), editor)
    at_desk.goto(f"{LIST}?settled=1")
    at_desk.get_by_role("button", name="Open again", exact=True).click()
    at_desk.get_by_text("Opened again: headline.").wait_for()
    at_desk.get_by_role("button", name="Take the source’s", exact=True).click()
    at_desk.get_by_text("The source’s version now stands.").wait_for()
    assert read.story(settled.article_id).headline == THEIRS


def test_conflicts_are_settled_without_any_script(
    at_desk, browser, live_server, article
):
    context = browser.new_context(
        base_url=live_server.url,
        java_script_enabled=False,
        storage_state=at_desk.context.storage_state(),
    )
    page = context.new_page()
    page.goto(LIST)
    page.get_by_role("button", name="Keep all of ours").click()
    page.get_by_text("Ours stands in 3 conflicts.").wait_for()
    context.close()
    assert not Conflict.objects.open().exists()
    assert read.story(article.pk).headline == OURS
