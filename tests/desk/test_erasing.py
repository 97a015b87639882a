"""An Administrator erases a story: told what goes, asked why, and asked again."""

import pytest
from bs4 import BeautifulSoup

from articles.imports import lock
from articles.models import Article, Erasure, ImportRun
from articles.story.story import Caption
from tests.builders import NOON, make_article
from tests.desk.accounts import ROLES, client_of, make_account
from tests.desk.pictures import photo
from tests.desk.test_bulk_actions import touch

pytestmark = pytest.mark.django_db

REASON = "The court said so."


@pytest.fixture
def office():
    return client_of(make_account("administrator"))


def address_of(article):
    return f"/admin/articles/article/{article.pk}/erase/"


def page_of(answer):
    return BeautifulSoup(answer.text, "html.parser")


def send(office, article, page, **typed):
    """Send the form of the page with what is typed."""
    fields = page.select(".confirmation__form [name]")
    values = {f["name"]: f.get("value", "") for f in fields if f.name != "button"}
    return office.post(address_of(article), values | typed, follow=True)


def asked_twice(office, article):
    """Return the page that asks for the second time."""
    first = page_of(office.get(address_of(article)))
    return page_of(send(office, article, first, reason=REASON))


def test_pictures_that_go_are_shown(office):
    photos = [photo(colour, headline="Pier") for colour in ("navy", "teal")]
    captions = tuple(Caption(f"{each.pk}.", photo=each.sha256) for each in photos)
    page = page_of(office.get(address_of(make_article(captions=captions))))
    shown = [picture["src"] for picture in page.select(".confirmation__photo img")]
    assert shown == [each.thumbnail for each in photos]


def test_story_is_erased_after_the_second_yes(office):
    article = make_article()
    second = asked_twice(office, article)
    assert Article.objects.exists()
    assert "Erase for good: are you sure?" in second.text
    assert REASON in second.text
    done = send(office, article, second, code=article.code)
    assert f"Erased for good: {article.code}." in done.text
    assert not Article.objects.exists()
    row = Erasure.objects.get()
    assert (row.code, row.reason, row.erased_by.username) == (
        article.code,
        REASON,
        "the-administrator",
    )
    assert article.headline not in done.text
    listed = office.get("/admin/articles/erasure/").text
    assert all(word in listed for word in (row.code, REASON, "the-administrator"))


def test_without_a_reason_nothing_is_asked_again(office):
    article = make_article()
    page = page_of(office.get(address_of(article)))
    again = page_of(send(office, article, page, reason="  "))
    assert not again.select("[name=code]")
    assert again.select(".errorlist")
    forged = {"revision": 1, "reason": "", "code": article.code}
    office.post(address_of(article), forged)
    assert Article.objects.exists()


@pytest.mark.parametrize("code", ["", "other", "yes"])
def test_another_code_is_no_yes(office, code):
    article = make_article()
    page = page_of(send(office, article, asked_twice(office, article), code=code))
    assert page.select("[name=code]")
    assert Article.objects.exists()


def test_what_changed_between_is_shown_again(office):
    article = make_article()
    second = asked_twice(office, article)
    touch(article)
    page = page_of(send(office, article, second, code=article.code))
    assert (
        "Somebody has changed the story in the meantime: look at it again."
    ) in page.text
    assert Article.objects.exists()
    assert page.select_one("[name=code]").get("value", "") == ""
    send(office, article, page, code=article.code)
    assert not Article.objects.exists()


def test_running_import_is_waited_for(office, monkeypatch):
    """What it has read and not yet written would come back."""
    article = make_article()
    ImportRun.objects.create(started_at=NOON)
    second = asked_twice(office, article)
    monkeypatch.setattr(lock.import_runs, "is_run_held", lambda run: True)
    page = page_of(send(office, article, second, code=article.code))
    assert "An import is running." in page.text
    assert Article.objects.exists()


def test_import_that_was_broken_off_keeps_nobody_waiting(office):
    article = make_article()
    ImportRun.objects.create(started_at=NOON)
    send(office, article, asked_twice(office, article), code=article.code)
    assert not Article.objects.exists()


@pytest.mark.parametrize("role", ROLES)
def test_only_an_administrator_finds_the_way(role):
    article = make_article()
    client = client_of(make_account(role))
    form = client.get(f"/admin/articles/article/{article.pk}/change/")
    assert (address_of(article) in form.text) == (role == "administrator")


def test_story_that_is_none_cannot_be_erased(office):
    assert office.get("/admin/articles/article/0/erase/").status_code == 404
