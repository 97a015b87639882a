"""The door, asked in process: what it decides from a head, and of a body cut short."""

import logging
from contextlib import ExitStack
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections, connection
from django.test import Client, RequestFactory
from django.test.client import MULTIPART_CONTENT, encode_multipart
from django.urls import get_resolver

from articles.models import Article
from articles.pictures.open import MOST_BYTES
from articles.store.photos import picture_lock
from articles.story import sizes
from articles.story.sizes import POST_BYTES, UPLOAD_BYTES
from newsroom import door as house_door
from newsroom.door import (
    BEAT_SLOTS,
    FORM_SLOTS,
    SIGN_IN_BYTES,
    SIGN_IN_SLOTS,
    UPLOAD_SLOTS,
    Door,
)
from newsroom.serve import THREADS
from tests.builders import make_article, make_photo

FORM = "application/x-www-form-urlencoded"
WRITE = "/admin/articles/article/add/"
SIGN_IN = "/admin/login/"
KEEP = "/admin/articles/photo/keep/"
TOKEN = "a" * 32


class Unread:
    """A body that nobody may touch: another would wait for it for ever."""

    def read(self, size):
        raise AssertionError("The body was read.")

    readline = read


@pytest.fixture
def door():
    house_door._logged.clear()
    # As Django's own client does: a test's connection is in a transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Door(WSGIHandler())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def cookie(db, django_user_model):
    """The cookies of an editor who is signed in."""
    client = Client()
    client.force_login(django_user_model.objects.create_superuser("nida"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={TOKEN}"


class Answer:
    def __init__(self, door, method, path, body=None, **head):
        environ = RequestFactory().generic(method, path).environ
        environ |= {"wsgi.input": body or Unread(), "CONTENT_TYPE": FORM}
        environ |= {"PATH_INFO": path} | {n.upper(): v for n, v in head.items()}
        self.pieces = door(environ, self._start)
        self.page = b"".join(self.pieces).decode()
        if not isinstance(self.pieces, list):
            self.pieces.close()

    def _start(self, status, headers):
        self.status = int(status[:3])
        self.headers = dict(headers)


def knock(door, method, path, **head):
    return Answer(door, method, path, **head)


def send(door, cookie, path, body, content_type=FORM, size=None):
    return Answer(
        door,
        "POST",
        path,
        BytesIO(body),
        content_length=str(len(body) if size is None else size),
        content_type=content_type,
        http_cookie=cookie,
    )


PUBLIC = [
    *("/", "/articles/", "/articles/7kq2m/envoy/", "/sections/world/", "/tags/gaza/"),
    *("/preview/7kq2m/", "/s/7kq2m", "/s/7kq2m.png", "/healthz", "/metrics"),
    *("/articles/7kq2m/envoy.json", "/authors/nida-khan/"),
    *("/articles/7kq2m", "/articles/7kq2m/envoy/.", "/s/7kq2m."),
    *(
        f"{at}feed.{ending}"
        for at in ("/", "/sections/world/", "/tags/gaza/", "/authors/nida-khan/")
        for ending in ("xml", "json")
    ),
    *("/search/", "/search/feed.xml", "/search/feed.json"),
    *("/corrections/", "/preview/7kq2m/1/", "/robots.txt", "/favicon.ico"),
    *("/manifest.webmanifest", "/.well-known/security.txt", "/.well-known/tdmrep.json"),
    *("/sitemap.xml", "/sitemap-lists.xml", "/sitemap-news.xml"),
    "/sitemap-stories-1.xml",
    *("/media/a.jpg", "/static/page.css", "/nothing/", "/admin", "//admin/login/"),
]
# What no browser's form sends; a word of somebody's own is one of these.
OTHERS = ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW", "get"]


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("method", ["POST", *OTHERS])
def test_public_addresses_are_only_read(door, method, path):
    answer = knock(door, method, path, content_length="999")
    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, HEAD"


def test_every_public_address_was_tried():
    """A new one needs a line above, so that nobody forgets what it takes."""
    kinds = {str(pattern.pattern) for pattern in get_resolver().url_patterns}
    assert kinds >= {"admin/", "healthz", "metrics", "media/<path:name>", ""}
    public = next(p for p in get_resolver().url_patterns if not str(p.pattern))
    assert len(public.url_patterns) == len(PUBLIC) - 7


@pytest.mark.parametrize("method", OTHERS)
def test_the_desk_is_read_and_sent_forms(door, method):
    answer = knock(door, method, WRITE, content_length="999")
    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("path", [WRITE, SIGN_IN])
@pytest.mark.parametrize(
    "head",
    [
        {},
        {"content_length": ""},
        {"http_transfer_encoding": "chunked"},
        {"http_transfer_encoding": "chunked", "content_length": "3"},
    ],
)
def test_what_does_not_say_how_long_it_is_is_not_read(door, path, head):
    assert knock(door, "POST", path, **head).status == 411


@pytest.mark.parametrize(
    ("path", "content_type", "most"),
    [
        (SIGN_IN, FORM, SIGN_IN_BYTES),
        (SIGN_IN, MULTIPART_CONTENT, SIGN_IN_BYTES),
        ("/admin/password/MQ/c0ffee/", FORM, SIGN_IN_BYTES),
        (WRITE, FORM, POST_BYTES),
        (WRITE, MULTIPART_CONTENT, UPLOAD_BYTES),
    ],
)
def test_what_is_too_large_is_not_read(door, cookie, path, content_type, most):
    head = {"content_type": content_type, "http_cookie": cookie}
    refused = knock(door, "POST", path, content_length=str(most + 1), **head)
    assert refused.status == 413
    with pytest.raises(AssertionError, match="was read"):
        knock(door, "POST", path, content_length=str(most), **head)


def test_every_bound_is_within_the_next():
    assert sizes.STORY_BYTES < sizes.FORM_BYTES < sizes.POST_BYTES
    assert sizes.FORM_BYTES == settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    # A row of a highlight has four fields, one of a caption seven.
    assert 11 * sizes.STORY_PARTS < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert sizes.STORY_PARTS < settings.DATA_UPLOAD_MAX_NUMBER_FILES
    assert max(sizes.FORM_BYTES, MOST_BYTES) < UPLOAD_BYTES


@pytest.mark.parametrize("content_type", ["", "application/json", "text/plain"])
def test_only_forms_are_read(door, content_type):
    answer = knock(door, "POST", SIGN_IN, content_length="9", content_type=content_type)
    assert answer.status == 415


def signed_out():
    Session.objects.all().delete()


def without_rights():
    get_user_model().objects.update(is_staff=False)


def retired():
    get_user_model().objects.update(is_active=False)


def with_another_password():
    user = get_user_model().objects.get()
    user.set_password("another")
    user.save()


@pytest.mark.parametrize(
    "end", [signed_out, without_rights, retired, with_another_password]
)
def test_a_form_whose_session_ended_comes_back_with_its_words(door, cookie, end):
    end()
    fields = {"csrfmiddlewaretoken": TOKEN, "headline": "Typed in vain?"}
    answer = send(door, cookie, WRITE, *urlencoded(fields))
    assert answer.status == 403
    assert 'name="headline" value="Typed in vain?"' in answer.page
    # By now the browser may have lost the cookie of the session.
    again = send(door, f"csrftoken={TOKEN}", WRITE, *urlencoded(fields))
    assert (again.status, again.page) == (403, answer.page)


def test_forms_of_sessions_that_ended_are_read_one_at_a_time(door, cookie):
    signed_out()
    head = {"content_type": MULTIPART_CONTENT, "http_cookie": cookie}
    large = knock(door, "POST", WRITE, content_length="9000000", **head)
    assert large.status == 403
    assert "what you typed is still there" in large.page
    with full(door.sign_ins, SIGN_IN_SLOTS):
        assert knock(door, "POST", WRITE, content_length="9", **head).status == 503
    beat = "/admin/articles/article/beat/"
    assert knock(door, "POST", beat, content_length="9", **head).status == 403


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", ["", "sessionid=made-up"])
def test_who_was_given_no_form_is_not_read(door, cookie):
    answer = knock(door, "POST", WRITE, content_length="999", http_cookie=cookie)
    assert answer.status == 403


@pytest.mark.parametrize(
    ("name", "most"),
    [("DATA_UPLOAD_MAX_MEMORY_SIZE", 50), ("DATA_UPLOAD_MAX_NUMBER_FIELDS", 1)],
)
def test_what_django_finds_too_large_says_so(door, cookie, settings, name, most):
    setattr(settings, name, most)
    fields = {"csrfmiddlewaretoken": TOKEN, "headline": "x" * 50}
    answer = send(door, cookie, WRITE, *multipart(fields))
    assert answer.status == 413
    assert "what you typed is still there" in answer.page


def test_while_the_database_is_away_an_editor_s_words_are_let_in(door, cookie):
    """Whoever has a cookie: the page for an outage gives the words back."""

    def away(execute, *arguments):
        raise OperationalError("no such server")

    body, content_type = urlencoded({"headline": "Typed while it was away"})
    with connection.execute_wrapper(away):
        assert send(door, "", WRITE, body, content_type).status == 403
        answer = send(door, cookie, WRITE, body, content_type)
    assert answer.status == 503
    assert "Typed while it was away" in answer.page


@pytest.fixture
def article(cookie):
    return make_article()


def form_of(article):
    """Return an address and the fewest fields that change the article's headline."""
    count = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    parts = {
        f"{p}-{n}": v for p in ("highlights", "captions") for n, v in count.items()
    }
    return f"/admin/articles/article/{article.pk}/change/", parts | {
        "csrfmiddlewaretoken": TOKEN,
        "base": article.revision,
        "headline": "The harbour is shut",
        "body": "<p>Nothing.</p>",
        "status": "draft",
        "kind": "news",
        "language": "en",
    }


def multipart(fields):
    return encode_multipart("b", fields), "multipart/form-data; boundary=b"


def urlencoded(fields):
    return urlencode(fields).encode(), FORM


# The door refuses each before Django, and so before any database.
@pytest.mark.once
@pytest.mark.parametrize("encode", [urlencoded, multipart])
def test_every_cut_of_a_story_changes_nothing(door, cookie, article, encode, caplog):
    path, fields = form_of(article)
    body, content_type = encode(fields)
    before = Article.objects.values().get()
    for end in range(len(body)):
        cut = send(door, cookie, path, body[:end], content_type, len(body))
        assert cut.status == 400
    assert Article.objects.values().get() == before
    assert "what you typed is still there" in cut.page
    assert len(caplog.records) == 1

    whole = send(door, cookie, path, body, content_type)
    assert (whole.status, whole.page) == (302, "")
    assert Article.objects.get().headline == "The harbour is shut"


def test_a_cut_sign_in_is_no_attempt(door, db):
    body = urlencode({"username": "nida", "password": "x"}).encode()
    assert send(door, "", SIGN_IN, body[:-1], size=len(body)).status == 400


def test_a_page_is_asked_for_without_a_body(door, db):
    """Django sees none, so no view can come to wait for it."""
    assert knock(door, "GET", "/healthz", content_length="999").status == 200


def test_readers_always_have_threads():
    slots = FORM_SLOTS + UPLOAD_SLOTS + SIGN_IN_SLOTS + BEAT_SLOTS
    assert slots + 2 <= THREADS <= 16


def full(slots, number):
    """Take so many slots, and give them back at the end."""
    stack = ExitStack()
    for _ in range(number):
        stack.enter_context(slots.acquire())
    return stack


def test_a_form_beyond_the_slots_is_told_when_to_come_back(door, cookie):
    head = {"content_length": "999", "http_cookie": cookie}
    with full(door.forms, FORM_SLOTS):
        answer = knock(door, "POST", WRITE, **head)
        assert knock(door, "GET", "/healthz").status == 200
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "5"
    assert "what you typed is still there" in answer.page
    with pytest.raises(AssertionError, match="was read"):
        knock(door, "POST", WRITE, **head)


def test_half_sent_sign_ins_hold_nobody_s_save(door, cookie, article):
    with full(door.sign_ins, SIGN_IN_SLOTS), full(door.uploads, UPLOAD_SLOTS):
        assert knock(door, "POST", SIGN_IN, content_length="9").status == 503
        path, fields = form_of(article)
        body, content_type = multipart(fields)
        assert send(door, cookie, path, body, content_type).status == 302


def test_what_is_being_typed_takes_no_save_s_slot_and_waits_for_none(door, cookie):
    beat = "/admin/articles/article/beat/"
    with full(door.forms, FORM_SLOTS), full(door.uploads, UPLOAD_SLOTS):
        assert send(door, cookie, beat, b"a=b").status == 403
        with full(door.beats, BEAT_SLOTS):
            assert send(door, cookie, beat, b"a=b").status == 503


def test_a_slow_picture_holds_nobody_s_save_and_no_save_a_sign_in(door, cookie):
    with full(door.forms, FORM_SLOTS), full(door.uploads, UPLOAD_SLOTS):
        large = {"content_type": MULTIPART_CONTENT, "content_length": "9000000"}
        assert knock(door, "POST", WRITE, http_cookie=cookie, **large).status == 503
        assert send(door, "", SIGN_IN, b"a=b").status == 403


def test_a_script_hears_before_a_save_that_there_is_no_room(door, cookie):
    asking = "/admin/articles/article/session/"
    with full(door.forms, FORM_SLOTS):
        assert knock(door, "GET", asking, http_cookie=cookie).status == 503
    assert knock(door, "GET", asking, http_cookie=cookie).status == 200


def test_a_picture_beside_another_is_turned_away_before_it_is_sent(door, cookie):
    large = {"content_type": MULTIPART_CONTENT, "content_length": "9000000"}
    with picture_lock():
        for method, head in ("GET", {}), ("POST", large):
            answer = knock(door, method, KEEP, http_cookie=cookie, **head)
            assert answer.status == 503
            assert answer.headers["Retry-After"] == "5"
    assert knock(door, "GET", KEEP, http_cookie=cookie).status == 204
    with full(door.uploads, UPLOAD_SLOTS):
        assert knock(door, "GET", KEEP, http_cookie=cookie).status == 503


def test_a_slot_is_free_again_also_after_an_error(door, cookie):
    def broken(environ, start_response):
        raise RuntimeError

    door.application = broken
    for _ in range(FORM_SLOTS + 1):
        with pytest.raises(RuntimeError):
            send(door, cookie, WRITE, b"a=b")


def test_what_is_refused_is_logged_once_a_minute_and_escaped(door, caplog, monkeypatch):
    now = 1000.0
    monkeypatch.setattr(house_door.time, "monotonic", lambda: now)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            knock(door, "POST", "/\n2026 ERROR: forged\x1b[2J" + "x" * 999)
        knock(door, "POST", SIGN_IN)
        now += 61
        knock(door, "POST", "/")
    said = [record.getMessage() for record in caplog.records]
    assert [line[:3] for line in said] == ["405", "411", "405"]
    assert r"\n2026 ERROR: forged\x1b[2J" in said[0]
    assert all(line.isprintable() and len(line) < 400 for line in said)
    assert said[2].endswith("and 2 more before.")


def test_a_refusal_carries_the_headers_of_every_page(door, client, db):
    page = dict(client.get("/nothing/").headers)
    refused = knock(door, "POST", "/").headers
    for headers in (page, refused):
        policy = headers["Content-Security-Policy"].split("; ")
        headers["Content-Security-Policy"] = sorted(policy)
    of_the_page = {"Cache-Control", "Content-Length", "ETag", "Vary"}
    for name in page.keys() - of_the_page:
        assert refused[name] == page[name]


def test_a_picture_goes_out_in_one_piece(door, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    gulls, large = make_photo("a1"), make_photo("b1")
    default_storage.save(gulls.file.name, BytesIO(b"x" * 300_000))
    answer = knock(door, "GET", gulls.original_url)
    assert [len(piece) for piece in answer.pieces] == [300_000]
    size = house_door.WHOLE_BYTES + 1
    default_storage.save(large.file.name, BytesIO(b"x" * size))
    assert len(knock(door, "GET", large.original_url).page) == size


def test_an_unchanged_page_is_not_sent_again(door, db):
    page = knock(door, "GET", "/")
    head = knock(door, "HEAD", "/")
    assert head.headers["ETag"] == page.headers["ETag"]
    again = knock(door, "GET", "/", http_if_none_match=page.headers["ETag"])
    assert (again.status, again.page) == (304, "")
