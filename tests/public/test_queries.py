"""A page costs the same however much the newspaper and the story hold."""

import pytest

from articles.models import Article
from articles.store.lists import Position
from articles.story.story import Caption, Highlight, TagUse
from tests.builders import HOUR, NOON, correct, make_article, make_photo, make_section

pytestmark = pytest.mark.django_db


def make_stories(count):
    """Make so many stories, with so many of each part, and return the newest."""
    photo = make_photo().sha256
    for n in range(count):
        make_section(f"Place{n}", n)
    return [
        make_article(
            NOON + n * HOUR,
            section="Place0",
            bylines=tuple(f"Author {i}" for i in range(count)),
            highlights=tuple(Highlight(f"Highlight {i}") for i in range(count)),
            captions=tuple(
                Caption(f"Caption {i}", "AFP", photo if i else "") for i in range(count)
            ),
            tags=(TagUse("Gaza"), *(TagUse(f"Tag {i}") for i in range(count))),
            corrections=correct(*(f"Note {i}" for i in range(count))),
        )
        for n in range(count)
    ][-1]


@pytest.mark.parametrize("count", [1, 25])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/", 6),
        ("/articles/", 5),
        ("/corrections/", 5),
        ("/sections/place0/", 7),
        ("/tags/gaza/", 6),
        ("/authors/author-0/", 6),
    ],
)
def test_list_asks_the_database_at_most_seven_times(
    client, django_assert_num_queries, address, queries, count
):
    make_stories(count)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/articles/", 6),
        ("/corrections/", 6),
        ("/sections/place0/", 8),
        ("/tags/gaza/", 7),
        ("/authors/author-0/", 7),
    ],
)
@pytest.mark.parametrize("side", ["before", "after"])
def test_list_goes_on_by_one_question_more(
    client, django_assert_num_queries, address, queries, side
):
    make_stories(25)
    middle = Article.objects.order_by("published_at")[12]
    position = Position.of(middle)
    if address == "/corrections/":
        position = Position(middle.corrected_at, code=middle.code)
    with django_assert_num_queries(queries):
        assert client.get(f"{address}?{side}={position}").status_code == 200


# One story alone has no next one, and so nothing of it to read.
@pytest.mark.parametrize("count", [2, 25])
def test_article_asks_the_database_at_most_ten_times(
    client, django_assert_num_queries, count
):
    article = make_stories(count)
    with django_assert_num_queries(10):
        assert client.get(article.get_absolute_url()).status_code == 200
