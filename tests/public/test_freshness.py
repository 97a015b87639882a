"""A write that changes a page changes a key the page was made of."""

import pytest

from articles.models import Article
from articles.store import Change, edition, read, write
from articles.story.moment import Moment
from articles.story.story import Highlight, TagUse
from tests.builders import HOUR, NOON, make_article, make_section, make_story

pytestmark = pytest.mark.django_db

STORY = {"section": "World", "tags": (TagUse("Gaza"),)}
WRITES = {
    "new headline": STORY | {"headline": "Harbour shut again"},
    "new highlight": STORY | {"highlights": (Highlight("One"),)},
    "withdrawn": STORY | {"status": "withdrawn"},
    "section taken": STORY | {"section": ""},
    "section given": STORY | {"section": "Harbour"},
    "tag taken": STORY | {"tags": ()},
    "tag given": STORY | {"tags": (TagUse("Gaza"), TagUse("Ports"))},
    "older": STORY | {"published": Moment(NOON - 9 * HOUR)},
}


@pytest.fixture
def addresses():
    """Return the address of every page that a story or its neighbour stands on."""
    make_section("World")
    make_section("Harbour", position=2)
    make_article(NOON - HOUR, tags=(TagUse("Ports"),))
    article = make_article(headline="The one", **STORY)
    newer = make_article(NOON + HOUR)
    lists = ["/", "/articles/", "/sections/world/", "/sections/harbour/"]
    tags = ["/tags/gaza/", "/tags/ports/"]
    return [*lists, *tags, article.get_absolute_url(), newer.get_absolute_url()]


def visit(client, address):
    """Return the page and the keys of what it was made of."""
    with read.noting() as keys:
        response = client.get(address)
    return (response.status_code, response.content), keys


@pytest.mark.parametrize("parts", WRITES.values(), ids=WRITES)
def test_write_that_changes_a_page_changes_one_of_its_keys(client, addresses, parts):
    before = {address: visit(client, address) for address in addresses}
    number = edition.newest_number()
    article = Article.objects.get(headline="The one")
    story = make_story(**{"headline": "The one"} | parts)
    write([Change(story, article.pk)], by=None, why="test")
    changed_keys = edition.changed_since(number)
    changed_pages = 0
    for address, (page, keys) in before.items():
        if visit(client, address)[0] != page:
            changed_pages += 1
            assert keys & changed_keys, address
    assert changed_pages


def test_new_story_makes_every_list_it_enters_stale(client, addresses):
    keys = {address: visit(client, address)[1] for address in addresses}
    number = edition.newest_number()
    make_article(NOON + 2 * HOUR, **STORY)
    for address in ("/", "/articles/", "/sections/world/", "/tags/gaza/"):
        assert keys[address] & edition.changed_since(number)
