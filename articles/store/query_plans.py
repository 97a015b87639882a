"""Leave a statement one plan, whatever a database knows or believes of its rows.

SQLite has no statistics unless somebody asks for them, and PostgreSQL none of what has
only just come. SQLite enters the index that a statement is written for; PostgreSQL
must be told what not to do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection

# With so many stories written, what PostgreSQL knew of its rows says little.
MANY = 1_000


def count_rows_anew(written: int) -> None:
    """Have PostgreSQL look at its rows, if so many stories were written at once.

    It would in its own time; until then it takes a full table for an empty one, or the
    other way round, and walks whole indexes.
    """
    if connection.vendor == "postgresql" and written >= MANY:
        models = apps.get_app_config("articles").get_models()
        tables = sorted({f'"{model._meta.db_table}"' for model in models})
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(tables)}")


@contextmanager
def planned_without(*methods: str) -> Iterator[None]:
    """Have PostgreSQL plan without "sort", "hashjoin" and their kin, if it can."""
    names = [f"enable_{method}" for method in methods]
    before = "".join(f"SET {name} = off; " for name in names)
    after = "".join(f"; RESET {name}" for name in names)

    def execute_without(
        execute: Any, sql: str, params: Any, many: Any, context: Any
    ) -> Any:
        # In one message, so it costs no round trip, and an error takes it all back.
        result = execute(f"{before}{sql}{after}", params, many, context)
        for _ in names:
            context["cursor"].nextset()
        return result

    if connection.vendor == "postgresql":
        with connection.execute_wrapper(execute_without):
            yield
    else:
        yield
