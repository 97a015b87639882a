from dataclasses import replace

from articles.imports.matching import (
    is_same_event,
    is_same_reading,
    match_keys_of,
    wording_of,
)
from articles.story.moment import Moment
from articles.story.story import TagUse
from tests.builders import NOON, make_story

LONG = (
    "<p>The harbour reopened on Monday after a storm that shut it for two days.</p>"
    "<p>Pilots brought in the first of nine waiting ships at dawn.</p>"
)


def bodies_agree(one, other):
    return is_same_event(wording_of(one), wording_of(other))


def headline_key(story):
    return match_keys_of(story).headline


def test_headlines_match_whatever_their_quotes_and_spaces():
    curly = make_story(headline="Islamabad’s  concerns\u00a0")
    assert headline_key(curly) == headline_key(
        make_story(headline="islamabad's concerns")
    )


def test_raised_figures_match_their_caret_and_never_the_fused_ones():
    raised, caret, fused = (
        match_keys_of(make_story(headline=f"{power} crowns", body=f"<p>{power} a.</p>"))
        for power in ("10⁶", "10^6", "106")
    )
    assert raised == caret
    assert raised.headline != fused.headline
    assert set(raised.body).isdisjoint(fused.body)


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
    one = make_story(published=Moment(NOON, "estimated"))
    later = replace(one, published=None, status="in_review", tags=(TagUse("x"),))
    assert is_same_reading(one, later)
    assert not is_same_reading(one, replace(one, published=Moment(NOON)))
    assert not is_same_reading(one, replace(one, dateline="PORT"))


def test_two_reports_with_other_figures_are_two_stories():
    frame = "<p>Shares rose {} points to {} as {} of {} banks gained on the day.</p>"
    one = make_story(body=frame.format(12, "4,310", 7, 9))
    assert bodies_agree(one, make_story(body=frame.format(12, "4,310", 8, 9)))
    assert not bodies_agree(one, make_story(body=frame.format(31, "4,341", 5, 6)))


def test_a_copy_cut_short_is_the_same_story():
    cut = LONG.split("</p>", maxsplit=1)[0] + "</p>"
    assert bodies_agree(make_story(body=LONG), make_story(body=cut))
