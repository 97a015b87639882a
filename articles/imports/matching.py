"""Tell whether two readings are the same story, and which of them is the better.

All of it is pure, and knows no rows: other processes read files by it.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from hashlib import blake2b
from heapq import nsmallest
from itertools import accumulate, chain, islice
from sys import maxsize
from typing import Any
from zlib import crc32

from django.utils.timezone import get_default_timezone

from articles.story.body import parse_blocks
from articles.story.moment import Moment
from articles.story.sizes import FIRST_CHARACTERS
from articles.story.story import Story, is_complete
from articles.story.text import fold_letters

# Of two bodies of one story the longer has this share of the shorter one's triples.
# Columns of one headline share their frame, which may be half of them.
AGREEMENT = 0.57
# The reports of two days share every sentence but not the figures and names in them.
FIGURES, SAME_FIGURES = 3, 0.5
# Where headline or day differ more is asked, for all reports of a form share the rest.
FEWEST_FACTS, SAME_FACTS = 2, 0.7
WORD = re.compile(r"\w+")
# Names are declined, and misspelt.
NAME_LENGTH = 5
WITHIN_SENTENCE = re.compile(r"(?<=[\w,;] )\w+")
# A copy has the first paragraphs of the story, or some of its phrases; phrases are so
# long that no two stories share one by accident.
OPENINGS, PHRASES = 2, 5
SHORTEST_OPENING = 8
PHRASE_LENGTH = 8
# The hash of a phrase is the value of a polynomial, whose base is any large number.
BASE, PRIME = 0x9E3779B1, 2**61 - 1


@dataclass(frozen=True, slots=True)
class MatchKeys:
    """What a story is found by: its headline, and some of its paragraphs and phrases.

    Each is a number of 64 bits, so that a column of them is small.
    """

    headline: int
    body: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """A body's triples: every three words in a row; its figures, and those and names.

    A name is known by its capital, which not every script has.
    """

    triples: frozenset[tuple[str, str, str]]
    figures: frozenset[str]
    facts: frozenset[str]


def match_keys_of(story: Story) -> MatchKeys:
    """Return what another reading of the story is likely to share."""
    paragraphs = [fold_letters(text) for text in _paragraphs(story)]
    # Without a headline it is the body that speaks.
    words = WORD.findall(fold_letters(story.headline) or "\n".join(paragraphs)[:200])
    long = (p for p in paragraphs if p.count(" ") >= SHORTEST_OPENING)
    openings = [_key("paragraph", text) for text in islice(long, OPENINGS)]
    hashes = _phrase_hashes(WORD.findall("\n".join(paragraphs)))
    body = openings + [_key("turn", str(each)) for each in nsmallest(PHRASES, hashes)]
    return MatchKeys(_key("headline", " ".join(words)), tuple(body))


def position_key(name: str, position: int) -> int:
    """Return what a position in files of one name is found by."""
    return _key("place", f"{position} {own_name(name)}")


def own_name(name: str) -> str:
    """Return a file's name without the folders that happened to be named with it.

    In crawls that name every file alike, it is the folder that says which page it is.

    >>> own_name("2024-03-12/0011.txt"), own_name("news/fog-on-the-bar/index.txt")
    ('0011.txt', 'fog-on-the-bar/index.txt')
    """
    *folders, own = name.split("/")
    return "/".join([*folders[-1:], own]) if own.startswith("index.") else own


def wording_of(story: Story) -> Wording:
    """Return what a body is compared with others by.

    One triple begins before the first word and one ends behind the last, so that the
    shortest body has some.
    """
    text = "\n".join(_paragraphs(story))
    words: list[str] = WORD.findall(fold_letters(text))
    ends = ["", *words, ""]
    triples = frozenset(zip(ends, ends[1:], ends[2:], strict=False))
    figures = frozenset(word for word in words if word[0].isdigit())
    within = (word for word in WITHIN_SENTENCE.findall(text) if word[0].isupper())
    names = (fold_letters(word)[:NAME_LENGTH] for word in within)
    return Wording(triples, figures, figures.union(names))


def is_same_event(one: Wording, other: Wording, *, is_in_doubt: bool = False) -> bool:
    """Tell whether two bodies report the same event; in doubt only by their names."""
    if likeness(one, other) < AGREEMENT or have_other_figures(one, other):
        return False
    have_names = all(len(each.facts) > len(each.figures) for each in (one, other))
    if is_in_doubt and have_names:
        return not _are_other(one.facts, other.facts, FEWEST_FACTS, SAME_FACTS)
    return not _are_other(one.facts, other.facts, FIGURES, SAME_FIGURES)


def likeness(one: Wording, other: Wording) -> float:
    """Return the share of the shorter body's triples that are in the longer, too."""
    return _share(one.triples, other.triples)


