"""How long to wait for the database: briefly in a request, long in a command."""

from contextlib import contextmanager

from django.db import connections

# A day, and statements without a limit: commands take turns, as imports do, and no
# reader waits for one.
DAY, NO_LIMIT = 86_400, 0


def with_timeouts(database, seconds, limit):
    """Return the options of connections that wait so long for what others hold.

    On PostgreSQL a statement that takes longer than the limit is broken off.
    """
    options = database.get("OPTIONS", {})
    if database["ENGINE"] == "django.db.backends.sqlite3":
        return options | {"timeout": seconds}
    settings = (
        f"{options.get('options', '')} -c lock_timeout={seconds * 1000:.0f} "
        f"-c statement_timeout={limit * 1000:.0f}"
    )
    # A host that is not there answers nothing at all; less than two is taken for two.
    return {"connect_timeout": 2} | options | {"options": settings.strip()}


@contextmanager
def command_timeouts():
    """Wait as a command does, then connect anew with the usual timeouts."""
    database = connections.settings["default"]
    usual = database["OPTIONS"]
    database["OPTIONS"] = with_timeouts(database, DAY, NO_LIMIT)
    try:
        yield
    finally:
        connections.close_all()
        database["OPTIONS"] = usual
