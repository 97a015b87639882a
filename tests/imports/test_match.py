from dataclasses import replace

from articles.imports.match import (
    is_same_reading,
    likeness_of,
    runs_agree,
    runs_of,
)
from articles.story.story import Moment, TagUse
from tests.builders import NOON, make_story

LONG = (
    "<p>The harbour reopened on Monday after a storm that shut it for two days.</p>"
    "<p>Pilots brought in the first of nine waiting ships at dawn.</p>"
)


def bodies_agree(one, other):
    return runs_agree(runs_of(one), runs_of(other))


def headline_key(story):
    return likeness_of(story).headline


def test_headlines_match_whatever_their_quotes_and_spaces():
    curly = make_story(headline="Islamabad’s  concerns\u00a0")
    assert headline_key(curly) == headline_key(
        make_story(headline="islamabad's concerns")
    )


def test_without_a_headline_the_body_is_the_key():
    one = make_story(headline="", body="<p>One.</p>")
    assert headline_key(one) != headline_key(
        make_story(headline="", body="<p>Two.</p>")
    )


def test_a_mended_typo_is_the_same_story_and_another_body_is_not():
    mended = make_story(body=LONG.replace("nine", "ten"))
    assert bodies_agree(make_story(body=LONG), mended)
    other = make_story(body="<p>Gold held steady as traders waited for a decision.</p>")
    assert not bodies_agree(make_story(body=LONG), other)


def test_two_short_bodies_agree_only_when_they_are_alike():
    assert bodies_agree(make_story(body="<p>Yes.</p>"), make_story(body="<p>yes.</p>"))
    assert not bodies_agree(
        make_story(body="<p>Yes.</p>"), make_story(body="<p>No.</p>")
    )


def test_an_estimate_or_a_wish_does_not_make_a_reading_another():
    one = make_story(published=Moment(NOON, "minute", "estimated"))
    later = replace(one, published=None, status="in_review", tags=(TagUse("x"),))
    assert is_same_reading(one, later)
    assert not is_same_reading(one, replace(one, published=Moment(NOON)))
    assert not is_same_reading(one, replace(one, dateline="PORT"))
