"""Save at the desk while N files are imported: [N] [SAVES] [sqlite|postgresql].

An editor, who is a process of their own, saves stories through the desk's form, first
on the idle machine and then for as long as the import runs. Only the request that saves
is measured. Figures of one run are comparable with each other, and with nothing else.
"""

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count, cycle
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article
from tests.benchmarks._processes import manage
from tests.benchmarks.corpus import write_corpus
from tests.benchmarks.import_ import database
from tests.desk.forms import form_values
from tests.newcomer import HOUSE

FORM = "/admin/articles/article/{}/change/"
# Files that are there before, and of which stories are saved.
BEFORE = 100
# Seconds between two saves, so that they come at any moment of a batch.
LEAST, MOST = 0.05, 0.25


def main(arguments):
    if arguments[:1] == ["edit"]:
        return edit()
    numbers = [int(word) for word in arguments if word.isdecimal()]
    files, saves = [*numbers, *(2_000, 100)[len(numbers) :]]
    names = [word for word in arguments if not word.isdecimal()]
    with TemporaryDirectory(prefix="newsroom-bench-") as folder:
        write_corpus(Path(folder) / "before", BEFORE)
        write_corpus(Path(folder) / "pages", BEFORE + files)
        print(
            f"{files:,} files, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}."
        )
        for name in names or ["sqlite", "postgresql"]:
            with database(name, Path(folder)) as environment:
                compare(name, Path(folder), saves, environment)
    return 0


def compare(name, folder, saves, environment):
    manage("migrate", "-v0", **environment)
    manage("import_articles", folder / "before", **environment)
    with editor(environment) as save:
        idle = [save() for _ in range(saves)]
        began, during = time.perf_counter(), []
        with ThreadPoolExecutor(1) as pool:
            pages = folder / "pages"
            importing = pool.submit(manage, "import_articles", pages, **environment)
            while not importing.done():
                during.append(save())
        seconds = time.perf_counter() - began
    print(f"\n{name}: {importing.result().output.splitlines()[1]}")
    print(f"  imported in {seconds:.1f} s")
    for when, times in (("idle", idle), ("during the import", during)):
        print(
            f"  {when:18} {len(times):5} saves, ms: median {median(times):5.0f}, "
            f"p95 {p95(times):5.0f}, longest {max(times):5.0f}"
        )
    print(f"  p95 is longer by   {p95(during) - p95(idle):5.0f} ms")


def p95(times):
    return sorted(times)[len(times) * 95 // 100]


@contextmanager
def editor(environment):
    """Give a function that lets the editor save once and returns the milliseconds."""
    random = Random(1)

    def save():
        time.sleep(random.uniform(LEAST, MOST))
        process.stdin.write("save\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.benchmarks", "saves", "edit"],
        cwd=HOUSE,
        env=os.environ | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        save()
        yield save
        process.stdin.close()


def edit():
    """Save a story for each line of stdin, and print how many milliseconds it took."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.create_superuser("editor"))
    forms = cycle(
        [FORM.format(pk) for pk in Article.objects.values_list("pk", flat=True)]
    )
    for number, form, _ in zip(count(1), forms, sys.stdin):
        values = form_values(client.get(form).text)
        values |= {"kicker": f"Save {number}", "change": "update"}
        began = time.perf_counter()
        answer = client.post(form, values)
        seconds = time.perf_counter() - began
        if answer.status_code != 302:
            raise SystemExit(f"The story was not saved: {answer.text}")
        print(json.dumps(seconds * 1000), flush=True)
    return 0
