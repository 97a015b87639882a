"""Insert many new rows by the fastest way that each database has."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, JSONField, Model

NEXT_ON_POSTGRESQL = """
    SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)
"""
NEXT_ON_SQLITE = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s"


def insert(
    model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows whose values stand in the order of the columns; none may be left out.

    No row may be there already, and no default of a field is filled in.
    """
    rows = list(rows)
    if not rows:
        return
    fields = [model._meta.get_field(name) for name in columns]
    values = _prepared(fields, rows)
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            copying = cursor.copy(f"COPY {table} ({names}) FROM STDIN")
            with connection.wrap_database_errors, copying as copy:
                for row in values:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608
                list(values),
            )


def _prepared(
    fields: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> Iterator[Sequence[Any]]:
    """Yield the rows as the database takes them; texts and numbers it takes as is."""
    savers = [
        (index, field.get_db_prep_save)
        for index, field in enumerate(fields)
        if isinstance(field, DateTimeField | JSONField)
    ]
    for row in rows:
        values = list(row)
        for index, save in savers:
            values[index] = save(values[index], connection)
        yield values


def next_ids(model: type[Model], count: int) -> list[int]:
    """Return ids for new rows; on SQLite nobody else may write until they are there."""
    if not count:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(NEXT_ON_POSTGRESQL, [table, count])
            return [row[0] for row in cursor.fetchall()]
        cursor.execute(NEXT_ON_SQLITE, [table])
        last = cursor.fetchone()[0]
        return list(range(last + 1, last + 1 + count))
