"""Compose stories that share few runs of words unless a case wants them to."""

import re
from datetime import date, timedelta
from functools import cache

from articles.story.moment import Moment
from articles.story.story import Caption, Highlight, Story

from .dice import Dice
from .vocabulary import HERE, SECTION, words

SLOT = re.compile(r"\{(\w+)\}")
BEFORE_A_VOWEL = re.compile(r"\b([Aa]) (?=[aeiou])")
FIRST_DAY = date(2019, 1, 7)
LISTED = {
    "n": "nouns",
    "v": "verbs",
    "a": "adjectives",
    "adv": "adverbs",
    "role": "roles",
    "day": "days",
    "given": "given",
    "family": "surnames",
    "stock": "firms",
}


@cache
def frames(name: str = "frames.txt") -> dict[str, list[str]]:
    """Return the frames of sentences of a file by their place in a text."""
    _, *parts = SECTION.split((HERE / name).read_text(encoding="utf-8"))
    return {
        kind: [line.rstrip("|") for line in listed.splitlines()]
        for kind, listed in zip(parts[::2], parts[1::2], strict=True)
    }


class Writer:
    """Write about one matter: a few places, people and firms that come back."""

    def __init__(self, dice: Dice) -> None:
        lists = words()
        self.dice = dice
        self.places = dice.some(lists["places"], 2)
        self.firms = dice.some(lists["firms"], 2)
        self.surnames = dice.some(lists["surnames"], 3)
        self.people = [f"{dice.pick(lists['given'])} {name}" for name in self.surnames]

    def fill(self, frame: str) -> str:
        """Return the frame with a word in every slot, as a sentence begins."""
        text = SLOT.sub(lambda slot: self._word(slot[1]), frame)
        text = BEFORE_A_VOWEL.sub(r"\1n ", text)
        return text[0].upper() + text[1:]

    def _word(self, slot: str) -> str:
        if slot in LISTED:
            return self.dice.pick(words()[LISTED[slot]])
        return {
            "ns": lambda: plural(self.dice.pick(words()["nouns"])),
            "num": lambda: str(self.dice.between(2, 98)),
            "big": lambda: f"{self.dice.between(1100, 97000):,}",
            "dec": lambda: f"{self.dice.between(0, 9)}.{self.dice.between(10, 99)}",
            "move": lambda: self.dice.pick(["rose", "fell", "slipped", "gained"]),
            "place": lambda: self.dice.pick(self.places),
            "firm": lambda: self.dice.pick(self.firms),
            "surname": lambda: self.dice.pick(self.surnames),
            "person": lambda: self.dice.pick(self.people),
        }[slot]()

    def sentence(self) -> str:
        kinds, pick = frames(), self.dice.pick
        if self.dice.chance(0.15):
            return self.fill(pick(kinds["quotes"]))
        opener = pick(kinds["openers"]) if self.dice.chance(0.3) else ""
        return self.fill(opener + pick(kinds["clauses"]) + pick(kinds["tails"]))

    def paragraph(self, least: int = 1, most: int = 3) -> str:
        return " ".join(self.sentence() for _ in range(self.dice.between(least, most)))

    def paragraphs(self, least: int, most: int) -> list[str]:
        return [self.paragraph() for _ in range(self.dice.between(least, most))]

    def headline(self) -> str:
        return self.fill(self.dice.pick(frames()["headlines"]))

    def story(self, least: int = 5, most: int = 12, **parts) -> Story:
        """Return a story of that many paragraphs, with the given parts instead."""
        dice = self.dice
        paragraphs = self.paragraphs(least, most)
        bullets = [self.sentence() for _ in range(dice.pick([0, 0, 2, 3]))]
        caption = self.fill(dice.pick(frames()["captions"]))
        own = {
            "headline": self.headline(),
            "dateline": dice.pick(["", self.places[0].upper()]),
            "highlights": tuple(Highlight(text) for text in bullets),
            "captions": (Caption(caption),) if dice.chance(0.6) else (),
            "body": body(paragraphs),
            "published": day(dice.between(0, 2500)),
            "status": "published",
        }
        return Story(**own | parts)


def plural(noun: str) -> str:
    if noun.endswith("man"):
        return f"{noun[:-3]}men"
    if noun.endswith(("s", "x", "ch", "sh")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2] not in "aeou":
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def day(number: int) -> Moment:
    """Return a stated day, counted from the first."""
    return Moment(FIRST_DAY + timedelta(days=number))


def body(paragraphs: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in paragraphs)


def paragraphs_of(story: Story) -> list[str]:
    """Return the texts that `body` put together."""
    return story.body.removeprefix("<p>").removesuffix("</p>").split("</p><p>")
