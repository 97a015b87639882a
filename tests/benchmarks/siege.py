"""Besiege a server, and see what readers notice: [SECONDS] [sqlite|postgresql].

A thousand half-sent requests, 200 slow heads, 12 who guess passwords, four uploads of
60 MB and an import at once. Readers' times are held against the quiet of the same run.
"""

import os
import random
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from PIL import Image

from tests.benchmarks._besiegers import (
    UPLOADING,
    Place,
    besiegers,
    readers,
    readers_and_an_editor,
    run,
)
from tests.benchmarks._processes import manage
from tests.benchmarks.corpus import write_corpus
from tests.benchmarks.import_ import database
from tests.newcomer import HOUSE
from tests.serving import prepare, serving

# Times of the quiet.
MOST = 3.0
FIRST, MORE = 200, 3_000
SIDE = 4_470


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
        quiet = apart.submit(run, readers, place, seconds / 4).result()
        outside = apart.submit(run, besiegers, place, seconds, pictures)
        inside = apart.submit(run, readers_and_an_editor, place, seconds)
        importing = begin_import(folder / "more", environment)
        heard, answered = outside.result(), inside.result()
        importing.terminate()
        importing.wait()
    return report(name, quiet, answered, heard, look(environment))


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


def report(name, quiet, answered, heard, headlines):
    """Print what was noticed, and return how much of it must not be."""
    times = percentile(answered.seconds, 99) / percentile(quiet.seconds, 99)
    lost = set(answered.saved) - set(headlines)
    print(f"\n{name}")
    for when, seconds in (("quiet", quiet.seconds), ("siege", answered.seconds)):
        half, most = (1000 * percentile(seconds, share) for share in (50, 99))
        print(
            f"  {when}: {len(seconds):6,} pages, p50 {half:5.0f} ms, p99 {most:5.0f} ms"
        )
    print(f"  p99 {times:.1f} times the quiet's, {MOST:g} at most")
    answers = heard.answers | answered.answers
    for who, counts in sorted(answers.items()):
        said = ", ".join(f"{n:,} {answer}" for answer, n in counts.most_common())
        print(f"  {who}: {said}")
    print(f"  {len(answered.saved)} saves answered, {len(lost)} of them lost")
    print(f"  {len(headlines):,} stories at the end")
    return (times > MOST) + len(lost) + amiss(answers)


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
