"""Two editors at one story, each in a window of their own."""

import pytest
from django.conf import settings

from articles.store import read
from tests.builders import make_article
from tests.desk.accounts import client_of, make_account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The body's own editor changes it, as no filling of its textarea would.
BEAT = """detail => document.querySelector("#article_form")
  .dispatchEvent(new CustomEvent("desk:beat", { detail }))"""


@pytest.fixture
def article():
    body = "<p>The harbour reopened.</p>\n<p>Two ships waited.</p>"
    return make_article(body=body, status="draft", published_at=None)


@pytest.fixture
def omars_window(at_desk, browser, live_server, complaints):
    """Another browser, in which another editor is signed in."""
    client = client_of(make_account("editor", "omar"))
    name = settings.SESSION_COOKIE_NAME
    context = browser.new_context(base_url=live_server.url)
    value = client.cookies[name].value
    context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    yield page
    context.close()


def open_form(page, article):
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.locator(".ProseMirror").wait_for()


def type_behind(page, words, typed):
    page.locator(".ProseMirror").get_by_text(words).click()
    page.keyboard.press("End")
    page.keyboard.type(typed)


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist li, .errornote").first.wait_for()


def test_two_windows_are_joined_and_a_clash_shows_both(at_desk, omars_window, article):
    nida, omar = at_desk, omars_window
    nida.clock.install()
    for page in (nida, omar):
        open_form(page, article)
    type_behind(omar, "Two ships waited.", " Nobody was hurt.")
    omar.get_by_label("Kicker").fill("Sea")
    omar.get_by_label("Headline").fill("Omar’s headline")
    save(omar)

    place = nida.locator("[data-colleagues]")
    nida.clock.run_for(10_000)
    place.get_by_text("omar has saved this story").wait_for()
    top = "() => document.querySelector('#id_kicker').getBoundingClientRect().top"
    before = nida.evaluate(top)
    told = {
        "saved": {"who": "Omar $& Khan", "when": "12:04"},
        "others": ["Zoe", "Omar"],
    }
    nida.evaluate(BEAT, told)
    assert "Also at this story: Zoe and Omar." in place.inner_text()
    assert "Omar $& Khan has saved this story (12:04)." in place.inner_text()
    assert nida.evaluate(top) == before
    nida.evaluate(BEAT, {"saved": None, "others": []})
    assert place.inner_text().strip() == ""

    type_behind(nida, "The harbour reopened.", " At noon.")
    save(nida)
    nida.get_by_text("saved meanwhile by omar").wait_for()
    body = (
        "<p>The harbour reopened. At noon.</p>\n"
        "<p>Two ships waited. Nobody was hurt.</p>"
    )
    story = read.story(article.pk)
    assert (story.body, story.kicker) == (body, "Sea")

    omar.get_by_label("Headline").fill("Omar’s second")
    save(omar)
    nida.get_by_label("Headline").fill("Nida’s headline")
    save(nida)
    nida.get_by_text(
        "Changed in different ways by omar and by you: headline."
    ).wait_for()
    versions = nida.locator(".conflict__words").all_inner_texts()
    assert ["second" in versions[0], "Nida" in versions[1]] == [True, True]
    nida.get_by_role("button", name="Take what was typed").click()
    nida.get_by_text("The other version now stands.").wait_for()
    assert read.story(article.pk).headline == "Nida’s headline"
