"""Django behind finished pages, as the door has it."""

from collections import Counter
from contextlib import contextmanager

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from articles.public.page_cache import PageCache

MEGABYTE = 1024 * 1024


@contextmanager
def connection_stays():
    """Keep the connection between requests: that of a test is in a transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


class Site:
    """Django, or another program, behind finished pages; what it was asked for."""

    def __init__(self, program=None, most_bytes=MEGABYTE):
        self.asked, self.program = Counter(), program or WSGIHandler()
        self.pages = PageCache(most_bytes, self.make)

    def make(self, environ, start_response):
        self.asked[environ["PATH_INFO"]] += 1
        return self.program(environ, start_response)

    def get(self, address, method="GET", **headers):
        """Return the status, the headers and the body of an answer."""
        environ = RequestFactory().generic(method, address).environ
        environ |= {f"HTTP_{name}": text for name, text in headers.items()}
        begun = []
        with connection_stays():
            answer = self.pages.answer(environ, lambda *head: begun.extend(head))
        status, told = begun
        return int(status[:3]), dict(told), b"".join(answer)

    def pass_a_second(self):
        """Have it ask what other machines have changed."""
        self.pages._ask_at = 0
