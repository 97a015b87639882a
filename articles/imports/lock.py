"""Who is importing: one at a time where a database takes one writer only."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.utils import timezone

from articles.models import ImportRun
from articles.store import sources

# KiB of pages that SQLite holds while it imports: stories are found by keys without
# order, all over a file that does not fit into the two megabytes it holds otherwise.
CACHE = 32_768


class Busy(Exception):
    """An import or undo is running; the message says which, as sentences."""


@contextmanager
def alone() -> Iterator[None]:
    """Hold the database for an import or undo; Busy is raised if another one does.

    On PostgreSQL imports take turns batch by batch.
    """
    with _lock() as is_file:
        if is_file:
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA cache_size = -{CACHE}")
        yield


@contextmanager
def _lock() -> Iterator[bool]:
    """Hold the lock beside SQLite’s file, and tell whether there is one.

    The system lets go of the lock of a process that was killed.
    """
    database = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or not database.is_file():
        yield False
        return
    with database.with_name(f"{database.name}-import").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise Busy(
                "Another import, or the undo of one, writes into this database: "
                f"{lock.read()}. Run the same command again when it has ended."
            ) from error
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, since {timezone.localtime():%H:%M:%S}")
        lock.flush()
        yield True


def goes_on(run: ImportRun) -> bool:
    """Tell whether a process is at this run; one that was broken off has none."""
    if run.finished_at:
        return False
    try:
        with _lock():
            return sources.is_held(run)
    except Busy:
        # Of imports that take turns by the whole, the newest is at work.
        return not ImportRun.objects.filter(pk__gt=run.pk).exists()
