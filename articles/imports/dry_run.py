"""Run an import or undo without keeping anything that it writes."""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import mkstemp
from urllib.parse import quote

from django.db import connection, transaction

from articles.store import edition

# Bytes that stay free beside the copy, for the newspaper goes on writing there.
SPARE_BYTES = 100_000_000
# A copy that a killed dry run left while it was made; the next one clears it away.
COPY_PREFIX, STALE_AFTER = ".dry-run-", 3600
# What is lost with the power may be lost, and no file of the copy's stands beside it.
UNSAFE_PRAGMAS = (
    "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; "
    "PRAGMA cache_size = -32768; PRAGMA max_page_count = {pages}"
)

POSTGRESQL_NOTICE = (
    "On PostgreSQL this dry run is one transaction from start to finish. Until it "
    "ends other imports wait, and so does anybody who saves a story it would change; "
    "readers do not wait, and Ctrl-C lets everybody carry on.\n"
)


class NoRoom(Exception):
    """No copy can be made of the database; the message says why, as a sentence."""


@contextmanager
def dry_running(say: Callable[[str], object]) -> Iterator[None]:
    """Do all that is written within to a copy of the database, or take it back.

    SQLite lets one write at a time, so a dry run has a copy, and nobody waits for it.
    PostgreSQL rolls it back, and `say` gets a sentence on what is locked till then.
    """
    path = Path(str(connection.settings_dict["NAME"]))
    is_file = connection.vendor == "sqlite" and path.is_file()
    if is_file and not connection.in_atomic_block:
        with _on_a_copy(path):
            yield
        return
    if connection.vendor == "postgresql":
        say(POSTGRESQL_NOTICE)
    with edition.transaction():
        yield
        transaction.set_rollback(True)


@contextmanager
def _on_a_copy(path: Path) -> Iterator[None]:
    usual = connection.settings_dict
    with connection.wrap_database_errors:
        copy, pages = _copy(path)
    connection.close()
    unsafe = {
        "init_command": UNSAFE_PRAGMAS.format(pages=pages),
        # That the file loses its name disturbs nobody here.
        "factory": sqlite3.Connection,
    }
    connection.settings_dict = usual | {
        "NAME": str(copy),
        "OPTIONS": usual["OPTIONS"] | unsafe,
    }
    try:
        connection.connect()
        # Who has it open needs no name, and whatever ends this process frees the room.
        copy.unlink()
        yield
    finally:
        connection.close()
        connection.settings_dict = usual
        copy.unlink(missing_ok=True)


def _copy(path: Path) -> tuple[Path, int]:
    """Copy the database in one go, and return how many pages the copy may come to.

    A copy made in steps would begin again whenever somebody writes.
    """
    for left in path.parent.glob(f"{COPY_PREFIX}*"):
        if left.stat().st_mtime < time.time() - STALE_AFTER:
            left.unlink(missing_ok=True)
    address = f"file:{quote(str(path))}?mode=rw"
    with closing(sqlite3.connect(address, uri=True)) as database:
        ((size,),) = database.execute("PRAGMA page_size")
        ((count,),) = database.execute("PRAGMA page_count")
        free = shutil.disk_usage(path.parent).free
        if count * size + SPARE_BYTES > free:
            raise NoRoom(
                "A dry run works on a copy of the database beside it. That takes "
                f"{_megabytes(count * size)} and {_megabytes(SPARE_BYTES)} to spare in "
                f"{path.parent}, and only {_megabytes(free)} is free."
            )
        handle, copy = mkstemp(prefix=COPY_PREFIX, dir=path.parent)
        os.close(handle)
        try:
            with closing(sqlite3.connect(copy)) as target:
                target.execute("PRAGMA synchronous = OFF")
                database.backup(target, pages=-1)
                target.execute("PRAGMA journal_mode = DELETE")
        except BaseException:
            Path(copy).unlink()
            raise
    return Path(copy), (free - SPARE_BYTES) // size


def _megabytes(size: int) -> str:
    return f"{-(-size // 1_000_000):,} MB"
