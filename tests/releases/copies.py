"""The database of a release as a file, saved once and loaded for every test."""

import gzip
import json
import os
import re
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection

# What psql alone understands, and what servers before PostgreSQL 17 do not know.
NOT_FOR_ALL = re.compile(r"^(?:\\.*|SET transaction_timeout.*)\n", re.MULTILINE)


def database_file(release):
    ending = "sqlite3" if connection.vendor == "sqlite" else "sql"
    return release / f"newsroom.{ending}.gz"


def state_file(release):
    """Return the path of what stood in the database: its codes come by chance."""
    return release / f"{connection.vendor}.json.gz"


def read_file(path):
    return gzip.decompress(path.read_bytes())


def save(release, state):
    """Keep the database of this process, and what stands in it."""
    release.mkdir(exist_ok=True)
    kept = json.dumps(state, ensure_ascii=False, indent=1).encode()
    for path, data in ((state_file(release), kept), (database_file(release), _dump())):
        path.write_bytes(gzip.compress(data, mtime=0))
        path.chmod(0o644)


def _dump():
    if connection.vendor == "sqlite":
        return _sqlite_file()
    options = "--no-owner --no-privileges --inserts --rows-per-insert=100".split()
    command = [settings.PG_DUMP, *options, f"--dbname={os.environ['DATABASE_URL']}"]
    dump = subprocess.run(command, capture_output=True, text=True, check=True)
    return NOT_FOR_ALL.sub("", dump.stdout).encode()


def _sqlite_file():
    """Return a copy of the file, whose log lies beside it."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "copy")
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as database:
            database.execute("VACUUM INTO ?", [str(path)])
        return path.read_bytes()


@contextmanager
def loaded(release, folder):
    """Let all that is asked of the database be asked of a release's.

    It is a file in the folder, or a database beside that of the other tests.
    """
    data = read_file(database_file(release))
    if connection.vendor == "sqlite":
        name = str(folder / "newsroom.sqlite3")
        Path(name).write_bytes(data)
        with _connected_to(name):
            yield
        return
    name = f"{connection.settings_dict['NAME']}_release"
    _execute(f'DROP DATABASE IF EXISTS "{name}"')
    _execute(f'CREATE DATABASE "{name}"')
    with _connected_to(name):
        _execute(data.decode())
        # A dump leaves its own settings behind.
        connection.close()
        yield
    _execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def _connected_to(name):
    usual = connection.settings_dict
    connection.close()
    connection.settings_dict = usual | {"NAME": name}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = usual


def _execute(statements):
    with connection.cursor() as cursor:
        cursor.execute(statements)
