"""Arabic and Urdu stories, whose letters are written in several ways."""

from articles.story.story import Story
from tests.matching.cases import Printed
from tests.matching.changes import mend_typos, with_body
from tests.matching.dice import Dice
from tests.matching.plans import Files, Plan
from tests.matching.prose import SLOT, body, day, paragraphs_of
from tests.matching.vocabulary import words

VOWELS = "\u064e\u064f\u0650\u0651\u0652"
KASHIDA = "\u0640"
# Letters that join the next one within a word, so that a kashida may stretch them.
JOINING = "بتسشصضطظعغفقلمن"
# What keyboards and crawlers write in the place of a letter, by language.
SWAPS = {
    "ar": [("ي", "ی"), ("ى", "ي"), ("ك", "ک"), ("أ", "ا"), ("إ", "ا"), ("آ", "ا")],
    "ur": [("ی", "ي"), ("ی", "ى"), ("ک", "ك"), ("ہ", "ه")],
}
SLOTS = {
    "n": "nouns",
    "v": "verbs",
    "a": "adjectives",
    "role": "roles",
    "person": "people",
    "place": "places",
    "day": "days",
}


def arabic(dice: Dice) -> Plan:
    """Print a story in Arabic again with vowel signs, kashidas or other letters."""
    return _reprinted(dice, "ar")


def urdu(dice: Dice) -> Plan:
    """Print a story in Urdu again with Arabic letters, vowel signs or kashidas."""
    return _reprinted(dice, "ur")


def _reprinted(dice: Dice, language: str) -> Plan:
    """Of ten: four the same headline, two a changed one in the same place, two one
    elsewhere (a suspicion), and two another body under the same headline.
    """
    files, spelling, kind = Files(dice), Spelling(dice, language), dice.between(1, 10)
    old = files.printed(story(dice, language), dice.between(1, 2))
    headline = old.story.headline
    namesake = files.printed(story(dice, language, headline=headline))
    if kind <= 2:
        other = story(dice, language, headline=spelling.respelled(headline))
        return Plan([old, namesake], files.printed(other))
    text = mend_typos(dice, paragraphs_of(old.story))
    text = [spelling.respelled(paragraph) for paragraph in text]
    if kind <= 6:
        headline = spelling.respelled(headline)
        again = with_body(old.story, text, headline=headline)
        return Plan([old, namesake], files.printed(again, 2), same=(0,))
    again = with_body(old.story, text, headline=_sentence(dice, language, "headlines"))
    if kind <= 8:
        moved = Printed(again, old.file_name, old.position)
        return Plan([old, namesake], moved, same=(0,))
    return Plan([old, namesake], files.printed(again), suspect=(0,))


def story(dice: Dice, language: str, **parts) -> Story:
    """Return a story of three to eight paragraphs, with the given parts instead."""
    text = [
        " ".join(
            _sentence(dice, language, "sentences") for _ in range(dice.between(1, 3))
        )
        for _ in range(dice.between(3, 8))
    ]
    own = {
        "headline": _sentence(dice, language, "headlines"),
        "body": body(text),
        "language": language,
        "status": "published",
        "published": day(dice.between(0, 2500)),
    }
    return Story(**own | parts)


class Spelling:
    """Write as another keyboard or another crawler would: the same all through."""

    def __init__(self, dice: Dice, language: str) -> None:
        self.dice = dice
        self.swaps = str.maketrans(dict(dice.some(SWAPS[language], 2)))
        self.share_added = dice.pick([0, 0, 0.1, 0.5])

    def respelled(self, text: str) -> str:
        swapped = text.translate(self.swaps)
        return "".join(letter + self._added(letter) for letter in swapped)

    def _added(self, letter: str) -> str:
        if not letter.isalpha() or not self.dice.chance(self.share_added):
            return ""
        stretched = letter in JOINING and self.dice.chance(0.1)
        return KASHIDA if stretched else self.dice.pick(VOWELS)


def _sentence(dice: Dice, language: str, kind: str) -> str:
    lists = words(language)

    def word(slot: str) -> str:
        if slot == "num":
            return str(dice.between(11, 98))
        if slot == "na":
            return _described(language, word("n"), word("a"))
        return dice.pick(lists[SLOTS[slot]])

    return SLOT.sub(lambda slot: word(slot[1]), dice.pick(lists[kind]))


def _described(language: str, noun: str, adjective: str) -> str:
    """Return the noun with its adjective, which in Arabic follows and agrees."""
    if language == "ur":
        return f"{adjective} {noun}"
    return f"{noun} {adjective}{'ة' if noun.endswith('ة') else ''}"
