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
    # Arabic and Urdu words are parted by commas, as a verb may be several; sentences
    # stand on lines of their own and have slots.
    return {
        kind: listed.split() if language == "en" else _parted(listed)
        for kind, listed in zip(parts[::2], parts[1::2], strict=True)
    }


def _parted(listed: str) -> list[str]:
    return listed.splitlines() if "{" in listed else listed.strip().split(", ")
