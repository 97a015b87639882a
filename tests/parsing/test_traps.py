"""Where a simple parser fails, one test for each way."""

from datetime import UTC, date, datetime, timedelta

import pytest

from articles.parsing import parse_source
from articles.parsing.captions import split_credit
from articles.parsing.datelines import split_dateline
from articles.parsing.dates import Crawl
from articles.parsing.reading import Unexplained

HEAD = """{headline}

{captions}
Short Url
Updated {updated}
Follow

{headline}

"""
NOON = datetime(2026, 2, 2, 12, tzinfo=UTC)


def page(
    body, headline="Ferry returns", captions="A ferry. (AFP)", updated="02 May 2021"
):
    return HEAD.format(headline=headline, captions=captions, updated=updated) + body


def read(text, **known):
    return parse_source(text.encode(), "page.txt", Crawl(**known))


def only_story(text, **known):
    (story,) = read(text, **known).articles
    return story


def test_second_story_is_not_the_end_of_the_first():
    second = (
        "\n\n\nMole mended\n\nUpdated 03 May 2021\nFollow\n\nMole mended\n\nIt stands."
    )
    first, other = read(page("PORT SORREL: It left.") + second).articles
    assert [block.text for block in first.body] == ["It left."]
    assert (other.headline, other.captions) == ("Mole mended", ())


def test_story_is_found_without_short_url():
    text = page("It left at noon.").replace("Short Url\n", "")
    assert only_story(text).headline == "Ferry returns"


def test_newline_makes_a_paragraph_and_a_blank_line_may_not():
    story = only_story(page("It left.\nIt came back.\n\nIt was full."))
    assert [block.text for block in story.body] == [
        "It left.",
        "It came back.",
        "It was full.",
    ]


def test_sentence_broken_by_a_blank_line_is_joined():
    start = "The ferry had been away for a year. Its captain Leila Ben Amor had visited"
    story = only_story(page(f"{start}\n\nGenoa in March to see it.\u00a0\n\nSo."))
    assert [block.text for block in story.body] == [
        f"{start} Genoa in March to see it.",
        "So.",
    ]
    assert [(d.line, d.code) for d in story.warnings] == [(10, "joined-lines")]


def test_comma_before_a_quotation_stays_two_paragraphs():
    story = only_story(
        page("On Sunday she spoke to the crew,\u00a0\n“We leave at noon.”")
    )
    assert len(story.body) == 2
    assert [(d.line, d.code) for d in story.warnings] == [(10, "unfinished-sentence")]


def test_no_break_space_does_not_part_headline_copies():
    text = page("It left.").replace("Ferry returns\n\nA", "Ferry returns\u00a0\n\nA")
    story = only_story(text)
    assert story.headline == "Ferry returns"
    assert len(story.captions) == 1


def test_caption_below_four_blank_lines_is_no_paragraph():
    body = "It left.\n\n\n\n\nIt waits. (@crew/Twitter)\n\n\u00a0It came back."
    story = only_story(page(body))
    caption = story.captions[1]
    assert (caption.text, caption.credit) == ("It waits.", "@crew/Twitter")
    assert caption.after_block == 1
    assert [block.text for block in story.body] == ["It left.", "It came back."]


def test_paragraph_that_ends_in_brackets_is_no_caption():
    story = only_story(
        page("It left.\n\nRaces are held in the basin (PSRC)\n\nIt won.")
    )
    assert len(story.captions) == 1
    assert len(story.body) == 3
    assert story.warnings == ()


def test_relative_time_is_unknown_without_a_crawl():
    story = only_story(page("It left.\nSo.", updated="4 sec ago"))
    assert (story.updated_at, story.updated_certainty) == (None, "unknown")
    assert [doubt.code for doubt in story.warnings] == ["relative-time"]


def test_relative_time_is_reckoned_from_the_crawl():
    story = only_story(page("It left.", updated="20 min 46 sec ago"), at=NOON)
    assert story.updated_at == datetime(2026, 2, 2, 11, 39, 14, tzinfo=UTC)
    assert story.updated_certainty == "estimated"


def test_relative_time_is_reckoned_from_the_printed_day():
    text = " date 2026-01-30 You are here\n" + page("It left.", updated="4 sec ago")
    story = only_story(text, modified_at=NOON)
    assert (story.updated_at, story.updated_certainty) == (
        date(2026, 1, 30),
        "estimated",
    )


