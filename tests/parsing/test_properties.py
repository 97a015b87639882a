"""What holds for every input: nothing raised, nothing lost, nothing counted twice."""

from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.parsing import (
    NotText,
    SourceReading,
    parse_source,
    source_lines,
)
from articles.parsing.lines import copy_key, tidy_field
from tests.parsing.proof import fields_of
from tests.slow import slow_after

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))
SAMPLES = sorted((Path(__file__).parents[2] / "samples").rglob("*.txt"))
LINES = [source_lines(path.read_bytes()) for path in (*PAGES, *SAMPLES)]
PRINTED = sorted({line for lines in LINES for line in lines})

any_text = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
any_line = st.one_of(st.sampled_from(["", "", " "]), st.sampled_from(PRINTED), any_text)


@st.composite
def mutated_pages(draw: st.DrawFn) -> str:
    """Drop, double, shuffle and cut the lines of a page."""
    lines = draw(st.sampled_from(LINES))
    order = draw(st.permutations(range(len(lines)))) if draw(st.booleans()) else None
    kept = [lines[at] for at in order] if order else list(lines)
    for at in draw(st.lists(st.integers(0, len(kept) - 1), max_size=6)):
        kept[at : at + 1] = [kept[at]] * draw(st.integers(0, 2)) or [""]
    end = draw(st.integers(0, len(kept[-1])))
    return "\n".join([*kept[:-1], kept[-1][:end]])


pages = st.one_of(
    any_text,
    st.lists(any_line).map("\n".join),
    st.lists(any_line).map("\r\n".join),
    mutated_pages(),
)


def read(text: str) -> tuple[SourceReading | None, list[str]]:
    data = text.encode()
    try:
        return parse_source(data, "page.txt"), source_lines(data)
    except NotText:
        return None, []


@given(pages)
def test_every_line_is_counted_exactly_once(text):
    source, raws = read(text)
    if source is None:
        return
    used = {piece.line for story in source.articles for piece in story.pieces}
    furniture = [kept.line for kept in source.furniture]
    unexplained = [left.line for left in source.unexplained]
    blank = [n for n, raw in enumerate(raws, start=1) if not tidy_field(raw)]
    everything = [*used, *furniture, *unexplained, *blank]
    assert sorted(everything) == list(range(1, source.total + 1))
    assert (source.used, source.blank) == (len(used), len(blank))


@given(pages)
def test_pieces_rebuild_their_lines_byte_for_byte(text):
    source, raws = read(text)
    for story in source.articles if source else ():
        rebuilt: dict[int, str] = defaultdict(str)
        for piece in story.pieces:
            rebuilt[piece.line] += piece.text
        assert rebuilt == {number: raws[number - 1] for number in rebuilt}


@given(pages)
def test_no_two_stories_share_a_line(text):
    source, _ = read(text)
    owners = (
        [{p.line for p in story.pieces} for story in source.articles] if source else []
    )
    assert sum(map(len, owners)) == len(set().union(*owners))


@given(pages)
def test_each_field_is_its_pieces_joined_and_tidied(text):
    source, _ = read(text)
    for story in source.articles if source else ():
        pieces = defaultdict(list)
        for piece in story.pieces:
            pieces[piece.field].append(tidy_field(piece.letters))
        for number, block in enumerate(story.body, start=1):
            apart = "\n" if block.kind in ("list", "embed") else " "
            assert apart.join(pieces.pop(f"body {number}")) == block.text
        for field, value in fields_of(story).items():
            if field.startswith("body "):
                continue
            printed = pieces.pop(field, [""])
            if field.startswith(("caption", "credit")) and value not in printed:
                assert value == " ".join(printed)
                continue
            assert value in printed
            assert field == "headline" or len(set(map(copy_key, printed))) == 1
        assert set(pieces) <= {"mark", "crawled_on"}


@given(pages)
def test_unexplained_lines_and_guesses_come_with_a_warning(text):
    source, _ = read(text)
    for story in source.articles if source else ():
        lines = {doubt.line for doubt in story.warnings}
        first, last = story.lines
        assert first <= last
        unexplained = {left.line for left in source.unexplained}
        assert {n for n in unexplained if first <= n <= last} <= lines


@given(pages)
def test_what_was_read_is_tidy(text):
    source, _ = read(text)
    for story in source.articles if source else ():
        for block in story.body:
            assert block.text
            assert all(line == tidy_field(line) for line in block.text.split("\n"))
        for caption in story.captions:
            assert caption.text or caption.credit
            assert 0 <= caption.after_block <= len(story.body)


many = pytest.mark.parametrize("many", slow_after(1, [1_000, 20_000]))


@many
@pytest.mark.parametrize(
    "unit", ["A", "a. ", "(", ")", " ,", "AB: ", "on May 3 ", "• ", "file ", "1/"]
)
def test_a_hostile_line_is_read(many, unit):
    source = parse_source((unit * (many * 50 // len(unit))).encode(), "long.txt")
    assert source.used + len(source.unexplained) + len(source.furniture) == 1


@many
def test_bullets_without_end_are_read(many):
    story = parse_source(b"  * Ships wait" + b"\n- Ships" * many, "long.txt")
    assert story.used == many + 1


@many
def test_stories_without_end_are_read(many):
    page = "Ship {0} in\n\nUpdated 4 sec ago\nFollow\n\nShip {0} in\n\nIt came.\n\n"
    text = "\n".join(page.format(number) for number in range(many))
    assert len(parse_source(text.encode(), "long.txt").articles) == many


@many
def test_toolbars_without_a_story_are_read(many):
    text = "PORT SORREL: It left.\n" + "Follow\nIt came back.\n" * many
    assert len(parse_source(text.encode(), "long.txt").furniture) == many


@many
def test_phrases_without_end_are_read(many):
    """Twenty thousand took minutes when each read all that follow."""
    (story,) = parse_source(b"Fog\n\nIt came.\n" + b"fog\n" * many, "a.txt").articles
    assert len(story.body) == many + 1
