"""Work at the desk over N stories: [N] [SECONDS] [sqlite|postgresql].

Told are the milliseconds that the server takes for a form of each kind, for its save,
and for a beat that keeps what is typed there, on the clock and of the processor (which
a busy machine hardly changes), and the statements of each: of a beat, those besides
session, account and role. Then a reader and an editor who saves go on for a while,
first without and then beside the beats of twenty editors, one in two seconds each: what
a beat lets others wait is the difference. Of SQLite's one write lock, for which alone a
save waits, and a reader never, the wait is told by itself.
"""

import json
import os
import re
import subprocess
import sys
import time
from functools import partial
from itertools import cycle
from pathlib import Path
from random import Random
from secrets import token_urlsafe
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import NamedTuple

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from articles.models import Article, Author, Photo, Revision, Tag
from tests.archive import SET, copy, make_archive
from tests.benchmarks._archive import BODY
from tests.benchmarks.import_ import database
from tests.desk.accounts import client_of, make_account
from tests.desk.forms import form_values
from tests.newcomer import HOUSE

TURNS = 40
EDITORS, BETWEEN_BEATS = 20, 2
# Between two acts of one process, so that they come at any moment of the others'.
LEAST, MOST = 0.02, 0.1
# What an editor changes in each form. A photo's words are in its files, too, and these
# photos have none.
CHANGED = {Article: "kicker", Photo: "", Tag: "description", Author: "biography"}
OF_THE_ACCOUNT = re.compile(r'FROM "(django_session|auth_user|articles_account)"')


def main(arguments):
    if arguments[:1] == ["work"]:
        return work(*arguments[1:])
    numbers = [int(word) for word in arguments if word.isdecimal()]
    size, seconds = [*numbers, *(100_000, 20)[len(numbers) :]]
    names = [word for word in arguments if not word.isdecimal()]
    for name in names or ["sqlite", "postgresql"]:
        print(f"\n{name}, {size:,} stories, load {os.getloadavg()[0]:.1f} before")
        with (
            TemporaryDirectory(prefix="newsroom-bench-") as folder,
            database(name, Path(folder)) as environment,
        ):
            at_once(environment, f"alone {size}")
            print("  without beats")
            at_once(environment, f"read {seconds}", f"save {seconds}")
            print(f"  beside the beats of {EDITORS} editors")
            at_once(
                environment, *(f"{what} {seconds}" for what in ("read", "save", "beat"))
            )
    return 0


