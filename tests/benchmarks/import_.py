"""Import N files, and hold it against the floor: [N] [sqlite|postgresql].

The floor of the same run is reading and hashing the bytes, and inserting the same rows
ready-made by the fastest plain means with commits: COPY on PostgreSQL, one prepared
statement on SQLite. Figures of one run are comparable with each other, and with
nothing else.
"""

import os
import time
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks._floor import insert_floor
from tests.benchmarks._processes import manage
from tests.benchmarks.corpus import write_corpus
from tests.postgres import fresh_server


def main(arguments):
    count = int(arguments[0]) if arguments else 1_000
    databases = arguments[1:] or ["sqlite", "postgresql"]
    with TemporaryDirectory(prefix="newsroom-bench-") as folder:
        pages = Path(folder) / "pages"
        write_corpus(pages, count)
        bare = read_and_hash(pages)
        load = os.getloadavg()[0]
        print(f"{count:,} files, {os.cpu_count()} cores, load {load:.1f} before.")
        print(f"Reading and hashing: {count / bare:,.0f} files/s.")
        for name in databases:
            with database(name, Path(folder)) as environment:
                compare(name, pages, count, bare, environment)
    return 0


def compare(name, pages, count, bare, environment):
    manage("migrate", "-v0", **environment)
    first = manage("import_articles", pages, **environment)
    again = manage("import_articles", pages, **environment)
    idle = manage("import_articles", "--help", **environment).seconds
    rows, floors = insert_floor(environment["DATABASE_URL"])
    stories = 2 * count
    seconds = first.seconds - idle
    print(f"\n{name}")
    print(f"  {first.output.splitlines()[1]}")
    print(
        f"  first:  {count / seconds:7,.0f} files/s {stories / seconds:7,.0f} stories/s"
        f" {first.megabytes:5,.0f} MB"
    )
    for writers, floor in floors.items():
        print(
            f"  floor:  {stories / floor:22,.0f} stories/s, {rows:,} rows, "
            f"{writers} writing: the import has {floor / seconds:.2f} of it"
        )
    rate = count / (again.seconds - idle)
    print(
        f"  again:  {rate:7,.0f} files/s {again.megabytes:28,.0f} MB: "
        f"{rate * bare / count:.2f} of reading and hashing"
    )


def read_and_hash(pages):
    """Return the seconds that reading and hashing takes, the files being in memory."""
    for _ in range(2):
        began = time.perf_counter()
        for path in pages.rglob("*.txt"):
            sha256(path.read_bytes()).hexdigest()
        seconds = time.perf_counter() - began
    return seconds


@contextmanager
def database(name, folder):
    if name == "postgresql":
        with fresh_server() as url:
            yield {"DATABASE_URL": url, "DATA_DIR": str(folder / "data")}
    else:
        path = folder / "newsroom.sqlite3"
        yield {"DATABASE_URL": f"sqlite:///{path}", "DATA_DIR": str(folder / "data")}
