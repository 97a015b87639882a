"""Below a story stand the next one and those that it is related to."""

import pytest

from articles.store import nearby as choosing
from articles.store import read
from articles.story.story import TagUse
from tests.builders import HOUR, NOON, make_article, make_section

pytestmark = pytest.mark.django_db

GAZA = {"tags": (TagUse("Gaza"),)}
PORTS = {"tags": (TagUse("Gaza"), TagUse("Ports"))}


def nearby(article):
    return read.nearby(read.article(article.code))


def test_next_is_the_one_behind_it_in_its_section():
    make_section()
    article = make_article(section="World")
    other = make_article(NOON - HOUR)
    assert nearby(article).next == other
    behind = make_article(NOON - 2 * HOUR, section="World")
    make_article(NOON + HOUR, section="World")
    assert nearby(article).next == behind


def test_of_stories_of_one_moment_the_earlier_row_is_next():
    first, second = make_article(), make_article()
    assert nearby(second).next == first
    assert nearby(first).next is None


def test_related_are_those_with_most_tags_in_common_then_the_newest():
    behind = make_article(NOON - 9 * HOUR)
    article = make_article(NOON - 8 * HOUR, **PORTS)
    both = make_article(NOON, **PORTS)
    newer = make_article(NOON + 2 * HOUR, **GAZA)
    older = make_article(NOON + HOUR, **GAZA)
    make_article(NOON + 3 * HOUR)
    found = nearby(article)
    assert (found.next, found.related) == (behind, [both, newer, older])


def test_section_fills_what_tags_leave_and_nothing_stands_twice():
    make_section()
    section = [make_article(NOON - n * HOUR, section="World") for n in range(9)]
    tagged = make_article(NOON - 20 * HOUR, section="World", **GAZA)
    article = make_article(NOON - HOUR / 2, section="World", **GAZA)
    found = nearby(article)
    assert found.next == section[1]
    assert found.related == [tagged, section[0], section[2], section[3]]


@pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn"])
def test_what_is_not_public_is_neither_next_nor_related(status):
    make_section()
    make_article(NOON - HOUR, status=status, section="World", **GAZA)
    found = nearby(make_article(section="World", **GAZA))
    assert (found.next, found.related) == (None, [])


def test_suggested_or_dismissed_tag_relates_nothing():
    article = make_article(**GAZA)
    for by in ("suggestion", "dismissed"):
        make_article(NOON + HOUR, tags=(TagUse("Gaza", by),))
    assert nearby(article).related == []
    suggested = make_article(NOON + HOUR, tags=(TagUse("Gaza", "suggestion"),))
    assert nearby(suggested).related == []


def test_common_tag_keeps_no_story_away_that_shares_a_rare_one(monkeypatch):
    monkeypatch.setattr(choosing, "CANDIDATES", 8)
    article = make_article(**PORTS)
    make_article(NOON - HOUR)
    both = make_article(NOON - 2 * HOUR, **PORTS)
    newer = [make_article(NOON + n * HOUR, **GAZA) for n in range(1, 9)]
    assert nearby(article).related == [both, *newer[:-4:-1]]


def test_story_with_more_tags_than_are_weighed_has_its_page():
    many = tuple(TagUse(f"Tag {number}") for number in range(choosing.TAGS + 5))
    article = make_article(tags=many)
    other = make_article(NOON + HOUR, tags=many[:1])
    assert nearby(article).related == [other]
