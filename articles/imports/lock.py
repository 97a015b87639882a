"""Who is importing: one at a time where a database takes one writer only."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import TextIO

from django.db import connection
from django.utils import timezone

from articles.models import ImportRun
from articles.store import import_runs

# KiB of pages that SQLite holds while it imports: stories are found by keys without
# order, all over a file that does not fit into the two megabytes it holds otherwise.
CACHE = 32_768


class Busy(Exception):
    """An import or undo is running; the message says which, as sentences."""


@contextmanager
def import_lock() -> Iterator[None]:
    """Hold the database for an import or undo; Busy is raised if another one does.

    On PostgreSQL imports take turns batch by batch.
    """
    with _lock_file() as file:
        if file:
            _lock(file)
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA cache_size = -{CACHE}")
        yield


@contextmanager
def _lock_file() -> Iterator[TextIO | None]:
    """Open the file beside SQLite’s that an import locks.

    The system lets go of the lock of a process that was killed.
    """
    database = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or not database.is_file():
        yield None
        return
    with database.with_name(f"{database.name}-import").open("a+") as file:
        yield file


def _lock(file: TextIO) -> None:
    """Lock the file, or raise Busy with the words in it if another import has it."""
    while not _try_lock(file, fcntl.LOCK_EX):
        if not _try_lock(file, fcntl.LOCK_SH):
            file.seek(0)
            raise Busy(
                "Another import, or the undo of one, is writing to this database: "
                f"{file.read()}. Run the same command again when it has finished."
            )
        # Somebody only asks whether an import goes on, and knows in a moment.
        fcntl.flock(file, fcntl.LOCK_UN)
        sleep(0.01)
    file.truncate(0)
    file.write(f"process {os.getpid()}, since {timezone.localtime():%H:%M:%S}")
    file.flush()


def _try_lock(file: TextIO, kind: int) -> bool:
    """Take a lock, unless another process has one that excludes it."""
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_running(run: ImportRun) -> bool:
    """Tell whether a process is at this run; one that was broken off has none."""
    if run.finished_at:
        return False
    with _lock_file() as file:
        if file and not _try_lock(file, fcntl.LOCK_SH):
            # Imports exclude each other here, so the newest one is running.
            return not ImportRun.objects.filter(pk__gt=run.pk).exists()
        return import_runs.is_run_held(run)
