"""Tell in which language a story is written, by its script and then by its words."""

import re
import unicodedata
from collections import Counter

import pycld2

MOST_CHARACTERS = 4_000
"""So much of a story is enough to know its language by."""

LEAST_PERCENT = 60
"""The share of the words that has to be in the language a story is said to be in."""

CODES = {"iw": "he", "jw": "jv"}
"""Codes that have others by now."""

NO_LANGUAGES = ("ia", "ie", "la", "tlh", "un", "vo", "xx", "zzp")
"""Nobody prints news in these; what is taken for them is too short or a list."""

SCRIPTS = {
    "LATIN": ("en",),
    "ARABIC": ("ar", "ur", "fa", "ps", "sd", "ug", "ku", "ckb", "prs", "pnb"),
    "CYRILLIC": ("ru", "uk", "bg", "sr", "be", "mk", "kk", "ky", "mn", "tg", "tt"),
    "DEVANAGARI": ("hi", "mr", "ne", "sa"),
    "HEBREW": ("he", "yi"),
    "CJK": ("zh",),
}
"""Languages of a script, the one with most newspapers first.

Only those that a few words in it do not tell.
"""

ONE_LANGUAGE = (
    {"no", "nb", "nn"},
    {"sr", "hr", "bs", "sh"},
    {"id", "ms"},
    {"fa", "prs"},
    {"tl", "fil"},
)
"""Names of one language, or of languages that are told apart by a few words."""


CODE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}", re.IGNORECASE)


def is_language_code(text: str) -> bool:
    """Tell whether a text is a language's code, as `lang` of a page has it.

    >>> [is_language_code(text) for text in ("ur", "pt-br", "urdu", "")]
    [True, True, False, False]
    """
    return bool(CODE.fullmatch(text))


def language_of(text: str, usual: str) -> tuple[str, bool]:
    """Return the language of a text, and whether that is sure.

    Where it cannot be told it is the usual one, unless the script belies that.

    >>> language_of("صوّت المجلس على تجديد بوابات المد القديمة", "en")
    ('ar', True)
    >>> language_of("The council voted for new tide gates", "en-gb")
    ('en-gb', True)
    """
    text = text[:MOST_CHARACTERS]
    if found := find_language(text):
        return (usual if is_one_language(found, usual) else found), True
    likeliest = _detect(text, is_best_effort=True)
    letters = (unicodedata.name(c, "").partition(" ")[0] for c in text if c.isalpha())
    scripts = Counter(letters).most_common(1)
    if not scripts or is_one_language(likeliest, usual):
        return usual, True
    script = scripts[0][0]
    of_usual = (name for name, codes in SCRIPTS.items() if _base(usual) in codes)
    if script == next(of_usual, "LATIN"):
        return usual, False
    return likeliest or SCRIPTS.get(script, (usual,))[0], False


def find_language(text: str) -> str:
    """Return the language that most of a text is surely in, or ""."""
    return _detect(text[:MOST_CHARACTERS], is_best_effort=False)


def is_one_language(one: str, other: str) -> bool:
    """Tell whether two codes name one language, as `nb` and `no` do."""
    codes = {_base(one), _base(other)}
    return len(codes) == 1 or any(codes <= names for names in ONE_LANGUAGE)


def _base(code: str) -> str:
    return code.lower().partition("-")[0]


def _detect(text: str, *, is_best_effort: bool) -> str:
    words = " ".join(text.split())
    if not words.isprintable():
        # It refuses control characters and halves of characters.
        words = "".join(c if c.isprintable() else " " for c in words)
    is_reliable, _, languages = pycld2.detect(
        words, isPlainText=True, bestEffort=is_best_effort
    )
    _, code, percent, _ = languages[0]
    is_told = is_reliable or is_best_effort
    if not is_told or percent < LEAST_PERCENT or code.startswith(NO_LANGUAGES):
        return ""
    return CODES.get(code, code.lower())
