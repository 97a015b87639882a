import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.story.body import (
    canonical,
    parse_blocks,
    plain_blocks,
    print_blocks,
)
from tests.strategies import HTML, WORDS

INLINE = r"(?:[^<>]|<a href=\"[^\"]*\">|</a>|</?em>|</?strong>|<br>)+"
PARAGRAPHS = rf"(?:<p>{INLINE}</p>)+"
INNER = rf"(?:<li><p>{INLINE}</p></li>)+"
ITEMS = rf"(?:<li><p>{INLINE}</p>(?:<ul>{INNER}</ul>|<ol>{INNER}</ol>)*</li>)+"
BLOCK = re.compile(
    rf"<p>{INLINE}</p>|<h2>{INLINE}</h2>|<blockquote>{PARAGRAPHS}</blockquote>"
    rf"|<aside>{PARAGRAPHS}</aside>|<ul>{ITEMS}</ul>|<ol>{ITEMS}</ol>"
    r'|<figure data-caption="[a-z0-9]{1,8}"></figure>'
)


@given(HTML)
def test_canonical_form_is_its_own_canonical_form(html):
    assert canonical(canonical(html)) == canonical(html)


@given(HTML)
def test_only_the_grammar_comes_out(html):
    for line in canonical(html).split("\n"):
        assert not line or BLOCK.fullmatch(line)


@given(HTML)
def test_no_link_leads_where_a_script_or_another_scheme_would_run(html):
    for href in re.findall(r'href="([^"]*)"', canonical(html)):
        assert re.match(r"https?://|mailto:|/(?![/\\])", href)


@given(HTML)
def test_blocks_print_and_parse_to_themselves(html):
    blocks = parse_blocks(html)
    assert parse_blocks(print_blocks(blocks)) == blocks


LINES = st.lists(
    st.one_of(
        st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["p", "h2"]), WORDS),
        st.text(alphabet=" \u00a0\u2028\x85\x1c&;<amp>lq\ufffe\udfff", max_size=12).map(
            "<p>x{}x</p>".format
        ),
        st.builds(
            "<{0}><li><p>{1}</p></li><li><p>x</p></li></{0}>".format,
            st.sampled_from(["ul", "ol"]),
            WORDS,
        ),
        st.builds(
            "<{0}><p>{1}</p><p>x</p></{0}>".format,
            st.sampled_from(["blockquote", "aside"]),
            WORDS,
        ),
        HTML,
    ),
    max_size=4,
).map("\n".join)
MARKED = "<p><em>x</em></p>"


@given(LINES)
def test_a_plain_body_is_read_as_the_parser_would_read_it(html):
    """A last line with marks leads past the short cut."""
    for body in (html, canonical(html)):
        if plain_blocks(body):
            assert parse_blocks(f"{body}\n{MARKED}")[:-1] == plain_blocks(body)


def test_an_ordinary_body_is_plain():
    assert plain_blocks('<p>A &amp; b\u00a0c</p>\n<figure data-caption="k1"></figure>')
    assert plain_blocks("<p>5\u00a0\u00a0km, \u00a0 then</p>")
    assert plain_blocks("<aside><p>A b</p><p>c</p></aside>\n<ol><li><p>A</p></li></ol>")
    assert not plain_blocks("<p>two  spaces</p>")


def items(*words):
    return "".join(f"<li><p>{word}</p></li>" for word in words)


def within(numbered, others):
    """Return an item with the lists of such items in it, if there are any."""
    lists = (numbered and f"<ol>{numbered}</ol>") + f"<ul>{others}</ul>"
    return f"<li><p>a</p>{lists}</li>"


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        ("loose text", "<p>loose text</p>"),
        ("<div>a</div><div>b</div>", "<p>a</p>\n<p>b</p>"),
        ("<strong><h2>Why</h2></strong>", "<h2><strong>Why</strong></h2>"),
        ("<b>a<b>b</b>c</b>d", "<p><strong>abc</strong>d</p>"),
        ("<a href='/x'>a<a>b", '<p><a href="/x">a</a>b</p>'),
        ("<em><strong>x</strong></em>", "<p><strong><em>x</em></strong></p>"),
        ("<b>a</b><strong>b</strong>", "<p><strong>ab</strong></p>"),
        ("<p>a <em> b</em></p>", "<p>a <em>b</em></p>"),
        ("<p><br>a<br> b<br></p>", "<p>a<br>b</p>"),
        ("<ul><li><p>a<p>b</ul>", "<ul><li><p>a<br>b</p></li></ul>"),
        (
            "<ul>a<figure data-caption=k1></figure></ul>",
            '<ul><li><p>a</p></li></ul>\n<figure data-caption="k1"></figure>',
        ),
        (
            "<ul><li>a<ol><li>b<li>c</ol><ul><li>d</ul>e</ul>",
            f"<ul>{within(items('b', 'c'), items('d'))}{items('e')}</ul>",
        ),
        (
            "<ol><ul><li>a</ul><ul><li>b<ol><li>c<ul><li>d</ol></ul><li>e</ol>",
            f"<ol>{within('', items('b', 'c', 'd'))}{items('e')}</ol>",
        ),
        ("<figure><p>words</p></figure>", "<p>words</p>"),
        ("<a href='/\\evil.example'>x</a>", "<p>x</p>"),
        ("<a href='//evil.example'>x</a>", "<p>x</p>"),
        ("<p>&lt;script&gt;</p>", "<p>&lt;script&gt;</p>"),
        ("<script>alert(1)</script>", ""),
        ("<p>\u00a0</p>", ""),
    ],
)
def test_what_comes_in_is_stored_as(html, stored):
    assert canonical(html) == stored


def test_text_of_a_block_is_its_words():
    (block,) = parse_blocks("<ul><li>a &amp; <em>b</em></li><li>c<br>d</li></ul>")
    assert block.text == "a & b\nc\nd"


def test_marks_in_marks_are_read_in_linear_time():
    """Twenty thousand open marks took seconds when each word counted them all."""
    html = "<b>x" * 20_000
    assert canonical(html) == f"<p><strong>{'x' * 20_000}</strong></p>"
