import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from articles.models import Article
from articles.store import read
from tests.builders import make_article
from tests.desk.conftest import Desk
from tests.desk.forms import form_values

pytestmark = pytest.mark.django_db

WRITE = "/admin/articles/article/add/"


@pytest.fixture
def article():
    return make_article()


def test_words_typed_into_an_article_that_is_gone_become_a_new_one(desk, article):
    values = desk.values(article) | {"headline": ["Typed for an hour"]}
    gone = Article(pk=article.pk)
    article.delete()
    response = desk.save(values, gone)
    page = BeautifulSoup(response.text, "html.parser")
    assert "was deleted while you were writing" in page.select_one(".errorlist").text
    form = page.select_one("#article_form")
    assert form["action"] == reverse("admin:articles_article_add")
    kept = form_values(response.text)
    assert kept["headline"] == ["Typed for an hour"]
    assert kept["body"] == values["body"]
    assert desk.save(kept).status_code == 302
    assert read.story(Article.objects.get().pk).headline == "Typed for an hour"


def send_after_signing_in_again(editor, origin):
    """Send a form that was opened before its editor signed in once more."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    values = Desk(client).values() | {"headline": ["Kept"], "body": ["<p>All.</p>"]}
    client.force_login(editor)
    client.cookies["csrftoken"] = "x" * 32
    headers = {"Origin": origin} if origin else {}
    return client, client.post(WRITE, values, headers=headers)


def test_form_from_before_the_last_sign_in_comes_back_and_can_be_sent(editor):
    client, response = send_after_signing_in_again(editor, "http://testserver")
    assert response.status_code == 403
    page = BeautifulSoup(response.text, "html.parser")
    assert "You have signed in again" in page.text
    assert page.select_one("dd").text == "Kept"
    assert send_again(client, response).status_code == 302
    assert read.story(Article.objects.get().pk).body == "<p>All.</p>"


def send_again(client, response):
    """Press the button of the page that gives words back."""
    form = BeautifulSoup(response.text, "html.parser").select_one("form[method=post]")
    values = {}
    for field in form.select("[name]"):
        values.setdefault(field["name"], []).append(field["value"])
    headers = {"Origin": "http://testserver"}
    return client.post(form["action"], values, headers=headers)


def test_form_of_a_session_that_ended_can_be_sent_after_signing_in(editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    values = Desk(client).values() | {"headline": ["Kept"], "body": ["<p>All.</p>"]}
    client.session.flush()
    headers = {"Origin": "http://testserver"}
    response = client.post(WRITE, values, headers=headers)
    for _ in range(2):
        assert response.status_code == 403
        assert "You are no longer signed in" in response.text
        assert f'href="{reverse("admin:login")}"' in response.text
        response = send_again(client, response)
    client.force_login(editor)
    client.cookies["csrftoken"] = "x" * 32
    response = send_again(client, response)
    assert "You have signed in again" in response.text
    assert send_again(client, response).status_code == 302
    assert read.story(Article.objects.get().pk).body == "<p>All.</p>"


@pytest.mark.parametrize("origin", ["", "null", "https://elsewhere.example"])
def test_what_another_site_sends_is_not_offered_to_be_sent_again(editor, origin):
    _client, response = send_after_signing_in_again(editor, origin)
    assert response.status_code == 403
    assert "Kept" not in response.text
