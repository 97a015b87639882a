"""Find the names in a story: runs of capitals, with rules against nonsense.

A name may be followed by its acronym in brackets.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import compress
from operator import not_
from typing import NamedTuple

from articles.parsing.vocabulary import AGENCIES
from articles.story.countries import COUNTRIES
from articles.tagging.name_index import Text, Word, name_key, text_of
from articles.tagging.vocabulary import (
    BODIES,
    COMMON,
    DAYS,
    LINKS,
    MONTHS,
    NAMED_DAYS,
    OPENERS,
    PARTICLES,
    PEOPLES,
    PREFIXES,
    PRESS,
    RANKS,
    SILENT,
    TITLES,
)

LONGEST_NAME = 80
NO_NAMES = OPENERS | DAYS | MONTHS | PEOPLES | COMMON | TITLES
PAPERS = PRESS | {name_key(agency) for agency in AGENCIES}
NEVER_NAMES = PAPERS | NO_NAMES
PLACES = frozenset(name_key(country) for country in COUNTRIES)
JOINT = re.compile(r"-| (?:of|for|on) (?:the )?")
QUARTER = re.compile(r"[a-z]\d")
BOUND = re.compile(r" (?:of|for|on|the) \S+$")


def proper_names(texts: Iterable[Text]) -> list[str]:
    """Return the names that stand in sentences, each as often as it stands there.

    A lone capital that opens a sentence is a name only where one stands inside another.
    """
    texts = [text for text in texts if reads_in_sentences(text)]
    small: set[str] = set()
    for text in texts:
        small.update(compress(text.folded, map(not_, text.capitals)))
    found = [run for text in texts for run in capital_runs(text, small)]
    sure = {name_key(run.text) for run in found if not run.opens or " " in run.text}
    by_themselves = sure | PLACES
    names = [run.text for run in found if name_key(run.text) in by_themselves]
    return [n for n in names if _is_name(n) and not _is_joining(n, sure, by_themselves)]


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
            words = name_key(last).split()
            for spelling in {" ".join(words), *words[-1:]}:
                if spelling not in itself:
                    found.setdefault(spelling, name)
    return found


def _is_name(name: str) -> bool:
    key = name_key(name)
    words = [word for word in key.split() if not word.isdecimal()]
    return (
        len(key) > 1
        and len(name) <= LONGEST_NAME
        and not QUARTER.fullmatch(key)
        and key.removeprefix("the ") not in NEVER_NAMES
        and not NO_NAMES.issuperset(words)
    )


def _is_joining(name: str, sure: Set[str], by_themselves: Set[str]) -> bool:
    """Tell whether two names that also stand alone are only joined here.

    “Gaza-West Bank unity” is about two places, “Khan of Sindh” about a man and one, and
    “envoy for Kenya Amina Odhiambo” about a country and a woman.
    """
    country, _, rest = name.partition(" ")
    if name_key(country) in PLACES and " " in rest and name_key(rest) in sure:
        return True
    return any(
        name_key(name[: joint.start()]) in by_themselves
        and name_key(name[joint.end() :]) in by_themselves
        for joint in JOINT.finditer(name)
    )


# A point behind these ends no sentence.
SHORTENED = MONTHS | TITLES | {"st", "mt", "ft", "no"}
STOPS = (".", "!", "?", "…")
CLOSING = "”’\"')"
SENTENCE_BREAK = re.compile(r"[.!?…:;\n•“‘\"(\[]|(?<!\w)'")
# A word is looked at from its beginning alone, or a long one takes minutes.
DATE = re.compile(
    r"(?<![^\W\d])(?P<before>[^\W\d]+)\.? \d{1,2}\b|\b\d{1,2} (?P<behind>[^\W\d]+)"
)
YEAR = re.compile(r"(?:19|20)\d\d")
MOST_LINKS = 3
LEAST_OF_TITLE = 3
# What falls off the front of a name.
LOOSE_AT_FRONT = DAYS | RANKS | LINKS


class CapitalRun(NamedTuple):
    """Capitalised words that stand together, and whether they open their sentence."""

    text: str
    opens: bool


def reads_in_sentences(text: Text) -> bool:
    """Tell whether a capital means a name here: in a Title Like This it does not.

    >>> texts = "Envoy in Kabul for talks", "Harbour Town Votes for a Pier", "WE SAIL"
    >>> [reads_in_sentences(text_of(text)) for text in texts]
    [True, False, False]
    """
    capitals = sum(text.capitals)
    if capitals * 2 > len(text.capitals):
        spans = zip(text.starts, text.ends, strict=True)
        shouted = sum(text.printed[start:end].isupper() for start, end in spans)
        if shouted * 2 > len(text.starts):
            return False
    if capitals < LEAST_OF_TITLE or text.printed.rstrip(CLOSING).endswith(STOPS):
        return True
    words = text.words(1, len(text.starts))
    long = [word for word in words if word.end - word.start > 3]
    titled = sum(word.is_capital for word in long)
    return titled < LEAST_OF_TITLE or titled * 5 < len(long) * 3


def capital_runs(text: Text, small: Set[str]) -> Iterator[CapitalRun]:
    """Yield the runs of a text, bare of titles and of what only opens a sentence.

    `small` are words that the story also writes without a capital.

    >>> text = text_of("On Friday Mr. Eze met the Bank of Sorrel.")
    >>> [run.text for run in capital_runs(text, set())]
    ['Eze', 'Bank of Sorrel']
    """
    text = _without_dates_and_acronyms(text)
    end = 0
    for index, is_capital in enumerate(text.capitals):
        if is_capital and index >= end:
            end = _end_of_run(text, index)
            opens = _opens(text, index)
            run = text.words(index - _is_prefixed(text, index), end)
            yield from _strip_titles(text.printed, run, small, opens=opens)


def _without_dates_and_acronyms(text: Text) -> Text:
    """Return the text with commas over what is read elsewhere or names nothing."""
    printed = text.printed
    for name in acronym_names(text):
        printed = printed.replace(name, "," * len(name))
    if not MONTHS.isdisjoint(text.folded):
        printed = DATE.sub(_blank_date, printed)
    return text if printed == text.printed else text_of(printed)


def _blank_date(match: re.Match[str]) -> str:
    month = match["before"] or match["behind"]
    return "," * len(match[0]) if month.casefold() in MONTHS else match[0]


def _end_of_run(text: Text, index: int) -> int:
    """Return where the run ends: particles are in it where a capital follows."""
    words, end = text.folded, index + 1
    for at in range(index + 1, len(words)):
        if at - end > MOST_LINKS or not _is_joined(text, at):
            break
        if text.capitals[at]:
            end = at + 1
        elif YEAR.fullmatch(words[at]) and words[at - 1] not in MONTHS:
            return at + 1
        elif not _may_link(words[at], words[at - 1], is_first=at == end):
            break
    return end


def _is_joined(text: Text, at: int) -> bool:
    gap = text.between(at)
    return gap in {" ", "-"} or (gap == ". " and _is_short(text, at - 1))


def _is_short(text: Text, at: int) -> bool:
    return text.ends[at] - text.starts[at] == 1 or text.folded[at] in SHORTENED


def _may_link(word: str, before: str, *, is_first: bool) -> bool:
    """Tell whether a small word may stand within a name behind another word."""
    if word in {"for", "on"}:
        return is_first and before in BODIES | TITLES
    if word == "the":
        return before in LINKS
    return word in PARTICLES


def _is_prefixed(text: Text, index: int) -> bool:
    """Tell whether a small prefix belongs to the name: “al-Khobar”."""
    has_prefix = index > 0 and text.folded[index - 1] in PREFIXES
    return has_prefix and text.between(index) == "-"


def _opens(text: Text, index: int) -> bool:
    if index == 0:
        return True
    gap = text.between(index)
    is_break = gap != " " and SENTENCE_BREAK.search(gap)
    return bool(is_break) and not (gap == ". " and _is_short(text, index - 1))


def _strip_titles(
    text: str, run: Sequence[Word], small: Set[str], *, opens: bool
) -> Iterator[CapitalRun]:
    """Yield what is left of a run without titles, openers and days at its edges.

    What stands before a title says whose it is, and is none of the name; nor is the
    office behind one, since “Minister for Trade Ana Reyes” shows no end of it.
    """
    for number, word in enumerate(run, start=1):
        if word.folded in TITLES:
            rest = run[number:]
            if not (rest and rest[0].folded in LINKS):
                yield from _strip_titles(text, rest, small, opens=False)
            return
    first = run[0].folded if opens and run[1:] else ""
    falls_off = first in OPENERS or first in small
    while run and (falls_off or run[0].folded in LOOSE_AT_FRONT):
        run, opens, falls_off = run[1:], False, False
    while run and not _ends_name(run):
        run = run[:-1]
    if run:
        yield CapitalRun(text[run[0].start : run[-1].end], opens)


def _ends_name(run: Sequence[Word]) -> bool:
    """Tell whether a name may end so; a day ends none but that of a known day."""
    *before, last = run
    if last.folded in DAYS:
        return bool(before) and before[-1].folded in NAMED_DAYS
    return len(last.folded) > 1


ACRONYM = re.compile(r" \((?P<letters>[A-Z][A-Za-z-]{0,8}[A-Z])\)")
# A name goes on over spaces, hyphens and apostrophes, and over nothing else.
UNBROKEN = re.compile(r"[^.,;:!?()“”\"\n]+")
MOST_ACRONYM_WORDS = 12


def acronym_names(text: Text) -> Iterator[str]:
    """Yield each name together with the acronym that its words' first letters make.

    >>> from articles.tagging.name_index import text_of
    >>> text = text_of("The Cape Board of Pilots (CBP) met the Guild (TTP).")
    >>> list(acronym_names(text))
    ['Cape Board of Pilots (CBP)']
    """
    printed = text.printed
    for match in ACRONYM.finditer(printed):
        letters = match["letters"].replace("-", "").casefold()
        last = bisect_right(text.ends, match.start())
        before = text.words(max(0, last - MOST_ACRONYM_WORDS), last)
        for first in range(len(before) - 1, -1, -1):
            start = before[first].start
            if not UNBROKEN.fullmatch(printed[start : match.start()]):
                break
            if before[first].is_capital and _spell(before[first:], letters):
                yield printed[start : match.end()]
                break


def _spell(words: Sequence[Word], letters: str) -> bool:
    """Tell whether first letters make the acronym; particles may be silent in it."""
    if not words:
        return not letters
    first, rest = words[0], words[1:]
    is_particle = first.folded in SILENT
    if is_particle and _spell(rest, letters):
        return True
    is_spoken = letters.startswith(first.folded[:1]) and (
        is_particle or first.is_capital
    )
    return is_spoken and _spell(rest, letters[1:])