def at_once(environment, *parts):
    """Let each part work in a process of its own, and print what they tell."""
    command = sys.executable, "-W", "ignore", "-m", "tests.benchmarks", "desk", "work"
    crowd = [
        subprocess.Popen(
            [*command, *part.split()],
            cwd=HOUSE,
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for part in parts
    ]
    said = [process.communicate()[0] for process in crowd]
    print(*said, sep="", end="", flush=True)
    if any(process.returncode for process in crowd):
        raise SystemExit("A process has failed.")


def work(part, number):
    """Do a part of it: `number` is of stories, and of seconds for those that go on."""
    number = int(number)
    if part == "alone":
        call_command("migrate", verbosity=0)
        make_archive(number, BODY)
        of_the_set = f"WHERE t.article_id <= {SET}"
        copies = {"article_id": f"t.article_id + n * {SET}"}
        copy(Revision, number // SET - 1, of_the_set, **copies)
        measure(sign_in("administrator"))
    else:
        {"read": read, "save": save, "beat": beat}[part](number)
    return 0


def measure(client):
    for model, changed in CHANGED.items():
        for row in model.objects.order_by("-pk")[:1]:
            Form(client, row).screen()
        acts = ("screen", "beat", "save") if changed else ("screen", "beat")
        forms = [Form(client, row) for row in model.objects.order_by("-pk")[:TURNS]]
        # All screens come first, since a save makes others' forms older.
        for act in acts:
            asked = []

            def note(execute, sql, *values, asked=asked):
                asked.append(sql)
                return execute(sql, *values)

            with connection.execute_wrapper(note):
                times = [getattr(form, act)() for form in forms]
            if act == "beat":
                asked = [sql for sql in asked if not OF_THE_ACCOUNT.search(sql)]
            what = f"{model._meta.model_name} {act}"
            tell(what, times, f", {len(asked) / len(forms):.1f} statements")


def sign_in(role, name=""):
    client = client_of(make_account(role, name))
    client.defaults["SERVER_NAME"] = "127.0.0.1"
    return client


class Form:
    """A form at the desk, of which each act returns how long it took."""

    def __init__(self, client, row):
        self.client, self.row, self.number = client, row, 0
        self.kind = row._meta.model_name
        self.address = reverse(f"admin:articles_{self.kind}_change", args=[row.pk])
        self.name = token_urlsafe(16)

    def screen(self):
        took, answer = timed(lambda: self.client.get(self.address))
        self.values = form_values(answer.text, self.kind)
        return took

    def type(self):
        self.number += 1
        if field := CHANGED[type(self.row)]:
            self.values[field] = [f"Typed {self.number} {self.name[:4]}"]

    def beat(self):
        self.type()
        pairs = [[name, text] for name, texts in self.values.items() for text in texts]
        words = json.dumps(pairs)
        sent = {
            "editor": self.client.session["_auth_user_id"],
            "copy": f"{self.name}:{self.number}",
            "kind": self.kind,
            "row": self.row.pk,
            "base": self.values.get("base", [""])[0],
            "words": words,
            "length": len(words),
        }
        address = reverse("admin:articles_article_beat")
        took, answer = timed(lambda: self.client.post(address, sent))
        assert answer.status_code == 200, answer.text
        return took

    def save(self):
        self.type()
        copies = {"working_copy": [f"{self.name}:{self.number}"], "change": ["update"]}
        values = self.values | copies
        took, answer = timed(lambda: self.client.post(self.address, values))
        assert answer.status_code == 302, answer.text
        return took


class Took(NamedTuple):
    """The milliseconds of an act: on the clock, and those of the processor."""

    clock: float
    processor: float


def timed(act):
    began, used = time.perf_counter(), time.process_time()
    answer = act()
    clock, processor = time.perf_counter() - began, time.process_time() - used
    return Took(1000 * clock, 1000 * processor), answer


def read(seconds):
    client = Client(SERVER_NAME="127.0.0.1")
    stories = Article.objects.published().latest_first()[:100]
    addresses = ["/", *(story.get_absolute_url() for story in stories)]

    def get(address):
        return timed(lambda: client.get(address))[0]

    repeat("reading", seconds, (partial(get, address) for address in cycle(addresses)))


def save(seconds):
    client = sign_in("administrator", token_urlsafe(8))
    rows = Article.objects.order_by("-pk")[:100]
    forms = (Form(client, row) for row in cycle(rows))
    waits = []

    def note(execute, sql, *values):
        if sql != "BEGIN IMMEDIATE":
            return execute(sql, *values)
        took, result = timed(lambda: execute(sql, *values))
        waits.append(took)
        return result

    with connection.execute_wrapper(note):
        repeat("saving", seconds, (form.save for form in forms if form.screen()))
    if waits:
        tell("  for the lock", waits)


def beat(seconds):
    rows = Article.objects.order_by("-pk")[:EDITORS]
    forms = [Form(sign_in("editor", f"editor-{row.pk}"), row) for row in rows]
    for form in forms:
        form.screen()
    pause = BETWEEN_BEATS / EDITORS
    repeat("beats", seconds, (form.beat for form in cycle(forms)), pause, pause)


def repeat(what, seconds, acts, least=LEAST, most=MOST):
    """Do one act after another for a while, and tell how long they took."""
    random, times, end = Random(what), [], time.monotonic() + seconds
    for act in acts:
        times.append(act())
        if time.monotonic() > end:
            break
        time.sleep(random.uniform(least, most))
    tell(what, times)


def tell(what, times, more=""):
    clock, processor = zip(*times, strict=True)
    p99 = quantiles(clock, n=100, method="inclusive")[98]
    print(
        f"    {what:15} {len(times):4} times, ms: p50 {median(clock):6.1f} (processor "
        f"{median(processor):5.1f}), p99 {p99:6.1f}, longest {max(clock):6.1f}{more}"
    )
