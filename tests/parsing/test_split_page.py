"""Where stories begin."""

import pytest

from articles.parsing import parse_source


def headlines(text):
    return [s.headline for s in parse_source(text.encode(), "page.txt").articles]


FIRST = "Ferry back\n\nUpdated 02 May 2021\nFollow\n\nFerry back\n\nIt left.\n"


@pytest.mark.parametrize(
    "second",
    [
        "\n\nMole mended\n\nUpdated 03 May 2021\nFollow\n\nMole mended\n\nIt stands.",
        "\nMole mended\n\nUpdated 03 May 2021\nFollow\n\nMole mended\n\nIt stands.",
        "\n\nMole mended\n\nPhoto/Supplied\nUpdated 03 May 2021\n\nMole mended\n\nIt.",
        "\n\nMole mended\n\nMole mended\nUpdated 03 May 2021\n\nIt stands.",
        "\n\nMole mended\nShort Url\n\nIt stands.",
        "\n\nMole mended\n\nMole mended\n\nIt stands.",
        "\nUpdated 03 May 2021\nAna Ode\nMole mended\n\nMole mended\n\nIt stands.",
        "Mole mended\nUpdated 03 May 2021\nAna Ode\nIt stands.",
        "\n\nMole mended",
    ],
)
def test_second_story_begins_at_its_headline(second):
    assert headlines(FIRST + second) == ["Ferry back", "Mole mended"]


@pytest.mark.parametrize("end", ["\n\f", "\f", "\n\f\n", "\n\n\f"])
def test_form_feed_ends_a_line_and_a_page(end):
    text = f"{FIRST.strip()}{end}{FIRST.replace('Ferry back', 'Mole mended')}"
    first, second = parse_source(text.encode(), "page.txt").articles
    assert (first.headline, second.headline) == ("Ferry back", "Mole mended")
    assert [block.text for story in (first, second) for block in story.body] == [
        "It left.",
        "It left.",
    ]


def test_three_stories_in_one_page():
    third = FIRST.replace("Ferry back", "Mole mended")
    last = FIRST.replace("Ferry back", "Bell rung")
    found = headlines(f"{FIRST}\n\n{third}\n\n{last}")
    assert found == ["Ferry back", "Mole mended", "Bell rung"]


def test_body_without_a_head_above_a_story_is_a_story():
    text = "PORT SORREL: The bell rang.\n\nIt was noon.\n\n\n" + FIRST
    assert headlines(text) == ["", "Ferry back"]


def test_wide_gap_in_a_body_begins_no_story():
    captions = "\n\n\n\n\nA crew. (AFP)\n\nA crew. (AFP)\n\n\n"
    text = f"{FIRST}\n\nThe crew was paid.{captions}It was noon."
    assert headlines(text) == ["Ferry back"]


def test_page_of_furniture_holds_no_story():
    source = parse_source(b" date 2021-05-02 You are here\nFollow\n1 / 6", "page.txt")
    assert source.articles == ()
    assert [(kept.line, kept.rule) for kept in source.furniture] == [
        (1, "crawl-date"),
        (2, "follow"),
        (3, "gallery-counter"),
    ]
    assert (source.used, source.unexplained) == (0, ())


def test_crawl_date_belongs_to_the_story_below_it():
    text = " date 2021-05-02 You are here\n" + FIRST
    (story,) = parse_source(text.encode(), "page.txt").articles
    fields = [(piece.field, piece.text) for piece in story.pieces if piece.line == 1]
    assert fields == [
        ("mark", " date "),
        ("crawled_on", "2021-05-02"),
        ("mark", " You are here"),
    ]
    assert story.lines[0] == 2
