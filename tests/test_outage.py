"""While the database is in trouble, nobody waits long and nothing typed is lost."""

import logging

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, InterfaceError, connection
from django.test import Client, RequestFactory
from django.urls import reverse

from articles.models import Article, Photo, Tag
from articles.store import read
from newsroom.door import is_signed_in
from newsroom.outage import BUSY, DAMAGED, FULL, GONE
from tests.builders import make_article, make_section
from tests.desk.conflicts import make_conflict
from tests.desk.conftest import desk, editor, own_folder  # noqa: F401
from tests.desk.pictures import change_url, photo, picture, upload
from tests.public.conftest import addresses  # noqa: F401
from tests.troubles import (
    UNREADABLE,
    UNWRITABLE,
    break_off,
    busy,
    damaged,
    full,
    gone,
    stopped,
)

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "<p>" + "Forty boats came in before noon. " * 4000 + "</p>"
NEW = {
    "headline": ["Ferry “sails”"],
    "body": [LONG],
    "kicker": ["ميناء"],
    "bylines": ["Nida Khan"],
    "tags": ["+Ports"],
    "highlights-0-text": ["It sails."],
    "captions-0-credit": ["Harbour Desk"],
    "published_day": ["2026-03-14"],
}
SENTENCES = {busy: BUSY, full: FULL, damaged: DAMAGED, gone: GONE, stopped: GONE}


def page_of(response):
    return BeautifulSoup(response.text, "html.parser")


