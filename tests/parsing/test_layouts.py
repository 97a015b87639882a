"""Every page beside its expectation, one per layout and trap of the sources."""

import json
from pathlib import Path

import pytest

from articles.parsing import parse_source
from tests.parsing.agreement import disagreements

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared"
PAGES = sorted((HERE / "pages").glob("*.txt"))
GIVEN = sorted((*SHARED.glob("sources/*.txt"), *SHARED.glob("layouts/*.txt")))
ALLOWED = {"relative-time", "joined-lines", "unfinished-sentence"}


def read(path):
    source = parse_source(path.read_bytes(), path.name)
    return source, json.loads(path.with_suffix(".json").read_text())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page_reads_as_written_beside_it(path):
    source, expected = read(path)
    assert disagreements(source, expected) == []


@pytest.mark.skipif(not GIVEN, reason="../shared is not there")
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


@pytest.mark.skipif(not GIVEN, reason="../shared is not there")
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


def test_whole_sources_hold_four_stories_in_full():
    whole = [path for path in GIVEN if path.parent.name == "sources"]
    if not whole:
        pytest.skip("../shared is not there")
    stories = [story for path in whole for story in read(path)[0].articles]
    assert [story.dateline for story in stories] == ["ISLAMABAD"] * 4
    assert sum(len(story.highlights) for story in stories) == 8
    assert [len(story.body) for story in stories] == [14, 7, 12, 10]
    captions = [caption for story in stories for caption in story.captions]
    assert [caption.after_block for caption in captions] == [0, 5, 0]
    assert all(caption.credit for caption in captions)
