"""The words that the cases are made of."""

import re
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
SECTION = re.compile(r"^\[(\w+)\]\n", re.MULTILINE)


@cache
def words(language: str = "en") -> dict[str, list[str]]:
    """Return the lists of a language by name: nouns, verbs, places and so on."""
    name = {"en": "words.txt", "ar": "arabic.txt", "ur": "urdu.txt"}[language]
    text = (HERE / name).read_text(encoding="utf-8")
    _, *parts = SECTION.split(text)
    # Arabic and Urdu lists are parted by commas: a verb may have several words.
    parted = str.split if language == "en" else _by_commas
    return {
        kind: parted(listed)
        for kind, listed in zip(parts[::2], parts[1::2], strict=True)
    }


def _by_commas(listed: str) -> list[str]:
    return [word.strip() for word in re.split("[,\n]", listed) if word.strip()]
