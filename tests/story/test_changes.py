"""What a comparison lists is all that differs, and each of it can be taken alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.story.changes import changed_fields, changes_between, mix
from articles.story.story import Caption, Highlight, Story, TagUse, tidy
from tests.strategies import TIDY_STORIES

STORY = tidy(
    Story(
        headline="Harbour reopens",
        bylines=("Nida Khan", "AFP"),
        highlights=(Highlight("Shut", "h1"), Highlight("Open", "h2")),
        captions=(
            Caption("The pier", "AFP", key="pier"),
            Caption("A ship", key="ship"),
        ),
        body='<p>One.</p>\n<figure data-caption="ship"></figure>\n<p>Two.</p>',
        tags=(TagUse("Ports"),),
    )
)
ALONG = {"captions": "body", "status": "is_silent"}


@st.composite
def pairs(draw):
    """Return two stories: any, or one that has some fields of the other."""
    old, new = draw(TIDY_STORIES), draw(TIDY_STORIES)
    names = draw(st.sets(st.sampled_from(Story.__slots__)))
    return old, tidy(replace(new, **{name: getattr(old, name) for name in names}))


@given(pairs())
def test_a_story_with_all_that_is_listed_is_the_other(pair):
    old, new = pair
    changes = changes_between(old, new)
    assert mix(old, new, changes) == new
    assert mix(old, new, []) == old
    assert {change.what for change in changes} <= set(changed_fields(old, new))
    assert bool(changes) == (old != new)


@given(pairs(), st.data())
def test_what_is_taken_alone_changes_nothing_else(pair, data):
    old, new = pair
    changes = changes_between(old, new)
    taken = [change for change in changes if data.draw(st.booleans())]
    mixed = mix(old, new, taken)
    # A figure stands for a caption that is there, and what is silent is withdrawn.
    reach = {change.what for change in taken}
    reach |= {then for what, then in ALONG.items() if what in reach}
    assert set(changed_fields(old, mixed)) <= reach


@given(TIDY_STORIES)
def test_a_story_does_not_differ_from_itself(story):
    assert changes_between(story, story) == []


def test_each_part_is_a_change_of_its_own():
    new = replace(
        STORY,
        bylines=("AFP", "Nida Khan"),
        highlights=(Highlight("Shut again", "h1"), Highlight("Open", "h2")),
        captions=(Caption("The pier", "Reuters", key="pier"), STORY.captions[1]),
        body='<p>One more.</p>\n<p>Two.</p>\n<figure data-caption="ship"></figure>',
        tags=(TagUse("Ports", "dismissed"), TagUse("Weather")),
    )
    found = [(c.what, c.key, c.is_order) for c in changes_between(STORY, tidy(new))]
    assert found == [
        ("bylines", "", True),
        ("highlights", "h1", False),
        ("captions", "pier", False),
        ("body", "0", False),
        ("body", "", True),
        ("tags", "ports", False),
        ("tags", "weather", False),
    ]


def test_a_caption_comes_back_with_its_place_in_the_body():
    without = tidy(replace(STORY, captions=STORY.captions[:1], headline="Shut"))
    changes = changes_between(without, STORY)
    assert [change.what for change in changes] == ["headline", "captions"]
    mixed = mix(without, STORY, changes[1:])
    assert (mixed.headline, mixed.body) == ("Shut", STORY.body)
    assert mixed.captions == STORY.captions


@pytest.mark.parametrize("body", ["<p>Two.</p>", "<p>One.</p>\n<p>Never.</p>"])
def test_one_paragraph_is_taken_without_the_others(body):
    old = tidy(replace(STORY, captions=(), body="<p>One.</p>\n<p>Two.</p>"))
    new = replace(old, body=body, headline="Shut")
    (change,) = [c for c in changes_between(old, new) if c.what == "body"]
    assert mix(old, new, [change]) == replace(old, body=body)
