"""A session that ends while an editor writes takes nothing along."""

import pytest
from django.conf import settings

from articles.models import Article
from newsroom.door import BUSY, render_refusal
from tests.builders import make_article
from tests.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEADLINE = "Harbour reopens, and stays open"


@pytest.fixture
def typed(at_desk):
    """A form at the desk in which something was typed."""
    article = make_article(status="draft")
    at_desk.goto(f"/admin/articles/article/{article.pk}/change/")
    at_desk.locator(".ProseMirror").wait_for()
    at_desk.get_by_label("Headline").fill(HEADLINE)
    return at_desk


def press_save(page):
    page.get_by_role("button", name="Save", exact=True).click()


def log_in(page, client, editor, address):
    client.force_login(editor)
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": address}
    page.context.add_cookies([cookie])


def test_saving_after_the_session_ended_keeps_the_form_until_it_can(
    typed, client, editor, live_server
):
    typed.context.clear_cookies()
    press_save(typed)
    typed.get_by_text("You are no longer signed in").wait_for()
    assert typed.get_by_label("Headline").input_value() == HEADLINE
    log_in(typed, client, editor, live_server.url)
    press_save(typed)
    typed.locator(".messagelist .success").wait_for()
    assert Article.objects.get().headline == HEADLINE


def test_saving_where_the_desk_cannot_be_reached_keeps_the_form(typed, complaints):
    typed.context.set_offline(True)
    press_save(typed)
    typed.get_by_text("The desk cannot be reached").wait_for()
    typed.context.set_offline(False)
    complaints.clear()
    press_save(typed)
    typed.locator(".messagelist .success").wait_for()
    assert Article.objects.get().headline == HEADLINE


def test_what_the_door_would_refuse_unread_stays_in_the_form(typed, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("articles.desk.articles.UPLOAD_BYTES", 100)
        press_save(typed)
        typed.get_by_text("too much to be sent at once").wait_for()
    assert typed.get_by_label("Headline").input_value() == HEADLINE
    press_save(typed)
    typed.locator(".messagelist .success").wait_for()
    assert Article.objects.get().headline == HEADLINE


def test_more_text_than_is_taken_stays_in_the_form(typed, monkeypatch):
    monkeypatch.setattr("articles.desk.articles.FORM_BYTES", 100)
    press_save(typed)
    typed.get_by_text("more text here than can be sent").wait_for()
    assert typed.get_by_label("Headline").input_value() == HEADLINE


def refuse_next_save(page):
    """Answer the next form as the door does while it has no room."""
    body = render_refusal(BUSY).decode()
    answer = {"status": 503, "content_type": "text/html", "body": body}
    answer["headers"] = {"Cache-Control": "no-store"}
    page.route(
        "**/change/",
        lambda route: (
            route.fulfill(**answer)
            if route.request.method == "POST"
            else route.fallback()
        ),
    )


def test_words_that_were_refused_unread_are_behind_the_page_and_offered(
    typed, complaints
):
    """As the page of the refusal says."""
    typed.locator(".ProseMirror").press_sequentially("Tide")
    wait_until(
        typed, "document.querySelector('textarea[data-editor]').value.includes('Tide')"
    )
    refuse_next_save(typed)
    press_save(typed)
    typed.get_by_text("Too many at once").wait_for()
    complaints.clear()
    typed.go_back()
    assert typed.get_by_label("Headline").first.input_value() == HEADLINE
    assert "Tide" in typed.locator(".ProseMirror").inner_text()
    # Not every browser fills in a page that it must not store.
    typed.goto(typed.url)
    typed.locator(".unsaved", has_text="and stays open").wait_for()
    typed.wait_for_load_state("networkidle")


def test_without_scripts_the_words_are_behind_the_page_too(typed, browser, site_url):
    state = typed.context.storage_state()
    context = browser.new_context(
        base_url=site_url, java_script_enabled=False, storage_state=state
    )
    page = context.new_page()
    page.goto(typed.url)
    page.get_by_label("Headline").fill(HEADLINE)
    page.get_by_label("Body").fill("<p>Tide</p>")
    refuse_next_save(page)
    press_save(page)
    page.get_by_text("Too many at once").wait_for()
    page.go_back()
    assert page.get_by_label("Headline").input_value() == HEADLINE
    assert page.get_by_label("Body").input_value() == "<p>Tide</p>"
    context.close()


@pytest.mark.slow
def test_a_form_that_could_not_be_sent_still_warns_before_leaving(typed):
    asked = []
    typed.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    typed.context.clear_cookies()
    press_save(typed)
    typed.get_by_text("You are no longer signed in").wait_for()
    typed.goto("/admin/login/")
    assert asked == ["beforeunload"]
