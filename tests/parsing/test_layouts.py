"""Every page beside its expectation, one per layout and trap of the sources."""

import json
from pathlib import Path

import pytest

from articles.parsing import parse_source
from tests.four_stories import FOLDERS, OWN, REAL, SHARED, needs_real_pages
from tests.parsing.agreement import disagreements, fields

HERE = Path(__file__).parent
PAGES = sorted((HERE / "pages").glob("*.txt"))
GIVEN = sorted((*SHARED.glob("sources/*.txt"), *SHARED.glob("layouts/*.txt")))
ALLOWED = {"relative-time", "joined-lines", "unfinished-sentence"}
ALLOWED |= {"one-paragraph", "dateline-doubtful"}


def read(path):
    source = parse_source(path.read_bytes(), path.name)
    return source, json.loads(path.with_suffix(".json").read_text())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page_reads_as_written_beside_it(path):
    source, expected = read(path)
    assert disagreements(source, expected) == []


@needs_real_pages
@pytest.mark.parametrize("path", GIVEN, ids=lambda path: path.stem)
def test_given_page_reads_as_its_editor_read_it(path):
    source, expected = read(path)
    assert disagreements(source, expected) == []
    assert source.unexplained == ()


@pytest.mark.parametrize(
    "path",
    [path for path in PAGES if path.stem.startswith("a-")],
    ids=lambda path: path.stem,
)
def test_familiar_layout_gives_no_warning_but_for_real_doubts(path):
    source, _ = read(path)
    codes = {doubt.code for story in source.articles for doubt in story.warnings}
    assert codes <= ALLOWED


@needs_real_pages
def test_given_files_of_the_familiar_layout_give_the_known_warnings():
    names = {"000_5fd66b92c6fc2c14", "003_7aa113c426b7fc08", "001", "003", "005", "007"}
    found = [
        (path.stem, doubt.line, doubt.code)
        for path in GIVEN
        if path.stem in names
        for story in read(path)[0].articles
        for doubt in story.warnings
    ]
    assert found == [
        ("003_7aa113c426b7fc08", 16, "unfinished-sentence"),
        ("003_7aa113c426b7fc08", 34, "relative-time"),
        ("003_7aa113c426b7fc08", 54, "joined-lines"),
    ]


def read_folder(folder):
    return [
        parse_source(path.read_bytes(), path.name)
        for path in sorted(folder.glob("*.txt"))
    ]


@pytest.mark.parametrize("folder", FOLDERS)
def test_two_pages_hold_four_stories_in_full(folder):
    stories = [story for source in read_folder(folder) for story in source.articles]
    assert {story.dateline for story in stories} <= {"ISLAMABAD", "PORT SORREL"}
    assert [len(story.highlights) for story in stories] == [2] * 4
    assert [len(story.body) for story in stories] == [14, 7, 12, 10]
    captions = [caption for story in stories for caption in story.captions]
    assert [caption.after_block for caption in captions] == [0, 5, 0]
    assert all(caption.credit for caption in captions)
    assert [(doubt.line, doubt.code) for s in stories for doubt in s.warnings] == [
        (16, "unfinished-sentence"),
        (34, "relative-time"),
        (54, "joined-lines"),
    ]


@needs_real_pages
def test_our_pages_of_four_stories_are_shaped_as_the_real_ones_line_by_line():
    def shape(source):
        read = [[(p.line, p.field) for p in s.pieces] for s in source.articles]
        return read, source.furniture, source.total, source.blank

    assert list(map(shape, read_folder(OWN))) == list(map(shape, read_folder(REAL)))


@needs_real_pages
def test_fields_of_given_pages_are_right_and_few_of_them_doubted():
    found = [f for path in GIVEN for f in fields(path.read_bytes(), *read(path))]
    right = [field for field in found if field.is_right]
    assert len(found) > 90
    assert len(right) >= 0.97 * len(found)
    assert all(field.is_doubted for field in found if not field.is_right)
    assert sum(field.is_doubted for field in right) <= 0.05 * len(right)
