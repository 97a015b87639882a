"""A page costs the same however much the newspaper and the story hold."""

import pytest

from articles.story.story import Caption, Highlight, TagUse
from tests.builders import HOUR, NOON, make_article, make_section

pytestmark = pytest.mark.django_db


def make_stories(count):
    """Make so many stories, with so many of each part, and return the newest."""
    for n in range(count):
        make_section(f"Place{n}", n)
    return [
        make_article(
            NOON + n * HOUR,
            section="Place0",
            bylines=tuple(f"Author {i}" for i in range(count)),
            highlights=tuple(Highlight(f"Highlight {i}") for i in range(count)),
            captions=tuple(Caption(f"Caption {i}", "AFP") for i in range(count)),
            tags=(TagUse("Gaza"), *(TagUse(f"Tag {i}") for i in range(count))),
        )
        for n in range(count)
    ][-1]


@pytest.mark.parametrize("count", [1, 25])
@pytest.mark.parametrize(
    ("address", "queries"),
    [("/", 3), ("/articles/", 3), ("/sections/place0/", 4), ("/tags/gaza/", 5)],
)
def test_list_asks_the_database_at_most_six_times(
    client, django_assert_num_queries, address, queries, count
):
    make_stories(count)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("count", [1, 25])
def test_article_asks_the_database_at_most_eight_times(
    client, django_assert_num_queries, count
):
    article = make_stories(count)
    with django_assert_num_queries(8 if count > 1 else 7):
        assert client.get(article.get_absolute_url()).status_code == 200
