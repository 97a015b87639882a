"""What browsers and crawlers are told besides the page."""

import pytest
from django.urls import reverse

from articles.store import Change, write
from tests.builders import make_article, make_story

pytestmark = pytest.mark.django_db


def test_readers_get_no_cookie_and_pages_vary_by_their_coding_alone(client, addresses):
    for address in [*addresses, "/nothing/", "/s/nothing"]:
        response = client.get(address)
        assert not response.cookies
        assert response["Vary"] == "Accept-Encoding"
        assert response["Cache-Control"] == "public, no-cache"


def test_page_that_a_reader_has_is_an_empty_304(client, addresses):
    for address in addresses:
        etag = client.get(address)["ETag"]
        response = client.get(address, headers={"if-none-match": etag})
        assert (response.status_code, response.content) == (304, b"")
        assert response["Content-Security-Policy"]


def test_page_that_changed_is_sent_again(client):
    article = make_article()
    etag = client.get("/")["ETag"]
    story = make_story(headline="Harbour shut again")
    write([Change(story, article.pk)], by=None, why="test")
    response = client.get("/", headers={"if-none-match": etag})
    assert response.status_code == 200


def test_head_tells_what_get_tells(client, addresses):
    for address in [*addresses, "/nothing/"]:
        head, get = client.head(address), client.get(address)
        assert (head.status_code, head.content) == (get.status_code, b"")
        assert dict(head.items()) == dict(get.items())


def test_pages_are_only_read(client, addresses):
    for address in [*addresses, reverse("articles:short", args=["x"])]:
        assert client.post(address).status_code == 405
