"""What must be there before the newspaper can start: each check ends in a sentence."""

import errno
import os
import socket
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import Error, connection

from articles.story.terminal import terminal_safe

NO_TABLES = "The database {} has no tables yet: run `manage.py migrate` first."


def find_lost_database():
    """Say that pictures have lost their database, rather than begin a new one there."""
    if not has_pictures() or has_tables():
        return ""
    return (
        f"There are a newspaper's pictures in {settings.MEDIA_ROOT}, but its database "
        f"{connection.settings_dict['NAME']} is missing or empty. Restore a backup "
        "(docs/OPERATIONS.md), or move the pictures away to start a new newspaper."
    )


def find_missing_tables():
    """Say which command makes the tables where there is none.

    Nothing is said of a database in trouble: whatever uses it next will report that.
    """
    with suppress(Error):
        if not has_tables():
            return find_lost_database() or NO_TABLES.format(
                connection.settings_dict["NAME"]
            )
    return ""


def has_tables():
    """Tell whether the database has tables, without making SQLite's file."""
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
        if error.errno == errno.EADDRNOTAVAIL:
            sys.exit(f"HOST is no address of this machine: {host}.")
        sys.exit(
            f"Port {port} of {host} cannot be used ({error.strerror}): set PORT to "
            "another one."
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
