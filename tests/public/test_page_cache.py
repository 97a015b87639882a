"""Finished pages are answered as Django would answer now, and are bounded."""

import gzip
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from threading import Event, Thread

import brotli
import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.public import page_cache
from articles.public.page_cache import Page, Pages
from articles.store import Change, edition, read, write
from tests.builders import HOUR, NOON, make_article
from tests.public.finished_pages import MEGABYTE, Site
from tests.strategies import FEW

pytestmark = pytest.mark.django_db

DAY = 24 * HOUR


def save_article(article, **parts):
    """Change parts of its story."""
    write([Change(replace(read.story(article.pk), **parts), article.pk)], by=None)


@pytest.fixture
def site(db):
    return Site()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Do what follows a commit, which a test never comes to."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def at(monkeypatch):
    """Set the clock."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


def test_a_finished_page_asks_nobody(site):
    address = make_article().get_absolute_url()
    first = site.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert site.get(address) == first
    assert not queries.captured_queries
    assert site.asked[address] == 1
    assert (first[0], first[2]) == (200, Client().get(address).content)


def test_a_page_goes_out_as_it_is_accepted(site):
    address = make_article().get_absolute_url()
    _, _, plain = site.get(address)
    for accepted, undone in {
        "gzip, br": brotli.decompress,
        "gzip": gzip.decompress,
        "br;q=0, identity;q=0, *": gzip.decompress,
        "": bytes,
    }.items():
        _, headers, body = site.get(address, ACCEPT_ENCODING=accepted)
        assert undone(body) == plain
        assert headers["Content-Length"] == str(len(body))
        assert headers["Vary"] == "Accept-Encoding"
        without = site.get(address, "HEAD", ACCEPT_ENCODING=accepted)
        assert without == (200, headers, b"")
    assert site.asked[address] == 1


def test_who_has_the_page_is_sent_none(site, monkeypatch):
    address = make_article().get_absolute_url()
    etag = site.get(address)[1]["ETag"]
    sent = site.pages._pages.get(next(iter(site.pages._pages.new)))
    for before in (1, 0):
        now = sent.modified_at - before
        monkeypatch.setattr(page_cache.time, "time", lambda now=now: now)
        assert ("Last-Modified" in site.get(address)[1]) == (not before)
    modified = site.get(address)[1]["Last-Modified"]
    for known in (
        {"IF_NONE_MATCH": etag},
        {"IF_NONE_MATCH": f'"other", {etag.removeprefix("W/")}'},
        {"IF_NONE_MATCH": "*"},
        {"IF_MODIFIED_SINCE": modified},
    ):
        status, headers, body = site.get(address, **known)
        assert (status, body) == (304, b"")
        assert headers["ETag"] == etag
        assert "no-cache" in headers["Cache-Control"]
        assert "Content-Type" not in headers
    for other in (
        {"IF_NONE_MATCH": 'W/"other"', "IF_MODIFIED_SINCE": modified},
        {"IF_MODIFIED_SINCE": "yesterday"},
    ):
        assert site.get(address, **other)[0] == 200


def test_what_this_machine_changed_is_there_at_the_next_request(site, committed):
    article = make_article(headline="Harbour shut")
    other = make_article(headline="Council votes").get_absolute_url()
    address = article.get_absolute_url()
    for each in (address, "/", other, "/articles/"):
        site.get(each)
    with committed():
        save_article(article, kicker="Storm")
    assert b"Storm" in site.get(address)[2]
    assert b"Storm" in site.get("/")[2]
    site.get(other)
    assert site.asked == {address: 2, "/": 2, other: 2, "/articles/": 1}


def test_what_another_machine_changed_is_there_within_a_second(site):
    article = make_article(headline="Harbour shut")
    address = article.get_absolute_url()
    site.get(address)
    save_article(article, kicker="Storm")
    assert b"Storm" not in site.get(address)[2]
    site.pass_a_second()
    assert b"Storm" in site.get(address)[2]


def test_no_page_stays_that_a_backup_does_not_have(site):
    address = make_article().get_absolute_url()
    site.get(address)
    edition.Edition.objects.all().delete()
    site.pass_a_second()
    site.get(address)
    assert site.asked[address] == 2


def test_a_story_comes_and_goes_in_its_moment(site, at):
    at(NOON)
    article = make_article(NOON - DAY, embargo_until=NOON + HOUR, expires_at=NOON + DAY)
    address = article.get_absolute_url()
    for moment, status in {
        NOON: 404,
        NOON + HOUR: 200,
        NOON + DAY - timedelta(seconds=1): 200,
        NOON + DAY: 410,
        NOON + 9 * DAY: 410,
    }.items():
        at(moment)
        for _ in range(2):
            assert site.get(address)[0] == status, moment


def fail(*_):
    raise OperationalError("It is gone.")


def test_pages_are_read_while_the_database_is_away_until_their_moment(site, at):
    at(NOON)
    expiring = make_article(NOON - DAY, expires_at=NOON + 2 * HOUR).get_absolute_url()
    lasting = "/corrections/"
    for address in (expiring, lasting):
        site.get(address)
    with connection.execute_wrapper(fail):
        for moment, statuses in {
            NOON: (200, 200),
            NOON + HOUR: (200, 200),
            NOON + 2 * HOUR: (503, 200),
            # What comes after the next day, nobody had foreseen.
            NOON + 2 * DAY: (503, 503),
        }.items():
            at(moment)
            for _ in range(2):
                site.pass_a_second()
                found = site.get(expiring)[0], site.get(lasting)[0]
                assert found == statuses, moment
    site.pass_a_second()
    assert (site.get(expiring)[0], site.get(lasting)[0]) == (410, 200)


def test_what_was_changed_is_not_shown_though_nobody_can_tell_what(site, committed):
    article = make_article()
    address = article.get_absolute_url()
    site.get(address)
    with committed():
        save_article(article, status="withdrawn")
    with connection.execute_wrapper(fail):
        for _ in range(2):
            assert site.get(address)[0] == 503
    site.pass_a_second()
    assert site.get(address)[0] == 410


def test_nothing_else_of_a_request_makes_another_page(site):
    make_article()
    plain = site.get("/")
    for _ in range(2):
        assert site.get("/", COOKIE="sessionid=x", USER_AGENT="y") == plain
        assert site.get("/?utm_source=mail&fbclid=7")[2] == plain[2]
        assert site.get("/", ACCEPT_LANGUAGE="ar", RANGE="bytes=0-9") == plain
    assert site.asked["/"] == 1


def test_what_is_for_one_reader_is_asked_for_each_time(site, client):
    draft = make_article(status="draft")
    for address in (f"/preview/{draft.code}/", "/admin/login/", "/healthz"):
        for n in (1, 2):
            site.get(address)
            assert site.asked[address] == n
    for _ in range(2):
        assert site.get("/articles/", HOST="elsewhere.example")[0] == 400
    assert site.asked["/articles/"] == 2


def test_an_address_takes_room_as_its_page_does(site):
    sizes = []
    for address in ("/a", "/b", f"/{'a' * 4_001}", f"/a?b={'c' * 3_999}"):
        site.get(address)
        sizes.append(site.pages._pages.size)
    short, _, *long = (after - before for before, after in pairwise([0, *sizes]))
    assert all(4_000 <= size - short < 4_020 for size in long)


def answer(text="A page", keys=(), **headers):
    """Return a program that answers this."""

    def program(environ, start_response):
        read.note(*keys)
        response = HttpResponse(text, headers=headers | {"Cache-Control": "public"})
        start_response("200 OK", list(response.items()))
        return response

    return program


def test_a_page_is_made_once_for_all_who_ask_meanwhile(site):
    begun, go_on = Event(), Event()
    page = answer()

    def program(environ, start_response):
        begun.set()
        go_on.wait()
        return page(environ, start_response)

    slow = Site(program)
    slow.pages._is_blind = False
    slow.pages._catch_up = lambda: None
    found = []
    readers = [Thread(target=lambda: found.append(slow.get("/"))) for _ in range(5)]
    for reader in readers:
        reader.start()
    begun.wait()
    go_on.set()
    for reader in readers:
        reader.join()
    assert [body for _, _, body in found] == [b"A page"] * 5
    assert slow.asked["/"] == 1


@pytest.mark.parametrize("key", ["story:1", None])
def test_a_page_that_changes_while_it_is_made_is_not_kept(site, key):
    page = answer(keys=("story:1", "story:2"))

    def program(environ, start_response):
        changing.pages._forget({key} if key else None)
        return page(environ, start_response)

    changing = Site(program)
    for n in (1, 2):
        changing.get("/")
        assert changing.asked["/"] == n
    changing.program = page
    for _ in range(2):
        changing.get("/")
        assert changing.asked["/"] == 3


def page_of(keys, size):
    response = HttpResponse("x" * size)
    return Page("200 OK", [], response, keys, NOON)


STEPS = st.one_of(
    st.tuples(
        st.just("add"),
        st.integers(0, 9),
        st.sets(st.integers(0, 4)),
        st.integers(0, 9_000),
    ),
    st.tuples(st.just("get"), st.integers(0, 9)),
    st.tuples(st.just("remove"), st.sets(st.integers(0, 4))),
)


@FEW
@given(st.lists(STEPS))
def test_pages_fill_no_more_than_their_room_and_none_outlives_its_key(steps):
    pages, known = Pages(60_000), {}
    for what, *rest in steps:
        if what == "add":
            address, keys, size = rest
            known[address] = page_of(keys, size)
            pages.add(address, known[address])
        elif what == "get":
            assert pages.get(rest[0]) in (None, known.get(rest[0]))
        else:
            pages.remove_with(rest[0])
            assert not any(known[a].keys & rest[0] for a in pages.new | pages.proven)
        kept = pages.new | pages.proven
        assert len(kept) == len(pages.new) + len(pages.proven)
        assert pages.size == sum(page.size for page in kept.values()) <= pages.most
        assert pages.new_size == sum(page.size for page in pages.new.values())
        linked = {(key, at) for key, ats in pages.by_key.items() for at in ats}
        assert linked == {(key, at) for at, page in kept.items() for key in page.keys}


def test_a_flood_of_addresses_drives_out_no_page_that_readers_want():
    pages = Pages(MEGABYTE)
    for n in range(20):
        pages.add(n, page_of((), 1_000))
        pages.get(n)
    for n in range(10_000):
        pages.add(f"?{n}", page_of((), 1_000))
        if n % 200 == 0:
            pages.get(n // 200 % 20)
    assert all(pages.get(n) for n in range(20))
