"""What a reader sees when something is amiss."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.public.reading import text_of


@pytest.fixture
def client(settings):
    settings.ROOT_URLCONF = "tests.public.site_in_trouble"
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def check(response, status, headline):
    assert response.status_code == status
    page = BeautifulSoup(response.text, "html.parser")
    assert text_of(page, "h1") == [headline]
    assert text_of(page, "title") == [f"{headline} – Newsroom"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies


# Without the mark django_db a query would fail, so these ask the database nothing.


def test_broken_page_says_so_and_asks_the_database_nothing(client):
    check(client.get("/broken/"), 500, "Something went wrong")


def test_suspect_request_is_told_so_and_asks_the_database_nothing(client):
    check(client.get("/suspect/"), 400, "This request was not understood")


@pytest.mark.django_db
def test_refused_page_says_so(client):
    check(client.get("/refused/"), 403, "You do not have access to this page")


@pytest.mark.django_db
def test_form_from_before_the_last_login_says_how_to_keep_what_was_typed(client):
    response = client.post("/refused/")
    check(response, 403, "This form has expired")
    assert "what you typed is still there" in response.content.decode()


@pytest.mark.django_db
def test_page_that_is_not_there_says_so(client):
    check(client.get("/nothing/"), 404, "Page not found")
