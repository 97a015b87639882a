"""Text as stories compare, name and keep it.

`fold` says what makes two writings of the same words alike, `fold_name` what makes two
names one, `make_key` gives the parts
of a story short names that outlast edit, merge and restore, `as_slug` is how
they stand in an address, `printable` leaves out the
characters that a story may not hold, and `comma` is set as the language does.
"""

import re
import unicodedata
from collections.abc import Collection
from hashlib import sha256
from itertools import chain, count

QUOTES = {"'": "‘’‚‛", '"': "“”„‟«»"}
# Accents and vowel signs that one writer sets and the other leaves out.
ACCENTS = "\u0300-\u036f\u0640\u064b-\u065f\u0670\u200c\u200d"
ACCENT = re.compile(f"[{ACCENTS}]")
# What follows a figure and is raised: NFKC alone would make 106 of 10⁶.
RAISED = re.compile("(\\d)([⁰¹²³⁴-⁹⁺⁻])")
# Letters that Arabic and Urdu keyboards write each in their own way.
ONE_LETTER = str.maketrans("يىكهة", "ییکہہ")


def fold(text: str) -> str:
    """Return the text without what two copies of the same words may differ in.

    That is case, the shape of quotes, width, and the kind and number of spaces. Raised
    figures behind a figure stay parted from it.

    >>> fold("Islamabad’s  Concerns\u00a0"), fold("10⁶ m²")
    ("islamabad's concerns", '10^6 m2')
    """
    if text.isascii():
        return " ".join(text.casefold().split())
    text = RAISED.sub(r"\1^\2", text)
    text = with_straight_quotes(unicodedata.normalize("NFKC", text)).casefold()
    return " ".join(unicodedata.normalize("NFKC", text).split())


AS_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def raise_figures(text: str) -> str:
    """Return the text with figures raised that were typed with a caret.

    >>> raise_figures("10^-6 and x^2")
    '10⁻⁶ and x^2'
    """
    typed = re.compile(r"(?<=\d)\^([+\-−]?\d+)")
    return typed.sub(lambda match: match[1].translate(AS_RAISED), text)


def with_straight_quotes(text: str) -> str:
    """Return the text with typewriter's quotes.

    >>> print(with_straight_quotes("“Noon” at Lee’s"))
    "Noon" at Lee's
    """
    # One character after the other: twenty times faster than a table of them all.
    for straight, curly in QUOTES.items():
        for quote in curly:
            text = text.replace(quote, straight)
    return text


def fold_letters(text: str) -> str:
    """Return the folded text with bare letters: no accents, one yeh, one kaf, one heh.

    >>> fold_letters("Crème at Türkiye"), fold_letters("كِتاب") == fold_letters("کتاب")
    ('creme at turkiye', True)
    """
    folded = fold(text)
    if folded.isascii():
        return folded
    return ACCENT.sub("", unicodedata.normalize("NFKD", folded)).translate(ONE_LETTER)


# What Unicode calls ignorable: joiners, marks of direction, letters without a shape.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e0fff]"
)


def fold_name(name: str) -> str:
    """Return what a tag or an author is known by, on whichever keyboard it is typed.

    It is "" for what nobody can see, and so for no name. Stored names were folded so
    that a raised figure is one like any other.

    >>> fold_name("\u200fCafé"), fold_name("كراچي") == fold_name("کراچی")
    ('cafe', True)
    """
    if name.isascii():
        return fold(name)
    name = unicodedata.normalize("NFKC", INVISIBLE.sub("", name))
    # An accent that stands alone is seen, and is all that this name has.
    return " ".join(fold_letters(name).split()) or fold(name)


def as_slug(text: str) -> str:
    """Return words as a part of an address, in their own script with all its signs.

    >>> as_slug("Nida “N.” Khan-Ali"), as_slug("नीदा खान"), as_slug("น้ำ")
    ('nida-n-khan-ali', 'नीदा-खान', 'น้ำ')
    """
    text = unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).lower()
    kept = (
        c if is_of_word(c) else " " if c in "-_" or c.isspace() else "" for c in text
    )
    slug = "-".join("".join(kept).split())
    # Two letters that NFKC takes apart, of Thai and of Lao; no keyboard writes them so.
    return slug.replace("\u0e4d\u0e32", "\u0e33").replace("\u0ecd\u0eb2", "\u0eb3")


def is_of_word(character: str) -> bool:
    """Tell whether it is a letter, a figure, or a sign that is written on one."""
    return character.isalnum() or unicodedata.category(character)[0] == "M"


# No vowels, and no characters that look alike: a key never spells a word.
KEY_CHARACTERS = "23456789bcdfghjkmnpqrstvwxyz"
KEY_LENGTH = 6
LONGEST_KEY = 8
PLAIN_TRIES = 3
KEY = re.compile(rf"[a-z0-9]{{1,{LONGEST_KEY}}}")


def make_key(words: str, taken: Collection[str] = ()) -> str:
    """Return six characters made from the words, or the next six that are not taken.

    The same words give the same key on every machine, so that a file read twice
    gives the same story.

    >>> make_key("Third gate had been shut")
    '6pyw23'
    >>> make_key("Third gate had been shut", taken={"6pyw23"})
    'cvs35h'
    """
    # The same words a thousand times over each try keys of their own.
    others = (f"{len(taken)}/{number}" for number in count())
    attempts = chain(map(str, range(PLAIN_TRIES)), others)
    keys = (_hash_characters(f"{attempt}:{words}") for attempt in attempts)
    return next(key for key in keys if key not in taken)


def _hash_characters(text: str) -> str:
    number = int.from_bytes(sha256(text.encode()).digest())
    characters = []
    for _ in range(KEY_LENGTH):
        number, position = divmod(number, len(KEY_CHARACTERS))
        characters.append(KEY_CHARACTERS[position])
    return "".join(characters)


# No database column, feed or XML takes these; half characters cannot be encoded.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

# A vertical tab or a form feed parts words as a line end does.
FEED = re.compile(r"[\v\f]")


def printable(text: str) -> str:
    """Return the text without control characters and halves of characters.

    >>> printable("Env\\x00oy in\\x0bKabul")
    'Envoy in Kabul'
    """
    return CONTROL.sub("", FEED.sub(" ", text))


ARABIC_SCRIPT = {"ar", "ckb", "fa", "ps", "sd", "ug", "ur"}


def comma(language: str) -> str:
    """Return what stands between two of a row, with its space.

    >>> comma("en-gb"), comma("ur-PK")
    (', ', '، ')
    """
    return "، " if language.lower().partition("-")[0] in ARABIC_SCRIPT else ", "


def words_of(text: str) -> frozenset[str]:
    """Return the words between the commas, wherever the lines end."""
    return frozenset(" ".join(word.split()) for word in text.split(","))
