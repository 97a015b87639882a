"""Write a corpus of source files to look at: N FOLDER."""

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

IN_A_FOLDER = 1_000
# So many files hang one next story at their foot.
SHARING = 300
CONSONANTS, VOWELS = "b d f g h k l m n p r s t v z sh th br st kr".split(), "aeiou"
FRAMES = [
    "The {a} {n} {v} the {n} of {P} on {D}, the {n} said",
    "{N} {M} told a {n} in {P} that the {n} would {w} before the {n}",
    "More than {k} {n}s were {v} near the {a} {n}, according to the {n}",
    "A {n} of the {P} {n} {v} it as “the {a} {n} of the {n}”",
    "{N} {v} the {a} {n} while the {n} {v} another {n} to {P}",
    "Nobody {v} the {n} until {D}, when {k} {n}s {v} the {a} {n}",
    "In {P}, where the {n} {v} last {n}, {N} asked for a {a} {n}",
    "“We {v} every {n},” {M} said, “and the {n} was {a} by {D}”",
    "The price of the {n} rose by {k} {n}s after the {a} {n} {v}",
    "It was the {k}th {n} in {P} that a {a} {n} {v} without a {n}",
]
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
ARABIC = ["كابل", "الميناء", "الصيد", "السوق", "البحر", "المدينة"]


def make_words(random, count, ending):
    words = set()
    while len(words) < count:
        syllables = random.randint(1, 3)
        stem = "".join(
            random.choice(CONSONANTS) + random.choice(VOWELS) for _ in range(syllables)
        )
        words.add(stem + random.choice(ending))
    return sorted(words)


class Writer:
    """Writes stories; one seed gives one text, on every machine."""

    def __init__(self):
        random = Random("words")
        self.words = {
            "n": make_words(random, 1500, ["n", "rt", "le", "ck", "m", "st"]),
            "a": make_words(random, 500, ["ed", "ish", "ous", "y"]),
            "v": make_words(random, 500, ["ed", "owed", "ied"]),
            "w": make_words(random, 300, ["e", "en"]),
            "P": [w.title() for w in make_words(random, 300, ["port", "ham", "abad"])],
            "M": [w.title() for w in make_words(random, 800, ["i", "an", "er"])],
            "N": [w.title() for w in make_words(random, 400, ["a", "o", "im"])],
            "D": DAYS,
        }

    def sentence(self, random):
        return self._said(random.choice(FRAMES), random)

    def _said(self, frame, random):
        return " ".join(self._filled(part, random) for part in frame.split(" "))

    def _filled(self, part, random):
        before, brace, rest = part.partition("{")
        if not brace:
            return part
        kind, _, after = rest.partition("}")
        if kind == "k":
            return f"{before}{random.randint(2, 9_000):,}{after}"
        return before + random.choice(self.words[kind]) + after

    def story(self, seed):
        random = Random(seed)
        headline = self._said("{N} {v} {a} {n} as {P} {n} {v}", random)
        town = random.choice(self.words["P"])
        day = f"{random.randint(1, 28):02} March {random.randint(2015, 2025)}"
        bullets = [f"  • {self.sentence(random)}" for _ in range(random.randint(2, 4))]
        paragraphs = [
            " ".join(f"{self.sentence(random)}." for _ in range(random.randint(1, 3)))
            for _ in range(random.randint(6, 14))
        ]
        if random.random() < 0.05:
            paragraphs.append(" ".join(random.choices(ARABIC, k=12)) + ".")
        caption = f"{self.sentence(random)} in {town} on March 2, 2025. (AFP)"
        head = f"{headline}\u00a0\n\n{caption}\nShort Url\nUpdated {day}\nFollow\n\n"
        body = "\n\n".join(paragraphs)
        listed = "\n".join(bullets)
        return f"{head}{headline}\u00a0\n\n{listed}\n\n{town.upper()}: {body}\n"


def write_folder(folder, total, number):
    """Write one folder of the corpus: its files from the number on."""
    writer = Writer()
    place = Path(folder) / f"{number // IN_A_FOLDER:05}"
    place.mkdir(parents=True, exist_ok=True)
    for n in range(number, min(number + IN_A_FOLDER, total)):
        foot = writer.story(f"next {Random(n).randrange(max(1, total // SHARING))}")
        text = f"{writer.story(f'story {n}')}\n\n\n{foot}"
        (place / f"{n:08}.txt").write_text(text, encoding="utf-8")


def write_corpus(folder, total):
    """Write so many files with two stories each, in folders of a thousand."""
    with ProcessPoolExecutor() as pool:
        list(
            pool.map(partial(write_folder, folder, total), range(0, total, IN_A_FOLDER))
        )


def main(arguments):
    if len(arguments) != 2:
        print(__doc__)
        return 2
    write_corpus(arguments[1], int(arguments[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
