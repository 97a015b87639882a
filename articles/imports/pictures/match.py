"""Which captions does a picture belong to? Sure ones are told, the others asked about.

First speak the words embedded in the file, then its name, then likeness of words.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from rapidfuzz import fuzz, process

from articles.imports.pictures.captions import (
    Captions,
    Place,
    fold_words,
    slug,
    stem,
)
from articles.story.text import fold

How = Literal["embedded caption", "file name", "likeness of words"]
# The stronger sign first: where two pictures want one caption, it decides.
HOW: tuple[How, ...] = ("embedded caption", "file name", "likeness of words")
# Of 100: from here words are taken for the same, if no others come so near.
LIKE = 90
LEAD = 6
# From here an editor is shown the caption as a candidate.
CANDIDATE = 60
MOST_CANDIDATES = 5
# “File photo” stands under many pictures; so many words stand under one.
FEWEST_WORDS = 5
NUMBERED = re.compile(r"(?P<name>.+)-0*(?P<number>[1-9]\d{0,2})")
NUMBER = re.compile(r"\d+")
WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Match:
    """The captions a picture belongs to, or may belong to when there is a doubt."""

    how: How
    places: tuple[Place, ...]
    doubt: str = ""


def match(name: str, caption: str, credit: str, captions: Captions) -> Match | None:
    """Return where a picture of this name and embedded caption and credit belongs.

    A later sign may settle the doubt of an earlier one, but not lead elsewhere.
    """
    matches = chain(
        _by_embedded(caption, credit, captions),
        _by_name(slug(stem(name)), credit, captions),
        _by_likeness(_phrases(name, caption), credit, captions),
    )
    first = next(matches, None)
    if first is None or not first.doubt:
        return first
    surer = (m for m in matches if not m.doubt and set(m.places) <= set(first.places))
    return next(surer, first)


def _by_embedded(caption: str, credit: str, captions: Captions) -> Iterator[Match]:
    if places := captions.by_words.get(fold_words(caption)):
        yield _alike(HOW[0], places, credit)


def _by_name(name: str, credit: str, captions: Captions) -> Iterator[Match]:
    """Yield what the name says: of one caption, else of an article or source file."""
    for names in (*captions.by_own_name, captions.by_slug):
        if places := names.get(name):
            yield _alike(HOW[1], places, credit)
    is_telling = name.count("-") + 1 >= FEWEST_WORDS
    if is_telling and (places := captions.beginning_with(name)):
        yield _alike(HOW[1], places, credit)
    for groups in captions.by_group:
        numbered = NUMBERED.fullmatch(name)
        if found := groups.get(name):
            yield _of_group(found)
        elif numbered and (found := groups.get(numbered["name"])):
            yield _of_group(found, int(numbered["number"]))


def _of_group(groups: list[list[Place]], number: int = 0) -> Match:
    """Return the one caption of a group, or its n-th."""
    places = tuple(place for group in groups for place in group)
    if len(groups) > 1:
        return Match(HOW[1], places, "several stories have this name")
    if number:
        if number <= len(places):
            return Match(HOW[1], places[number - 1 : number])
        return Match(HOW[1], places, f"there is no caption number {number}")
    if len(places) > 1:
        return Match(HOW[1], places, "the name fits several captions")
    return Match(HOW[1], places)


def _by_likeness(
    phrases: Iterable[str], credit: str, captions: Captions
) -> Iterator[Match]:
    for phrase in phrases:
        found = process.extract(
            phrase,
            captions.by_words.keys(),
            scorer=fuzz.token_sort_ratio,
            score_cutoff=CANDIDATE,
            limit=MOST_CANDIDATES,
        )
        if not found:
            continue
        (best, score, _), others = found[0], found[1:]
        lead = score - others[0][1] if others else 100
        if score >= LIKE and lead >= LEAD and _is_comparable(phrase, best):
            yield _alike(HOW[2], captions.by_words[best], credit)
        else:
            places = (p for words, _, _ in found for p in captions.by_words[words])
            yield Match(HOW[2], tuple(places), "the words are alike, but not the same")


def _is_comparable(one: str, other: str) -> bool:
    """Tell whether likeness can speak: it says little of few words, nothing of numbers.

    “Gate 3 is shut” is no likeness of “Gate 5 is shut”.
    """
    fewest = min(len(WORD.findall(one)), len(WORD.findall(other)))
    same_numbers = sorted(NUMBER.findall(one)) == sorted(NUMBER.findall(other))
    return fewest >= FEWEST_WORDS and same_numbers


def _phrases(name: str, caption: str) -> Iterator[str]:
    """Yield the folded words that may be a caption's; a camera's name is none."""
    for phrase in (fold_words(caption), slug(stem(name)).replace("-", " ")):
        if len(WORD.findall(phrase)) > 1:
            yield phrase


def _alike(how: How, places: list[Place], credit: str) -> Match:
    """Return the captions that read alike: an agency's picture in several stories.

    Where their credits differ the picture's own credit chooses among them.
    """
    if len({place.words for place in places}) > 1:
        return Match(how, tuple(places), "several captions begin so")
    if len({fold(place.credit) for place in places}) > 1:
        chosen = [p for p in places if fold(p.credit) == fold(credit)]
        if not chosen:
            return Match(how, tuple(places), "captions read alike, credits differ")
        places = chosen
    is_short = any(len(WORD.findall(p.text)) < FEWEST_WORDS for p in places)
    if is_short and len(places) > 1:
        return Match(how, tuple(places), "words so few stand under other pictures too")
    return Match(how, tuple(places))
