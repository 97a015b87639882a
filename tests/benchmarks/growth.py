"""Read the public pages of N stories, and of a tenth as many: [N] [sqlite|postgresql].

Page by page both archives are asked in turn, so that they share what else the machine
does. Told is the middle of the milliseconds that a page took in each and of how often
the one goes into the other, before the database has statistics and with them.
"""

import json
import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.import_ import database
from tests.newcomer import HOUSE

TURNS = 20


def main(arguments):
    count = int(arguments[0]) if arguments else 100_000
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before.")
    for name in arguments[1:] or ["sqlite", "postgresql"]:
        with ExitStack() as stack:
            sizes = (count // 10, count)
            archives = [stack.enter_context(archive(name, size)) for size in sizes]
            compare(name, sizes, archives)
    return 0


def compare(name, sizes, archives):
    for is_known in (False, True):
        if is_known:
            for archive in archives:
                archive.ask("ANALYZE")
        print(f"\n{name}, {'with' if is_known else 'without'} statistics")
        print(f"  {'':29} {sizes[0]:>9,} {sizes[1]:>9,}   ratio")
        for page in archives[0].pages:
            times = [[archive.read(page) for archive in archives] for _ in range(TURNS)]
            small, large = (median(column) for column in zip(*times, strict=True))
            ratio = median(turn[1] / turn[0] for turn in times)
            print(f"  {page:29} {small:6.1f} ms {large:6.1f} ms {ratio:7.2f}")


class Archive:
    """A newspaper in a process of its own, whose pages are asked for one by one."""

    def __init__(self, process):
        self.process = process
        self.pages = self.answer()

    def ask(self, what):
        print(what, file=self.process.stdin, flush=True)
        return self.answer()

    def answer(self):
        if line := self.process.stdout.readline():
            return json.loads(line)
        raise SystemExit("An archive's process has ended.")

    def read(self, page):
        """Return the milliseconds that a page took."""
        return self.ask(self.pages[page])


@contextmanager
def archive(name, size):
    with (
        TemporaryDirectory(prefix="newsroom-bench-") as folder,
        database(name, Path(folder)) as environment,
        subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks._archive", str(size)],
            cwd=HOUSE,
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        # Its input ends with this block, and so does the process.
        yield Archive(process)
