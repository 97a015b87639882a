"""Finished pages, in front of Django: fresh at the next request, and there at once.

A page is kept with the keys that `store.read` noted when it was made, and goes when an
edition changes one of them, or when a moment passes that does. Each request looks at a
file's name first, by which any process of this machine tells of a new edition; once a
second somebody asks the database, for those of other machines.

While the database is away pages are still answered, each until its own next moment.
What cannot be known to be fresh any more is forgotten: nothing withdrawn comes back.

A new page waits in a tenth of the room until somebody asks for it a second time, so
that a million addresses, asked for once each, drive out none that readers want.
"""

import gzip
import time
from collections import deque
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from threading import Event, Lock
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import Error
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date, parse_etags

from articles.store import edition, read
from articles.store.addresses import TRACKING
from newsroom.compression import CODINGS, choose_coding, is_worth_compressing

# Between two questions for editions of other machines.
SECONDS = 1.0
# Headers, keys and what holds them together weigh so much, about.
PAGE_BYTES, KEY_BYTES = 2_500, 150
# The part of the room for what nobody has asked for twice.
NEW_PART = 10
KEPT = {200, 301, 404, 410}
OF_THE_CONTENT = {"Content-Length", "Content-Type"}
MOST_ACCEPTED = 256
PAST = datetime.min.replace(tzinfo=UTC)

coding_of = lru_cache(MOST_ACCEPTED)(choose_coding)


class Address(NamedTuple):
    """All that a page is made for: of a request nothing else is shown to Django."""

    host: str
    scheme: str
    path: str
    query: str


