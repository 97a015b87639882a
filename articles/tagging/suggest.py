"""Score the names of a story, and choose those that are worth a tag.

The places of its dateline are written as running text writes them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from articles.story.body import parse_blocks
from articles.story.countries import COUNTRIES
from articles.story.sizes import FIRST_CHARACTERS
from articles.story.story import Story
from articles.tagging.name_index import (
    Case,
    NameIndex,
    Text,
    name_key,
    spellings,
    text_of,
)
from articles.tagging.names import acronym_names, proper_names, surnames
from articles.tagging.vocabulary import PARTICLES

MOST_SUGGESTED = 8
# What a name is worth for where it stands, and for what it is.
IN_HEADLINE, IN_HIGHLIGHTS, IN_BODY, MOST_IN_BODY = 4, 2, 1, 5
DATELINE, ACRONYM, KNOWN = 4, 3, 2
IN_PLACE = re.compile(r"(?<=\b[Ii])n ([^\W\d_]+)")

StoryPart = Literal["headline", "highlights", "body"]


class Passage(NamedTuple):
    part: StoryPart
    text: Text


@dataclass(slots=True)
class Candidate:
    """A name that may become a tag; `worth` is what it is worth wherever it stands."""

    name: str
    first: tuple[int, int]
    worth: int = 0
    mentions: dict[StoryPart, int] = field(default_factory=lambda: defaultdict(int))

    def is_proposed(self) -> bool:
        """Tell whether it is worth a tag, or stands out or twice as a mere name.

        A headline alone is no proof: its words may be a label or wordplay.
        """
        headline, highlights = self.mentions["headline"], self.mentions["highlights"]
        body = self.mentions["body"]
        return bool(self.worth or highlights or body > 1 or (headline and body))

    def score(self) -> int:
        headline = IN_HEADLINE * bool(self.mentions["headline"])
        highlights = IN_HIGHLIGHTS * bool(self.mentions["highlights"])
        body = IN_BODY * min(self.mentions["body"], MOST_IN_BODY)
        return self.worth + headline + highlights + body


def suggest_tags(story: Story, known: NameIndex) -> tuple[str, ...]:
    """Return at most eight names for tags, the best first.

    They are the dateline's place, known tags in the text, names with their acronym,
    and proper names that stand out or twice. What the story carries already, its
    section and its authors are none, nor what an editor dismissed.
    """
    used = (story.section, *story.bylines, *(use.name for use in story.tags))
    used_keys = {name_key(spelling) for name in used for spelling in spellings(name)}
    proposed = [
        candidate
        for candidate in _candidates(story, known)
        if candidate.is_proposed()
        and used_keys.isdisjoint(map(name_key, spellings(candidate.name)))
    ]
    proposed.sort(key=lambda candidate: (-candidate.score(), candidate.first))
    return tuple(candidate.name for candidate in proposed[:MOST_SUGGESTED])


def _candidates(story: Story, known: NameIndex) -> list[Candidate]:
    """Return the names that the story may be tagged with, each with its mentions."""
    passages = list(_passages(story))
    own, worth = _own_names(story.dateline, [p.text for p in passages], known)
    found = {
        name: Candidate(name, (len(passages), number), points)
        for number, (name, points) in enumerate(worth.items())
    }
    for number, (part, text) in enumerate(passages):
        tags = list(known.find(text))
        names = (n for n in own.find(text) if not any(n.is_within(t) for t in tags))
        for mention in (*tags, *names):
            first = number, mention.start
            candidate = found.setdefault(mention.name, Candidate(mention.name, first))
            candidate.first = min(candidate.first, first)
            candidate.mentions[part] += 1
            if mention in tags:
                candidate.worth = max(candidate.worth, KNOWN)
    return list(found.values())


def _passages(story: Story) -> Iterator[Passage]:
    """Yield the story's texts, first what says most about its subject.

    What a story is about stands in its first hundred thousand characters.
    """
    left = FIRST_CHARACTERS
    for part, printed in _printed(story):
        text = printed[:left]
        left -= len(text)
        if text:
            yield Passage(part, text_of(text))


def _printed(story: Story) -> Iterator[tuple[StoryPart, str]]:
    yield "headline", story.headline
    yield "highlights", story.standfirst
    for highlight in story.highlights:
        yield "highlights", highlight.text
    for block in parse_blocks(story.body):
        for line in block.text.split("\n"):
            yield "body", line
    for caption in story.captions:
        yield "body", caption.text


def _own_names(
    dateline: str, texts: list[Text], known: NameIndex
) -> tuple[NameIndex, dict[str, int]]:
    """Return the names that the story itself brings, and what some are worth.

    A name that is a known tag's is called as the tag is.
    """
    places = dateline_places(dateline)
    acronyms = [name for text in texts for name in acronym_names(text)]
    worth = {known.name_for(name): ACRONYM for name in acronyms}
    worth |= {known.name_for(place): DATELINE for place in places}
    own = NameIndex()
    for name in (*places, *acronyms):
        for spelling in spellings(name):
            own.add(spelling, known.name_for(name), _case_of(spelling))
    _add_proper_names(own, places, texts, known)
    return own, worth


def _add_proper_names(
    own: NameIndex, datelines: list[str], texts: list[Text], known: NameIndex
) -> None:
    """Add the names in the texts, and whom their last names mean.

    In Port Sorrel “the Sorrel exchange” speaks of the place as of a person.
    """
    names = proper_names(texts)
    places = {
        name_key(word) for text in texts for word in IN_PLACE.findall(text.printed)
    }
    meant = surnames([*names, *datelines], places | set(own.entries))
    for last, full in meant.items():
        own.add(last, known.name_for(full), "capital")
    for name in names:
        own.add(name, known.name_for(name), _case_of(name))


def _case_of(name: str) -> Case:
    return "capitals" if name.isupper() else "capital"


AND = re.compile(r"\s*(?:/|\b(?:and|AND)\b)\s*")
# The letters of a word; in “St. John’s” the last one begins none.
LETTERS = re.compile(r"(?<![^\W\d_]['’])[^\W\d_]+(?:['’][sS]\b)?")
VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
ARTICLES = {"al", "el", "la"}
LONGEST_PLACE = 60


def dateline_places(dateline: str) -> list[str]:
    """Return the places, well written, without the country that may follow one.

    A reader of Torkham's news looks for Torkham; the country is a tag where the text
    speaks of it.

    >>> dateline_places("Torkham, Pakistan"), dateline_places("LAHORE/NEW YORK")
    (['Torkham'], ['Lahore', 'New York'])
    """
    places = (place.split(",")[0].strip() for place in AND.split(dateline))
    return [_written(place) for place in places if 1 < len(place) <= LONGEST_PLACE]


def _written(place: str) -> str:
    if not place.isupper():
        return place
    return LETTERS.sub(lambda match: _written_word(match[0], match.start()), place)


def _written_word(word: str, start: int) -> str:
    """Return the word with one capital; “UAE” and “DC” keep theirs."""
    is_acronym = not VOWEL.search(word) and word != "ST"
    if word in COUNTRIES or is_acronym:
        return word
    is_particle = word.lower() in PARTICLES - ARTICLES
    return word.lower() if start and is_particle else word.capitalize()
