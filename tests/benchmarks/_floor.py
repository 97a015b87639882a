"""The floor: the rows of an import, inserted ready-made by the fastest plain means."""

import os
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg

# What hangs on others comes behind them; rows of a level may come in any order.
LEVELS = [
    ["importrun", "tag", "author", "edition"],
    ["article", "sourcefile"],
    ["sourcestory", "highlight", "caption", "byline", "tagging", "revision"],
    ["matchkey", "doubt", "suspicion", "conflict"],
]
# As many rows as a batch of an import has.
CHUNK = 4_000


def insert_floor(url):
    """Return the number of rows, and the seconds it takes to insert them by writers."""
    floor = _PostgreSQL(url) if url.startswith("postgres") else _SQLite(url)
    tables = [[f"articles_{name}" for name in level] for level in LEVELS]
    levels = [[job for table in level for job in floor.jobs(table)] for level in tables]
    seconds = {}
    for writers in floor.writers:
        floor.empty([table for level in reversed(tables) for table in level])
        began = time.perf_counter()
        for level in levels:
            floor.write(level, writers)
        seconds[writers] = time.perf_counter() - began
    return floor.rows, seconds


class _SQLite:
    writers = (1,)

    def __init__(self, url):
        self.connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.rows = 0

    def jobs(self, table):
        # Which leaves out the columns that the database itself fills.
        columns = self.connection.execute(f"PRAGMA table_info({table})").fetchall()
        names = ", ".join(column[1] for column in columns)
        rows = self.connection.execute(f"SELECT {names} FROM {table}").fetchall()
        self.rows += len(rows)
        for at in range(0, len(rows), CHUNK):
            yield f"{table} ({names})", rows[at : at + CHUNK]

    def empty(self, tables):
        self.connection.execute("PRAGMA foreign_keys = OFF")
        for table in tables:
            self.connection.execute(f"DELETE FROM {table}")
        self.connection.commit()
        self.connection.execute("PRAGMA foreign_keys = ON")

    def write(self, jobs, writers):
        for table, rows in jobs:
            marks = ", ".join("?" * len(rows[0]))
            self.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
            self.connection.commit()


class _PostgreSQL:
    writers = (1, os.cpu_count())

    def __init__(self, url):
        self.url = url
        self.connection = psycopg.connect(url)
        self.rows = 0

    def jobs(self, table):
        lines = []
        with self.connection.cursor().copy(f"COPY {table} TO STDOUT") as copy:
            lines.extend(bytes(line) for line in copy)
        self.connection.commit()
        self.rows += len(lines)
        for at in range(0, len(lines), CHUNK):
            yield table, b"".join(lines[at : at + CHUNK])

    def empty(self, tables):
        self.connection.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        self.connection.commit()

    def write(self, jobs, writers):
        with ThreadPoolExecutor(writers) as pool:
            shares = [jobs[number::writers] for number in range(writers)]
            list(pool.map(self._write, shares))

    def _write(self, jobs):
        with psycopg.connect(self.url) as connection:
            for table, lines in jobs:
                with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(lines)
                connection.commit()
