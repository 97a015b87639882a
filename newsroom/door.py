"""The door in front of Django: what is let through is decided from a request's head.

A body may come slowly, or never in full, and reading it holds a thread until then.
So nobody's body is read but a signed-in editor's and, one at a time, a sign-in or the
form of a session that ended. Each is read in a slot, and there are fewer slots than
threads: readers always have some. Nobody waits for a slot, since who waits holds a
thread, too. A body is read whole before Django sees anything of it; the server hands on
one that was cut off as if it were whole.

The time a body takes is the proxy's to bound: a read cannot be called off from here.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore, Lock

from csp.utils import build_policy
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user
from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_started
from django.db import Error
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views import defaults

from articles.public.page_cache import PageCache
from articles.store.photos import is_picture_open
from articles.story.sizes import POST_BYTES, UPLOAD_BYTES
from newsroom.language import desk_language
from newsroom.security_headers import own_headers

logger = logging.getLogger(__name__)

# Of a worker's threads, those beyond the slots are the readers'.
FORM_SLOTS, UPLOAD_SLOTS, SIGN_IN_SLOTS = 3, 2, 1
# For what is being typed, which comes every few seconds and takes no save's slot.
BEAT_SLOTS = 2

# A name, a password, a token and where to go on.
SIGN_IN_BYTES = 16 * 1024
# What is larger holds a picture, takes an upload's slot and goes to the disk meanwhile.
SMALL_BYTES = 1024 * 1024

READING = ("GET", "HEAD")
MULTIPART = "multipart/form-data"
FORM_TYPES = (MULTIPART, "application/x-www-form-urlencoded")
PIECE = 64 * 1024
# A longer answer goes out piece by piece, as slowly as it is fetched.
WHOLE_BYTES = 2 * 1024 * 1024
LOG_EVERY = 60.0


@dataclass(frozen=True)
class Refusal:
    """An answer in place of Django's: why, and what became of what was sent."""

    status: str
    headline: str
    words: str
    headers: tuple[tuple[str, str], ...] = ()


def method_not_allowed(methods):
    return Refusal(
        "405 Method Not Allowed",
        _("Nothing can be sent to this page"),
        _("It can only be read."),
        (("Allow", ", ".join(methods)),),
    )


WITHOUT_LENGTH = Refusal(
    "411 Length Required",
    _("The length is missing"),
    _("What was sent did not say how long it is, so none of it was read."),
)
TOO_LARGE = Refusal(
    "413 Content Too Large",
    _("This is too much at once"),
    _(
        "Nothing was changed. Go back: what you typed is still there, or is offered "
        "when you open the story again. Send less at once: fewer or smaller files, a "
        "shorter text."
    ),
)
NOT_A_FORM = Refusal(
    "415 Unsupported Media Type",
    _("This is not a form"),
    _("Only forms are accepted here, so none of it was read."),
)
CUT_OFF = Refusal(
    "400 Bad Request",
    _("Only part of it arrived"),
    _(
        "The connection broke off, and nothing was changed. Go back: what you typed is "
        "still there, or is offered when you open the story again. Send it again."
    ),
)
SIGNED_OUT = Refusal(
    "403 Forbidden",
    _("You are not signed in"),
    _(
        "Nothing was changed. Sign in again in another window, then go back in this "
        "one: what you typed is still there, or is offered when you open the story "
        "again. Send it again."
    ),
)
BUSY = Refusal(
    "503 Service Unavailable",
    _("Too many at once"),
    _(
        "Others are sending something just now, so nothing was changed. Go back: what "
        "you typed is still there, or is offered when you open the story again. Send "
        "it again in a few seconds."
    ),
    (("Retry-After", "5"),),
)


class RequestRefused(Exception):
    """The request goes no further."""

    def __init__(self, refusal):
        super().__init__(refusal.status)
        self.refusal = refusal


class Slots:
    """How many may do one thing at once in this process."""

    def __init__(self, number):
        self._free = BoundedSemaphore(number)

    @contextmanager
    def acquire(self) -> Iterator[None]:
        """Hold a slot if one is free; nobody waits for one."""
        if not self._free.acquire(blocking=False):
            raise RequestRefused(BUSY)
        try:
            yield
        finally:
            self._free.release()