def is_notice(response, headline):
    page = page_of(response)
    assert response.status_code == 503
    assert page.h1.text == headline
    assert page.html["lang"] == "en"
    assert int(response["Retry-After"]) > 0
    assert "no-store" in response["Cache-Control"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    return page


def send_again(client, page):
    """Press the button on the page that came back."""
    form = page.select_one("main form")
    values = {}
    for field in form.select("[name]"):
        values.setdefault(field["name"], []).append(field["value"])
    return client.post(form["action"], values)


@pytest.mark.parametrize("trouble", UNREADABLE)
def test_every_page_for_readers_says_so(client, addresses, trouble, caplog):  # noqa: F811
    more = ["/nothing/", "/s/aaaaa", "/articles/aaaaa/x/", "/feed/", "/sitemap.xml"]
    more = [each for each in more if client.get(each).status_code != 301]
    for address in [*addresses, *more]:
        caplog.clear()
        with trouble(), caplog.at_level(logging.WARNING):
            is_notice(client.get(address), "Temporarily unavailable")
        (line,) = caplog.records
        assert line.getMessage().startswith(f"GET {address}: ")
        assert "\n" not in line.getMessage()
        assert not line.exc_info
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("trouble", UNREADABLE)
def test_every_screen_of_the_desk_says_so(desk, trouble):  # noqa: F811
    for name in ("index", "articles_article_changelist", "articles_article_add"):
        with trouble():
            response = desk.client.get(reverse(f"admin:{name}"))
            is_notice(response, "Temporarily unavailable")
    assert desk.client.get(reverse("admin:index")).status_code == 200


def test_readers_do_not_notice_who_writes(client, addresses):  # noqa: F811
    with busy():
        assert {client.get(each).status_code for each in addresses} == {200}


@pytest.mark.parametrize("trouble", UNWRITABLE)
def test_a_new_story_comes_back_with_its_words_and_can_be_sent_again(
    desk,  # noqa: F811
    trouble,
):
    values = desk.values() | NEW
    with trouble():
        page = is_notice(desk.save(values), "Not saved yet")
    assert str(SENTENCES[trouble]) in page.text
    names = [name.text for name in page.select("dt")]
    words = [words.text for words in page.select("dd")]
    assert dict(zip(names, words, strict=True)) == {
        "Headline": "Ferry “sails”",
        "Kicker": "ميناء",
        "Bylines": "Nida Khan",
        "Body": ("Forty boats came in before noon. " * 4000).strip(),
        "Tag": "Ports",
        "Highlight 1": "It sails.",
        "Caption 1, credit": "Harbour Desk",
        "Published": "2026-03-14",
        "Language": "en",
    }
    assert send_again(desk.client, page).status_code == 302
    assert read.story(Article.objects.get().pk).kicker == "ميناء"


@pytest.fixture
def forms(desk):  # noqa: F811
    """Return a form of every kind: where it is sent, and with what."""
    draft, waste = make_article(status="draft"), make_article(status="binned")
    story = make_article()
    conflict, section, picture = make_conflict(story), make_section(), photo()
    admin = "/admin/articles"
    chosen = {"action": "send_to_review", "_seen": f"{draft.pk}:1"}
    return {
        "change": (
            f"{admin}/article/{story.pk}/change/",
            desk.values(story) | {"headline": ["Typed"], "change": ["update"]},
        ),
        "actions": (f"{admin}/article/", chosen | {"_selected_action": [draft.pk]}),
        "restore": (f"{admin}/binnedarticle/restore/", {"article": waste.pk}),
        "settle": (f"{admin}/conflict/{story.pk}/", {"ours": conflict.pk}),
        "tag": (f"{admin}/tag/add/", {"name": "Typed", "position": "0"}),
        "section": (
            f"{admin}/tag/{section.pk}/change/",
            {"name": "Typed anew", "position": "0", "slug": "world"},
        ),
        "author": (f"{admin}/author/add/", {"name": "Typed", "kind": "person"}),
        "photo": (
            change_url(picture),
            {"credit": "Typed", "focal_x": "50", "focal_y": "50"},
        ),
    }


def test_every_form_comes_back_while_others_write(desk, forms):  # noqa: F811
    for address, values in forms.values():
        with busy():
            page = is_notice(desk.client.post(address, values), "Not saved yet")
        assert "Typed" not in str(values) or "Typed" in page.dl.text
        assert send_again(desk.client, page).status_code == 302, address


def test_a_picture_has_to_be_chosen_again(desk):  # noqa: F811
    with gone():
        values = {"files": upload(picture())}
        page = page_of(desk.client.post("/admin/articles/photo/add/", values))
    assert "pier.jpg" in page.text
    assert not Photo.objects.exists()


def test_no_password_comes_back(admin_client, admin_user):
    words = {"password1": "a long secret", "password2": "a long secret"}
    address = f"/admin/auth/user/{admin_user.pk}/password/"
    for where, values in {
        address: words,
        "/admin/login/": {"username": "admin", "password": "a long secret"},
    }.items():
        with gone():
            response = admin_client.post(where, values)
        assert response.status_code == 503
        assert "a long secret" not in response.text


def test_form_without_the_right_token_is_answered_without_the_database(desk):  # noqa: F811
    client = Client(enforce_csrf_checks=True)
    with gone():
        is_notice(client.post("/admin/login/", {}), "Temporarily unavailable")


def test_session_that_cannot_be_kept_is_no_broken_page(client, editor):  # noqa: F811
    editor.set_password("a long secret")
    editor.save()
    values = {"username": "nida", "password": "a long secret"}
    with busy():
        response = client.post("/admin/login/", values)
        is_notice(response, "Temporarily unavailable")
    assert client.post("/admin/login/", values).status_code == 302


def test_database_that_goes_in_the_middle_of_a_save_loses_no_word(desk, monkeypatch):  # noqa: F811
    def stop(*arguments, **options):
        break_off()
        Tag.objects.create(name="Ports", slug="ports")

    with monkeypatch.context() as patch:
        patch.setattr("articles.desk.articles.write", stop)
        page = is_notice(desk.save(desk.values() | NEW), "Not saved yet")
    connection.close()
    assert send_again(desk.client, page).status_code == 302
    assert Article.objects.count() == 1


def test_closed_connection_is_an_outage_for_sessions_too(desk, monkeypatch):  # noqa: F811
    def stop(*arguments, **options):
        raise InterfaceError("the connection is closed")

    monkeypatch.setattr(SessionStore, "load", stop)
    is_notice(desk.client.get("/admin/"), "Temporarily unavailable")
    cookie = desk.client.cookies.output(header="", sep=";")
    # The door lets it through to the page that says so.
    assert is_signed_in(RequestFactory().get("/", headers={"Cookie": cookie}).environ)


def test_what_the_program_does_wrong_is_not_laid_on_the_database(desk, monkeypatch):  # noqa: F811
    def fail(*arguments, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT word FROM nowhere")

    monkeypatch.setattr("articles.desk.articles.write", fail)
    with pytest.raises(DatabaseError, match="nowhere"):
        desk.save(desk.values() | NEW)
