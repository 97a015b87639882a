from datetime import date

import pytest

from articles.parsing.line_kinds import (
    bullet_text,
    furniture_rule,
    is_byline_like,
    short_address,
    split_crawl_date,
    updated_as_printed,
)
from articles.parsing.lines import Line


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Updated 21 July 2023", "21 July 2023"),
        ("Updated\u00a02 min 59 sec ago", "2 min 59 sec ago"),
        ("Updated 31 June 2023", "31 June 2023"),
        ("Updated", ""),
        ("Updated rules for the harbor", None),
        ("Updated 21 July 2023, the list is long.", None),
        ("The list was Updated 21 July 2023", None),
    ],
)
def test_updated_lines(text, printed):
    assert updated_as_printed(text) == printed


@pytest.mark.parametrize("text", ["AFP", "Arab Post", "NOOR HADDAD", "Ana de la Cruz"])
def test_bylines(text):
    assert is_byline_like(text)


@pytest.mark.parametrize(
    "text", ["The ferry left.", "A historic visit", "Part 2", "Oil: A New Low", "-"]
)
def test_what_is_no_byline(text):
    assert not is_byline_like(text)


def test_furniture_is_the_whole_line():
    assert furniture_rule("Follow") == "follow"
    assert furniture_rule("Follow the money") == ""
    assert furniture_rule("1/6") == "gallery-counter"
    assert furniture_rule("1 / 6 of the fleet") == ""


def test_bullets_have_text():
    assert bullet_text("•Ferry returns") == "Ferry returns"
    assert bullet_text("-5 degrees") == ""
    assert bullet_text("• Search form") == ""


def test_short_address_is_a_whole_line_with_one_short_part():
    assert short_address("https://sorrel.example/zt4k9")
    assert not short_address("https://sorrel.example/news/2021/05/ferry")
    assert not short_address("See https://sorrel.example/zt4k9")


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        (" date 2023-02-10 You are here", date(2023, 2, 10)),
        (" date 2023-02-10", date(2023, 2, 10)),
        (" date 2023-02-30 You are here", None),
        ("On that date 2023-02-10 was far", None),
    ],
)
def test_crawl_date(raw, day):
    assert split_crawl_date(Line(1, raw, raw.strip()))[0] == day
