import json
from datetime import UTC

import pytest
from hypothesis import given

from articles.story.moment import Moment, to_data
from articles.story.story import (
    Caption,
    Correction,
    Highlight,
    Rewording,
    Story,
    TagUse,
    can_be_published,
    corrected_at,
    from_json,
    is_complete,
    keys_in_body,
    publish,
    tidy,
    to_json,
)
from articles.story.text import KEY
from tests.builders import HOUR, NOON, make_story
from tests.strategies import STORIES, TIDY_STORIES

# As version 1 wrote it; every version ever released stays readable.
VERSION_1 = """{"v": 1, "headline": "Harbour reopens", "kicker": "", "standfirst": "",
"bylines": ["AFP"], "dateline": "PORT", "section": "", "language": "en",
"highlights": [{"text": "One", "key": "6pyw23"}],
"captions": [{"text": "A crane", "credit": "AFP", "photo": "", "key": "k1"}],
"body": "<p>It did.</p>", "tags": [{"name": "Port", "by": "import"}],
"status": "published", "published": {"at": "2026-03-14T12:00:00+00:00",
"precision": "day", "certainty": "stated"}, "updated": null,
"embargo_until": null, "expires_at": null, "source_short_url": ""}"""


@given(TIDY_STORIES)
def test_json_and_back_is_the_same_story(story):
    assert from_json(to_json(story)) == story


def test_json_from_when_an_accent_made_another_name_is_read_as_tidy():
    names = ("Zoe", "Ökumene", "\u200f", "École", "Ecole")
    tags = tuple(TagUse(name) for name in names)
    story = from_json(to_json(Story(tags=tags)))
    assert story == tidy(story)
    assert [use.name for use in story.tags] == ["École", "Ökumene", "Zoe"]


@given(STORIES)
def test_tidying_twice_changes_nothing(story):
    assert tidy(tidy(story)) == tidy(story)


@given(STORIES)
def test_parts_of_a_tidy_story_have_keys_of_their_own(story):
    story = tidy(story)
    for parts in (story.highlights, story.captions):
        keys = [part.key for part in parts]
        assert len(set(keys)) == len(keys)
        assert all(KEY.fullmatch(key) for key in keys)


@given(STORIES)
def test_every_figure_of_a_tidy_story_has_its_caption(story):
    story = tidy(story)
    assert keys_in_body(story) <= {caption.key for caption in story.captions}
    assert all(story.body.count(f'"{key}"') == 1 for key in keys_in_body(story))


def test_version_1_stays_readable():
    story = from_json(VERSION_1, UTC)
    # Fields that came later are empty in what was written before, and all was news.
    now = {"v": 2, "kind": "news", "corrections": [], "is_silent": False}
    now["published"] = to_data(Moment(NOON.date()))
    assert json.loads(to_json(story)) == json.loads(VERSION_1) | now
    assert tidy(story) == story


def test_a_version_from_the_future_is_refused_by_number():
    with pytest.raises(ValueError, match="version 3"):
        from_json('{"v": 3}')


def test_same_words_get_the_same_key_and_copies_get_their_own():
    twice = tidy(Story(highlights=(Highlight("One"), Highlight("One"))))
    first, second = twice.highlights
    assert first.key != second.key
    assert tidy(Story(highlights=(Highlight("One "),))).highlights == (first,)


def test_an_empty_part_goes_and_a_key_stays_when_its_text_changes():
    story = tidy(Story(highlights=(Highlight("\u00a0"), Highlight("New", "k1"))))
    assert story.highlights == (Highlight("New", "k1"),)


def test_figure_of_a_caption_that_is_gone_goes_with_it():
    body = '<p>a</p><figure data-caption="k1"></figure>'
    assert tidy(Story(body=body)).body == "<p>a</p>"
    kept = tidy(Story(body=body, captions=(Caption("c", key="k1"),)))
    assert kept.body.endswith('<figure data-caption="k1"></figure>')


def test_a_tag_stands_once_and_the_first_hand_stays():
    story = tidy(Story(tags=(TagUse("Gaza", "import"), TagUse("gaza", "editor"))))
    assert story.tags == (TagUse("Gaza", "import"),)


def test_a_story_needs_a_headline_and_a_body():
    assert can_be_published(make_story())
    assert not can_be_published(make_story(headline=""))
    assert not can_be_published(make_story(body=""))


def test_a_story_without_a_date_is_not_whole():
    assert is_complete(make_story())
    assert not is_complete(make_story(published=None))
    assert not is_complete(make_story(body=""))


def test_a_published_story_keeps_its_date_and_gets_one_where_it_has_none():
    dated = publish(make_story(status="draft"), NOON + HOUR)
    assert (dated.status, dated.published) == ("published", Moment(NOON))
    assert publish(make_story(published=None), NOON).published == Moment(NOON)


def test_corrections_are_told_the_oldest_first_and_keep_what_they_changed():
    was = (Rewording("body", " 14 boats\x00", "40 boats "),)
    second = Correction("It was 40. ", NOON + HOUR, was)
    first, empty = Correction("It was\nMonday.", NOON), Correction(" ", NOON, was)
    undated = Correction("Long ago.", None, key="k1")
    told = tidy(Story(corrections=(second, first, empty, undated))).corrections
    assert [c.note for c in told] == ["Long ago.", "It was Monday.", "It was 40."]
    assert told[2].changes == (Rewording("body", " 14 boats", "40 boats "),)
    assert len({c.key for c in told}) == 3
    assert corrected_at(Story(corrections=told)) == NOON + HOUR
    assert corrected_at(Story(corrections=told[:1])) is None


def test_notes_that_were_lines_of_one_text_are_read_as_corrections():
    values = json.loads(to_json(tidy(Story(headline="Storm"))))
    del values["corrections"]
    values["correction"] = "It was Monday.\nSo was the other."
    story = from_json(json.dumps(values))
    assert [(c.note, c.at) for c in story.corrections] == [
        ("It was Monday.", None),
        ("So was the other.", None),
    ]
    assert tidy(story) == story == from_json(to_json(story))
