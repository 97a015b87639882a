"""Find the proper names of a story: runs of capitals, with rules against nonsense."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set

from articles.imports.tags.lexicon import Text, key_of
from articles.imports.tags.runs import reads_in_sentences, runs
from articles.imports.tags.vocabulary import (
    COMMON,
    DAYS,
    MONTHS,
    OPENERS,
    PEOPLES,
    PRESS,
    TITLES,
)
from articles.parsing.vocabulary import AGENCIES, COUNTRIES

LONGEST = 80
NOTHING = OPENERS | DAYS | MONTHS | PEOPLES | COMMON | TITLES
PAPERS = PRESS | {key_of(agency) for agency in AGENCIES}
NEVER = PAPERS | NOTHING
PLACES = frozenset(key_of(country) for country in COUNTRIES)
JOINT = re.compile(r"-| (?:of|for|on) (?:the )?")
QUARTER = re.compile(r"[a-z]\d")
BOUND = re.compile(r" (?:of|for|on|the) \S+$")


def proper_names(texts: Iterable[Text]) -> list[str]:
    """Return the names that stand in sentences, each as often as it stands there.

    A lone capital that opens a sentence is a name only where one stands inside another.
    """
    texts = [text for text in texts if reads_in_sentences(text)]
    small = {
        folded
        for text in texts
        for folded, is_capital in zip(text.folded, text.capitals, strict=True)
        if not is_capital
    }
    found = [run for text in texts for run in runs(text, small)]
    sure = {key_of(run.text) for run in found if not run.opens or " " in run.text}
    alone = sure | PLACES
    names = [run.text for run in found if key_of(run.text) in alone]
    return [n for n in names if _is_name(n) and not _joins(n, sure, alone)]


def surnames(names: Sequence[str], places: Set[str]) -> dict[str, str]:
    """Return by last name, with and without its prefix, whom it means alone.

    Of several Khans it is the one most often named in full, then the first. A place
    is itself: “Aga Khan University Karachi” is not meant by “Karachi”.
    """
    itself = COMMON | PLACES | places
    found: dict[str, str] = {}
    for name, _ in Counter(names).most_common():
        first, _space, last = name.rpartition(" ")
        if first and not BOUND.search(name):
            words = key_of(last).split()
            for writing in {" ".join(words), *words[-1:]}:
                if writing not in itself:
                    found.setdefault(writing, name)
    return found


def _is_name(name: str) -> bool:
    key = key_of(name)
    words = [word for word in key.split() if not word.isdecimal()]
    return (
        len(key) > 1
        and len(name) <= LONGEST
        and not QUARTER.fullmatch(key)
        and key.removeprefix("the ") not in NEVER
        and not NOTHING.issuperset(words)
    )


def _joins(name: str, sure: Set[str], alone: Set[str]) -> bool:
    """Tell whether two names that also stand alone are only joined here.

    “Gaza-West Bank unity” is about two places, “Khan of Sindh” about a man and one, and
    “envoy for Kenya Amina Odhiambo” about a country and a woman.
    """
    country, _, rest = name.partition(" ")
    if key_of(country) in PLACES and " " in rest and key_of(rest) in sure:
        return True
    return any(
        key_of(name[: joint.start()]) in alone and key_of(name[joint.end() :]) in alone
        for joint in JOINT.finditer(name)
    )
