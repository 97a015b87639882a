"""What a newspaper does to a story between two readings of it."""

import re
from dataclasses import replace

from articles.story.story import Story

from .dice import Dice
from .prose import Writer, body, paragraphs_of

NUMBER = re.compile(r"\d+")
SENTENCES = re.compile(r"(?<=[.”]) (?=[A-Z“\d])")
WORD = re.compile(r"[^\W\d_]{4,}")


def mend_typos(dice: Dice, paragraphs: list[str]) -> list[str]:
    """Return the text with a word in a hundred to one in twenty written otherwise."""
    share = dice.between(10, 50) / 1000
    words = [text.split(" ") for text in paragraphs]
    places = [(i, j) for i, text in enumerate(words) for j in range(len(text))]
    for i, j in dice.some(places, max(1, int(len(places) * share))):
        words[i][j] = _misspelled(dice, words[i][j])
    return [" ".join(text) for text in words]


def _misspelled(dice: Dice, word: str) -> str:
    if NUMBER.search(word):
        return NUMBER.sub(lambda _: str(dice.between(2, 98)), word, count=1)
    if not WORD.search(word):
        return word
    at = dice.between(1, len(word) - 3)
    return dice.pick(
        [
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
        ]
    )


def add_paragraphs(writer: Writer, paragraphs: list[str], most: float) -> list[str]:
    """Return the text with new paragraphs in it, up to that share of the old ones."""
    added = list(paragraphs)
    for _ in range(writer.dice.between(1, max(1, int(len(paragraphs) * most)))):
        added.insert(writer.dice.between(1, len(added)), writer.paragraph())
    return added


def rewrite(writer: Writer, paragraphs: list[str]) -> list[str]:
    """Return the text as a desk edits it: a sentence in seven new, one moved up."""
    dice = writer.dice
    texts = [SENTENCES.split(text) for text in paragraphs]
    places = [(i, j) for i, text in enumerate(texts) for j in range(len(text))]
    for i, j in dice.some(places, max(1, len(places) // 7)):
        texts[i][j] = writer.sentence()
    edited = [" ".join(text) for text in texts]
    moved = edited.pop(dice.between(1, len(edited) - 1))
    edited.insert(dice.between(0, len(edited) - 1), moved)
    return edited


def cut(dice: Dice, paragraphs: list[str], least: int = 1) -> list[str]:
    """Return the first paragraphs, as the foot of another file prints them."""
    return paragraphs[: dice.between(least, max(least, len(paragraphs) - 1))]


def tidy_headline(dice: Dice, headline: str) -> str:
    """Return a headline that only a typesetter can tell from the given one."""
    curly = dice.chance(0.5)
    headline = headline.replace("’", "'") if curly else headline.replace("'", "’")
    return dice.pick([headline, f"{headline}\u00a0", headline.upper(), f" {headline}"])


def with_body(story: Story, paragraphs: list[str], **parts) -> Story:
    return replace(story, body=body(paragraphs), **parts)


def mended(dice: Dice, story: Story, **parts) -> Story:
    """Return the story with typos mended here and there."""
    return with_body(story, mend_typos(dice, paragraphs_of(story)), **parts)
