"""Which commit last changed what a page was made of."""

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import partial
from secrets import token_hex

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.db.transaction import atomic

from articles.models import Edition

NEWEST = ""
# Empty: the time that it bears is the number of the newest edition.
ANNOUNCEMENT = settings.DATA_DIR / "edition"
NEXT_NUMBER = """
    INSERT INTO "articles_edition" ("key", "number") VALUES (%s, 1)
    ON CONFLICT ("key") DO UPDATE SET "number" = "articles_edition"."number" + 1
    RETURNING "number"
"""

_is_open = ContextVar("is_open", default=False)


class _Changed(frozenset[str]):
    """Changed keys, kept where Django keeps what waits for the commit.

    So a savepoint that is rolled back drops what was noted since.
    """

    def __call__(self) -> None:
        """Do nothing: they have been written before the commit."""


@contextmanager
def transaction() -> Iterator[None]:
    """Open a transaction that ends with the edition of all keys noted in it.

    Nothing is written behind it but the commit: it holds the row of the newest number,
    so that numbers become visible in their order and nobody waits long for it. One
    within another is a savepoint and leaves the edition to the outermost.
    """
    if _is_open.get():
        with atomic():
            yield
        return
    if _is_within_another():
        raise RuntimeError(
            "A transaction is open that does not end with the edition: "
            "open it by edition.transaction()."
        )
    with atomic():
        token = _is_open.set(True)
        try:
            yield
        finally:
            _is_open.reset(token)
        if not connection.needs_rollback:
            _write_edition(_pop_noted_keys())


def note_changed(keys: Iterable[str]) -> None:
    """Note keys of what was changed, for the edition of this transaction."""
    if not _is_open.get():
        raise RuntimeError("Changes are noted within edition.transaction() only.")
    connection.on_commit(_Changed(keys))


def changed_since(number: int) -> set[str]:
    """Return the keys that any later edition changed."""
    return news_since(number)[1]


def newest_number() -> int:
    """Return the number of the newest edition, 0 before the first."""
    return news_since(None)[0]


def news_since(number: int | None) -> tuple[int, set[str]]:
    """Return the number of the newest edition, and the keys changed since another.

    Without one to begin with, of the keys none.
    """
    wanted = Q(key=NEWEST)
    if number is not None:
        wanted |= Q(number__gt=number)
    keys = dict(Edition.objects.filter(wanted).values_list("key", "number"))
    return keys.pop(NEWEST, 0), set(keys)


def announcement() -> tuple[int, int] | None:
    """Return what is otherwise after each edition that this machine has written."""
    try:
        found = ANNOUNCEMENT.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def _announce(number: int) -> None:
    """Tell the processes of this machine that an edition was committed.

    Where that fails, the disk is full: a file that is gone tells them so, too.
    """
    new = ANNOUNCEMENT.with_name(f"{ANNOUNCEMENT.name}.{token_hex(8)}")
    try:
        new.touch()
        # Clocks of disks are too coarse to tell two commits apart.
        os.utime(new, ns=(0, number))
        new.replace(ANNOUNCEMENT)
    except OSError:
        for path in (new, ANNOUNCEMENT):
            with suppress(OSError):
                path.unlink()


def _is_within_another() -> bool:
    """Tell whether somebody else began the transaction; that of a test is none."""
    return any(not block._from_testcase for block in connection.atomic_blocks)


def _pop_noted_keys() -> set[str]:
    waiting = connection.run_on_commit
    noted = [entry for entry in waiting if isinstance(entry[1], _Changed)]
    connection.run_on_commit = [entry for entry in waiting if entry not in noted]
    return set().union(*(keys for _, keys, _ in noted))


def _write_edition(keys: Collection[str]) -> None:
    """Write the changed keys under the next edition number."""
    if not keys:
        return
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBER, [NEWEST])
        (number,) = cursor.fetchone()
    Edition.objects.bulk_create(
        [Edition(key=key, number=number) for key in sorted(keys)],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["number"],
    )
    connection.on_commit(partial(_announce, number), robust=True)
