"""Read the runs of capitalised words in a text, as names begin."""

import re
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from articles.imports.tags.acronyms import acronym_names
from articles.imports.tags.lexicon import Word, words_of
from articles.imports.tags.vocabulary import (
    BODIES,
    DAYS,
    LINKS,
    MONTHS,
    NAMED_DAYS,
    OPENERS,
    PARTICLES,
    PREFIXES,
    RANKS,
    TITLES,
)

# A point behind these ends no sentence.
SHORTENED = MONTHS | TITLES | {"st", "mt", "ft", "no"}
SENTENCE = re.compile(r"[.!?…][”’\"')]*$")
SENTENCE_BREAK = re.compile(r"[.!?…:;\n•“‘\"(\[]|(?<!\w)'")
# A word is looked at from its beginning alone, or a long one takes minutes.
DATE = re.compile(
    r"(?<![^\W\d])(?P<before>[^\W\d]+)\.? \d{1,2}\b|\b\d{1,2} (?P<behind>[^\W\d]+)"
)
DIGIT = re.compile(r"\d")
YEAR = re.compile(r"(?:19|20)\d\d")
MOST_LINKS = 3
# What falls off the front of a name.
EDGES = DAYS | RANKS | LINKS


class Run(NamedTuple):
    """Capitalised words that stand together, and whether they open their sentence."""

    text: str
    opens: bool


def reads_in_sentences(text: str) -> bool:
    """Tell whether a capital means a name here: in a Title Like This it does not.

    >>> reads_in_sentences("Envoy in Kabul for talks"), reads_in_sentences("WE SAIL")
    (True, False)
    >>> reads_in_sentences("Harbour Town Votes for a Second Pier")
    False
    """
    words = [text[word.start : word.end] for word in words_of(text)]
    if sum(word.isupper() for word in words) * 2 > len(words):
        return False
    long = [word for word in words[1:] if len(word) > 3]
    capitals = sum(word[0].isupper() for word in long)
    is_title = capitals >= 3 and capitals * 5 >= len(long) * 3
    return bool(SENTENCE.search(text)) or not is_title


def runs(text: str, small: Set[str]) -> Iterator[Run]:
    """Yield the runs of a text, bare of titles and of what only opens a sentence.

    `small` are words that the story also writes without a capital.

    >>> [run.text for run in runs("On Friday Mr. Eze met the Bank of Sorrel.", set())]
    ['Eze', 'Bank of Sorrel']
    """
    text = _without_dates_and_acronyms(text)
    words = words_of(text)
    index = 0
    while index < len(words):
        end = index + 1
        if text[words[index].start].isupper():
            end = _end_of_run(text, words, index)
            opens = _opens(text, words, index)
            start = index - _is_prefixed(text, words, index)
            yield from _bare(text, words[start:end], small, opens=opens)
        index = end


def _without_dates_and_acronyms(text: str) -> str:
    """Return the text with commas over what is read elsewhere or names nothing."""
    for name in acronym_names(text):
        text = text.replace(name, "," * len(name))
    return DATE.sub(_blank_date, text) if DIGIT.search(text) else text


def _blank_date(match: re.Match[str]) -> str:
    month = match["before"] or match["behind"]
    return "," * len(match[0]) if month.casefold() in MONTHS else match[0]


def _end_of_run(text: str, words: Sequence[Word], index: int) -> int:
    """Return where the run ends: particles are in it where a capital follows."""
    end = index + 1
    for at in range(index + 1, len(words)):
        if at - end > MOST_LINKS or not _is_joined(text, words, at):
            break
        if text[words[at].start].isupper():
            end = at + 1
        elif YEAR.fullmatch(words[at].folded) and words[at - 1].folded not in MONTHS:
            return at + 1
        elif not _links(words[at].folded, words[at - 1].folded, is_first=at == end):
            break
    return end


def _is_joined(text: str, words: Sequence[Word], at: int) -> bool:
    before = words[at - 1]
    gap = text[before.end : words[at].start]
    return gap in {" ", "-"} or (gap == ". " and _is_short(before))


def _is_short(word: Word) -> bool:
    return word.end - word.start == 1 or word.folded in SHORTENED


def _links(word: str, before: str, *, is_first: bool) -> bool:
    """Tell whether a small word may stand within a name behind another word."""
    if word in {"for", "on"}:
        return is_first and before in BODIES | TITLES
    if word == "the":
        return before in LINKS
    return word in PARTICLES


def _is_prefixed(text: str, words: Sequence[Word], index: int) -> bool:
    """Tell whether a small prefix belongs to the name: “al-Khobar”."""
    before = words[index - 1] if index else None
    return (
        before is not None
        and before.folded in PREFIXES
        and text[before.end : words[index].start] == "-"
    )


def _opens(text: str, words: Sequence[Word], index: int) -> bool:
    if index == 0:
        return True
    before = words[index - 1]
    gap = text[before.end : words[index].start]
    is_break = SENTENCE_BREAK.search(gap)
    return bool(is_break) and not (gap == ". " and _is_short(before))


def _bare(
    text: str, run: Sequence[Word], small: Set[str], *, opens: bool
) -> Iterator[Run]:
    """Yield what is left of a run without titles, openers and days at its edges.

    What stands before a title says whose it is, and is none of the name; nor is the
    office behind one, since “Minister for Trade Ana Reyes” shows no end of it.
    """
    for number, word in enumerate(run, start=1):
        if word.folded in TITLES:
            rest = run[number:]
            if not (rest and rest[0].folded in LINKS):
                yield from _bare(text, rest, small, opens=False)
            return
    front = EDGES | OPENERS | small if opens and run[1:] else EDGES
    while run and run[0].folded in front:
        run, opens, front = run[1:], False, EDGES
    while run and not _ends_name(run):
        run = run[:-1]
    if run:
        yield Run(text[run[0].start : run[-1].end], opens)


def _ends_name(run: Sequence[Word]) -> bool:
    """Tell whether a name may end so; a day ends none but that of a known day."""
    *before, last = run
    if last.folded in DAYS:
        return bool(before) and before[-1].folded in NAMED_DAYS
    return len(last.folded) > 1