SECOND = "\n\n\nMole mended\n\nUpdated {}\nFollow\n\nMole mended\n\nIt stands."
FERRY = "A ferry on {}. (AFP)"


@pytest.mark.parametrize(
    ("days_old", "printed", "reckoned"),
    [
        # A file's time is its copy's where the import begins within a day of it …
        (1, "", None),
        (2, "", datetime(2026, 2, 2, 11, 59, 56, tzinfo=UTC)),
        # … or a date in the file is later, or more than a month earlier.
        (2, "02 February 2026", datetime(2026, 2, 2, 11, 59, 56, tzinfo=UTC)),
        (2, "03 February 2026", date(2026, 2, 3)),
        (2, "02 January 2026", datetime(2026, 2, 2, 11, 59, 56, tzinfo=UTC)),
        (2, "01 January 2026", date(2026, 1, 1)),
        # A day after the import is no day of the page.
        (2, "05 February 2026", datetime(2026, 2, 2, 11, 59, 56, tzinfo=UTC)),
        (1, "01 January 2026", date(2026, 1, 1)),
        (1, "05 February 2026", None),
    ],
)
def test_relative_time_is_reckoned_from_what_nothing_contradicts(
    days_old, printed, reckoned
):
    ferry = page("It left.\nSo.", updated="4 sec ago")
    caption = page("It left.\nSo.", updated="4 sec ago", captions=FERRY.format(printed))
    known = {"modified_at": NOON, "begun_at": NOON + timedelta(days=days_old)}
    for text in [ferry + SECOND.format(printed), caption] if printed else [ferry]:
        story = read(text, **known).articles[0]
        assert story.updated_at == reckoned
        assert story.updated_certainty == ("estimated" if reckoned else "unknown")
        assert [doubt.code for doubt in story.warnings] == ["relative-time"]


def test_yesterday_is_reckoned_from_the_crawl_alone():
    text = page("It left.\nSo.", updated="yesterday") + SECOND.format("01 May 2021")
    known = {"modified_at": NOON, "begun_at": NOON + timedelta(days=9)}
    assert read(text, **known).articles[0].updated_certainty == "unknown"
    (story, _) = read(text, at=NOON, **known).articles
    assert (story.updated_at, story.updated_certainty) == (
        date(2026, 2, 1),
        "estimated",
    )


def test_dateline_in_mixed_case_and_colons_that_are_none():
    assert split_dateline("Torkham, Pakistan: They wait.").place == "Torkham, Pakistan"
    assert split_dateline("By 4:38 p.m. they had left.").place == ""
    assert split_dateline("Author: Mira Sen").place == ""
    assert split_dateline("Review: Three stars would be fair.").place == ""


def test_credit_without_brackets_and_brackets_without_credit():
    assert split_credit("Stocks rose. Shutterstock").credit == "Shutterstock"
    assert split_credit("The mayor meets the envoy (center, left)").credit == ""
    assert split_credit("The pact is worth a lot ($1.07 billion)").credit == ""


def test_headline_again_is_no_caption():
    text = page("It left.", captions="Ferry returns\nA ferry. (AFP)")
    assert [caption.text for caption in only_story(text).captions] == ["A ferry."]


def test_lead_is_no_headline():
    story = only_story("PORT SORREL: The ferry left on Friday.\n\nIt was full.")
    assert (story.headline, story.dateline) == ("", "PORT SORREL")
    assert [doubt.code for doubt in story.warnings] == ["headline-missing"]


def test_noise_above_the_headline_is_left_unexplained_with_a_warning():
    source = read("Home > News\n" + page("It left."))
    assert source.articles[0].headline == "Ferry returns"
    assert source.unexplained == (Unexplained(1, "Home > News"),)
    assert source.articles[0].warnings[0].code == "unexplained-above"


def test_bullet_of_a_navigation_line_is_no_highlight():
    text = " date 2017-07-05   • Search form\nSport\nFerry wins\nIt won.\nIt was fast."
    assert only_story(text).highlights == ()


def test_gallery_counter_is_furniture_whatever_it_promises():
    source = read(page("It left.", captions="1 / 6\nA ferry. (AFP)"))
    assert (3, "gallery-counter") in [(f.line, f.rule) for f in source.furniture]
    assert len(source.articles[0].captions) == 1