def have_other_figures(one: Wording, other: Wording) -> bool:
    """Tell whether two bodies, however alike, are two reports by their figures."""
    return _are_other(one.figures, other.figures, FIGURES, SAME_FIGURES)


def _are_other(
    one: frozenset[str], other: frozenset[str], few: int, least: float
) -> bool:
    """Tell whether of so few facts or more a smaller share is the same."""
    return min(len(one), len(other)) >= few and _share(one, other) < least


def _phrase_hashes(words: Sequence[str]) -> frozenset[int]:
    """Return the hashes of all phrases of so many words.

    One phrase begins before the first word and one ends behind the last; of fewer words
    all are one phrase. The hash is kept in the database: other numbers find no story.
    """
    if not words:
        return frozenset()
    numbers = [0, *map(_number, words), 0]
    sums = list(accumulate(numbers, lambda v, n: (v * BASE + n) % PRIME, initial=1))
    power = pow(BASE, PHRASE_LENGTH, PRIME)
    ends = sums[PHRASE_LENGTH:] or sums[-1:]
    pairs = zip(sums, ends, strict=False)
    return frozenset((end - start * power) % PRIME for start, end in pairs)


# The words of a newspaper come again and again.
@lru_cache(maxsize=20_000)
def _number(word: str) -> int:
    return crc32(word.encode())


def _share(one: frozenset[Any], other: frozenset[Any]) -> float:
    """Return how much of the smaller set stands in the other, from 0 to 1."""
    return len(one & other) / (min(len(one), len(other)) or 1)


def is_same_reading(one: Story, other: Story) -> bool:
    """Tell whether the pages say the same, whatever was estimated or asked for."""
    return _as_printed(one) == _as_printed(other)


def _as_printed(story: Story) -> Story:
    return replace(
        story,
        status="draft",
        section="",
        tags=(),
        published=_stated(story.published),
        updated=_stated(story.updated),
    )


def _stated(moment: Moment | None) -> Moment | None:
    return moment if moment and moment.certainty == "stated" else None


def _paragraphs(story: Story) -> Iterator[str]:
    """Yield what is read of the body: as much as the longest story of any newspaper.

    Of a picture of the day it is the caption that speaks.
    """
    left = FIRST_CHARACTERS
    texts = [block.text for block in parse_blocks(story.body)]
    for text in texts or [caption.text for caption in story.captions]:
        if text := text[:left]:
            yield text
            left -= len(text)


def _key(kind: str, words: str) -> int:
    digest = blake2b(words.encode(), digest_size=8, person=kind.encode())
    return int.from_bytes(digest.digest(), signed=True)


EARLIEST = datetime.min.replace(tzinfo=UTC)
# Of so much of the longest reading's words a shorter one is not cut.
WHOLE = 2 / 3
Quality = tuple[bool, tuple[bool, int], datetime]


