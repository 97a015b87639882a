"""What a merge keeps, whatever three stories come in."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.story.body import parse_blocks
from articles.story.merge import (
    SINGLE_FIELDS,
    Conflict,
    accept_theirs,
    from_data,
    has_theirs,
    merge,
    to_data,
)
from articles.story.story import (
    Caption,
    Correction,
    Highlight,
    Rewording,
    Story,
    TagUse,
    tidy,
    to_json,
)
from tests.builders import HOUR, NOON, correct, make_story
from tests.strategies import TIDY_STORIES, WORDS

PARAGRAPHS = st.sampled_from(
    [
        "The harbour reopened at noon.",
        "The harbour reopened at one.",
        "Nobody was hurt.",
        "Two ships waited outside the mole.",
        "Three ships waited outside the mole.",
        "",
    ]
)
BODIES = st.lists(PARAGRAPHS, max_size=5)


def body(paragraphs):
    return "\n".join(f"<p>{text}</p>" for text in paragraphs if text)


def texts(story):
    return [block.text for block in parse_blocks(story.body)]


@st.composite
def versions(draw):
    """Three versions of one story: as it was, and as two changed parts of it."""
    base = draw(TIDY_STORIES)
    sides = [base]
    for _ in range(2):
        other = draw(TIDY_STORIES)
        names = draw(st.sets(st.sampled_from(sorted(Story.__slots__))))
        changed = {name: getattr(other, name) for name in names}
        sides.append(tidy(replace(base, **changed)))
    return sides


@given(versions())
def test_what_only_editors_changed_is_kept(sides):
    base, ours, _ = sides
    merged = merge(base, ours, base)
    assert (merged.story, merged.conflicts) == (ours, ())


@given(versions())
def test_what_only_the_source_changed_is_taken(sides):
    base, _, theirs = sides
    merged = merge(base, base, theirs)
    assert merged.conflicts == ()
    assert without_keys(merged.story) == without_keys(theirs)


@given(versions())
def test_what_both_changed_alike_is_one(sides):
    base, ours, _ = sides
    merged = merge(base, ours, ours)
    assert (merged.story, merged.conflicts) == (ours, ())


@given(versions())
def test_merging_again_changes_nothing(sides):
    base, ours, theirs = sides
    once = merge(base, ours, theirs).story
    assert to_json(merge(theirs, once, theirs).story) == to_json(once)


@given(versions())
def test_each_whole_value_is_one_sides_and_a_contradiction_is_told(sides):
    base, ours, theirs = sides
    merged = merge(base, ours, theirs)
    told = {conflict.what for conflict in merged.conflicts}
    for name in SINGLE_FIELDS:
        was, here, there = (getattr(story, name) for story in sides)
        chosen = {name: there if here == was else here}
        # Nobody is silent of what is not withdrawn, whoever asked for it.
        assert tidy(replace(merged.story, **chosen)) == merged.story
        assert (name in told) == (here != was and there not in (was, here))


@given(BODIES, BODIES, BODIES)
def test_no_paragraph_of_anybody_is_lost(was, here, there):
    base, ours, theirs = (Story(body=body(side)) for side in (was, here, there))
    merged = merge(base, ours, theirs)
    told = " ".join(str(conflict) for conflict in merged.conflicts)
    for text in set(texts(ours)) - set(texts(base)):
        assert text in texts(merged.story)
    for text in set(texts(theirs)) - set(texts(base)):
        assert text in texts(merged.story) or text in told


@given(st.lists(WORDS, max_size=4), st.lists(WORDS, max_size=4))
def test_no_highlight_of_an_editor_is_lost(was, here):
    base = tidy(Story(highlights=tuple(map(Highlight, was))))
    ours = tidy(Story(highlights=tuple(map(Highlight, here))))
    merged = merge(base, ours, Story())
    for highlight in set(ours.highlights) - set(base.highlights):
        assert highlight in merged.story.highlights


def without_keys(story):
    """Return the story with keys that say the order alone, but for lost figures."""
    names = {c.key: f"c{n}" for n, c in enumerate(story.captions)}
    body = story.body
    for key, name in names.items():
        body = body.replace(f'data-caption="{key}"', f'data-caption="{name}"')
    return replace(
        story,
        body=body,
        highlights=tuple(h.text for h in story.highlights),
        captions=tuple(replace(c, key=names[c.key]) for c in story.captions),
    )


STORY = tidy(
    Story(
        headline="Harbour reopens",
        highlights=(Highlight("One ship waits outside"), Highlight("Nobody was hurt")),
        captions=(Caption("A crane lifts the last container", "AFP"),),
        body=body(
            ["First paragraph here.", "Second of them stands.", "Third, and end."]
        ),
        tags=(TagUse("Port", "import"), TagUse("Storm", "suggestion")),
    )
)


def changed(**values):
    return tidy(replace(STORY, **values))


def test_different_headlines_keep_ours_and_tell_both():
    merged = merge(
        STORY, changed(headline="Port opens"), changed(headline="It is open")
    )
    assert merged.story.headline == "Port opens"
    assert merged.conflicts == (
        Conflict("headline", "Harbour reopens", "Port opens", "It is open"),
    )


def test_edits_of_neighbouring_paragraphs_do_not_contradict():
    one = [
        "First paragraph here.",
        "Inserted by us.",
        "Second of them stands.",
        "Third, and end.",
    ]
    two = [
        "First paragraph, mended here.",
        "Second of them stands.",
        "Third, and the end.",
    ]
    merged = merge(STORY, changed(body=body(one)), changed(body=body(two)))
    assert merged.conflicts == ()
    assert texts(merged.story) == [
        "First paragraph, mended here.",
        "Inserted by us.",
        "Second of them stands.",
        "Third, and the end.",
    ]


def test_paragraph_deleted_here_and_changed_there_stays_gone_and_is_told():
    ours = changed(body=body(["First paragraph here.", "Third, and end."]))
    theirs = changed(
        body=body(["First paragraph here.", "Second of them stood.", "Third, and end."])
    )
    merged = merge(STORY, ours, theirs)
    assert merged.story.body == ours.body
    assert [(c.what, c.ours) for c in merged.conflicts] == [("body", None)]


def test_paragraph_that_moved_here_takes_its_correction_from_there():
    ours = ["Third, and end.", "First paragraph here.", "Second of them stands."]
    theirs = ["First paragraph here.", "Second of them stands.", "Third, and the end."]
    merged = merge(STORY, changed(body=body(ours)), changed(body=body(theirs)))
    assert texts(merged.story)[0] == "Third, and the end."


def test_caption_keeps_its_picture_when_its_words_are_mended():
    (caption,) = STORY.captions
    ours = changed(captions=(replace(caption, photo="a" * 64),))
    theirs = changed(
        captions=(Caption("A crane lifts the very last container", "AFP"),)
    )
    (kept,) = merge(STORY, ours, theirs).story.captions
    assert (kept.key, kept.photo) == (caption.key, "a" * 64)
    assert kept.text == "A crane lifts the very last container"


def test_figure_follows_its_caption_to_the_key_it_has():
    (caption,) = STORY.captions
    new = Caption("A crane lifts the very last container", "AFP", key="zzz")
    theirs = changed(
        captions=(new,), body=STORY.body + '<figure data-caption="zzz"></figure>'
    )
    merged = merge(STORY, STORY, theirs).story
    assert merged.body.endswith(f'<figure data-caption="{caption.key}"></figure>')


@pytest.mark.parametrize(
    ("ours", "theirs", "kept"),
    [
        # An editor took it off, or dismissed it: it does not come back.
        ((), (TagUse("Port", "import"),), ()),
        (
            (TagUse("Port", "dismissed"),),
            (TagUse("Port", "suggestion"),),
            ("dismissed",),
        ),
        ((TagUse("Port", "editor"),), (TagUse("Port", "suggestion"),), ("editor",)),
        ((TagUse("Port", "editor"),), (), ("editor",)),
        # The source has it no more, and no editor cared.
        ((TagUse("Port", "import"),), (), ()),
    ],
)
def test_what_an_editor_says_of_a_tag_stays(ours, theirs, kept):
    base = Story(tags=(TagUse("Port", "import"),))
    merged = merge(base, Story(tags=ours), Story(tags=theirs))
    assert tuple(use.by for use in merged.story.tags) == kept


def test_a_source_s_credit_is_not_put_under_an_editor_s_caption():
    base = tidy(Story(headline="Harbour", body="<p>One.</p>"))
    mine = Caption("A pilot boat leads a ship in at Port Meridian.", key="mine01")
    theirs = Caption("A pilot boat leads the last ship in at Port Meridian.", "Reuters")
    merged = merge(
        base,
        tidy(replace(base, captions=(mine,))),
        tidy(replace(base, captions=(theirs,))),
    )
    assert merged.story.captions == (mine,)
    assert [c.what for c in merged.conflicts] == ["captions"]


def test_a_picture_that_the_source_takes_out_of_the_body_goes_with_its_place():
    caption = Caption("The pier.", key="pier01")
    placed = tidy(
        Story(body='<figure data-caption="pier01"></figure>', captions=(caption,))
    )
    aside = replace(placed, body="")
    assert merge(placed, placed, aside).story == aside


def test_of_a_caption_only_what_they_changed_is_taken():
    """Ours changed the credit alone, and both the words."""
    was = Caption("The pier.", "AFP", "a" * 64, key="pier01")
    ours = replace(was, text="The old pier.", credit="AP")
    for theirs in (
        replace(was, text="The mole."),
        replace(was, photo="b" * 64),
        replace(was, text="The mole.", credit="Reuters", photo="b" * 64),
    ):
        story = tidy(Story(captions=(ours,)))
        taken = accept_theirs(story, "captions", was, ours, theirs)
        (caption,) = taken.captions
        for name in ("text", "credit", "photo"):
            is_theirs = getattr(theirs, name) != getattr(was, name)
            side = theirs if is_theirs else ours
            assert getattr(caption, name) == getattr(side, name)


def test_their_picture_is_not_put_in_place_of_one_that_came_since():
    was = Caption("The pier.", photo="a" * 64, key="pier01")
    ours, theirs = replace(was, photo="b" * 64), replace(was, photo="c" * 64)
    now = tidy(Story(captions=(replace(was, photo="d" * 64),)))
    assert accept_theirs(now, "captions", was, ours, theirs) is None
    words = replace(was, text="The mole.")
    taken = accept_theirs(now, "captions", was, was, words)
    assert taken.captions == (replace(words, photo="d" * 64),)


def test_corrections_of_two_editors_and_of_none_are_joined():
    first, second = correct("One"), correct("Two", at=NOON + HOUR)
    base = tidy(make_story(corrections=first))
    ours = tidy(replace(base, corrections=first + second))
    third = correct("Three", at=NOON + HOUR / 2)
    theirs = tidy(replace(base, corrections=third + first, headline="Storm"))
    for merged in (merge(base, ours, theirs), merge(base, ours, theirs, is_typed=True)):
        notes = [correction.note for correction in merged.story.corrections]
        assert (notes, merged.conflicts) == (["One", "Three", "Two"], ())
    # A source knows of none, before and after.
    read, newly = tidy(make_story()), tidy(make_story(headline="Storm"))
    assert merge(read, ours, newly).story == replace(ours, headline="Storm")


def test_note_that_both_changed_is_a_conflict_that_leaves_its_words_alone():
    was = Correction("It was noon.", NOON, (Rewording("body", "one", "noon"),), "k1")
    base, ours, theirs = (
        tidy(make_story(corrections=(replace(was, note=note),)))
        for note in ("It was noon.", "It was at noon.", "Noon it was.")
    )
    merged = merge(base, ours, theirs)
    assert merged.story == ours
    (conflict,) = merged.conflicts
    sides = (conflict.base, conflict.ours, conflict.theirs)
    stored = [json.loads(json.dumps(to_data(side))) for side in sides]
    sides = [from_data("corrections", side) for side in stored]
    assert has_theirs(theirs, "corrections", sides[0], sides[2])
    assert accept_theirs(ours, "corrections", *sides) == theirs
