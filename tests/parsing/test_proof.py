"""A reading proves itself; and a proof that could not fail would be none."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from articles.parsing import NotText, parse_source
from articles.parsing.reading import Piece
from tests.parsing.proof import faults, rebuild
from tests.parsing.test_properties import pages

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FOLDERS = (HERE / "pages", ROOT / "samples", ROOT.parent / "shared")
FILES = [path for folder in FOLDERS for path in sorted(folder.rglob("*.txt"))]

PAGE = """\
Ferry back\u00a0

A ferry at  dawn. (AFP)
Short Url
Updated 02 May 2021
Follow

Ferry back

  • It came back

PORT SORREL: It left on Monday with a crew of twenty and a cargo of salt and then
came back.
""".encode()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_is_proven(path):
    data = path.read_bytes()
    try:
        source = parse_source(data, path.name)
    except NotText:
        # Of other people's files some are no pages.
        assert ROOT not in path.parents
        return
    assert faults(source, data) == []


@given(pages)
def test_every_page_is_proven(text):
    data = text.encode()
    try:
        source = parse_source(data, "page.txt")
    except NotText:
        return
    assert faults(source, data) == []


def test_lines_are_rebuilt_byte_for_byte():
    rebuilt = rebuild(parse_source(PAGE, "page.txt"))
    lines = PAGE.split(b"\n")
    assert rebuilt == {n: raw for n, raw in enumerate(lines, start=1) if raw}


def changed(**changes):
    source = parse_source(PAGE, "page.txt")
    story = replace(source.articles[0], **changes)
    return replace(source, articles=(story,))


def pieces_but(line, field=None):
    pieces = parse_source(PAGE, "page.txt").articles[0].pieces
    return tuple(p for p in pieces if p.line != line or field not in (None, p.field))


def misspelt(line):
    pieces = parse_source(PAGE, "page.txt").articles[0].pieces
    return tuple(
        replace(p, text="~" * len(p.text)) if p.line == line else p for p in pieces
    )


@pytest.mark.parametrize(
    ("reading", "fault"),
    [
        (changed(headline="Ferry lost"), "headline holds"),
        (changed(headline="Ferry back again"), "headline holds"),
        (changed(byline="Ana Ode"), "byline holds"),
        (changed(highlights=("It came back", "It is new")), "highlight 2 holds"),
        (changed(pieces=pieces_but(13)), "line 13 is unaccounted"),
        (changed(pieces=pieces_but(12, "body 1")), "body 1 holds"),
        (changed(pieces=pieces_but(3, "mark")), "line 3 is partly used"),
        (
            changed(pieces=(*pieces_but(99), Piece(2, "mark", " "))),
            "line 2 is blank",
        ),
        (
            changed(pieces=(*pieces_but(99), Piece(99, "mark", "x"))),
            "line 99 is miss",
        ),
        (replace(changed(), furniture=()), "line 4 is unaccounted"),
        (changed(pieces=(*pieces_but(99), Piece(4, "mark", "S"))), "line 4 is used"),
        (changed(pieces=misspelt(12)), "line 12 is not rebuilt"),
    ],
)
def test_what_is_lost_or_invented_is_found(reading, fault):
    assert any(fault in found for found in faults(reading, PAGE))
