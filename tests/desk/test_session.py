"""A session that ends while an editor writes takes nothing along."""

import pytest
from django.conf import settings

from articles.models import Article
from tests.builders import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEADLINE = "Harbour reopens, and stays open"


@pytest.fixture
def typed(at_desk):
    """A form at the desk in which something was typed."""
    article = make_article()
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


@pytest.mark.slow
def test_a_form_that_could_not_be_sent_still_warns_before_leaving(typed):
    asked = []
    typed.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    typed.context.clear_cookies()
    press_save(typed)
    typed.get_by_text("You are no longer signed in").wait_for()
    typed.goto("/admin/login/")
    assert asked == ["beforeunload"]
