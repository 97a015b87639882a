"""The words of a text as search compares them: folded, and each cut to its stem.

Both databases are given these and nothing else, so they find the same. A word is what
stands between two spaces, without what surrounds it; some are several (`Covid-19`), and
a script that sets no spaces is a word a character.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import snowballstemmer

from articles.story.text import INVISIBLE, fold_letters, is_of_word

# Longer words are compared by their beginnings, for no index takes any length.
LONGEST = 64
# A newspaper says most of what it says in a few thousand words.
MOST_KNOWN = 1 << 16
# What no word has within it; what only surrounds one is taken off later.
CHUNK = re.compile(r"[^\s—–…|/\\()\[\]{}<>“”„\"«»!?*;:،؛؟。、，！？：；「」『』（）]+")
# A letter and a letter, however far apart they are set.
PAIR = re.compile(r"(?<!\w)([^\W\d_]) ?& ?([^\W\d_])(?!\w)")
ABBREVIATION = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
THOUSANDS = re.compile(r"(?<=\d)[,٬](?=\d{3}(?!\d))")
OTHER_APOSTROPHES = str.maketrans("ʼ`´′ʻ", "'''''")
# Letters that Unicode takes for no accented ones.
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
    | {"ٱ": "ا", "ھ": "ہ"}
    | {chr(zero + n): str(n) for zero in (0x660, 0x6F0, 0x966) for n in range(10)}
)
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
# What French and its kin shorten before a vowel.
ELIDED = set("l d j m t s n c qu lorsqu puisqu quoiqu dell all sull nell un".split())
ELIDING = {"fr", "it", "ca"}
STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
}
# The stemmer knows the letters of Arabic keyboards, and a ta marbuta that is written.
AS_ARABIC = str.maketrans("یکہ", "يكه")
JOINED_ARTICLE = re.compile(r"^(?:[وفبك](?=ال)|ل(?=ل))(?=\w{5})")


def stems(text: str, language: str) -> Iterator[str]:
    """Yield the words of a text as stories of this language are searched by them.

    >>> list(stems("O’Brien’s harbours: the U.N., R & D, 1,500", "en-gb"))
    ['obrien', 'harbour', 'the', 'un', 'r&d', '1500']
    """
    primary = primary_language(language)
    for word in split_words(text):
        yield from stems_of_word(word, primary)


def split_words(text: str) -> list[str]:
    """Return what stands between spaces and signs that part words."""
    return CHUNK.findall(PAIR.sub(r"\1&\2", text) if "&" in text else text)


def primary_language(language: str) -> str:
    return language.lower().partition("-")[0]


@lru_cache(maxsize=MOST_KNOWN)
def stems_of_word(word: str, language: str) -> tuple[str, ...]:
    """Return the words that one between spaces is to search; there may be none.

    >>> stems_of_word("Covid-19,", "en"), stems_of_word("l’école", "fr")
    (('covid', '19'), ('ecol',))
    """
    return tuple(
        stem[:LONGEST]
        for part in _parts(fold_word(word))
        for piece in _without_apostrophes(part, language)
        for stem in _stems_of_piece(piece, language)
    )


def fold_word(word: str) -> str:
    """Return a word as it is compared, whatever keyboard it was typed on.

    >>> fold_word("Łódź"), fold_word("٢٥"), fold_word("Oʼ\u00adBrien")
    ('lodz', '25', "o'brien")
    """
    if word.isascii():
        folded = word.casefold().replace("`", "'")
    else:
        word = INVISIBLE.sub("", word).translate(OTHER_APOSTROPHES)
        folded = fold_letters(word).translate(LETTERS)
    folded = THOUSANDS.sub("", folded)
    bare = folded.strip(".,'")
    if ABBREVIATION.fullmatch(bare):
        return bare.replace(".", "")
    return folded


def _parts(folded: str) -> Iterator[str]:
    """Yield the parts of a word between signs, but for those within a word."""
    if folded.isalnum():
        yield folded
        return
    kept = "".join(c if is_of_word(c) or c in "'&" else " " for c in folded)
    for part in kept.split():
        if part := part.strip("'&"):
            yield part


def _without_apostrophes(part: str, language: str) -> list[str]:
    if "'" not in part:
        return [part]
    part = part.removesuffix("'s")
    before, _, after = part.partition("'")
    if language in ELIDING and before in ELIDED and after:
        part = after
    return [part.replace("'", "")]


def _stems_of_piece(piece: str, language: str) -> list[str]:
    if not piece.isascii() and UNSPACED.search(piece):
        # Each character of such a script, and what stands between them.
        return re.findall(f"{UNSPACED.pattern}|(?:(?!{UNSPACED.pattern}).)+", piece)
    algorithm = STEMMERS.get(language)
    if not algorithm or piece.isdigit() or "&" in piece:
        return [piece]
    if language == "ar":
        return [_arabic_stem(piece)]
    return [_cut(algorithm, piece)]


def _cut(algorithm: str, word: str) -> str:
    # One for each word: they keep the word they are at, and threads would share it.
    return str(snowballstemmer.stemmer(algorithm).stemWord(word)) or word


def _arabic_stem(word: str) -> str:
    word = JOINED_ARTICLE.sub("", word.translate(AS_ARABIC))
    if len(word) > 3 and word.endswith("ه"):
        word = f"{word[:-1]}ة"
    return fold_letters(_cut("arabic", word)) or fold_letters(word)


def joined(texts: Iterable[str], language: str) -> str:
    """Return the stems of several texts, so that no phrase leads from one to the next.

    >>> joined(["Old town", "", "New walls"], "en")
    'old town . new wall'
    """
    primary = primary_language(language)
    return " . ".join(filter(None, (_joined(text, primary) for text in texts)))


def _joined(text: str, language: str) -> str:
    return " ".join(filter(None, map(_known[language].__getitem__, split_words(text))))


class _StemsAsText(dict[str, str]):
    """The stems of words of a language, as text: of an import's work this is most."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, word: str) -> str:
        if len(self) >= MOST_KNOWN:
            self.clear()
        text = self[word] = " ".join(stems_of_word(word, self.language))
        return text


class _Languages(dict[str, _StemsAsText]):
    def __missing__(self, language: str) -> _StemsAsText:
        return self.setdefault(language, _StemsAsText(language))


_known = _Languages()