@dataclass(frozen=True, eq=False)
class Reading:
    """A story as read at its position in a file, now or in an earlier run.

    `source_id` is 0 until it is kept; without `article_id` its article was deleted. Of
    a new one it is known whether the operator told when its page was saved, and whether
    a doubt alone withholds its date.
    """

    story: Story
    file_id: int
    name: str
    sha256: str
    position: int
    is_undone: bool = False
    is_gone: bool = False
    source_id: int = 0
    article_id: int | None = None
    doubts: int = 0
    first_line: int = 0
    is_crawl_told: bool = False
    is_date_withheld: bool = False

    def quality(self, longest: int) -> Quality:
        """Return what a better reading has, beside one of so many words at most.

        It may be published, is sound and has the later stated date.
        """
        return is_complete(self.story), self.soundness(longest), self.stated_at

    def soundness(self, longest: int) -> tuple[bool, int]:
        """Return whether the reading is whole, and then how few doubts it has."""
        return not self.is_cut_beside(longest), -self.doubts

    def rank(self, longest: int) -> tuple[Quality, int, str, int]:
        """Return what readings are ordered by, the same on every machine in any run.

        Behind their quality the longer text decides, then the SHA-256 of the file and
        the position in it.
        """
        return self.quality(longest), len(self.text), self.sha256, -self.position

    def is_cut_beside(self, longest: int) -> bool:
        """Tell whether the body ends within a sentence or lacks a third of it."""
        return self.text[-1:].isalnum() or self.words < WHOLE * longest

    @cached_property
    def text(self) -> str:
        return " ".join(block.text for block in parse_blocks(self.story.body))

    @cached_property
    def words(self) -> int:
        return len(WORD.findall(self.text))

    @cached_property
    def stated_at(self) -> datetime:
        """The latest time that the page states, by which it is older or newer."""
        zone = get_default_timezone()
        return max((m.instant(zone) for m in self._stated), default=EARLIEST)

    @cached_property
    def wording(self) -> Wording:
        return wording_of(self.story)

    @property
    def is_active(self) -> bool:
        """Whether it may go on giving an article its words."""
        return not (self.is_undone or self.is_gone)

    @property
    def _headline(self) -> str:
        return fold_letters(self.story.headline)

    @property
    def _stated(self) -> list[Moment]:
        dates = map(_stated, (self.story.published, self.story.updated))
        return list(filter(None, dates))

    @cached_property
    def _stated_days(self) -> frozenset[date]:
        zone = get_default_timezone()
        return frozenset(moment.day(zone) for moment in self._stated)

    def may_share_position_with(self, other: "Reading") -> bool:
        """Tell whether one position in files of one name can mean one story at all.

        A crawler uses its names again: without the headline or the day it is another
        story, however alike reports that are written to a form read.
        """
        is_one_file = self.file_id == other.file_id
        is_one_headline = bool(self._headline) and self._headline == other._headline
        return is_one_file or is_one_headline or self._is_of_same_day_as(other)

    def _is_of_same_day_as(self, other: "Reading") -> bool:
        return not self._stated_days.isdisjoint(other._stated_days)

    def _is_of_other_day_than(self, other: "Reading") -> bool:
        have_days = self._stated_days and other._stated_days
        return bool(have_days) and not self._is_of_same_day_as(other)

    def is_same_story_as(self, other: "Reading") -> bool:
        """Tell whether two bodies of one headline or position are the same story.

        The same lines of a file are, in whatever letters they are read. Without a body
        nothing else is but a picture of one day under its headline, of which the
        caption speaks.
        """
        is_one_file = self.file_id == other.file_id
        is_one_headline = self._headline == other._headline
        if is_one_file and 0 < self.first_line == other.first_line:
            return True
        if self.story.body and other.story.body:
            is_in_doubt = not is_one_headline or self._is_of_other_day_than(other)
            return self.story.body == other.story.body or is_same_event(
                self.wording, other.wording, is_in_doubt=is_in_doubt
            )
        if is_one_file:
            return is_one_headline
        has_body = bool(self.story.body or other.story.body)
        is_one_picture = is_one_headline and self._is_of_same_day_as(other)
        return (
            not has_body
            and is_one_picture
            and is_same_event(self.wording, other.wording)
        )

    def likeness_to(self, other: "Reading") -> float:
        """Return how nearly this is a near copy of another story; 0 if it is none.

        Under one headline that is a report of another day, unless its figures tell, or
        one of the same day, whose figures an update may have replaced.
        """
        one, another = self.wording, other.wording
        if not (self.story.body and other.story.body):
            return 0
        is_one_headline = self._headline == other._headline
        if is_one_headline and not self._is_of_same_day_as(other):
            is_of_other_day = self._is_of_other_day_than(other)
            if not is_of_other_day or have_other_figures(one, another):
                return 0
        return share if (share := likeness(one, another)) >= AGREEMENT else 0

    def replaces(self, other: "Reading") -> bool:
        """Tell whether a newer file of that name, or a newer parser, reads it anew."""
        return self.rereads(other) or self.outdates(other)

    def rereads(self, other: "Reading") -> bool:
        """Tell whether another parser read the other from the same file.

        All of those go, whatever their positions were.
        """
        return other.file_id == self.file_id and bool(other.source_id)

    def outdates(self, other: "Reading") -> bool:
        """Tell whether the other is of an older file of that name, read once more."""
        is_one_name = own_name(other.name) == own_name(self.name)
        return is_one_name and other.file_id < self.file_id

    def stays_before(self, new: "Reading") -> bool:
        """Tell whether this is the better one, however long others are that it beat."""
        return self.words >= new.words and all(
            self.rank(longest) > new.rank(longest) for longest in (self.words, maxsize)
        )

    def is_questioned_by(self, other: "Reading") -> bool:
        """Tell whether an editor should compare this with a worse one of the page.

        One that is cut or has more doubts, and is not older, may be right in what it
        says. At the foot of other pages a story is cut as a rule, and none asks.
        """
        is_one_place = own_name(self.name) == own_name(other.name)
        is_one_place &= self.position == other.position
        is_one_page = is_one_place or other.position == 1
        longest = max(self.words, other.words)
        is_worse = other.soundness(longest) < self.soundness(longest)
        is_older = EARLIEST < other.stated_at < self.stated_at
        return is_one_page and is_worse and not is_older


