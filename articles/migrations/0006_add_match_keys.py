"""Give each reading what it is found by: without, it would be imported once more.

The keys are made as on the day of this migration, whatever the house does since.
"""

import json
import re
import unicodedata
from hashlib import blake2b
from heapq import nsmallest
from html import unescape
from itertools import accumulate, islice
from zlib import crc32

import django.db.models.deletion
from django.db import migrations, models

WORD = re.compile(r"\w+")
OPENINGS, SHORTEST_OPENING = 2, 8
TURNS, TURN = 5, 8
MOST_READ = 100_000
BASE, PRIME = 0x9E3779B1, 2**61 - 1
QUOTES = str.maketrans(dict.fromkeys("‘’‚‛", "'") | dict.fromkeys("“”„‟«»", '"'))
ACCENTS = re.compile("[\u0300-\u036f\u0640\u064b-\u065f\u0670\u200c\u200d]")
LETTERS = str.maketrans("يىكهة", "ییکہہ")


def find_by_keys(apps, schema_editor):
    SourceStory = apps.get_model("articles", "SourceStory")
    MatchKey = apps.get_model("articles", "MatchKey")
    rows = SourceStory.objects.values_list("pk", "file__name", "position", "story")
    for pk, name, position, story in rows.iterator():
        keys = keys_of(name, position, json.loads(story))
        MatchKey.objects.bulk_create(MatchKey(key=key, source_id=pk) for key in keys)


def keys_of(name, position, story):
    """Return the keys of a place, of a headline, and of some paragraphs and turns."""
    paragraphs = [fold_letters(text) for text in paragraphs_of(story)]
    # Without a headline it is the body that speaks.
    opening = fold_letters(story["headline"]) or "\n".join(paragraphs)[:200]
    long = (text for text in paragraphs if text.count(" ") >= SHORTEST_OPENING)
    turns = turns_of(WORD.findall("\n".join(paragraphs)))
    return {
        key_of("place", f"{position} {name}"),
        key_of("headline", " ".join(WORD.findall(opening))),
        *(key_of("paragraph", text) for text in islice(long, OPENINGS)),
        *(key_of("turn", str(turn)) for turn in nsmallest(TURNS, turns)),
    }


def paragraphs_of(story):
    """Yield the words of each block of a stored body, a block a line, or of captions."""
    texts = [caption["text"] for caption in story["captions"]]
    if story["body"]:
        texts = map(words_of, story["body"].split("\n"))
    left = MOST_READ
    for text in texts:
        if text := text[:left]:
            yield text
            left -= len(text)


def words_of(block):
    lines = re.sub("</p></li><li><p>|</p><p>|<br>", "\n", block)
    return unescape(re.sub("<[^>]*>", "", lines))


def turns_of(words):
    """Return all runs of eight words, each as the value of a polynomial."""
    if not words:
        return set()
    numbers = [0, *(crc32(word.encode()) for word in words), 0]
    sums = list(accumulate(numbers, lambda s, n: (s * BASE + n) % PRIME, initial=1))
    power = pow(BASE, TURN, PRIME)
    pairs = zip(sums, sums[TURN:] or sums[-1:], strict=False)
    return {(end - start * power) % PRIME for start, end in pairs}


def fold_letters(text):
    """Return the text without case, accents, kinds of quotes and width of spaces."""
    text = unicodedata.normalize("NFKC", text).translate(QUOTES).casefold()
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    return ACCENTS.sub("", unicodedata.normalize("NFKD", text)).translate(LETTERS)


def key_of(kind, words):
    digest = blake2b(words.encode(), digest_size=8, person=kind.encode())
    return int.from_bytes(digest.digest(), signed=True)


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_take_readings")]

    operations = [
        migrations.CreateModel(
            name="MatchKey",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key",
                        "source_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("key", models.BigIntegerField()),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="match_keys",
                        to="articles.sourcestory",
                    ),
                ),
            ],
        ),
        migrations.RunPython(find_by_keys, migrations.RunPython.noop),
        migrations.RemoveField(model_name="sourcestory", name="match_key"),
    ]
