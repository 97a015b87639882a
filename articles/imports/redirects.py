"""A table of an old site's addresses: read, proved, and written whole or not at all."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from articles.models import Article, Author, FormerAddress, Tag
from articles.store import edition
from articles.store.addresses import write_address, write_addresses

COLUMNS = ("from", "to")
# What is asked of the database at once.
BATCH = 500
CODE = re.compile(r"[a-z0-9]{1,8}", re.IGNORECASE)
# What the addresses of the newspaper's own pages lead to, by the name of the route.
KINDS = {
    **dict.fromkeys(("detail", "short", "news-item"), "code"),
    **dict.fromkeys(("tag", "section"), "tag"),
    "author": "author",
}
# Pages that are there whatever the newspaper holds.
PAGES = {"articles:front", "articles:list"}


class NoTable(Exception):
    """A file that is no table of addresses; the message says why, as a sentence."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: the line it ends on, and its two addresses as written.

    `columns` is how many it has: an address with a comma that is not quoted has more.
    """

    line: int
    columns: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Table:
    """What the table comes to: addresses to write, rows that are known, and faults."""

    addresses: tuple[FormerAddress, ...]
    known: int
    faults: tuple[tuple[int, str], ...]


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a CSV file in UTF-8 whose header is `from,to`.

    Raises NoTable, and OSError for a file that cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.reader(file, strict=True)
            header = [name.strip().lower() for name in next(table, [])]
            if tuple(header) != COLUMNS:
                raise NoTable("Its first line must be “from,to”.")
            return [
                Row(
                    table.line_num,
                    len(cells),
                    *(cell.strip() for cell in (*cells, "")[:2]),
                )
                for cells in table
                if any(cell.strip() for cell in cells)
            ]
    except UnicodeDecodeError as error:
        raise NoTable("It is not in UTF-8.") from error
    except csv.Error as error:
        raise NoTable(f"It is no CSV: {error}.") from error


def prove(rows: list[Row]) -> Table:
    """Return what the rows come to; a row with a fault is told by its line."""
    known = _known_addresses(rows)
    first: dict[str, Row] = {}
    addresses: dict[str, FormerAddress] = {}
    faults: list[tuple[int, str]] = []
    olds = {old_address(row.old) for row in rows}
    targets = _Targets(rows)
    for row in rows:
        old = old_address(row.old)
        fault = _fault_of(row, old, first.setdefault(old, row), olds)
        address = None if fault else targets.address(old, row.new)
        if not fault and address is None:
            fault = f"“{row.new}” is no page of this newspaper, nor a story’s code."
        if fault:
            faults.append((row.line, fault))
        elif address is not None:
            addresses[old] = address
    new = {
        old: address
        for old, address in addresses.items()
        if old not in known or _target(known[old]) != _target(address)
    }
    return Table(tuple(new.values()), len(addresses) - len(new), tuple(faults))


def write_table(table: Table) -> None:
    """Write the addresses in one transaction."""
    with edition.transaction():
        write_addresses(table.addresses)


def old_address(text: str) -> str:
    """Return an old address as the table of former addresses has it, "" for none.

    The host says nothing: whoever asks has come to this one.
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    is_web = parts.scheme in ("", "http", "https")
    if not is_web or not (parts.path.startswith("/") or parts.netloc):
        return ""
    return write_address(unquote(parts.path), parts.query)


def _fault_of(row: Row, old: str, first: Row, olds: set[str]) -> str:
    """Return what is wrong with a row, also beside the others, "" if nothing is."""
    if row.columns > len(COLUMNS):
        return f"It has {row.columns} columns: put what holds a comma in quotes."
    if not old:
        return f"“{row.old}” is no address: it begins with / or https://."
    if not row.new:
        return "It does not say where the address leads to."
    if first.new != row.new:
        return f"Line {first.line} has it lead to “{first.new}”."
    new = old_address(row.new)
    if new == old:
        return f"“{row.old}” leads to itself."
    if new and new in olds:
        return f"“{row.new}” leads on in this table: say where to."
    if "?" not in old and _is_page(old):
        return f"“{row.old}” is an address of this newspaper’s own pages."
    return ""


def _is_page(path: str) -> bool:
    """Tell whether the newspaper answers here, whatever is published."""
    try:
        return resolve(f"{path}/").view_name in PAGES
    except Resolver404:
        return False


class _Targets:
    """What the right-hand column names, read in few statements for all rows."""

    def __init__(self, rows: list[Row]) -> None:
        self._matches = {row.new: _match(row.new) for row in rows}
        named: dict[str, set[str]] = {"code": set(), "tag": set(), "author": set()}
        for kind, name in self._matches.values():
            if kind in named:
                named[kind].add(name)
        self._codes = set(_read(Article, "code", named["code"]))
        self._tags = _read(Tag, "slug", named["tag"])
        self._authors = _read(Author, "slug", named["author"])

    def address(self, old: str, new: str) -> FormerAddress | None:
        kind, name = self._matches[new]
        if kind == "page":
            return FormerAddress(path=old, page=name)
        if kind == "code" and name in self._codes:
            return FormerAddress(path=old, code=name)
        if kind == "tag" and name in self._tags:
            return FormerAddress(path=old, tag_id=self._tags[name])
        if kind == "author" and name in self._authors:
            return FormerAddress(path=old, author_id=self._authors[name])
        return None


def _match(new: str) -> tuple[str, str]:
    """Return the kind of thing that a target names, and its name."""
    if CODE.fullmatch(new):
        return "code", new.lower()
    try:
        parts = urlsplit(new)
        match = resolve(unquote(parts.path))
    except (Resolver404, ValueError):
        return "", ""
    here = urlsplit(settings.SITE_URL)
    if parts.netloc not in ("", here.netloc):
        return "", ""
    if match.view_name in PAGES:
        return "page", parts.path
    kind = KINDS.get(match.view_name.partition(":")[2], "")
    return kind, str(match.kwargs.get("code", match.kwargs.get("slug", ""))).lower()


def _read(model: Any, column: str, names: set[str]) -> dict[str, int]:
    """Return the ids of rows by a column that is theirs alone."""
    found: dict[str, int] = {}
    for some in _batched(names):
        rows = model.objects.filter(**{f"{column}__in": some})
        found |= dict(rows.values_list(column, "pk"))
    return found


def _known_addresses(rows: list[Row]) -> dict[str, FormerAddress]:
    found: dict[str, FormerAddress] = {}
    for some in _batched({old_address(row.old) for row in rows}):
        found |= FormerAddress.objects.in_bulk(some, field_name="path")
    return found


def _target(address: FormerAddress) -> tuple[Any, ...]:
    return address.tag_id, address.author_id, address.code, address.page


def _batched(names: set[str]) -> Iterator[list[str]]:
    """Yield the names in their order, as many as one statement asks for."""
    ordered = sorted(names)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
