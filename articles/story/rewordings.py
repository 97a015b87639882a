"""What readers would read otherwise, and what of that is more than a typo.

A number, a name, a quotation or the headline that reads otherwise is no slip of the
pen until an editor has seen it and says so. What cannot be told from a name counts as
one: the first word of a sentence, and any word of a script without capitals.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise, zip_longest
from typing import Literal

from rapidfuzz.distance import Indel

from articles.story.body import parse_blocks
from articles.story.diff import align
from articles.story.extract import CLOSING, STOPS
from articles.story.story import Rewording, Story

# Tells of a word whether the story also writes it small.
Test = Callable[[str], bool]
Kind = Literal["headline", "quotation", "number", "name"]


@dataclass(frozen=True, slots=True)
class Substance:
    """Words that say something else now; a side without any had none."""

    kind: Kind
    before: str
    after: str


def passages(story: Story) -> dict[str, list[str]]:
    """Return the words that readers see of a story, by what they are, as on its page.

    Quotations that stand as paragraphs of their own are apart from the body.
    """
    body: list[str] = []
    quotations: list[str] = []
    for block in parse_blocks(story.body):
        lines = quotations if block.kind == "quote" else body
        lines += filter(None, block.text.split("\n"))
    return {
        "headline": [story.headline],
        "kicker": [story.kicker],
        "standfirst": [story.standfirst],
        "bylines": list(story.bylines),
        "dateline": [story.dateline],
        "highlights": [highlight.text for highlight in story.highlights],
        "body": body,
        "quotations": quotations,
        "captions": [caption.text for caption in story.captions],
        "credits": [caption.credit for caption in story.captions],
    }


def changed_words(before: Story, after: Story) -> tuple[Rewording, ...]:
    """Return each passage that readers would read otherwise, as it was and as it is.

    Where only the order is another one, nothing is.
    """
    was, now = passages(before), passages(after)
    return tuple(
        Rewording(what, old, new)
        for what in now
        if was[what] != now[what]
        for old, new in _pairs(was[what], now[what])
        if old != new
    )


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the passages of both sides as pairs; "" stands for one that is not there.

    As many new ones as are gone without a likeness have taken their places.
    """
    found = align(old, new)
    known = set(found)
    gone = [text for i, text in enumerate(old) if i not in known]
    if len(gone) == found.count(None):
        rest = iter(gone)
        yield from (
            (next(rest) if i is None else old[i], text)
            for i, text in zip(found, new, strict=True)
        )
        return
    for i, text in zip(found, new, strict=True):
        yield "" if i is None else old[i], text
    yield from ((text, "") for text in gone)


def find_substance(before: Story, after: Story) -> tuple[Substance, ...]:
    """Return what is no typo unless an editor says so, once each, as on the page.

    >>> was = Story(body="<p>The storm killed 14 sailors.</p>")
    >>> find_substance(was, Story(body="<p>The strom killed 40 sailors.</p>"))
    (Substance(kind='number', before='14', after='40'),)
    """
    changes = changed_words(before, after)
    texts = (text for story in (before, after) for text in passages(story).values())
    whole = "\n".join(chain.from_iterable(texts)) if changes else ""

    @cache
    def is_written_small(word: str) -> bool:
        pattern = rf"(?<!\w){re.escape(word.lower())}(?!\w)"
        return re.search(pattern, whole) is not None

    found = (
        part for change in changes for part in _substance(change, is_written_small)
    )
    return tuple(dict.fromkeys(found))


# What these hold is of one kind, whatever it says.
WHOLE: dict[str, Kind] = {
    "headline": "headline",
    "quotations": "quotation",
    "bylines": "name",
    "dateline": "name",
}


def _substance(change: Rewording, is_written_small: Test) -> list[Substance]:
    if kind := WHOLE.get(change.what):
        return [Substance(kind, change.before, change.after)]
    quoted = [
        Substance("quotation", *pair)
        for pair in _quotations(change.before, change.after)
    ]
    words = [
        Substance(kind, *pair)
        for kind, *pair in _numbers_and_names(
            change.before, change.after, is_written_small
        )
        if not any(pair[0] in q.before and pair[1] in q.after for q in quoted)
    ]
    return quoted + words


# An apostrophe has a letter on its other side, too.
QUOTED = re.compile(
    '“[^”]*”?|„[^“”]*[“”]?|«[^»]*»?|‹[^›]*›?|「[^」]*」?|『[^』]*』?|"[^"]*"?'
    r"|(?<!\w)‘.+?’(?!\w)|(?<!\w)'.+?'(?!\w)"
)


