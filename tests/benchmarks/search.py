"""Search among N stories: [N] [sqlite|postgresql].

Every story has 300 words, drawn so that a few words are in nearly all stories and most
in hardly any, as in a language. Told is the shortest time in which
`/search/` answered, before the database has statistics and with them; the size of the
index; and how fast stories are written with their words and without.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.import_ import database
from tests.newcomer import HOUSE


def main(arguments):
    count = int(arguments[0]) if arguments else 100_000
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before.")
    for name in arguments[1:] or ["sqlite", "postgresql"]:
        with (
            TemporaryDirectory(prefix="newsroom-bench-") as folder,
            database(name, Path(folder)) as environment,
        ):
            print(f"\n{name}, {count:,} stories", flush=True)
            command = [sys.executable, "-m", "tests.benchmarks._searched", str(count)]
            subprocess.run(command, cwd=HOUSE, env=os.environ | environment, check=True)
    return 0
