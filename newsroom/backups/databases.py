"""Copies of the database, taken while the newspaper goes on, and brought back."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg
from django.conf import settings
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from newsroom.backups.archive import BackupRefused

NO_NEWSPAPER = "There is no newspaper in the database: run `manage.py migrate` first."
PROGRAM_MISSING = (
    "{program} was not found: install PostgreSQL's client programs, or give the full "
    "path of pg_dump in PG_DUMP."
)
PROGRAM_OLD = (
    "{program} is from PostgreSQL {has}, and the server runs PostgreSQL {needs}: set "
    "PG_DUMP to a pg_dump that is not older than the server."
)


class Contents(NamedTuple):
    """What stands in a database, to hold a copy of it against what is restored."""

    migrations: list[str]
    rows: dict[str, int]
    # The names of all files that photos have.
    pictures: set[str]


def database_of(connection):
    kinds = {"sqlite": SQLite, "postgresql": PostgreSQL}
    return kinds[connection.vendor](connection)


class SQLite:
    """A database that is one file."""

    kind = "SQLite"

    def __init__(self, connection):
        self.path = Path(str(connection.settings_dict["NAME"]))

    def require_programs(self):
        """Nothing but SQLite itself is needed."""

    def bytes_needed(self):
        """Return the bytes that a copy takes, by itself and in an archive."""
        return 2 * sum(path.stat().st_size for path in self._files() if path.exists())

    def is_empty(self):
        if not self.path.exists():
            return True
        with _opened(self.path, "ro") as database:
            return not _tables(database)

    def copy(self, to):
        """Copy the database, and return what stands in the copy.

        It is one step, in which writers go on: a copy in many steps begins again
        whenever somebody writes, and never ends beside an import.
        """
        if not self.path.exists():
            raise BackupRefused(NO_NEWSPAPER)
        with _opened(self.path, "rw") as database, _opened(to, "rwc") as copy:
            database.backup(copy, pages=-1)
            # So that the copy is one file, without a log beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
        return self.read_copy(to)

    def read_copy(self, copy):
        """Return what stands in a copy, and refuse one that is damaged."""
        with _opened(copy, "ro") as database:
            (said,) = database.execute("PRAGMA integrity_check(1)").fetchone()
            if said != "ok":
                raise BackupRefused(f"The database is damaged: {said}")
            return _contents(database.cursor(), _tables(database))

    def restore(self, copy, rows):
        """Put a copy in the place of the empty database, if it has all its rows."""
        require_rows(self.read_copy(copy), rows)
        for path in self._files():
            path.unlink(missing_ok=True)
        shutil.move(copy, self.path)

    def _files(self):
        return [Path(f"{self.path}{ending}") for ending in ("", "-wal", "-shm")]


@contextmanager
def _opened(path, mode):
    try:
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        with closing(sqlite3.connect(uri, uri=True, timeout=20)) as database:
            yield database
    except sqlite3.Error as error:
        raise BackupRefused(f"The database cannot be copied: {error}.") from error


def _tables(database):
    named = "SELECT name FROM sqlite_master WHERE type = 'table'"
    names = (name for (name,) in database.execute(named))
    return [name for name in names if not name.startswith("sqlite_")]


class PostgreSQL:
    """A database of a server, copied and brought back by PostgreSQL's own programs."""

    kind = "PostgreSQL"
    TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"

    def __init__(self, connection):
        self.connection = connection
        self.pg_dump = settings.PG_DUMP
        self.pg_restore = str(Path(self.pg_dump).with_name("pg_restore"))

    def require_programs(self):
        """Refuse programs that are missing or older than the server."""
        with self._connected() as server:
            needs = server.info.server_version // 10_000
        for program in (self.pg_dump, self.pg_restore):
            if not shutil.which(program):
                raise BackupRefused(PROGRAM_MISSING.format(program=program))
            has = int((re.findall(r"\d+", self._run(program, "--version")) or [0])[0])
            if has < needs:
                raise BackupRefused(
                    PROGRAM_OLD.format(program=program, has=has, needs=needs)
                )

    def bytes_needed(self):
        """Return more bytes than a copy takes: it is compressed and has no indexes."""
        with self._connected() as server:
            size = "SELECT pg_database_size(current_database())"
            return server.execute(size).fetchone()[0]

    def is_empty(self):
        with self._connected() as server:
            return not server.execute(self.TABLES).fetchall()

    def copy(self, to):
        """Copy the database, and return what stands in the copy.

        What is counted and what is copied is one snapshot, while writers go on.
        """
        with self._connected() as server:
            server.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            (snapshot,) = server.execute("SELECT pg_export_snapshot()").fetchone()
            contents = self._read(server)
            options = ["--format=custom", "--no-owner", "--no-privileges"]
            options += [f"--snapshot={snapshot}", f"--file={to}"]
            self._run(self.pg_dump, *options, self._database_option(server))
        return contents

    def restore(self, copy, rows):
        """Bring a copy into the empty database, and see that it has all its rows.

        If it has not, the database is empty again.
        """
        options = ["--no-owner", "--no-privileges", "--single-transaction"]
        try:
            with self._connected() as server:
                self._run(
                    self.pg_restore, *options, self._database_option(server), copy
                )
                require_rows(self._read(server), rows)
                # A copy brings no figures by which a server plans.
                server.execute("ANALYZE " + ", ".join(f'"{table}"' for table in rows))
                server.commit()
        except BaseException:
            self._drop_tables()
            raise

    def _drop_tables(self):
        """Drop all tables, with their indexes and sequences."""
        with self._connected() as server:
            if tables := server.execute(self.TABLES).fetchall():
                names = ", ".join(f'"{name}"' for (name,) in tables)
                server.execute(f"DROP TABLE {names} CASCADE")
                server.commit()

    def _read(self, server):
        tables = [name for (name,) in server.execute(self.TABLES)]
        return _contents(server.cursor(), tables)

    @contextmanager
    def _connected(self):
        """Give a connection of its own, in a transaction that nobody else is in."""
        try:
            parameters = self.connection.get_connection_params()
            with closing(self.connection.get_new_connection(parameters)) as server:
                yield server
        except psycopg.Error as error:
            raise BackupRefused(f"The database does not answer: {error}.") from error

    def _database_option(self, server):
        """Return the option that names the database, without its password.

        It has what was set for the connection, and nothing besides: psycopg's own
        options are of a newer PostgreSQL than the programs may be.
        """
        known = conninfo_to_dict(server.info.dsn)
        given = known.keys() & self.connection.get_connection_params().keys()
        return f"--dbname={make_conninfo(**{name: known[name] for name in given})}"

    def _run(self, program, *options):
        """Run one of PostgreSQL's programs, and return what it says."""
        password = self.connection.settings_dict["PASSWORD"]
        run = subprocess.run(  # noqa: S603 (the operator named the program)
            [program, *map(str, options)],
            env=os.environ | ({"PGPASSWORD": password} if password else {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            said = run.stderr.strip().splitlines()[-1:] or [f"code {run.returncode}"]
            raise BackupRefused(f"{Path(program).name} failed: {said[0]}")
        return run.stdout


def require_rows(contents, rows):
    differ = {table for table, _ in contents.rows.items() ^ rows.items()}
    if differ:
        raise BackupRefused(
            f"What was restored is not what was copied: {sorted(differ)}."
        )


def _contents(cursor, tables):
    """Return what stands in a database that nobody changes meanwhile."""
    if "articles_photo" not in tables:
        raise BackupRefused(NO_NEWSPAPER)
    migrations = cursor.execute("SELECT app, name FROM django_migrations").fetchall()
    rows = {}
    for table in sorted(tables):
        count = f'SELECT count(*) FROM "{table}"'  # noqa: S608 (a name of our own)
        rows[table] = cursor.execute(count).fetchone()[0]
    pictures = set()
    for file, sizes in cursor.execute("SELECT file, renditions FROM articles_photo"):
        pictures |= {file, *(size["name"] for size in json.loads(sizes))}
    return Contents(sorted(map(".".join, migrations)), rows, pictures)
