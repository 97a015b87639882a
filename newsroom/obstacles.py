"""What keeps a command or the newspaper from its work, said in clear sentences."""

import errno
import os
import re
import socket
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.db import Error, OperationalError, connection

from articles.story.terminal import terminal_safe
from newsroom import outage

ADVICE = (
    (outage.BUSY, "Another program writes into it: try again when that has ended."),
    (outage.FULL, "Its disk is full: make room there."),
    (outage.DAMAGED, "It is damaged: bring a backup back (docs/OPERATIONS.md)."),
    (outage.GONE, "Look at DATABASE_URL, at DATA_DIR and at who may use them."),
)
NO_TABLES = "The newspaper has no tables yet: run `manage.py migrate` first."
NO_TABLE = re.compile(r"no such (table|column)|(relation|column) .* does not exist")
# What PostgreSQL's client adds to help whoever is new to it.
HINT = re.compile(r"\n\t.*")
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def said_in_one_sentence():
    """End the program with what went wrong, and without a traceback.

    A fault of the program's own keeps its traceback: whoever mends it needs it.
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
    if isinstance(error, OSError):
        return _explain_file(error)
    text = in_one_line(HINT.sub("", str(error)))
    if NO_TABLE.search(text):
        return f"The database failed: {text}. Run `manage.py migrate` first."
    problem = outage.find_problem(error)
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


def find_lost_database():
    """Say that pictures have lost their database, rather than begin a new one there."""
    if not has_pictures() or has_tables():
        return ""
    return (
        f"Pictures of a newspaper lie in {settings.MEDIA_ROOT}, but its database "
        f"{connection.settings_dict['NAME']} is gone or empty. Bring a backup back "
        "(docs/OPERATIONS.md), or move the pictures away to begin a new newspaper."
    )


def find_missing_tables():
    """Say which command makes the tables where there is none.

    Of a database in trouble nothing is said: that is for whoever comes to it.
    """
    with suppress(Error):
        if not has_tables():
            return find_lost_database() or NO_TABLES
    return ""


def has_tables():
    """Tell whether the database has any, and make no file of SQLite's to know it."""
    path = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite" and path.parent.is_dir() and not path.is_file():
        return False
    return bool(connection.introspection.table_names())


def require_readable(paths):
    for path in paths:
        if not path.exists():
            sys.exit(
                f"{terminal_safe(str(path))} cannot be read: "
                "there is no such file or folder."
            )
        if not os.access(path, os.R_OK):
            sys.exit(
                f"{terminal_safe(str(path))} cannot be read: its permissions forbid it."
            )


def require_writable(folder):
    folder.mkdir(parents=True, exist_ok=True)
    tempfile.TemporaryFile(dir=folder).close()


def require_free_port(host, port):
    """Try the port, since granian would share one with another granian in silence."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        sys.exit(
            f"Port {port} of {host} cannot be used ({error.strerror}): "
            "name another one in PORT."
        )


def require_tables():
    if missing := find_missing_tables():
        sys.exit(missing)
    # Workers are forks, and no two processes may share a connection.
    connection.close()


def require_static_files():
    """Look for the styles and scripts, without which every page is a broken one."""
    if not Path(settings.STATIC_ROOT, "staticfiles.json").is_file():
        sys.exit("The static files are missing: run `manage.py collectstatic` first.")


def has_pictures():
    """Tell whether there is a file where pictures are kept."""
    return any(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*"))
