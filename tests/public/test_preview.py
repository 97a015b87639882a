"""A draft is seen in its preview, and a preview by those who write alone."""

import pytest
from bs4 import BeautifulSoup

from articles.store.roles import give_role
from tests.builders import NOON, correct, make_article

# How a page reads does not depend on the database.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def editor(django_user_model):
    editor = django_user_model.objects.create_user("nida", is_staff=True)
    give_role(editor, "editor")
    return editor


@pytest.fixture
def draft():
    return make_article(published_at=None, status="draft", headline="Not yet")


@pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn", "published"])
def test_an_editor_sees_any_story_as_readers_would(client, editor, status):
    article = make_article(status=status, corrections=correct("It was Monday."))
    client.force_login(editor)
    answer = client.get(f"/preview/{article.code}/")
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.h1.text == article.headline
    assert page.select_one(".body").get_text(strip=True) == "The harbour reopened."
    assert page.select_one(".preview a")["href"].endswith(f"/{article.pk}/change/")


def test_a_preview_is_kept_nowhere_and_found_by_no_machine(client, editor, draft):
    client.force_login(editor)
    answer = client.get(f"/preview/{draft.code}/")
    assert "no-store" in answer["Cache-Control"]
    page = BeautifulSoup(answer.text, "html.parser")
    assert "noindex" in page.select_one("meta[name=robots]")["content"]
    assert not page.select('link[rel=canonical], meta[property^="og:"]')


def test_for_others_there_is_no_preview(client, django_user_model, draft):
    address = f"/preview/{draft.code}/"
    assert client.get(address).status_code == 404
    client.force_login(django_user_model.objects.create_user("reader"))
    answer = client.get(address)
    assert answer.status_code == 404
    assert "Not yet" not in answer.content.decode()


def test_no_story_of_the_code_is_no_page(client, editor):
    client.force_login(editor)
    assert client.get("/preview/nothere/").status_code == 404


def test_the_desk_leads_to_the_preview(client, editor, draft):
    client.force_login(editor)
    form = client.get(f"/admin/articles/article/{draft.pk}/change/").content.decode()
    assert f'href="/preview/{draft.code}/"' in form
    assert make_article(NOON).code not in form