class Page:
    """An answer in each coding, with the keys of what it shows."""

    __slots__ = (
        "codings",
        "etag",
        "headers",
        "is_asked_again",
        "is_kept",
        "keys",
        "modified",
        "modified_at",
        "size",
        "status",
    )

    def __init__(self, status, headers, response, keys, made_at):
        self.status, self.keys = status, frozenset(keys)
        self.is_asked_again = False
        told = response.get("Cache-Control", "")
        is_private = "no-store" in told or "private" in told or response.cookies
        self.is_kept = response.status_code in KEPT and not is_private
        content = response.content
        self.headers = [each for each in headers if each[0] != "Content-Length"]
        is_found = response.status_code == 200
        self.etag = response.get("ETag") if is_found else None
        # What changes within a second has the same time: the next one is sent, later.
        self.modified_at = int(made_at.timestamp()) + 1
        self.modified = http_date(self.modified_at) if is_found else None
        self.codings = {"": content}
        if "public" in told and is_worth_compressing(response):
            # The plain text is made of the other again, for the few who ask for it.
            self.codings = {name: code(content) for name, code in CODINGS.items()}
        weight = sum(map(len, self.codings.values()))
        self.size = weight + PAGE_BYTES + KEY_BYTES * len(self.keys)

    def send(self, environ, start_response):
        """Send the page as it is accepted, or 304 to whoever has it."""
        headers = self.headers
        if self.modified and time.time() >= self.modified_at:
            headers = [*headers, ("Last-Modified", self.modified)]
        if self._is_known(environ):
            told = [each for each in headers if each[0] not in OF_THE_CONTENT]
            start_response("304 Not Modified", told)
            return [b""]
        coding, body = self._body(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if coding:
            headers = [*headers, ("Content-Encoding", coding)]
        headers = [*headers, ("Content-Length", str(len(body)))]
        start_response(self.status, headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    def _body(self, accepted):
        coding = coding_of(accepted)
        if coding in self.codings:
            return coding, self.codings[coding]
        return "", self.codings.get("") or gzip.decompress(self.codings["gzip"])

    def _is_known(self, environ):
        if not self.etag:
            return False
        if known := environ.get("HTTP_IF_NONE_MATCH"):
            own = self.etag.removeprefix("W/")
            return known == self.etag or any(
                each == "*" or each.removeprefix("W/") == own
                for each in parse_etags(known)
            )
        return environ.get("HTTP_IF_MODIFIED_SINCE") == self.modified


class Making:
    """A page that is being made, and what has changed meanwhile."""

    def __init__(self):
        self.done, self.page = Event(), None
        self.changed, self.is_overtaken = set(), False


class Pages:
    """Pages by their addresses, bounded in bytes, and the addresses by their keys."""

    def __init__(self, most):
        self.most, self.size, self.new_size = most, 0, 0
        self.new, self.proven, self.by_key = {}, {}, {}

    def get(self, address):
        page = self.proven.get(address) or self.new.get(address)
        if page:
            page.is_asked_again = True
        return page

    def add(self, address, page):
        self.remove(address)
        if page.size > self.most // NEW_PART:
            return
        self._put(self.new, address, page)
        for key in page.keys:
            self.by_key.setdefault(key, set()).add(address)
        while self.size > self.most:
            self._make_room()

    def remove(self, address):
        for pages in (self.new, self.proven):
            if page := self._take(pages, address):
                self._unlink(address, page)

    def remove_with(self, keys: Iterable[str]):
        for key in keys:
            for address in list(self.by_key.get(key, ())):
                self.remove(address)

    def clear(self):
        self.__init__(self.most)

    def _make_room(self):
        """Let the oldest page go; one that was asked for again stays, as proven."""
        is_new = self.new_size > self.most // NEW_PART or not self.proven
        pages = self.new if is_new else self.proven
        address = next(iter(pages))
        page = self._take(pages, address)
        if page.is_asked_again:
            page.is_asked_again = False
            self._put(self.proven, address, page)
        else:
            self._unlink(address, page)

    def _put(self, pages, address, page):
        pages[address] = page
        self.size += page.size
        self.new_size += page.size if pages is self.new else 0

    def _take(self, pages, address):
        if page := pages.pop(address, None):
            self.size -= page.size
            self.new_size -= page.size if pages is self.new else 0
        return page

    def _unlink(self, address, page):
        for key in page.keys:
            addresses = self.by_key[key]
            addresses.discard(address)
            if not addresses:
                del self.by_key[key]


class PageCache:
    """Answer what readers ask for from finished pages, and have the others made."""

    def __init__(self, most_bytes, make: Callable[..., Any]):
        self._make = make
        self._pages, self._making = Pages(most_bytes), {}
        self._lock, self._asking = Lock(), Lock()
        self._number, self._announced = 0, None
        self._ask_at, self._changes, self._foreseen_until = 0.0, deque(), PAST
        # Not to know what has changed is to keep nothing.
        self._is_blind = True
        proxy = settings.SECURE_PROXY_SSL_HEADER
        self._forwarded_scheme = proxy[0] if proxy else ""
        names = ("admin:index", "healthz", "metrics")
        self._others = (
            *map(reverse, names),
            reverse("articles:preview", args=["x"]).removesuffix("x/"),
            settings.STATIC_URL,
            settings.MEDIA_URL,
        )

    def answer(self, environ, start_response):
        """Answer a request for a page that is the same for every reader."""
        if environ["PATH_INFO"].startswith(self._others):
            return self._make(environ, start_response)
        self._catch_up()
        address = self._address_of(environ)
        page = self._pages.get(address) or self._finish(address, environ)
        if isinstance(page, Page):
            return page.send(environ, start_response)
        status, headers, response = page
        start_response(status, headers)
        return response

    def _address_of(self, environ):
        scheme = environ.get(self._forwarded_scheme) or environ["wsgi.url_scheme"]
        query = environ.get("QUERY_STRING", "")
        if query:
            # Where a reader came from makes no other page.
            fields = parse_qsl(query, keep_blank_values=True)
            own = [each for each in fields if not TRACKING.fullmatch(each[0])]
            query = query if len(own) == len(fields) else urlencode(own)
        host = environ.get("HTTP_HOST", "")
        return Address(host, scheme, environ["PATH_INFO"], query)

    def _finish(self, address, environ):
        """Make a page, or wait for whoever is making it already."""
        if self._is_blind:
            return self._ask_for(address, environ)
        while True:
            with self._lock:
                making = self._making.get(address)
                if making is None:
                    making = self._making[address] = Making()
                    break
            making.done.wait()
            if making.page:
                return making.page
        page = None
        try:
            page = self._ask_for(address, environ)
        finally:
            with self._lock:
                del self._making[address]
                if isinstance(page, Page):
                    is_fresh = not (making.is_overtaken or making.changed & page.keys)
                    making.page = page if is_fresh else None
                    if is_fresh and page.is_kept:
                        self._pages.add(address, page)
            making.done.set()
        return page

    def _ask_for(self, address, environ):
        """Have Django answer a request that says no more than the address."""
        plain = {n: text for n, text in environ.items() if not n.startswith("HTTP_")}
        plain |= {"REQUEST_METHOD": "GET", "QUERY_STRING": address.query}
        for name in ("HTTP_HOST", self._forwarded_scheme):
            if name in environ:
                plain[name] = environ[name]
        begun = []
        made_at = timezone.now()
        with read.noting() as keys:
            response = self._make(plain, lambda *head: begun.extend(head))
        status, headers = begun
        if response.streaming:
            return status, headers, response
        response.close()
        page = Page(status, headers, response, keys, made_at)
        # Nobody fills the memory with addresses, either.
        page.size += len(address.path) + len(address.query)
        return page

    def _catch_up(self):
        """Forget what has changed since the last request, and what a moment changed."""
        announced, now = edition.announcement(), timezone.now()
        if self._is_up_to(announced, now) and time.monotonic() < self._ask_at:
            return
        # Only who may meet a page that has changed waits for whoever asks.
        if self._asking.acquire(blocking=not self._is_up_to(announced, now)):
            try:
                if (
                    not self._is_up_to(announced, now)
                    or time.monotonic() >= self._ask_at
                ):
                    self._ask(announced, now)
            finally:
                self._asking.release()

    def _is_up_to(self, announced, now):
        next_change = self._changes[0][0] if self._changes else self._foreseen_until
        is_told_nothing = announced == self._announced and now < next_change
        return is_told_nothing or self._is_blind

    def _ask(self, announced, now):
        self._ask_at = time.monotonic() + SECONDS
        changed = set()
        while self._changes and self._changes[0][0] <= now:
            changed |= self._changes.popleft()[1]
        # A connection that broke or is too old gives way to a new one.
        request_started.send(sender=PageCache)
        try:
            known = None if self._is_blind else self._number
            newest, news = edition.news_since(known)
            if self._is_blind or news or changed or now >= self._foreseen_until:
                changes, self._foreseen_until = read.changes_to_come(now)
                self._changes = deque(changes)
        except Error:
            # What was announced, or comes by time, is not known any more.
            if announced != self._announced or now >= self._foreseen_until:
                self._is_blind = True
            self._forget(None if self._is_blind else changed)
        else:
            # An older newspaper, brought back from a backup, has other pages.
            is_older = newest < self._number
            self._forget(None if is_older or self._is_blind else changed | news)
            self._number, self._announced = newest, announced
            self._is_blind = False
        finally:
            request_finished.send(sender=PageCache)

    def _forget(self, changed):
        """Forget pages with changed keys, finished or not; all of them if None."""
        with self._lock:
            if changed is None:
                self._pages.clear()
            else:
                self._pages.remove_with(changed)
            for making in self._making.values():
                making.is_overtaken |= changed is None
                making.changed |= changed or set()