class Door:
    """Let a request through to Django, with all of its body or none; or refuse it."""

    def __init__(self, application):
        self.application = application
        most_bytes = settings.PAGE_CACHE_MB * 1024 * 1024
        # Whoever works on templates sees each change.
        is_caching = most_bytes and not settings.DEBUG
        self.pages = PageCache(most_bytes, application) if is_caching else None
        self.forms = Slots(FORM_SLOTS)
        self.uploads = Slots(UPLOAD_SLOTS)
        self.sign_ins = Slots(SIGN_IN_SLOTS)
        self.beats = Slots(BEAT_SLOTS)
        self.desk = reverse("admin:index")
        # Where a password is typed, or set by the link that an Administrator gave.
        self.signing_in = tuple(self.desk + name for name in ("login/", "password/"))
        self.asking_before_a_save = reverse("admin:articles_session")
        self.keeping_a_picture = reverse("admin:articles_photo_keep")
        self.keeping_words = reverse("admin:articles_article_beat")

    def __call__(self, environ, start_response):
        try:
            if environ["REQUEST_METHOD"] in READING:
                return self._pass_on(environ, start_response)
            return self._receive_and_pass_on(environ, start_response)
        except RequestRefused as refused:
            log_refusal(refused.refusal, environ)
            return send_refusal(refused.refusal, start_response)

    def _pass_on(self, environ, start_response):
        if environ["PATH_INFO"] == self.asking_before_a_save:
            with self.forms.acquire():
                pass
        if environ["PATH_INFO"] == self.keeping_a_picture:
            with self.uploads.acquire():
                refuse_beside_a_picture()
        environ["CONTENT_LENGTH"] = "0"
        ask = self.pages.answer if self.pages else self.application
        return in_one_piece(ask(environ, start_response))

    def _receive_and_pass_on(self, environ, start_response):
        path = environ["PATH_INFO"]
        if not path.startswith(self.desk):
            raise RequestRefused(method_not_allowed(READING))
        if environ["REQUEST_METHOD"] != "POST":
            raise RequestRefused(method_not_allowed((*READING, "POST")))
        size = declared_size(environ, self._size_limit(path, form_type(environ)))
        slots = self._slots(environ, size)
        with slots.acquire(), receive_body(environ["wsgi.input"], size) as body:
            environ["wsgi.input"] = body
            return in_one_piece(self.application(environ, start_response))

    def _size_limit(self, path, content_type):
        if path.startswith(self.signing_in):
            return SIGN_IN_BYTES
        return UPLOAD_BYTES if content_type == MULTIPART else POST_BYTES

    def _slots(self, environ, size):
        """Return where there must be room: a slow picture holds up no one's words."""
        if environ["PATH_INFO"].startswith(self.signing_in):
            return self.sign_ins
        is_beat = environ["PATH_INFO"] == self.keeping_words
        if not is_signed_in(environ):
            is_small = size <= SMALL_BYTES and not is_beat
            if is_small and settings.CSRF_COOKIE_NAME in WSGIRequest(environ).COOKIES:
                # Whoever was given a form gets its words back, to send them again.
                return self.sign_ins
            raise RequestRefused(SIGNED_OUT)
        if is_beat:
            return self.beats
        if size <= SMALL_BYTES:
            return self.forms
        if environ["PATH_INFO"] == self.keeping_a_picture:
            refuse_beside_a_picture()
        return self.uploads


def refuse_beside_a_picture():
    """Refuse before it is read what would be turned away after all its megabytes."""
    if is_picture_open():
        raise RequestRefused(BUSY)


def form_type(environ):
    content_type = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    if content_type not in FORM_TYPES:
        raise RequestRefused(NOT_A_FORM)
    return content_type


def declared_size(environ, most):
    """Return the length that the head states; the server vouches that it is a number.

    What comes in chunks states none, also where it does so beside them.
    """
    length = environ.get("CONTENT_LENGTH")
    if not length or "HTTP_TRANSFER_ENCODING" in environ:
        raise RequestRefused(WITHOUT_LENGTH)
    if int(length) > most:
        raise RequestRefused(TOO_LARGE)
    return int(length)


def is_signed_in(environ):
    request = WSGIRequest(environ)
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return False
    # A connection that broke or is too old gives way to a new one.
    request_started.send(sender=Door, environ=environ)
    try:
        request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
        request.user = get_user(request)
        return admin.site.has_permission(request)
    except Error:
        # It cannot be known. Django's answer to an outage gives the words back.
        return True


@contextmanager
def receive_body(source, size):
    """Read a body of so many bytes, and refuse a shorter one."""
    folder = settings.FILE_UPLOAD_TEMP_DIR
    with SpooledTemporaryFile(SMALL_BYTES, dir=folder) as body:
        while size and (piece := source.read(min(size, PIECE))):
            body.write(piece)
            size -= len(piece)
        if size:
            raise RequestRefused(CUT_OFF)
        body.seek(0)
        yield body


def in_one_piece(response):
    """Return an answer as the server sends it without this thread.

    Piece by piece, a thread would wait for the slowest reader of a picture.
    """
    if isinstance(response, list):
        return response
    length = response.get("Content-Length", WHOLE_BYTES + 1)
    if response.streaming and int(length) > WHOLE_BYTES:
        return response
    try:
        return [b"".join(response)]
    finally:
        response.close()


def send_refusal(refusal, start_response):
    page = render_refusal(refusal)
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(page))),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", build_policy()),
        ("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
        ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", settings.X_FRAME_OPTIONS),
        *own_headers().items(),
        *refusal.headers,
    ]
    start_response(refusal.status, headers)
    return [page]


@cache
def render_refusal(refusal):
    context = {
        "number": refusal.status[:3],
        "headline": refusal.headline,
        "words": refusal.words,
    }
    # What is sent here is sent from the desk.
    with override(desk_language()):
        return render_to_string("refused.html", context).encode()


def bad_request(request, exception):
    """Answer as the door does what only Django finds to be too large."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        return HttpResponse(render_refusal(TOO_LARGE), status=413)
    return defaults.bad_request(request, exception)


# Of each status: when it was last logged, and how many were refused since.
_logged: dict[str, tuple[float, int]] = {}
_log_lock = Lock()


def log_refusal(refusal, environ):
    """Log what is refused, one line a minute for each status: a flood fills no disk."""
    now = time.monotonic()
    with _log_lock:
        at, more = _logged.get(refusal.status, (float("-inf"), 0))
        is_due = now >= at + LOG_EVERY
        _logged[refusal.status] = (now, 0) if is_due else (at, more + 1)
    if is_due:
        logger.warning(
            "%s: %.20a %.200a from %.50a, and %d more before.",
            refusal.status,
            environ["REQUEST_METHOD"],
            environ["PATH_INFO"],
            environ.get("REMOTE_ADDR", ""),
            more,
        )
