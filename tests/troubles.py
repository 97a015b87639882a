"""A database in real trouble, for as long as a test wants it."""

import shutil
import warnings
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from django.db import connection
from psycopg.conninfo import conninfo_to_dict

from tests.postgres import fresh_server

IS_SQLITE = connection.vendor == "sqlite"


@contextmanager
def busy():
    """Let somebody else write for ever, and wait a tenth of a second only."""
    other = connection.copy()
    with connection.cursor() as cursor:
        if IS_SQLITE:
            cursor.execute("PRAGMA busy_timeout = 100")
        else:
            cursor.execute("SET lock_timeout = 100")
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE" if IS_SQLITE else "BEGIN")
            if not IS_SQLITE:
                cursor.execute(
                    "LOCK articles_article, articles_tag, articles_author, "
                    "articles_photo, articles_conflict, django_session "
                    "IN EXCLUSIVE MODE"
                )
            yield
            cursor.execute("ROLLBACK")
    finally:
        other.close()
        connection.close()


@contextmanager
def full():
    """Leave SQLite no page to grow by."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    try:
        yield
    finally:
        connection.close()


@contextmanager
def damaged():
    """Read a copy of SQLite's file of which all pages but the first are noise."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    name = Path(connection.settings_dict["NAME"])
    copy = name.with_name("damaged.sqlite3")
    shutil.copy(name, copy)
    with copy.open("r+b") as file:
        file.seek(4096)
        file.write(b"\x99" * (copy.stat().st_size - 4096))
    with elsewhere(NAME=str(copy)):
        yield
    for path in name.parent.glob("damaged.sqlite3*"):
        path.unlink()


@contextmanager
def gone():
    """Look for the database where none answers."""
    where = {"NAME": "/nowhere/newsroom.sqlite3"}
    if not IS_SQLITE:
        where = {"HOST": "127.0.0.1", "PORT": "1"}
    with elsewhere(**where):
        yield


@contextmanager
def stopped():
    """Stop PostgreSQL behind an open connection, as when the system updates it."""
    with warnings.catch_warnings(action="ignore"), ExitStack() as running:
        told = conninfo_to_dict(running.enter_context(fresh_server()))
        where = {"HOST": told["host"], "NAME": told["dbname"], "USER": told["user"]}
        with elsewhere(PORT="", **where):
            connection.ensure_connection()
            running.close()
            yield


@contextmanager
def elsewhere(**where):
    known = {name: connection.settings_dict[name] for name in where}
    connection.close()
    connection.settings_dict.update(where)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(known)


def break_off():
    """Leave the database in the middle of what is being done.

    The server ends the connection, as it does when it stops; or the disk can only be
    read from now on.
    """
    with connection.cursor() as cursor:
        if IS_SQLITE:
            cursor.execute("PRAGMA query_only = 1")
            return
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 60000)", [pid])
    other.close()


# What can be made for real: a server's pages and disk are its own.
STOPPED = pytest.param(stopped, marks=pytest.mark.slow)
UNREADABLE = [damaged, gone] if IS_SQLITE else [gone]
UNWRITABLE = [busy, gone, *([full, damaged] if IS_SQLITE else [STOPPED])]
