"""Make an archive of so many stories with words, and search it."""

import sys
import time
from random import Random
from statistics import median
from unittest.mock import patch

import django
from django.core.management import call_command
from django.db import connection
from django.test import Client

TURNS = 15
AT_ONCE = 500
# So many words there are, and so many in a story.
WORDS, LENGTH = 60_000, 300
SYLLABLES = [first + second for first in "bdfghklmnprstvz" for second in "aeiou"]
SIZES = {
    "sqlite": (
        "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'articles_searchtext%'",
        "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'articles_searchindex%'",
    ),
    "postgresql": (
        "SELECT pg_table_size('articles_searchtext')",
        "SELECT pg_indexes_size('articles_searchtext')",
    ),
}


def main(count):
    call_command("migrate", verbosity=0)
    words = Words()
    write_some(words)
    fill(count, words)
    tell_sizes()
    for is_known in (False, True):
        if is_known:
            ask("ANALYZE")
        print(f"  {'with' if is_known else 'without'} statistics")
        for label, text in words.questions():
            print(f"    {label:34} {time_search(text)}", flush=True)


class Words:
    """Words of which the second is in half as many places as the first, and so on."""

    def __init__(self):
        self.random = Random(7)
        self.known = [self.make(number) for number in range(WORDS)]
        self.weights = [1 / (number + 3) for number in range(WORDS)]
        self.sums = []
        total = 0
        for weight in self.weights:
            total += weight
            self.sums.append(total)

    def make(self, number):
        text = SYLLABLES[number % 75] + SYLLABLES[number // 75 % 75]
        return text + "x" + SYLLABLES[number // 5625 % 75]

    def some(self, number):
        return self.random.choices(self.known, cum_weights=self.sums, k=number)

    def questions(self):
        yield "a rare word", self.known[30_000]
        yield "a word in one story of 100", self.known[2_300]
        yield "in one of 20", self.known[430]
        yield "in one of 4", self.known[75]
        yield "in nearly all", self.known[0]
        yield "two frequent words", f"{self.known[5]} {self.known[40]}"
        yield (
            "two words and a section",
            f"{self.known[75]} {self.known[9]} section:world",
        )
        yield "two words and a year", f"{self.known[75]} {self.known[9]} before:2020"
        yield "a phrase of two frequent words", f'"{self.known[3]} {self.known[4]}"'
        yield "a frequent word without another", f"{self.known[75]} -{self.known[9]}"
        yield "the beginning of words", f"{self.known[75][:4]}*"
        yield "a misspelt word", f"{self.known[75]}qx"


def write_some(words):
    """Write stories with their words for search and without, and tell how fast."""
    from articles.store import Change, write  # noqa: PLC0415 (needs models)
    from tests.builders import make_story  # noqa: PLC0415

    def bodies():
        text = " ".join(words.some(LENGTH))
        return "".join(
            f"<p>{text[at : at + 400]}</p>" for at in range(0, len(text), 400)
        )

    def seconds(number):
        changes = [Change(make_story(body=bodies())) for _ in range(number)]
        began = time.process_time()
        write(changes, by=None, why="bench")
        return (time.process_time() - began) / number

    pairs = []
    for _ in range(8):
        usual = seconds(AT_ONCE)
        with patch.object(sys.modules["articles.store.write"], "_write_search"):
            pairs.append((usual, seconds(AT_ONCE)))
    usual, bare = (median(column) for column in zip(*pairs, strict=True))
    print(f"  written: {1000 * usual:.2f} ms a story, {1000 * bare:.2f} without words")


def fill(count, words):
    """Make so many stories by copies, and give each words of its own."""
    from articles.models import Article  # noqa: PLC0415
    from articles.store.search import rows  # noqa: PLC0415
    from tests.archive import make_archive  # noqa: PLC0415

    Article.objects.all().delete()
    make_archive(count)
    listed = Article.objects.order_by("pk").values_list("pk", "published_at", "status")
    batch = []
    for pk, at, status in listed.iterator():
        key = rows.key_of(at, pk)
        fields = f"x= x={status} {' '.join(rows._blocks_of(key))}"
        fields += " . s=world" if pk % 2 else ""
        heading, *body = " ".join(words.some(8)), " ".join(words.some(LENGTH))
        batch.append((key, pk, "en", heading, "", "", *body, fields))
        if len(batch) == AT_ONCE:
            rows._replace(batch, [row[1] for row in batch])
            batch = []
    if batch:
        rows._replace(batch, [row[1] for row in batch])


def tell_sizes():
    sizes = []
    for sql in SIZES[connection.vendor]:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            sizes.append(int(cursor.fetchone()[0] or 0) / 1e6)
    print(f"  words: {sizes[0]:,.0f} MB, their index {sizes[1]:,.0f} MB")


def time_search(text):
    client = Client(SERVER_NAME="127.0.0.1")
    times = []
    for _ in range(TURNS):
        began = time.perf_counter()
        answer = client.get("/search/", {"q": text})
        times.append(1000 * (time.perf_counter() - began))
        assert answer.status_code == 200
        if times[0] > 2_000:
            break
    return f"{min(times):8.1f} ms"


def ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
