"""Which commit last changed what a page was made of."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection
from django.db.transaction import atomic

from articles.models import Edition

NEWEST = ""
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
    return set(
        Edition.objects.filter(number__gt=number)
        .exclude(key=NEWEST)
        .values_list("key", flat=True)
    )


def newest_number() -> int:
    """Return the number of the newest edition, 0 before the first."""
    row = Edition.objects.filter(key=NEWEST).first()
    return row.number if row else 0


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
