import pytest

from articles.parsing import NotText, parse_source, source_lines
from articles.parsing.lines import printed_lines, tidy_field


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (" \n\u00a0\n\u200b".encode(), "empty"),
        (b"Ferry\0returns", "NUL"),
        ("Ferry\0returns".encode("utf-16"), "NUL"),
        ("Ferry".encode("utf-32"), "NUL"),
        ("Ferry".encode("utf-16")[:-1], "truncated or broken UTF-16"),
        (b"\x89PNG\r\n\x1a\n", "not text"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_the_reason(data, reason):
    with pytest.raises(NotText, match=reason):
        parse_source(data, "page.txt")


def test_byte_order_mark_is_no_part_of_the_headline():
    source = parse_source("\ufeffFerry returns\n\nIt left.".encode(), "page.txt")
    assert source.encoding == "utf-8-sig"
    assert source.articles[0].headline == "Ferry returns"


def test_only_newlines_and_carriage_returns_end_a_line():
    assert source_lines("a\u2028b\x0bc\r\nd\re\n".encode()) == [
        "a\u2028b\x0bc",
        "d",
        "e",
    ]


def test_blank_lines_above_are_counted_and_those_of_one_space_too():
    lines = list(printed_lines("a\n\n \n\u00a0\nb\nc"))
    assert [(line.number, line.gap, line.spaces) for line in lines] == [
        (1, 0, 0),
        (5, 3, 1),
        (6, 0, 0),
    ]


def test_tidy_leaves_no_white_space_at_the_ends():
    assert tidy_field("\u00a0\ufeff\u200b Ferry \u3000\x85\t") == "Ferry"
