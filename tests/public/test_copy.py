"""What cards and search engines show of a story."""

import pytest

from articles.models import Article
from articles.models.articles import OPENING
from articles.public.copy import (
    LONGEST_OPENING,
    first_words,
    opening_of,
    summarise,
)

WORDS = "The harbour reopened. "


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Short.</p>", "Short."),
        ("<h2>Why</h2><p>A &amp; <em>b</em></p><p>c</p>", "A & b c"),
        ("<ul><li><p>A</p></li></ul>", "A"),
        ('<figure data-caption="k1"></figure>', ""),
    ],
)
def test_short_body_is_its_own_opening(html, words):
    assert first_words(html) == words


def test_a_long_body_opens_with_whole_sentences():
    opening = first_words(f"<p>{WORDS * 30}</p>")
    assert opening == (WORDS * (LONGEST_OPENING // len(WORDS))).strip()


def test_a_long_sentence_is_cut_behind_a_whole_word():
    opening = first_words(f"<p>{'harbour ' * 30}</p>")
    assert opening.endswith("harbour harbour…")
    assert len(opening) <= LONGEST_OPENING


@pytest.mark.parametrize(
    ("end", "opening"),
    [
        ("<em>wo", "A whole one…"),
        ("<a href='http://exa", "A whole…"),
        ("B &am", "A whole one B…"),
        ("</", "A whole one…"),
    ],
)
def test_body_whose_end_was_cut_off_shows_no_half_word_nor_markup(end, opening):
    html = f"<p>A whole one {' ' * OPENING}"[: OPENING - len(end)] + end
    assert first_words(html) == opening


def test_opening_without_a_space_is_cut_all_the_same():
    assert first_words(f"<p>{'字' * 300}</p>") == "字" * (LONGEST_OPENING - 1) + "…"


def test_standfirst_goes_before_the_opening():
    article = Article(standfirst="Ships come in.")
    article.opening = "<p>The harbour.</p>"
    assert opening_of(article) == "Ships come in."
    article.standfirst = ""
    assert opening_of(article) == "The harbour."


def test_a_summary_is_made_of_sentences():
    """A standfirst or a headline has no stop, and what follows would run into it."""
    texts = [
        "Ships wait at the gate",
        "",
        "The harbour reopened on Monday.",
        "Not shown.",
    ]
    wanted = "Ships wait at the gate. The harbour reopened on Monday."
    assert summarise(texts) == wanted
    assert summarise(["هل فُتح الميناء؟", "نعم"]) == "هل فُتح الميناء؟ نعم"
