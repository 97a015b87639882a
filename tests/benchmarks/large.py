"""Read hostile pages of N megabytes, and of half as many: [N] [PAGE…].

The columns are the seconds of either, and by how much the second is slower: a growth
of 2 is linear. Each is read as an import reads it, in a process of its own; its memory
is the most that this process held.
"""

import re
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from articles.imports.files import LARGEST, FoundFile, Refused, raw_files
from articles.imports.stories import ImportOptions, Newspaper, ReadingTask, read_source
from articles.parsing import NotText
from tests.parsing.large import page, shapes

RAISED = "raised"
# What a page has above its ten megabytes.
HEAD = 1_000_000
TASK = ReadingTask(
    ImportOptions(), Newspaper(UTC, "en", {}), None, datetime(2026, 2, 2, tzinfo=UTC)
)


def read(folder, shape, size):
    """Return the seconds, the megabytes, and how many stories, or why none."""
    path = folder / "page.txt"
    path.write_bytes(page(shape, size))
    began = time.perf_counter()
    try:
        (raw,) = raw_files([FoundFile(path, path.name)], LARGEST + HEAD, _refuse)
        said = f"{len(read_source(raw, TASK).stories)} stories"
    except (NotText, Refused) as refused:
        said = re.split("[:,]", str(refused))[0]
    except Exception as error:  # noqa: BLE001
        said = f"{RAISED} {type(error).__name__}"
    seconds = time.perf_counter() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return seconds, most / 1024, said


def _refuse(path, reason):
    raise Refused(reason)


def main(arguments):
    size = int(float(arguments[0]) * 1_000_000) if arguments else 10_000_000
    chosen = arguments[1:] or shapes()
    found = {}
    with TemporaryDirectory(prefix="newsroom-bench-") as folder:
        for shape in chosen:
            work = partial(read, Path(folder), shape)
            halves, wholes = (apart(partial(work, n)) for n in (size // 2, size))
            found[shape] = (wholes[0], halves[0], *wholes[1:])
    print(f"{'page':28} {'half':>8} {'whole':>8} {'growth':>7} {'MB':>6}")
    for shape, (seconds, half, most, said) in sorted(
        found.items(), key=lambda item: -item[1][0]
    ):
        growth = seconds / half
        print(
            f"{shape:28} {half:8.2f} {seconds:8.2f} {growth:7.1f} {most:6,.0f}  {said}"
        )
    return 1 if any(said.startswith(RAISED) for *_, said in found.values()) else 0


def apart(work):
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(work).result()
