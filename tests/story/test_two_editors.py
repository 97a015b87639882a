"""Two editors change one story: what each did is done once, and in its place."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.story.body import parse_blocks, print_blocks
from articles.story.merge import merge
from articles.story.story import Caption, Correction, Highlight, Story, TagUse, tidy

WORDS = "harbour gate mole tide crane pilot noon storm ships rope bell fog".split()
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
ACTS = ("", "mend", "rewrite", "delete", "add", "mend and add")
EDITS = st.lists(
    st.tuples(st.sampled_from("AB"), st.sampled_from(ACTS), SENTENCES), max_size=7
)
IN_PARTS = ("highlights", "captions")
FIELDS = ("headline", "kicker", "standfirst", "dateline")


def edited(edits, editors):
    """Return sentences, each with the key it had, after these editors' acts."""
    sentences = []
    for n, (editor, wish, words) in enumerate(edits):
        was = f"Number {n} {'of these stands as it was ' * (n % 3)}here."
        act = wish if editor in editors else ""
        if act.startswith("mend"):
            sentences.append((f"{was} Mended {n} times.", f"k{n}"))
        elif act == "rewrite":
            sentences.append((f"{words} {n}", f"k{n}"))
        elif act != "delete":
            sentences.append((was, f"k{n}"))
        if act.endswith("add"):
            sentences.append((f"{words}, which {n} added", ""))
    return sentences


def story_after(edits, editors):
    """Return a story whose every part these editors changed in the same manner."""
    parts = edited(edits, editors)
    return tidy(
        Story(
            body="\n".join(f"<p>{words}</p>" for words, _key in parts),
            highlights=tuple(Highlight(words, key) for words, key in parts),
            captions=tuple(Caption(words, "AFP", key=key) for words, key in parts),
            bylines=tuple(words for words, _key in parts),
            tags=tuple(TagUse(words) for words, _key in parts),
            corrections=tuple(Correction(words, key=key) for words, key in parts),
            **{
                name: words
                for name, (editor, act, words) in zip(FIELDS, edits, strict=False)
                if act and editor in editors
            },
        )
    )


@given(EDITS)
def test_what_two_editors_change_apart_is_joined_as_by_hand(edits):
    base, ours, theirs, both = (story_after(edits, e) for e in ("", "A", "B", "AB"))
    merged = merge(base, ours, theirs, is_typed=True)
    assert merged.story == both
    assert not merged.conflicts


def words_of(story):
    """Return the sentences of each field, in their order."""
    parts = {name: [part.text for part in getattr(story, name)] for name in IN_PARTS}
    parts["body"] = [block.text for block in parse_blocks(story.body)]
    parts |= {name: [getattr(story, name)] for name in FIELDS}
    return parts


def moved(story, chance):
    """Return the story with some of its paragraphs and highlights elsewhere."""
    blocks, highlights = list(parse_blocks(story.body)), list(story.highlights)
    for parts in (blocks, highlights):
        for _ in range(chance.randint(0, 2) if parts else 0):
            part = parts.pop(chance.randrange(len(parts)))
            parts.insert(chance.randint(0, len(parts)), part)
    body = print_blocks(blocks)
    return replace(story, body=body, highlights=tuple(highlights))


@given(EDITS, EDITS, st.randoms(use_true_random=False))
def test_where_two_editors_clash_nothing_is_lost_and_nothing_is_twice(
    one, other, chance
):
    count = min(len(one), len(other))
    base = story_after([("", "", "")] * count, "")
    ours, theirs = (
        moved(story_after([("A", *edit[1:]) for edit in edits[:count]], "A"), chance)
        for edits in (one, other)
    )
    merged = merge(base, ours, theirs, is_typed=True)
    sides, stands = (words_of(ours), words_of(theirs)), words_of(merged.story)
    for what, sentences in stands.items():
        told = " ".join(str(c) for c in merged.conflicts if c.what == what)
        for words in {*sides[0][what], *sides[1][what]} - {*words_of(base)[what]}:
            assert words in sentences or words in told
        for words in sentences:
            most = max(side[what].count(words) for side in sides)
            assert sentences.count(words) <= most
    # What is stored stands until somebody chooses.
    for conflict in merged.conflicts:
        assert conflict.ours != conflict.theirs


NUMBERS = ["One boat.", "Two gates.", "Three moles.", "Four cranes.", "Five bells."]


@pytest.mark.parametrize(
    ("ours", "theirs", "both"),
    [
        ("21345", "12354", "21354"),
        ("23415", "51234", "52341"),
        ("23451", "12354", "23541"),
        # Both moved the same one: it stays where it was put first.
        ("23451", "21345", "23451"),
        ("2345", "51234", "5234"),
    ],
)
def test_what_two_editors_move_is_where_each_put_it(ours, theirs, both):
    def story(order):
        words = [NUMBERS[int(n) - 1] for n in order]
        return tidy(
            Story(
                body="\n".join(f"<p>{text}</p>" for text in words),
                highlights=tuple(Highlight(text, f"k{text[0]}") for text in words),
            )
        )

    merged = merge(story("12345"), story(ours), story(theirs), is_typed=True)
    assert merged.story == story(both)


def test_paragraph_that_both_wrote_anew_is_asked_about_once():
    story, ours, theirs = (
        Story(body=f"<p>The harbour reopened.</p>\n<p>{words}</p>\n<p>Two waited.</p>")
        for words in ("Nobody was hurt.", "A gull fell.", "Eleven ropes broke there.")
    )
    merged = merge(story, ours, theirs, is_typed=True)
    assert merged.story == ours
    (conflict,) = merged.conflicts
    assert (conflict.ours, conflict.theirs) == (
        "<p>A gull fell.</p>",
        "<p>Eleven ropes broke there.</p>",
    )


def test_what_both_added_alike_stands_once():
    story = tidy(Story(body="<p>One.</p>", captions=(Caption("Pier.", key="pier01"),)))
    sides = (
        tidy(
            replace(
                story,
                body=f'<p>One.</p>\n<figure data-caption="{key}"></figure>',
                captions=(*story.captions, Caption("Crane.", "AFP", key=key)),
            )
        )
        for key in ("aaaaaa", "bbbbbb")
    )
    ours, theirs = sides
    assert merge(story, ours, theirs, is_typed=True).story == ours


def test_a_like_sentence_that_each_added_is_no_clash():
    ours, theirs = (
        Story(body=f"<p>{words}</p>", highlights=(Highlight(words, f"k{words[0]}"),))
        for words in (
            "1 ship waits outside the mole.",
            "2 ships wait outside the mole.",
        )
    )
    merged = merge(Story(), ours, theirs, is_typed=True)
    assert not merged.conflicts
    assert len(merged.story.highlights) == len(parse_blocks(merged.story.body)) == 2
