"""What somebody types into search, read into a question: never an error.

    harbour "old town" -fog by:khan tag:gaza before:2022

Words and phrases are looked for anywhere, words behind a field's name in that field
alone. What cannot be understood is told, and the rest is looked for.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal, NamedTuple

from articles.store.search.words import PAIR, fold_word

FIELDS = ("by", "credit", "tag", "section", "place")
DATES = ("before", "after")
# A question of more words than this is read so far.
MOST_TERMS = 32
LONGEST_TEXT = 2_000
SHORTEST_PREFIX = 3
QUOTES = re.compile("[“”„‟«»＂]")
ITEM = re.compile(
    r"(?P<minus>[-−](?=[^\s-]))?"
    r"(?:(?P<field>[A-Za-z][A-Za-z-]*):\s*(?=[^\s:/]))?"
    r'(?:"(?P<phrase>[^"]*)"?|(?P<words>[^\s"]+))'
)
# A year, a month or a day that search knows; others are no dates of a newspaper.
DATE = re.compile(
    r"(?P<year>1[5-9]\d\d|2[01]\d\d)(?:-(?P<month>\d\d?))?(?:-(?P<day>\d\d?))?"
)


class Problem(NamedTuple):
    """Why a part of a question was not looked for."""

    kind: Literal["no date", "too long"]
    words: str


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row, anywhere or in one field; of the last one perhaps its begin."""

    words: str
    field: str = ""
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Terms of which a story has any, or none if they are excluded."""

    terms: tuple[Term, ...]
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What a story must have: all groups, and a date from one day to before another.

    `others` are what fields say that only the caller knows, each with whether it is
    excluded.
    """

    groups: tuple[Group, ...] = ()
    since: date | None = None
    until: date | None = None
    others: tuple[tuple[str, str, bool], ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether it asks for nothing."""
        return not (self.groups or self.since or self.until or self.others)


def parse(text: str, others: Collection[str] = ()) -> Query:
    """Return the question that a text asks; `others` are fields of the caller's own.

    >>> parse("harbour -by:khan").groups
    (Group(terms=(Term(words='harbour', field='', is_prefix=False),), \
is_excluded=False), Group(terms=(Term(words='khan', field='by', is_prefix=False),), \
is_excluded=True))
    """
    reader = _Reader({*FIELDS, *DATES, *others})
    items = ITEM.finditer(_tidy(text))
    is_cut = len(text) > LONGEST_TEXT
    for number, item in enumerate(items):
        if number == MOST_TERMS:
            is_cut = True
            break
        reader.read(item)
    query = reader.query
    if is_cut:
        query = replace(query, problems=(*query.problems, Problem("too long", "")))
    return query


@dataclass(slots=True)
class _Reader:
    """Puts together a question, word by word."""

    fields: Collection[str]
    query: Query = field(default_factory=Query)
    is_negated: bool = False
    is_alternative: bool = False

    def read(self, item: re.Match[str]) -> None:
        name = (item["field"] or "").lower()
        words = item["words"] if item["phrase"] is None else item["phrase"]
        if name and name not in self.fields:
            words, name = f"{item['field']} {words}", ""
        operator = item["words"] if not (item["field"] or item["minus"]) else ""
        if operator in ("AND", "&&", "+"):
            return
        if operator in ("OR", "||", "|"):
            self.is_alternative = bool(self.query.groups)
            return
        if operator == "NOT":
            self.is_negated = True
            return
        if words.endswith(":") and words[:-1].lower() in self.fields:
            return
        is_excluded = bool(item["minus"]) or self.is_negated
        self.is_negated = False
        if name in DATES:
            self._read_date(name, words, is_before=(name == "before") != is_excluded)
        elif name and name not in FIELDS:
            self._add(others=(*self.query.others, (name, words, is_excluded)))
        elif any(character.isalnum() for character in words):
            is_prefix = item["phrase"] is None and words.endswith("*")
            term = Term(words, name, is_prefix and is_long_enough(words))
            self._read_term(term, is_excluded=is_excluded)

    def _read_term(self, term: Term, *, is_excluded: bool) -> None:
        groups = self.query.groups
        if self.is_alternative and groups and groups[-1].is_excluded == is_excluded:
            group = Group((*groups[-1].terms, term), is_excluded)
            groups = groups[:-1]
        else:
            group = Group((term,), is_excluded)
        self.is_alternative = False
        self._add(groups=(*groups, group))

    def _read_date(self, name: str, words: str, *, is_before: bool) -> None:
        try:
            first, last = days_of(words)
        except ValueError:
            problem = Problem("no date", words)
            self._add(problems=(*self.query.problems, problem))
            return
        # What is not before a day is on it or after.
        is_excluded = is_before != (name == "before")
        if is_before:
            until = last + timedelta(1) if is_excluded else first
            self._add(until=min(until, self.query.until or until))
        else:
            since = first if is_excluded else last + timedelta(1)
            self._add(since=max(since, self.query.since or since))

    def _add(self, **parts: object) -> None:
        self.query = replace(self.query, **parts)  # type: ignore[arg-type]


def is_long_enough(words: str) -> bool:
    """Tell whether a word's beginning says anything."""
    return len(fold_word(words.rsplit(maxsplit=1)[-1]).strip("*")) >= SHORTEST_PREFIX


def days_of(text: str) -> tuple[date, date]:
    """Return the first and the last day of a year, a month or a day.

    >>> days_of("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    if not (match := DATE.fullmatch(fold_word(text.strip()))):
        raise ValueError(text)
    year, month, day = (int(match[name] or 0) for name in ("year", "month", "day"))
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1), following - timedelta(1)
    return date(year, 1, 1), date(year, 12, 31)


def without_each_filter(text: str) -> Iterator[tuple[str, str]]:
    """Yield what narrows a question, as it is typed, and the question without that.

    >>> list(without_each_filter("fog -sea by:khan"))
    [('-sea', 'fog by:khan'), ('by:khan', 'fog -sea')]
    """
    text = _tidy(text)
    for item in ITEM.finditer(text):
        if item["minus"] or (item["field"] or "").lower() in (*FIELDS, *DATES):
            rest = f"{text[: item.start()]} {text[item.end() :]}"
            yield item[0], " ".join(rest.split())


def _tidy(text: str) -> str:
    return PAIR.sub(r"\1&\2", QUOTES.sub('"', text[:LONGEST_TEXT]))
