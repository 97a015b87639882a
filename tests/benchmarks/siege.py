"""Besiege a server, and see what readers notice: [SECONDS] [sqlite|postgresql].

First come a thousand half-sent requests alone, then 12 who guess passwords, and then
all at once: both of them, 200 slow heads, four uploads of 60 MB and an import. Readers'
times are held against the quiet of the same run.
"""

import os
import random
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from PIL import Image

from tests.benchmarks._besiegers import (
    UPLOADING,
    Heard,
    Place,
    besiegers,
    guessers,
    holders,
    nobody,
    readers,
    readers_and_an_editor,
    run,
)
from tests.benchmarks._processes import family, manage, threads
from tests.benchmarks.corpus import write_corpus
from tests.benchmarks.import_ import database
from tests.newcomer import HOUSE
from tests.serving import prepare, serving

# Of a process of the server.
MOST_THREADS = 16
FIRST, MORE = 200, 3_000
SIDE = 4_470
WARMING = 5


@dataclass(frozen=True)
class Phase:
    """What readers heard for a time, and those around them.

    Readers may wait so many times as long as in the quiet.
    """

    name: str
    most: float
    inside: Heard
    outside: Heard
    threads: int = 0


def main(arguments):
    seconds = float(arguments[0]) if arguments else 120
    databases = arguments[1:] or ["sqlite", "postgresql"]
    bad = 0
    with TemporaryDirectory(prefix="newsroom-siege-") as made:
        folder = Path(made)
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before.")
        write_corpus(folder / "first", FIRST)
        write_corpus(folder / "more", MORE)
        pictures = [draw(folder, number) for number in range(UPLOADING)]
        for name in databases:
            place = folder / name
            place.mkdir()
            with database(name, place) as environment:
                bad += besiege(name, folder, pictures, seconds, environment)
    return bad > 0


def draw(folder, number):
    """Return a picture of 60 MB, which noise is as PNG."""
    path = folder / f"{number}.png"
    noise = random.Random(number).randbytes(3 * SIDE * SIDE)
    Image.frombytes("RGB", (SIDE, SIDE), noise).save(path, compress_level=0)
    return path


def besiege(name, folder, pictures, seconds, environment):
    prepared = prepare(folder / name, **environment)
    manage("import_articles", folder / "first", **environment)
    with (
        serving(prepared) as served,
        ProcessPoolExecutor(2, get_context("spawn")) as apart,
    ):
        place = Place(served.address, served.path, served.cookie)

        def let(name, most, inside, outside, seconds, pictures=()):
            crowds = [
                apart.submit(run, inside, place, seconds),
                apart.submit(run, outside, place, seconds, pictures),
            ]
            busiest = 0
            while wait(crowds, timeout=1).not_done:
                busiest = max(busiest, *map(threads, family(served.site.process.pid)))
            return Phase(name, most, *(crowd.result() for crowd in crowds), busiest)

        # What a worker does once, as reading its templates, is nobody's siege.
        let("warming", 1, readers, nobody, WARMING)
        phases = [
            let("quiet", 1, readers, nobody, seconds / 2),
            let("half-sent", 2, readers, holders, seconds / 2),
            let("guessing", 3, readers, guessers, seconds / 4),
        ]
        importing = begin_import(folder / "more", environment)
        everybody = readers_and_an_editor, besiegers
        phases.append(let("siege", 3, *everybody, seconds, pictures))
        importing.terminate()
        importing.wait()
    return report(name, phases, look(environment))


def begin_import(pages, environment):
    command = [sys.executable, str(HOUSE / "manage.py"), "import_articles", str(pages)]
    return subprocess.Popen(
        command,
        cwd=HOUSE,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


ASKING = """
from articles.models import Article
for name in Article.objects.values_list("headline", flat=True):
    print(name)
print(Article.objects.count())
"""


def look(environment):
    """Return the headlines there are, which are as many as the last line says."""
    *headlines, count = manage(
        "shell", "-v0", "-c", ASKING, **environment
    ).output.splitlines()
    assert len(headlines) == int(count)
    return headlines


def report(name, phases, headlines):
    """Print what was noticed, and return how much of it must not be."""
    print(f"\n{name}")
    bad, usual = 0, percentile(phases[0].inside.seconds, 99)
    for phase in phases:
        seconds = phase.inside.seconds
        half, longest = percentile(seconds, 50), percentile(seconds, 99)
        print(
            f"  {phase.name:9} {len(seconds):6,} pages, p50 {1000 * half:4.0f} ms, "
            f"p99 {1000 * longest:4.0f} ms ({longest / usual:.1f} times the quiet's, "
            f"{phase.most:g} at most), {phase.threads} threads"
        )
        answers = phase.outside.answers | phase.inside.answers
        for who, counts in sorted(answers.items()):
            said = ", ".join(f"{n:,} {answer}" for answer, n in counts.most_common())
            print(f"    {who}: {said}")
        bad += (longest > phase.most * usual) + amiss(answers)
        bad += phase.threads > MOST_THREADS
    saved = {headline for phase in phases for headline in phase.inside.saved}
    lost = saved - set(headlines)
    print(f"  {len(saved)} saves answered, {len(lost)} of them lost")
    print(f"  {len(headlines):,} stories at the end")
    return bad + len(lost)


def amiss(answers):
    """Return how many answers of 5xx were not the door's, or were a reader's."""
    return sum(
        number
        for who, counts in answers.items()
        for answer, number in counts.items()
        if answer.startswith("5") and (who == "readers" or "door" not in answer)
    )


def percentile(values, share):
    return quantiles(values, n=100, method="inclusive")[share - 1]
