"""The answers while the database is busy, full, damaged or gone.

The pages ask it nothing. A form of the desk comes back with all that was typed in it,
and does so, too, where its editor is no longer signed in, or has signed in again since
it was opened.
"""

from functools import wraps

from django.conf import settings
from django.contrib.sessions import middleware
from django.db import Error, InterfaceError, OperationalError
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.encoding import escape_uri_path
from django.utils.log import log_response
from django.utils.translation import gettext_lazy as _
from django.views import csrf, defaults

from newsroom.sqlite_file import LostFile

RETRY_AFTER = 10

BUSY = _("The database is busy just now.")
FULL = _("The disk is full: the person who runs the server has to make room first.")
DAMAGED = _("The database is damaged: the person who runs the server has to see to it.")
GONE = _("The database cannot be reached just now.")
LOST = _(
    "The database’s file was removed or replaced: the person who runs the server has "
    "to put it back, or to restart the server."
)

SIGNED_OUT = _("You are no longer signed in.")
SIGNED_IN_AGAIN = _("You have signed in again since this form was opened.")

# By the beginnings of SQLite's names, and of PostgreSQL's numbers, for what went wrong.
PROBLEMS = {
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_PROTOCOL": BUSY,
    "SQLITE_INTERRUPT": BUSY,
    "SQLITE_FULL": FULL,
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_NOTADB": DAMAGED,
    "SQLITE_IOERR": DAMAGED,
    "SQLITE_CANTOPEN": GONE,
    "SQLITE_READONLY": GONE,
    LostFile.sqlite_errorname: LOST,
    "40": BUSY,  # a deadlock, or another one came first
    "533": BUSY,  # too many connections
    "55P03": BUSY,  # a lock that is not let go
    "57014": BUSY,  # a statement that took too long
    "53": FULL,
    "58": DAMAGED,  # the disk
    "XX": DAMAGED,
    "57P": GONE,  # shutting down, or starting
    "08": GONE,
}


class OutageMiddleware:
    """Answer when the database fails in a view, or asks a form for a password first."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.get("Location", "").startswith(reverse("admin:login")):
            form = sent_form(request)
            return form_response(form, SIGNED_OUT, 403) if form else response
        return response

    def process_exception(self, request, error):
        if problem := find_database_problem(error):
            return outage_response(request, error, problem)
        return None


class SessionMiddleware(middleware.SessionMiddleware):
    """Django's own, which writes a session behind the view and all other answers."""

    def process_response(self, request, response):
        return answer_outages(super().process_response)(request, response)


def answer_outages(view):
    """Answer an outage for a view that no middleware stands around."""

    @wraps(view)
    def respond(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Error as error:
            if problem := find_database_problem(error):
                return outage_response(request, error, problem)
            raise

    return respond


# Its page has the menu, which is in the database.
permission_denied = answer_outages(defaults.permission_denied)


@answer_outages
def csrf_failure(request, reason=""):
    """Give the form back to an editor who has signed out or in since it was opened.

    It holds the token of now, so what another site had sent gets no such answer.
    """
    own = f"{request.scheme}://{request.get_host()}"
    is_own = request.headers.get("Origin") in (own, *settings.CSRF_TRUSTED_ORIGINS)
    form = sent_form(request) if is_own else None
    if not form:
        return csrf.csrf_failure(request, reason)
    token = {"csrfmiddlewaretoken": get_token(request)}
    form["fields"] = [each for each in form["fields"] if each[0] not in token]
    form["fields"] += token.items()
    is_signed_in = request.user.is_authenticated
    return form_response(form, SIGNED_IN_AGAIN if is_signed_in else SIGNED_OUT, 403)


def find_database_problem(error):
    """Return what is wrong with the database, or None where the program is."""
    if not isinstance(error, Error):
        return None
    cause = error.__cause__
    name = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    if name:
        beginnings = (each for each in PROBLEMS if name.startswith(each))
        return PROBLEMS.get(next(beginnings, None))
    # No server was there to say a number.
    return GONE if isinstance(error, OperationalError | InterfaceError) else None


def outage_response(request, error, problem):
    """Say it to the reader in a page, and to the operator in one line."""
    if form := sent_form(request):
        response = form_response(form, problem, 503)
    else:
        response = HttpResponse(render_to_string("503.html"), status=503)
        add_never_cache_headers(response)
    response.headers["Retry-After"] = RETRY_AFTER
    log_in_one_line(request, response, error)
    return response


def form_response(form, problem, status):
    """Give a form of the desk back: its words, and a button to send it again."""
    context = form | {"problem": problem, "is_signed_out": problem is SIGNED_OUT}
    text = render_to_string("desk/not_saved.html", context)
    response = HttpResponse(text, status=status)
    add_never_cache_headers(response)
    return response


def log_in_one_line(request, response, cause):
    """Log why a request was answered so; Django then logs it no second time."""
    log_response(
        "%s %s: %s",
        request.method,
        escape_uri_path(request.path),
        str(cause).partition("\n")[0],
        response=response,
        request=request,
    )


def sent_form(request):
    """Return what a page needs to send a form of the desk again, if this was one.

    A password is typed again, and a file chosen again.
    """
    # What starts the newspaper reads this file before there are models.
    from articles.desk.typed_words import sent_fields, typed_words  # noqa: PLC0415

    match = request.resolver_match
    is_form = request.method == "POST" and match and match.app_name == "admin"
    if not is_form or match.url_name in ("login", "logout"):
        return None
    fields = [
        field for field in sent_fields(request.POST) if "password" not in field[0]
    ]
    return {
        "address": request.get_full_path(),
        "fields": fields,
        "typed": list(typed_words(fields)),
        "files": [file.name for files in request.FILES.lists() for file in files[1]],
    }
