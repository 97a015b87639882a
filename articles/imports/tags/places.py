"""Write the places of a dateline as running text writes them."""

import re

from articles.imports.tags.vocabulary import PARTICLES
from articles.parsing.vocabulary import COUNTRIES

AND = re.compile(r"\s*(?:/|\b(?:and|AND)\b)\s*")
# The letters of a word; in “St. John’s” the last one begins none.
LETTERS = re.compile(r"(?<![^\W\d_]['’])[^\W\d_]+(?:['’][sS]\b)?")
VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
ARTICLES = {"al", "el", "la"}
LONGEST = 60


def dateline_places(dateline: str) -> list[str]:
    """Return the places, well written, without the country that may follow one.

    A reader of Torkham's news looks for Torkham; the country is a tag where the text
    speaks of it.

    >>> dateline_places("Torkham, Pakistan"), dateline_places("LAHORE/NEW YORK")
    (['Torkham'], ['Lahore', 'New York'])
    """
    places = (place.split(",")[0].strip() for place in AND.split(dateline))
    return [_written(place) for place in places if 1 < len(place) <= LONGEST]


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
