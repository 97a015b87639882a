"""What a head says when its lines are not quite where they should be."""

import pytest

from articles.parsing import parse_source


def story(*lines):
    (found,) = parse_source("\n".join(lines).encode(), "page.txt").articles
    return found


def codes(found):
    return [(doubt.line, doubt.code) for doubt in found.warnings]


DATE = ("Updated 02 May 2021", "Follow", "")


def test_better_copy_of_the_headline_is_kept():
    found = story(
        "Crew's day off", "", *DATE, "Crew’s day off", "", "It left.", "It came."
    )
    assert found.headline == "Crew’s day off"
    assert found.warnings == ()


def test_copies_that_differ_are_both_doubted():
    found = story(
        "Ferry is back", "", *DATE, "Old ferry returns", "", "It left.", "It came."
    )
    assert found.headline == "Ferry is back"
    assert codes(found) == [(1, "headline-differs"), (6, "headline-differs")]


def test_whole_copy_is_kept_where_the_first_is_broken():
    broken, whole = "Crewâ€™s first day off ends", "Crew’s first day off ends"
    found = story(broken, "", *DATE, whole, "", "It left.", "It came.")
    assert found.headline == whole
    assert codes(found) == [(1, "mended-letters")]


def test_repeated_caption_is_one_caption():
    caption = "A ferry. (AFP)"
    found = story(
        "Ferry back", "", caption, caption, *DATE, "Ferry back", "", "It left."
    )
    assert [(c.text, c.credit) for c in found.captions] == [("A ferry.", "AFP")]


def test_second_caption_without_counter_or_credit_is_doubted():
    found = story(
        "Ferry back", "", "A ferry", "A mole", *DATE, "Ferry back", "", "It.", "So."
    )
    assert len(found.captions) == 2
    assert codes(found) == [(4, "caption-guessed")]


def test_paragraph_above_bullets_is_no_caption():
    lines = (
        "Ferry back",
        "",
        *DATE,
        "Ferry back",
        "",
        "Take these:",
        "• A hat",
        "• A map",
    )
    found = story(*lines)
    assert found.captions == ()
    assert [block.kind for block in found.body] == ["paragraph", "list"]


def test_second_date_that_differs_is_left_unexplained():
    found = story(
        "Ferry back",
        "Updated 02 May 2021",
        "Ferry back",
        "Updated 03 May 2021",
        "It left.",
        "It came.",
    )
    assert found.updated == "02 May 2021"
    assert codes(found) == [(4, "line-unexplained")]


def test_short_address_is_taken_from_the_first_line_and_from_the_last():
    address = "https://sorrel.example/f3rry"
    assert story(address, "The ferry left.").short_url == address
    assert story("PORT SORREL: It left.", "", address).short_url == address


def test_address_among_paragraphs_stays_in_the_body():
    address = "https://sorrel.example/f3rry"
    found = story("PORT SORREL: It left.", "", address, "", "It came back.")
    assert found.short_url == ""
    assert found.body[1].text == address


@pytest.mark.parametrize("printed", ["14 sec ago", "yesterday", "31 June 2021"])
def test_date_that_gives_no_day_is_unknown_with_one_warning(printed):
    found = story(
        "Ferry back", f"Updated {printed}", "", "Ferry back", "", "It left.", "It came."
    )
    assert (found.updated, found.updated_at) == (printed, None)
    assert found.updated_certainty == "unknown"
    assert len(found.warnings) == 1


def test_bylines_printed_twice_are_certain_and_one_alone_is_not():
    twice = story(
        "Ferry back",
        "Updated 02 May 2021",
        "Ana Ode",
        "Ana Ode",
        "It left.",
        "It came.",
    )
    once = story("Ferry back", "Updated 02 May 2021", "Ana Ode", "It left.", "It came.")
    assert twice.byline == once.byline == "Ana Ode"
    assert codes(twice) == []
    assert codes(once) == [(3, "byline-guessed")]


def test_letters_that_look_broken_are_doubted_wherever_they_stand():
    found = story(
        "Ferry back", "", *DATE, "Ferry back", "", "The port?s ferry left.", "So."
    )
    assert codes(found) == [(8, "odd-letters")]


def test_dash_is_said_to_mark_a_highlight_at_most():
    found = story(
        "Ferry is back", "- It was away for a year", "", "It left.", "It came."
    )
    assert found.highlights == ("It was away for a year",)
    (doubt,) = (d for d in found.warnings if d.code == "highlight-guessed")
    assert doubt.text.endswith("it has a dash at most to mark it.")
