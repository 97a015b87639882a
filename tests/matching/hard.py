"""The hard pairs, made by hand: each file is named for what makes it hard.

It has an editor's answer, where the two readings stand, the day if they state one, and
both bodies as one comparison: `-` is a paragraph of the known reading alone, `+` of the
new one alone.
"""

import re
from functools import cache

from articles.story.story import Story

from .cases import Case, Printed
from .prose import body, day
from .vocabulary import HERE

PLACE = re.compile(
    r"(?P<file>\S+) (?P<position>\d)(?: of day (?P<day>\d))? \|(?: (?P<headline>.+))?"
)
LANGUAGES = {"arabic": "ar", "urdu": "ur"}


@cache
def hard() -> tuple[Case, ...]:
    """Return every hard pair, in the order of their names."""
    paths = sorted((HERE / "hard").glob("*.txt"))
    return tuple(_case(path.stem, path.read_text(encoding="utf-8")) for path in paths)


def _case(name: str, text: str) -> Case:
    head, *paragraphs = text.rstrip("\n").split("\n\n")
    answer, known, new = (line.partition(": ")[2] for line in head.split("\n"))
    language = LANGUAGES.get(name.partition("-")[0], "en")
    return Case(
        name=name,
        kind="hard",
        known=(_printed(known, paragraphs, " -", language),),
        new=_printed(new, paragraphs, " +", language),
        same=frozenset({0} if answer == "same" else ()),
        suspect=frozenset({0} if answer == "suspect" else ()),
    )


def _printed(place: str, paragraphs: list[str], marks: str, language: str) -> Printed:
    """Return the reading that has the paragraphs with one of the given marks."""
    at = PLACE.fullmatch(place)
    own = [" ".join(_unmarked(text)) for text in paragraphs if text[0] in marks]
    stated = at["day"] and day(int(at["day"]))
    story = Story(
        at["headline"] or "", body=body(own), language=language, published=stated
    )
    return Printed(story, at["file"], int(at["position"]))


def _unmarked(paragraph: str) -> list[str]:
    return [line[2:] for line in paragraph.split("\n")]
