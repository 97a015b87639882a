from articles.story.publishing import can_be_published, is_whole, publish
from articles.story.story import Moment
from tests.builders import HOUR, NOON, make_story


def test_a_story_needs_a_headline_and_a_body():
    assert can_be_published(make_story())
    assert not can_be_published(make_story(headline=""))
    assert not can_be_published(make_story(body=""))


def test_a_story_without_a_date_is_not_whole():
    assert is_whole(make_story())
    assert not is_whole(make_story(published=None))
    assert not is_whole(make_story(body=""))


def test_a_published_story_keeps_its_date_and_gets_one_where_it_has_none():
    dated = publish(make_story(status="draft"), NOON + HOUR)
    assert (dated.status, dated.published) == ("published", Moment(NOON))
    assert publish(make_story(published=None), NOON).published == Moment(NOON)
