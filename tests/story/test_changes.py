"""What a comparison lists is all that differs, and each of it can be taken alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.story.changes import (
    changed_fields,
    changes_between,
    mix,
    parts_changed_since,
    take_back,
)
from articles.story.moment import Moment
from articles.story.story import Caption, Highlight, Story, TagUse, tidy
from tests.builders import NOON
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


@given(pairs())
def test_what_nobody_touched_is_taken_back_to_the_byte(pair):
    before, after = pair
    assert take_back(before, after, after).story == before


@given(pairs(), TIDY_STORIES, st.data())
def test_taking_back_changes_only_what_was_changed_and_nobody_changed_since(
    pair, other, data
):
    """The later words are of fields that the change left alone."""
    before, after = pair
    changed = set(changed_fields(before, after))
    # A caption takes its place in the body along, and who withdraws may say nothing.
    for group in ({"captions", "body"}, {"status", "is_silent"}):
        changed |= group if changed & group else set()
    free = sorted(set(Story.__slots__) - changed)
    names = data.draw(st.sets(st.sampled_from(free))) if free else ()
    now = tidy(replace(after, **{name: getattr(other, name) for name in names}))
    since = parts_changed_since(after, [now])
    back = take_back(before, after, now, since)
    later = {name: getattr(now, name) for name in changed_fields(after, now)}
    assert back.story == tidy(replace(before, **later))
    assert not back.kept


def published_withdrawn_and_then(*statuses):
    """Take a withdrawal back, of a story that had other statuses since."""
    before, after = (replace(STORY, status=s) for s in ("published", "withdrawn"))
    before, after = (replace(s, published=Moment(NOON)) for s in (before, after))
    later = [replace(after, status=status) for status in statuses]
    since = parts_changed_since(after, later)
    back = take_back(before, after, (after, *later)[-1], since)
    return back.story.status, back.kept


@pytest.mark.parametrize(
    ("statuses", "status", "kept"),
    [
        ((), "published", ()),
        (("draft",), "draft", ("status",)),
        (("published",), "published", ()),
        (("published", "withdrawn"), "withdrawn", ("status",)),
    ],
)
def test_what_was_withdrawn_anew_is_not_brought_back(statuses, status, kept):
    assert published_withdrawn_and_then(*statuses) == (status, kept)


def test_a_section_that_is_none_any_more_is_not_stood_in_again():
    before, after = (replace(STORY, section=name) for name in ("Old", "World"))
    back = take_back(before, after, after, sections={"World"})
    assert (back.story, back.kept) == (after, ("section",))
    assert take_back(before, after, after, sections={"Old"}).story == before


def test_a_tag_given_since_stays_beside_one_that_is_taken_back():
    suggested, accepted = (
        replace(STORY, tags=(TagUse("Ports", by),)) for by in ("suggestion", "editor")
    )
    now = tidy(replace(accepted, tags=(*accepted.tags, TagUse("Storms"))))
    back = take_back(suggested, accepted, now, parts_changed_since(accepted, [now]))
    uses = {use.name: use.by for use in back.story.tags}
    assert uses == {"Ports": "suggestion", "Storms": "editor"}
