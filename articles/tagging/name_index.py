"""Names by their words, to be found in a text in one pass."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from operator import add
from typing import Literal, NamedTuple

from articles.story.countries import COUNTRIES
from articles.story.text import ACCENTS, fold, fold_letters

LETTERS = rf"(?<![{ACCENTS}])[{ACCENTS}]*+\w[\w{ACCENTS}]*+"
WORD = re.compile(rf"({LETTERS}(?:['’]{LETTERS})*+)")
APOSTROPHES = ("'", "’")
BRACKETED = re.compile(r"(.+) \(([^()]+)\)")

Case = Literal["any", "capital", "capitals"]


class Word(NamedTuple):
    """A word of a text: where it stands, and folded; without a possessive s."""

    start: int
    end: int
    folded: str
    is_capital: bool


class Text(NamedTuple):
    """A text as printed, and its words, which every rule reads and none again.

    They stand in columns, since most rules ask one thing of all words.
    """

    printed: str
    starts: Sequence[int]
    ends: Sequence[int]
    folded: Sequence[str]
    capitals: Sequence[bool]

    def words(self, first: int, end: int) -> list[Word]:
        return list(map(Word, *(column[first:end] for column in self[1:])))

    def span(self, first: int, end: int) -> str:
        """Return some words as printed."""
        return self.printed[self.starts[first] : self.ends[end - 1]]

    def between(self, index: int) -> str:
        """Return what stands between a word and the one before it."""
        return self.printed[self.ends[index - 1] : self.starts[index]]


class Mention(NamedTuple):
    """Where in a text a name is meant."""

    start: int
    end: int
    name: str

    def is_within(self, other: "Mention") -> bool:
        return other.start <= self.start and self.end <= other.end


class KnownTag(NamedTuple):
    """A tag that somebody chose, and its other names."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(slots=True)
class NameIndex:
    """What names are called, by their folded words; the first to claim some keeps them.

    `reach` is the number of words of the longest name that begins with a word, so that
    a text is read once however many names there are.
    """

    entries: dict[str, tuple[str, Case]] = field(default_factory=dict)
    reach: dict[str, int] = field(default_factory=dict)

    def add(self, spelling: str, name: str, case: Case) -> None:
        if words := name_key(spelling).split():
            self.entries.setdefault(" ".join(words), (name, case))
            self.reach[words[0]] = max(self.reach.get(words[0], 0), len(words))

    def name_for(self, spelling: str) -> str:
        """Return the name behind a spelling, which is its own if there is none."""
        return self.entries.get(name_key(spelling), (spelling,))[0]

    def find(self, text: Text) -> Iterator[Mention]:
        """Yield the names in the text: of several that begin at a word the longest."""
        after = 0
        # Most texts hold no name's first word, which is seen at once.
        words = () if self.reach.keys().isdisjoint(text.folded) else text.folded
        for index, folded in enumerate(words):
            reach = self.reach.get(folded)
            if reach is None or index < after:
                continue
            name, length = self._longest(text, index, reach)
            after = index + length
            if name:
                yield Mention(text.starts[index], text.ends[after - 1], name)

    def _longest(self, text: Text, index: int, reach: int) -> tuple[str, int]:
        """Return the longest name that begins there, and how many words it takes."""
        for length in range(reach, 0, -1):
            begun = text.folded[index : index + length]
            name, case = self.entries.get(" ".join(begun), ("", "any"))
            if name and _is_meant(text, index, index + len(begun), case):
                return name, len(begun)
        return "", 1


def known_tags(tags: Iterable[KnownTag]) -> NameIndex:
    """Return the tags by all they are called; their order does not matter.

    A name goes before any other tag's acronym, and that before an alias.
    """
    known = NameIndex()
    in_order = sorted(tags, key=lambda tag: (fold(tag.name), tag))
    names = [(tag.name, tag) for tag in in_order]
    names += [(half, tag) for tag in in_order for half in spellings(tag.name)[1:]]
    names += [(alias, tag) for tag in in_order for alias in tag.aliases]
    for name, tag in names:
        known.add(name, tag.name, _case_of(name))
    return known


def spellings(name: str) -> tuple[str, ...]:
    """Return the ways to write a name: as it is, and each half of “Name (ACRONYM)”.

    >>> spellings("Cape Harbour Board (CHB)")
    ('Cape Harbour Board (CHB)', 'Cape Harbour Board', 'CHB')
    """
    match = BRACKETED.fullmatch(name)
    return (name, *match.groups()) if match else (name,)


def text_of(printed: str) -> Text:
    """Return a text with its words; a hyphen parts them.

    >>> text_of("Türkiye’s Hizb-e-Islami").folded
    ('turkiye', 'hizb', 'e', 'islami')
    """
    gaps_and_words = WORD.split(printed.replace("_", " "))
    starts = list(accumulate(map(len, gaps_and_words)))[:-1:2]
    words = [_read_word(word) for word in gaps_and_words[1::2]]
    lengths, folded, capitals = zip(*words, strict=True) if words else ((), (), ())
    return Text(printed, starts, list(map(add, starts, lengths)), folded, capitals)


# The words of a newspaper come again and again.
@lru_cache(maxsize=20_000)
def _read_word(printed: str) -> tuple[int, str, bool]:
    """Return a word's length, without a possessive s, its folding, and its capital."""
    if printed[-1] in "sS" and printed[-2:-1] in APOSTROPHES:
        printed = printed[:-2]
    return len(printed), fold_letters(printed), printed[0].isupper()


@lru_cache(maxsize=20_000)
def name_key(text: str) -> str:
    """Return a text's folded words, as names are compared."""
    return " ".join(filter(None, text_of(text).folded))


def _case_of(name: str) -> Case:
    """Return how a tag is written where it is meant: “US” is not “us”."""
    if name.isupper():
        return "capitals"
    return "capital" if name in COUNTRIES else "any"


def _is_meant(text: Text, first: int, end: int, case: Case) -> bool:
    """Tell whether a name is written as it must be; a shout proves no acronym."""
    if case == "capitals":
        return text.span(first, end).isupper() and not text.printed.isupper()
    # Of a name like “al-Khobar” the last word has the capital.
    return case == "any" or not text.printed[text.starts[end - 1]].islower()
