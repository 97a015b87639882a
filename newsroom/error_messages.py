"""Errors of the database, the disk and the settings as sentences for an operator."""

import errno
import os
import re
import sys
from contextlib import contextmanager
from pathlib import Path
from smtplib import SMTPException
from socket import gaierror
from ssl import SSLError

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.core.management.base import SystemCheckError
from django.db import Error, OperationalError

from articles.story.terminal import terminal_safe
from newsroom import outage

ADVICE = (
    (
        outage.BUSY,
        "Another program is writing to it: try again when that has finished.",
    ),
    (outage.FULL, "Its disk is full: make room there."),
    (outage.DAMAGED, "It is damaged: restore a backup (docs/OPERATIONS.md)."),
    (outage.LOST, "Then run the command again."),
    (outage.GONE, "Check DATABASE_URL and DATA_DIR, and who may use them."),
)
NO_TABLE = re.compile(r"no such (table|column)|(relation|column) .* does not exist")
# What PostgreSQL's client adds to help newcomers.
HINT = re.compile(r"\n\t.*")
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# Django's connections to databases have errors of their own.
NO_MAIL = (ConnectionError, SMTPException, SSLError, TimeoutError, gaierror)


@contextmanager
def errors_in_one_sentence():
    """End the program with what went wrong, and without a traceback.

    A fault in the program keeps its traceback, which is needed to mend it.
    """
    try:
        yield
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read what is printed has seen enough; Python would try it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except SystemCheckError as error:
        sys.exit(str(error))
    except (ImproperlyConfigured, CommandError) as error:
        sys.stderr.write(f"{in_one_line(error)}.\n")
        sys.exit(getattr(error, "returncode", 1))
    except (Error, OSError) as error:
        sentence = explain(error)
        if not sentence:
            raise
        sys.exit(sentence)


def explain(error):
    """Say what went wrong and what to do; nothing where the program is at fault."""
    if isinstance(error, NO_MAIL):
        server = f"{settings.EMAIL_HOST}, port {settings.EMAIL_PORT}"
        advice = "Check the settings of mail (docs/SETTINGS.md)."
        return f"No mail was sent by {server}: {in_one_line(error)}. {advice}"
    if isinstance(error, OSError):
        return _explain_file(error)
    text = in_one_line(HINT.sub("", str(error)))
    if NO_TABLE.search(text):
        return f"The database failed: {text}. Run `manage.py migrate` first."
    problem = outage.find_database_problem(error)
    if not problem and isinstance(error, OperationalError):
        problem = outage.GONE
    what = "does not answer" if problem is outage.GONE else "failed"
    said = (advice for known, advice in ADVICE if known is problem)
    return next((f"The database {what}: {text}. {advice}" for advice in said), "")


def explain_failure(error):
    """Say what went wrong also where the program is at fault."""
    return explain(error) or f"The database failed: {in_one_line(error)}."


def _explain_file(error):
    where = error.filename or "The disk"
    if error.errno in NO_ROOM:
        advice = " Make room there."
    else:
        advice = " DATA_DIR must be writable." if _is_in_data_dir(where) else ""
    return f"{in_one_line(f'{where}: {error.strerror or error}')}.{advice}"


def _is_in_data_dir(path):
    try:
        return Path(str(path)).is_relative_to(settings.DATA_DIR)
    except (OSError, ImproperlyConfigured):
        # That it cannot be written is what keeps the settings from being read.
        return True


def in_one_line(text):
    return terminal_safe(" ".join(str(text).split()).removesuffix("."))
