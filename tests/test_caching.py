"""What is sent of an answer: in which coding, and to whom nothing."""

import gzip

import brotli
import pytest

from articles.store.roles import give_role
from newsroom.compression import CODINGS, SMALL_BYTES, choose_coding
from tests.builders import make_article

pytestmark = pytest.mark.once

OPEN = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=1", "gzip"),
        ("br;q=0.2, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("*;q=0", ""),
        ("identity;q=1, br;q=0.5", ""),
        ("identity", ""),
        ("identity;q=0, gzip", "gzip"),
        ("deflate, zstd", ""),
        ("br;q=much", ""),
        ("brotli", ""),
        ("", ""),
        (",;,", ""),
    ],
)
def test_coding_is_the_best_of_those_that_are_accepted(accepted, coding):
    assert choose_coding(accepted) == coding


@pytest.fixture
def story(db):
    return make_article(body=f"<p>{'The ferry returned. ' * 100}</p>")


def ask(client, address, coding, **headers):
    return client.get(address, headers={"accept-encoding": coding} | headers)


def test_page_has_the_same_words_in_every_coding(client, story):
    pages = {coding: ask(client, story.get_absolute_url(), coding) for coding in OPEN}
    words = {OPEN[coding](page.content) for coding, page in pages.items()}
    assert len(words) == 1
    for coding, page in pages.items():
        assert page.get("Content-Encoding", "") == coding
        assert page["Vary"] == "Accept-Encoding"
        assert page["Content-Length"] == str(len(page.content))
    sizes = [len(page.content) for page in pages.values()]
    assert sizes == sorted(sizes)


def test_who_has_a_page_in_any_coding_gets_an_empty_304_in_every_other(client, story):
    address = story.get_absolute_url()
    for had in OPEN:
        etag = ask(client, address, had)["ETag"]
        for coding in OPEN:
            for method in (client.get, client.head):
                seen = {"accept-encoding": coding, "if-none-match": etag}
                answer = method(address, headers=seen)
                assert (answer.status_code, answer.content) == (304, b"")
                assert answer["ETag"] == etag
                assert answer["Vary"] == "Accept-Encoding"
                assert answer["Cache-Control"] == "public, no-cache"
                assert "Content-Encoding" not in answer


def test_head_tells_of_a_compressed_page_what_get_tells(client, story):
    for coding in OPEN:
        accepting = {"accept-encoding": coding}
        head, get = (
            method(story.get_absolute_url(), headers=accepting)
            for method in (client.head, client.get)
        )
        assert dict(head.items()) == dict(get.items())


def test_page_that_is_not_there_is_compressed_and_asked_for_again(client, db):
    page = ask(client, "/nothing/", "br")
    assert b"Page not found" in brotli.decompress(page.content)
    assert page["Cache-Control"] == "public, no-cache"


def test_what_is_small_or_a_picture_is_sent_as_it_is(client, story):
    card = ask(client, f"{story.short_url}.png", "br")
    short = ask(client, story.short_url, "br")
    for answer in (card, short):
        assert "Content-Encoding" not in answer
        assert "Vary" not in answer
    assert len(card.content) > SMALL_BYTES


def test_what_an_editor_alone_sees_is_never_compressed(client, admin_user, story):
    give_role(admin_user, "editor")
    client.force_login(admin_user)
    for address in (
        "/admin/",
        f"/admin/articles/article/{story.pk}/change/",
        f"/preview/{story.code}/",
        "/admin/nothing/",
    ):
        answer = ask(client, address, "br, gzip")
        assert len(answer.content) > SMALL_BYTES
        assert "Content-Encoding" not in answer
        assert "public" not in answer.get("Cache-Control", "")


def test_a_compressed_page_is_the_same_each_time(client, story):
    for coding in CODINGS:
        once, again = (ask(client, story.get_absolute_url(), coding) for _ in "12")
        assert once.content == again.content
