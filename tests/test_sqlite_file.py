"""A server whose database is removed or replaced says so and writes no more."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.db import connection

from newsroom.sqlite_file import Connection
from tests.newcomer import HOUSE, environment

pytestmark = [pytest.mark.once, pytest.mark.django_db]

# The newspaper as a server loads it: each line is a path, and the status its answer.
SERVER = """
import sys
from wsgiref.util import setup_testing_defaults
from newsroom.wsgi import application

for line in sys.stdin:
    environ = {"PATH_INFO": line.strip()}
    setup_testing_defaults(environ)
    answer = application(environ, lambda status, headers: print(status[:3], flush=True))
    list(answer)
    getattr(answer, "close", list)()
"""


@pytest.fixture(scope="module")
def database(django_db_setup, tmp_path_factory):
    """A copy of the tests' database, where a server of its own finds it."""
    path = tmp_path_factory.mktemp("site") / "newsroom.sqlite3"
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as tests,
        closing(sqlite3.connect(path)) as copy,
    ):
        tests.backup(copy)
    return path


@pytest.fixture
def ask(database):
    """Ask a running server for a page, and return the status of its answer."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVER],
        cwd=HOUSE,
        # Without the collected static files its pages are shown in DEBUG only.
        env=environment(
            DATA_DIR=str(database.parent), PYTHONPATH=str(HOUSE), DEBUG="true"
        ),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:

        def ask(path):
            server.stdin.write(f"{path}\n")
            server.stdin.flush()
            return int(server.stdout.readline())

        yield ask


def is_refused(ask):
    return {ask("/healthz"), ask("/"), ask("/articles/")} == {503}


def test_a_file_that_was_deleted_or_swapped_is_noticed_until_it_is_back(
    database, ask, tmp_path
):
    kept = tmp_path / "kept.sqlite3"
    other = shutil.copy(database, tmp_path / "other.sqlite3")
    assert ask("/healthz") == ask("/") == 200
    database.rename(kept)
    assert is_refused(ask)
    assert not database.exists()
    other.rename(database)
    assert is_refused(ask)
    database.write_bytes(b"")
    assert is_refused(ask)
    assert database.read_bytes() == b""
    database.unlink()
    kept.rename(database)
    assert ask("/healthz") == ask("/") == 200


def test_a_command_writes_nothing_into_a_file_that_is_gone(database, tmp_path):
    """An import that was running goes on nowhere."""
    path = shutil.copy(database, tmp_path / "newsroom.sqlite3")
    with closing(sqlite3.connect(database=str(path), factory=Connection)) as opened:
        opened.cursor().execute("CREATE TABLE one (id)")
        path.unlink()
        with pytest.raises(sqlite3.OperationalError, match="removed or replaced"):
            opened.cursor()
