import pytest

from articles.store import edition, read
from articles.story.story import TagUse
from tests.builders import HOUR, NOON, make_article, make_section

pytestmark = pytest.mark.django_db


def test_a_section_holds_its_own_stories_and_those_that_carry_its_tag_once():
    world = make_section("World")
    own = make_article(section="World")
    tagged = make_article(tags=(TagUse("World"),), published_at=NOON - HOUR)
    both = make_article(
        section="World", tags=(TagUse("World"),), published_at=NOON - 2 * HOUR
    )
    make_article()
    assert read.in_section(world).articles == [own, tagged, both]


def test_reading_notes_the_keys_of_what_was_read():
    world = make_section("World")
    article = make_article(section="World")
    with read.noting() as keys:
        read.sections()
        read.article(article.code)
        read.in_section(world)
    lists = {f"section:{world.pk}", f"tag:{world.pk}"}
    assert keys == {"site", f"story:{article.pk}"} | lists


def test_what_stands_below_a_story_is_noted_with_the_lists_that_it_is_of():
    world = make_section("World")
    parts = {"section": "World", "tags": (TagUse("Gaza"),)}
    article = make_article(**parts)
    elsewhere = make_article(NOON - HOUR)
    article = read.article(article.code)
    lists = {f"section:{world.pk}", f"tag:{article.taggings.all()[0].tag_id}"}
    with read.noting() as keys:
        assert read.nearby(article).next == elsewhere
    assert keys == lists | {"latest", f"story:{elsewhere.pk}"}
    older = make_article(NOON - 2 * HOUR, **parts)
    with read.noting() as keys:
        assert read.nearby(article).next == older
    assert keys == lists | {f"story:{older.pk}"}


def test_next_story_in_another_language_gives_way_to_any_that_comes_in_its_own():
    make_section("World")
    article = read.article(make_article(section="World").code)
    foreign = make_article(NOON - HOUR, section="World", language="ar")
    with read.noting() as keys:
        assert read.nearby(article).next == foreign
    assert "latest" in keys


def test_nothing_is_noted_outside_a_page():
    with read.noting() as keys:
        pass
    read.sections()
    assert not keys


def test_a_tag_that_is_not_there_yet_is_noted_as_what_may_come():
    with read.noting() as keys:
        assert read.tag("gaza") is None
    before = edition.newest_number()
    make_article(tags=(TagUse("Gaza"),))
    assert keys & edition.changed_since(before)
