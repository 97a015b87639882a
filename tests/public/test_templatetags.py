import pytest

from articles.models import Article, Photo
from articles.models.articles import OPENING
from articles.templatetags import newsroom
from articles.templatetags.newsroom import LONGEST, first_words

WORDS = "The harbour reopened. "


@pytest.mark.parametrize(
    ("language", "comma"), [("en", ", "), ("he", ", "), ("ar-EG", "، "), ("ur", "، ")]
)
def test_names_are_divided_as_their_language_does(language, comma):
    assert newsroom.comma(language) == comma


@pytest.mark.parametrize(
    ("width", "height", "shape"),
    [
        (4, 7, "tall"),
        (2, 3, "portrait"),
        (4, 4, "landscape"),
        (3, 2, "landscape"),
        (4, 2, "panorama"),
    ],
)
def test_picture_has_a_shape(width, height, shape):
    assert newsroom.shape(Photo(width=width, height=height)) == shape


@pytest.mark.parametrize("word", ["word", "كلمة", "<em>word</em>"])
@pytest.mark.parametrize(("count", "minutes"), [(1, 1), (230, 1), (690, 3)])
def test_minutes_to_read_count_words_of_every_script(word, count, minutes):
    article = Article(body=f"<p>{f'{word} ' * count}</p>")
    assert newsroom.minutes(article) == minutes


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


def test_long_body_is_cut_behind_a_whole_word():
    opening = first_words(f"<p>{WORDS * 30}</p>")
    assert opening.endswith(" The…")
    assert len(opening) <= LONGEST + 1


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
    assert first_words(f"<p>{'字' * 300}</p>") == "字" * LONGEST + "…"


def test_standfirst_goes_before_the_opening():
    article = Article(standfirst="Ships come in.")
    article.opening = "<p>The harbour.</p>"
    assert newsroom.opening(article) == "Ships come in."
    article.standfirst = ""
    assert newsroom.opening(article) == "The harbour."
