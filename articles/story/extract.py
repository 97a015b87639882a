"""The sentences of a text, and as much of it as fits, with no half truth."""

import re
import unicodedata
from itertools import pairwise

STOPS = ".!?…؟۔।။។።։"
# These stand without a space behind them.
WIDE_STOPS = "。！？"
CLOSING = "”’»\"')]」』"
OPENING = "“‘«\"'([「『"
# A stop behind these ends no sentence.
SHORTENED = frozenset(
    "al bros capt co cmdr col corp dept dr etc ft gen gov hon inc jr lt ltd maj mr mrs "
    "ms mt no nos p pp prof rep rev sen sgt sr st ste vol vs jan feb mar apr jun jul "
    "aug sep sept oct nov dec bzw ca nr usw vgl env mme mlle sra srta núm".split()
)
WORD = re.compile(r"\S+")
WIDE_END = re.compile(f"[{WIDE_STOPS}]+[{re.escape(CLOSING)}]*")


def extract(text: str, longest: int) -> str:
    """Return the text, or as much of it as fits into so many characters, one at least.

    It ends with a sentence if whole ones fill a third of the room. Else it ends with a
    word and “…”, and never with a figure: what it counts would be missing.

    >>> extract("Ships came in. The harbour master waved.", 30)
    'Ships came in.'
    >>> extract("The harbour was shut for 14 days", 29)
    'The harbour was shut for…'
    """
    if len(text) <= longest:
        return text
    ends = [end for end in _sentence_ends(text[: longest + 30]) if end <= longest]
    if ends and ends[-1] >= longest / 3:
        return text[: ends[-1]]
    words = [*WORD.finditer(text, 0, longest)]
    # The last may go on behind what was looked at, and a figure says nothing alone.
    while words and (words[-1].end() == longest or _is_figure(words[-1][0])):
        words.pop()
    cut = words[-1].end() if words else _between_characters(text, longest - 1)
    return text[:cut].rstrip(" .,;:–—-،؛、") + "…"


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text, each with the space behind it.

    >>> split_sentences("Dr. Khan sailed. Nobody waved.")
    ['Dr. Khan sailed. ', 'Nobody waved.']
    """
    rests = (text[end:] for end in _sentence_ends(text))
    starts = {0, *(len(text) - len(rest.lstrip()) for rest in rests)}
    parts = pairwise(sorted(starts | {len(text)}))
    return [text[start:end].lstrip() for start, end in parts]


def _sentence_ends(text: str) -> list[int]:
    wide = [match.end() for match in WIDE_END.finditer(text)]
    words = [*WORD.finditer(text)]
    ends = [
        word.end()
        for word, following in zip(words, [*words[1:], None], strict=True)
        if following and _ends_sentence(word[0]) and not _goes_on(following[0])
    ]
    return sorted(wide + ends)


def _ends_sentence(word: str) -> bool:
    bare = word.rstrip(CLOSING)
    if bare[-1:] != ".":
        return bare[-1:] in STOPS
    stem = bare.rstrip(".").lstrip(OPENING)
    is_short = len(stem) < 2 or "." in stem or stem.casefold() in SHORTENED
    return not (is_short or stem.isdecimal())


def _goes_on(word: str) -> bool:
    return word.lstrip(OPENING)[:1].islower()


def _is_figure(word: str) -> bool:
    return any(character.isdigit() for character in word)


def _between_characters(text: str, at: int) -> int:
    """Return the nearest place before this one that parts no letter from its marks."""
    joined = (at for at in range(at, 0, -1) if not _is_joined(text[at - 1 : at + 1]))
    return next(joined, at)


def _is_joined(pair: str) -> bool:
    return "\u200d" in pair or unicodedata.category(pair[1]).startswith("M")
