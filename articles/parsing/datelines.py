"""Recognise the dateline: the place that opens the first paragraph."""

import re
from typing import NamedTuple

from articles.parsing.lines import BLANK_CHARACTERS
from articles.parsing.vocabulary import LABELS
from articles.story.countries import COUNTRIES

BEFORE_COLON = re.compile(
    r"(?P<place>[^:：]{2,60}?)\s{0,9}(?P<colon>[:：])(?P<rest>.*)", re.DOTALL
)
PLACE = re.compile(r"[^\W\d_]+(?:[ .,'’/()–-]{1,3}[^\W\d_]+)*\.?")
COUNTRY = re.compile(r"[A-Z]\w+(?:[ '’-]\w+){0,3}, (?P<country>[A-Z]\w+(?: [A-Z]\w+)*)")
KATAKANA = re.compile(r"[\u30a0-\u30ff・]+")
NO_COLON = re.compile(
    r"(?P<place>[A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+)?"
    r"(?:, [A-Z][A-Za-z.]{1,9}(?: [A-Z][a-z]+)?)?)"
    r"(?P<day>, [A-Z][A-Za-z]{2,8}\.?\s+\d{1,2})?(?:\s+\([A-Z][\w .]{1,20}\))?"
    r"(?:\s+[–—-]{1,2}\s+|(?:--|—)(?=[“\"A-Z])|\s+(?=(?P<opener>"
    r"There|The|It|He|She|They|This|These|In|On|At|As|After|When|While|Police"
    r")\b))(?P<text>\S.*)",
    re.DOTALL,
)


class Dateline(NamedTuple):
    """Hold the dateline, the text behind it and the code of a doubt about it."""

    place: str
    text: str
    doubt: str = ""


def split_dateline(paragraph: str) -> Dateline:
    """Return the dateline, or "" where there is none, and the text that follows.

    >>> split_dateline("KARACHI: The port reopened.")
    Dateline(place='KARACHI', text='The port reopened.', doubt='')
    >>> split_dateline("Torkham, Pakistan: Families waited.").place
    'Torkham, Pakistan'
    >>> split_dateline("By 4:38 p.m. the gate was shut.").place
    ''
    """
    match = BEFORE_COLON.match(paragraph)
    if match and LABELS.isdisjoint(match["place"].lower().split()[-1:]):
        found = Dateline(match["place"], match["rest"].strip(BLANK_CHARACTERS))
        if _is_certain(match):
            return found
        if COUNTRY.fullmatch(match["place"]):
            return found._replace(doubt="dateline-guessed")
        if _may_be_place(match):
            return Dateline("", paragraph, "dateline-doubtful")
    return _without_colon(paragraph)


def has_dateline(text: str) -> bool:
    """Tell whether a line surely opens a story with its place."""
    place, _, doubt = split_dateline(text)
    return bool(place) and not doubt


def is_bare_dateline(text: str) -> bool:
    """Tell whether a line prints a dateline alone, its paragraph being the next."""
    found = split_dateline(text) if text[-1] in ":：" else None
    return found is not None and bool(found.place) and not found.text


def _is_certain(match: re.Match[str]) -> bool:
    place = match["place"]
    country = COUNTRY.fullmatch(place)
    if country and country["country"] in COUNTRIES:
        return True
    if match["colon"] == "：" and KATAKANA.fullmatch(place):
        return True
    words = place.replace(",", " ").split()
    is_named = all(word.strip("(/").istitle() or word.isupper() for word in words)
    is_short = len(words) <= 5 and len(place) <= 48
    is_place = is_named and is_short and bool(PLACE.fullmatch(place))
    return is_place and _is_capitals(place.split(",")[0])


def _is_capitals(text: str) -> bool:
    """Tell whether a text is in capitals, and more than an initial."""
    return text.isupper() and sum(map(str.isalpha, text)) > 1


def _may_be_place(match: re.Match[str]) -> bool:
    place, text = match["place"], match["rest"].strip()
    words = place.split()
    is_named = all(word[0].isupper() or word[0].isdigit() for word in words)
    if match["colon"] == "：" and len(place) <= 12:
        return True
    if not (is_named and place[0].isalpha() and len(text.split()) >= 4):
        return False
    return len(words) == 1 or _is_capitals(words[0].strip(",."))


def _without_colon(paragraph: str) -> Dateline:
    match = NO_COLON.fullmatch(paragraph)
    is_capital = match and match["place"].partition(",")[0].isupper()
    if match is None or not (match["opener"] or match["day"] or is_capital):
        return Dateline("", paragraph)
    return Dateline(match["place"], match["text"], "dateline-guessed")
