"""Every line of every page is accounted for, in words an editor understands."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from articles.imports.line_report import (
    FIELDS,
    RULES,
    StoryPieces,
    account_for,
    field_label,
    rule_label,
    split_field,
)
from articles.parsing import parse_source, source_lines
from articles.parsing.line_kinds import LOOSE
from articles.parsing.vocabulary import FURNITURE
from articles.store.erasing import ERASED

FOLDERS = ("samples", "tests/parsing/pages", "../shared/sources", "../shared/layouts")
PAGES = [
    path
    for folder in FOLDERS
    for path in sorted((settings.BASE_DIR / folder).glob("**/*.txt"))
]


def account_of(path):
    data = path.read_bytes()
    reading = parse_source(data, path.name)
    stories = [
        StoryPieces(
            story.lines[0],
            [(p.line, p.field, len(p.text)) for p in story.pieces],
            story.warnings,
        )
        for story in reading.articles
    ]
    furniture = {kept.line: kept.rule for kept in reading.furniture}
    texts = source_lines(data)
    unexplained = {left.line for left in reading.unexplained}
    return reading, account_for(texts, furniture, unexplained, stories)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_account_agrees_with_the_parser_to_the_letter(path):
    reading, account = account_of(path)
    kinds = [line.kind for line in account.lines]
    assert len(kinds) == reading.total
    assert kinds.count("used") == reading.used
    assert kinds.count("blank") == reading.blank
    assert kinds.count("furniture") == len(reading.furniture)
    assert kinds.count("unexplained") == len(reading.unexplained)
    texts = ["".join(piece.text for piece in line.pieces) for line in account.lines]
    assert texts == source_lines(path.read_bytes())
    warnings = [doubt for story in reading.articles for doubt in story.warnings]
    assert sum(len(line.doubts) for line in account.lines) == len(warnings)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_line_stands_in_one_segment_and_each_story_has_its_own(path):
    reading, account = account_of(path)
    numbers = [line.number for part in account.segments for line in part.lines]
    assert numbers == [line.number for line in account.lines]
    assert len(account.segments) == max(1, len(reading.articles))
    for part in account.segments:
        if part.story is not None:
            story = reading.articles[part.story]
            assert part.first <= story.lines[0] <= story.lines[1] <= part.last


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_field_of_a_reading_has_a_name(path):
    _reading, account = account_of(path)
    kinds = {piece.kind for line in account.lines for piece in line.pieces}
    assert kinds - {""} <= FIELDS.keys()


def test_every_rule_of_the_parser_and_of_erasing_has_a_name():
    parsing = settings.BASE_DIR / "articles/parsing"
    code = "".join(path.read_text(encoding="utf-8") for path in parsing.glob("*.py"))
    named = re.findall(r'furniture\[[^]]+\] = "([\w-]+)"', code)
    loose = {*LOOSE.groupindex, "notice", "sign-off"}
    named = {"gallery-counter", *FURNITURE.values(), *named, *loose}
    assert named | {ERASED} == RULES.keys()


def test_runs_are_the_lines_of_one_kind_side_by_side():
    account = account_for(
        ["Menu", "Headline", "", "", "Body"],
        {1: "navigation"},
        {5},
        [StoryPieces(2, [(2, "headline", 8)], ())],
    )
    ranges = [(r.kind, r.first, r.length) for r in account.ranges]
    assert ranges == [
        ("furniture", 0, 1),
        ("used", 1, 1),
        ("blank", 2, 2),
        ("unexplained", 4, 1),
    ]


def test_file_without_a_story_is_one_segment_of_none():
    account = account_for(["Menu"], {1: "navigation"}, (), [])
    assert [(part.story, len(part.lines)) for part in account.segments] == [(None, 1)]
    assert account.summary == "1 line: 0 used, 1 furniture, 0 blank, 0 unexplained"


def test_parts_keep_their_number_and_unknown_codes_are_shown_as_they_are():
    assert str(field_label("highlight 2")) == "highlight 2"
    assert str(field_label("short_url")) == "short address"
    assert split_field("body 12") == ("body", " 12")
    assert rule_label("from-an-older-parser") == "from-an-older-parser"


def test_pages_are_at_hand():
    assert any(Path(path).is_relative_to(settings.BASE_DIR) for path in PAGES)
