import pytest

from articles.models import Article, Photo
from articles.templatetags import newsroom


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
        (4, 4, "square"),
        (6, 5, "square"),
        (3, 2, "landscape"),
        (4, 2, "panorama"),
    ],
)
def test_picture_has_a_shape(width, height, shape):
    assert newsroom.shape_of(Photo(width=width, height=height)) == shape


@pytest.mark.parametrize("word", ["word", "كلمة", "<em>word</em>"])
@pytest.mark.parametrize(("count", "minutes"), [(1, 1), (230, 1), (690, 3)])
def test_minutes_to_read_count_words_of_every_script(word, count, minutes):
    article = Article(body=f"<p>{f'{word} ' * count}</p>")
    assert newsroom.minutes(article) == minutes
