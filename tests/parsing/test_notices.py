"""What editors are told about a story holds it; a headline that says so does not."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from articles.imports.stories import HELD
from articles.parsing import parse_source
from articles.parsing.dates import embargo_moment
from articles.parsing.notices import notice_kind

STORY = """\
Ferry is back

A ferry. (AFP)
Short Url
Updated 03 May 2021
Follow

Ferry is back

PORT SORREL: It was away for a week.

It left again at noon.
"""


def codes(text, story=0):
    doubts = parse_source(text.encode(), "page.txt").articles[story].warnings
    return [(doubt.line, doubt.code) for doubt in doubts]


@pytest.mark.parametrize(
    "text",
    [
        "EMBARGOED UNTIL 06 MAY 2030 00:01 GMT",
        "Strictly embargoed until Friday noon",
        "Embargo: May 6",
        "*** EMBARGO ***",
        "EMBARGO EMBARGO EMBARGO",
        "EMBARGOED - EMBARGOED - 6 MAY",
        "Not for release before 6 May",
        "Hold until the minister has spoken",
    ],
)
def test_embargo_is_known_by_how_it_begins(text):
    assert notice_kind(text) == "embargo"
    assert codes(f"{text}\n\n{STORY}") == [(1, "embargo")]


@pytest.mark.parametrize(
    "text",
    [
        "KILL",
        "MANDATORY KILL - KILL - KILL",
        "KILL KILL KILL",
        "WITHHOLD! WITHHOLD!",
        "URGENT – KILL KILL our story on ferries",
        "EDITORS: WITHHOLD THIS STORY",
        "Please disregard our earlier report on ferries",
        "This story has been withdrawn.",
        "NOT FOR PUBLICATION",
        "Do not publish",
        "DO NOT USE",
    ],
)
def test_kill_is_known_by_how_it_begins(text):
    assert notice_kind(text) == "kill"
    assert codes(f"{text}\n\n{STORY}") == [(1, "kill")]
    assert codes(f"{STORY}\n{text}\n") == [(14, "kill")]


@pytest.mark.parametrize(
    "text",
    [
        "Embargo on salt is lifted after a year",
        "Embargoes and other quarrels",
        "KILLED BY A WAVE AT NOON",
        "Kill, kill, cried the gulls",
        "Kill the lights, says the harbour",
        "Withholding tax rises again",
        "Do not use a metal spoon.",
        "“Do not publish,” she said.",
        "Hold the line",
        "Story of a ferry",
    ],
)
def test_headline_or_sentence_of_such_words_is_no_notice(text):
    assert notice_kind(text) == ""


def test_embargo_is_read_with_its_zone():
    page = f"EMBARGOED UNTIL 06 MAY 2030 00:01 GMT\n\n{STORY}"
    (story,) = parse_source(page.encode(), "page.txt").articles
    assert story.embargo_until == datetime(2030, 5, 6, 0, 1, tzinfo=UTC)
    assert story.headline == "Ferry is back"
    summer = timezone(timedelta(hours=1))
    at = embargo_moment("Embargo: 7.30 (BST), Monday 6 May 2030")
    assert at == datetime(2030, 5, 6, 7, 30, tzinfo=summer)


@pytest.mark.parametrize(
    "text",
    [
        "Embargo: 6 May 2030",
        "Embargo: 6 May 2030 10:00",
        "Embargo: 6 May 2030 25:00 GMT",
    ],
)
def test_embargo_without_a_moment_still_holds(text):
    (story,) = parse_source(f"{text}\n\n{STORY}".encode(), "page.txt").articles
    assert story.embargo_until is None
    assert [doubt.code for doubt in story.warnings] == ["embargo"]


def test_notice_is_about_the_story_below_or_the_one_it_stands_at():
    second = STORY.replace("Ferry is back", "Mole is mended")
    above = f"{STORY}\n\nKILL\n\n{second}"
    assert (codes(above, 0), codes(above, 1)) == ([], [(15, "kill")])
    below = f"{STORY}\nKILL\n\n\n{second}"
    assert (codes(below, 0), codes(below, 1)) == ([(14, "kill")], [])


def test_label_of_a_headline_holds_the_story_and_stays():
    text = STORY.replace("Ferry is back", "KILL: Ferry is back")
    (story,) = parse_source(text.encode(), "page.txt").articles
    assert story.headline == "KILL: Ferry is back"
    assert [doubt.code for doubt in story.warnings] == ["kill", "kill"]


@pytest.mark.parametrize(
    "noise",
    ["Wait for the desk’s call", "Home > News", "EDITORS: wait for the desk’s call"],
)
def test_unexplained_line_above_the_headline_holds_the_story(noise):
    assert codes(f"{noise}\n{STORY}") == [(1, "unexplained-above")]
    assert "unexplained-above" in HELD


@pytest.mark.parametrize(
    "line",
    [
        "\u200f\u202b\u202c",
        "\u2066 \u2069",
        "© 2021 Sorrel Courier",
        "Contents of this page are Copyright 2021 Harbour Post. All rights reserved.",
        "™ & © 2021 Sorrel News Network, Inc. All rights reserved.",
        "|",
        "___",
        "-------------",
        "###",
        "* * *",
        "(END)",
        "-30-",
        "-ends-",
        "Skip to content",
        "IFRAME: https://tags.example/1",
    ],
)
def test_loose_furniture_is_no_part_of_a_story_wherever_it_stands(line):
    for page in (f"{line}\n{STORY}", f"{STORY}\n\n{line}", f"{STORY}\n{line}\nSo.\n"):
        (story,) = parse_source(page.encode(), "page.txt").articles
        assert (story.headline, story.warnings) == ("Ferry is back", ())
        assert not any(line in block.text for block in story.body)


def test_invisible_characters_alone_are_no_headline():
    source = parse_source("\u200e\u202a\n\nIt left.\n\nSo.".encode(), "page.txt")
    assert [story.headline for story in source.articles] == [""]
    assert [kept.rule for kept in source.furniture] == ["invisible"]
