import pytest
from django.conf import settings

from articles.store import read
from articles.story.story import to_json
from tests.builders import make_article, make_section
from tests.desk.stories import FULL, write_story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at_desk(page, client, editor, live_server):
    """The browser with an editor logged in; `open` shows an article's form."""
    client.force_login(editor)
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    page.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    return page


def open_article(page, article):
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.locator(".ProseMirror").wait_for()


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist .success").wait_for()


def test_story_with_everything_saved_unchanged_stays_as_it_is(at_desk):
    make_section("World")
    article = write_story(FULL)
    before = to_json(read.story(article.pk))
    open_article(at_desk, article)
    save(at_desk)
    assert to_json(read.story(article.pk)) == before
    assert article.revisions.count() == 1


def test_editor_prints_the_grammar_that_the_store_keeps(at_desk):
    make_section("World")
    article = write_story(FULL)
    before = read.story(article.pk).body
    open_article(at_desk, article)
    body = at_desk.locator(".ProseMirror")
    body.locator("p", has_text="Ships waited").click()
    at_desk.keyboard.press("End")
    at_desk.keyboard.type(" Long.")
    save(at_desk)
    assert read.story(article.pk).body == before.replace("waited.<", "waited. Long.<", 1)