def best_reading(readings: Collection[Reading]) -> Reading:
    """Return the reading that wins.

    Of files of one name the newest counts, unless an older one is of better quality.
    """
    longest = max(reading.words for reading in readings)
    by_name: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_name[own_name(reading.name)].append(reading)
    counting = (
        reading
        for namesakes in by_name.values()
        for reading in namesakes
        if not any(
            newer.outdates(reading)
            and newer.quality(longest) >= reading.quality(longest)
            for newer in namesakes
        )
    )
    return max(counting, key=lambda reading: reading.rank(longest))


# Of a headline that a thousand columns share only the newest are looked at; an older
# column is found by its own words.
MOST_NAMESAKES = 20
# A phrase that more stories than these share is no evidence of a copy.
MOST_SHARING = 4


@dataclass(frozen=True, slots=True)
class Match:
    """A new reading with its article, which is a new one if no reading is `known`.

    `near_copy_of` is an article that a new one repeats under another headline or on
    another day, and `known_by` those of the keys by which the article is found already.
    """

    reading: Reading
    keys: frozenset[int]
    known: Reading | None = None
    near_copy_of: int | None = None
    known_by: frozenset[int] = frozenset()


class KnownReadings:
    """Readings by what they are found by, earlier ones and those of the batch."""

    def __init__(self) -> None:
        self.by_key: dict[int, list[Reading]] = defaultdict(list)

    def add(self, reading: Reading, keys: Iterable[int]) -> None:
        for key in keys:
            self.by_key[key].append(reading)

    def match(self, new: Reading, match_keys: MatchKeys) -> Match:
        """Find the newest reading of this story, from whatever file, or a near copy.

        A crawler may use a file name again, and a column its headline: neither says
        anything without a body that largely agrees, and a position nothing without the
        headline or the stated day. The reading has the number that a new article gets.
        """
        position, headline = identity_keys_of(new, match_keys)
        keys = frozenset({position, headline, *match_keys.body})
        at_position = list(self._newest([position], MOST_NAMESAKES))
        namesakes = list(self._newest([headline], MOST_NAMESAKES))
        found = filter(new.may_share_position_with, at_position)
        known = next(filter(new.is_same_story_as, chain(found, namesakes)), None)
        if known is None:
            phrases = self._newest(match_keys.body, MOST_SHARING)
            sharing = [*at_position, *namesakes, *phrases]
            original = max(sharing, key=new.likeness_to, default=None)
            is_copy = original is not None and new.likeness_to(original)
            near_copy_of = original.article_id if original and is_copy else None
            return Match(new, keys, None, near_copy_of)
        # One that changes bit by bit is found by what it was last; what it shares with
        # near copies its article has once.
        article = known.article_id
        known_by = frozenset(k for k in match_keys.body if self._has(k, article))
        return Match(replace(new, article_id=article), keys, known, None, known_by)

    def _newest(self, keys: Iterable[int], most: int) -> Iterator[Reading]:
        """Yield the newest readings that have each of the keys."""
        for key in keys:
            yield from reversed(self.by_key.get(key, ())[-most:])

    def _has(self, key: int, article_id: int | None) -> bool:
        """Tell whether the article is found by the key already."""
        readings = self.by_key.get(key, ())
        return article_id is not None and any(
            reading.article_id == article_id for reading in readings
        )


def identity_keys_of(new: Reading, match_keys: MatchKeys) -> tuple[int, int]:
    """Return what the same story has in common with another reading of it."""
    return position_key(new.name, new.position), match_keys.headline