def _quotations(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield the quotations that are not word for word on both sides, as pairs."""
    was, now = (
        [(tuple(word.folded for word in words_of(quoted)), quoted) for quoted in quotes]
        for quotes in (QUOTED.findall(before), QUOTED.findall(after))
    )
    yield from zip_longest(_without(was, now), _without(now, was), fillvalue="")


Quotes = list[tuple[tuple[str, ...], str]]


def _without(quotes: Quotes, others: Quotes) -> list[str]:
    left = Counter(words for words, _ in others)
    kept = []
    for words, quoted in quotes:
        if left[words]:
            left[words] -= 1
        else:
            kept.append(quoted)
    return kept


# Scripts that set no space between words: each character stands for itself.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
IS_UNSPACED = re.compile(f"[{UNSPACED}]")
# Of these so many in a row, between others that differ, belong to one word with them.
BRIDGE = 2
WORD = re.compile(f"[{UNSPACED}]|[^\\s–—{UNSPACED}]+")
# A sign before a figure, or behind it, is part of a number.
SIGNS = "%‰-"
NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty "
    "seventy eighty ninety hundred hundreds thousand thousands million millions "
    "billion billions trillion trillions dozen dozens half third quarter once twice "
    "deux trois quatre cinq sept huit neuf dix onze douze vingt trente quarante "
    "cinquante soixante cent cents mille milliard milliards "
    "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig "
    "fünfzig sechzig siebzig achtzig neunzig hundert tausend "
    "dos tres cuatro cinco seis siete ocho nueve diez doce veinte treinta cuarenta "
    "cincuenta sesenta setenta ochenta noventa cien mil millón millones".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, without the punctuation around it."""

    text: str
    folded: str
    start: int
    opens_sentence: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_number(self) -> bool:
        has_figure = any(c.isnumeric() for c in self.text)
        return has_figure or not NUMBERS.isdisjoint(self.folded.split("-"))

    def may_be_name(self, is_written_small: Test) -> bool:
        """Tell whether it may name somebody: what is also written small does not."""
        if self.text.lower() == self.text.upper():
            return any(c.isalpha() for c in self.text)
        if not any(c.isupper() for c in self.text):
            return False
        return not (self.opens_sentence and is_written_small(self.text))


def words_of(text: str) -> list[Word]:
    """Return the words of a text; case and kinds of figures make no other word."""
    found, opens = [], True
    for match in WORD.finditer(text):
        start, end = match.span()
        while start < end and _is_punctuation(text[start]):
            start += 1
        while start < end and _is_punctuation(text[end - 1]):
            end -= 1
        if start < end:
            word = text[start:end]
            found.append(Word(word, _folded(word), start, opens))
            opens = False
        opens = opens or match[0].rstrip(CLOSING).endswith(tuple(STOPS))
    return found


def _is_punctuation(character: str) -> bool:
    return character not in SIGNS and unicodedata.category(character)[0] == "P"


def _folded(word: str) -> str:
    figures = (str(unicodedata.decimal(c)) if c.isdecimal() else c for c in word)
    return unicodedata.normalize("NFC", "".join(figures)).casefold()


def _numbers_and_names(
    before: str, after: str, is_written_small: Test
) -> Iterator[tuple[Kind, str, str]]:
    """Yield the runs of words that differ and have a number in them, or a name."""
    old, new = words_of(before), words_of(after)
    opcodes = Indel.opcodes([w.folded for w in old], [w.folded for w in new])
    blocks = [
        (block.a, block.b, block.size)
        for block in opcodes.as_matching_blocks()
        if not _is_bridge(old, block.a, block.size)
    ]
    ends = [(0, 0, 0), *blocks, (len(old), len(new), 0)]
    for (i, j, size), (next_i, next_j, _) in pairwise(ends):
        gone, come = old[i + size : next_i], new[j + size : next_j]
        changed = gone + come
        if any(word.is_number for word in changed):
            yield "number", _exact(before, gone), _exact(after, come)
        elif any(word.may_be_name(is_written_small) for word in changed):
            yield "name", _exact(before, gone), _exact(after, come)


def _is_bridge(words: Sequence[Word], start: int, size: int) -> bool:
    """Tell whether shared words are a few characters amid those of an unspaced word."""
    is_amid = 0 < start < len(words) - size and size <= BRIDGE
    return is_amid and all(
        IS_UNSPACED.match(word.text) for word in words[start : start + size]
    )


def _exact(text: str, words: Sequence[Word]) -> str:
    return text[words[0].start : words[-1].end] if words else ""
