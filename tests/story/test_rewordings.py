"""What readers would read otherwise, and what of it no editor may pass over unseen."""

from collections import Counter
from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.story.rewordings import (
    Substance,
    changed_words,
    find_substance,
    passages,
    words_of,
)
from articles.story.story import Caption, Highlight, Rewording, Story, tidy
from tests.strategies import TIDY_STORIES

# Of each: what the paragraph was, what it is now, and what an editor is shown of it.
IN_A_PARAGRAPH = [
    # A slip of the pen says nothing else.
    ("The strom took the mole.", "The storm took the mole.", ""),
    ("It rained ,and stopped.", "It rained, and stopped.", ""),
    ("the harbour in may", "The Harbour in May", ""),
    ("He said “we waited”.", "He said «We waited.»", ""),
    ("In ١٤ ships.", "In 14 ships.", ""),
    # Numbers, in figures of any script and in words.
    ("It took 14 boats.", "It took 40 boats.", "number: 14 > 40"),
    ("It took 14% of them.", "It took 14 of them.", "number: 14% > 14"),
    ("It cost 1,200 a day.", "It cost 12,000 a day.", "number: 1,200 > 12,000"),
    ("Minus -5 at noon.", "Minus 5 at noon.", "number: -5 > 5"),
    ("From 14–16 ships.", "From 14–18 ships.", "number: 16 > 18"),
    ("It took four boats.", "It took five boats.", "number: four > five"),
    ("Some 10 million came.", "Some 10 billion came.", "number: million > billion"),
    ("Der Sturm nahm vier.", "Der Sturm nahm fünf.", "number: vier > fünf"),
    ("أغلق الميناء ١٤ يوما", "أغلق الميناء ٤٠ يوما", "number: ١٤ > ٤٠"),
    ("बंदरगाह १४ दिन बंद रहा।", "बंदरगाह ४० दिन बंद रहा।", "number: १४ > ४०"),
    ("港口关闭了十四天。", "港口关闭了四十天。", "number: 十四 > 四十"),
    # Names, where capitals tell them, and where nothing does.
    ("So Mr Karzia fell.", "So Mr Karzai fell.", "name: Karzia > Karzai"),
    ("Kabul fell. So it was.", "It fell. So it was.", "name: Kabul > It"),
    ("It fell. So it was, it is.", "So it was, it is.", ""),
    ("Сказал Иванов вчера.", "Сказал Петров вчера.", "name: Иванов > Петров"),
    ("قال كرزاي أمس", "قال غني أمس", "name: كرزاي > غني"),
    ("कल करज़ई ने कहा।", "कल ग़नी ने कहा।", "name: करज़ई > ग़नी"),
    ("กล่าวที่กรุงเทพ", "กล่าวที่กรุงไทย", "name: เทพ > ไทย"),
    # Quotations, by any marks.
    ("“We won,” he said.", "“We lost,” he said.", "quotation: “We won,” > “We lost,”"),
    ("Say ‘I don’t’.", "Say ‘I do’.", "quotation: ‘I don’t’ > ‘I do’"),
    ("قال «ربحنا» أمس", "قال «خسرنا» أمس", "quotation: «ربحنا» > «خسرنا»"),
    ("彼は「勝った」と。", "彼は「負けた」と。", "quotation: 「勝った」 > 「負けた」"),
    ("He said they won.", "He said “they won”.", "quotation: > “they won”"),
    ("The boys’ boats.", "The girls’ boats.", ""),
]  # fmt: skip


def shown(before, after):
    """Return what an editor is shown, in a line each."""
    return "; ".join(
        " ".join(f"{part.kind}: {part.before} > {part.after}".split())
        for part in find_substance(before, after)
    )


@pytest.mark.parametrize(("was", "now", "expected"), IN_A_PARAGRAPH)
def test_change_of_substance_is_shown_and_a_typo_is_not(was, now, expected):
    sides = (Story(body=f"<p>No ship sailed.</p><p>{text}</p>") for text in (was, now))
    assert shown(*sides) == expected


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ({"headline": "Storm"}, {"headline": "Strom"}, "headline: Storm > Strom"),
        ({"bylines": ("nida",)}, {"bylines": ("nadi",)}, "name: nida > nadi"),
        ({"dateline": "port"}, {"dateline": "quay"}, "name: port > quay"),
        ({"standfirst": "In 2"}, {"standfirst": "In 3"}, "number: 2 > 3"),
        (
            {"body": "<blockquote><p>we won</p></blockquote>"},
            {"body": "<blockquote><p>we lost</p></blockquote>"},
            "quotation: we won > we lost",
        ),
        (
            {"captions": (Caption("The pier", "AFP"),)},
            {"captions": (Caption("The pier", "Reuters"),)},
            "name: AFP > Reuters",
        ),
    ],
)
def test_each_part_of_a_story_is_looked_at(was, now, expected):
    assert shown(Story(**was), Story(**now)) == expected


def test_a_passage_is_paired_with_what_it_was():
    was = Story(
        headline="Storm",
        body="<p>One.</p><p>The mole is shut.</p><ul><li>14 go</li></ul>",
        highlights=(Highlight("First gate"), Highlight("Second gate")),
    )
    now = replace(
        was,
        headline="Storms",
        body="<p>One.</p><p>New.</p><p>The mole was shut.</p><ul><li>40 go</li></ul>",
        highlights=(Highlight("Second gate"),),
    )
    assert changed_words(was, now) == (
        Rewording("headline", "Storm", "Storms"),
        Rewording("highlights", "First gate", ""),
        Rewording("body", "", "New."),
        Rewording("body", "The mole is shut.", "The mole was shut."),
        Rewording("body", "14 go", "40 go"),
    )


def test_what_is_no_word_for_readers_is_no_change():
    story = Story(body="<p>One</p><p>two</p>", language="en")
    marked = "<p>two</p><p><strong>One</strong></p>"
    assert not changed_words(story, replace(story, body=marked, language="ar"))


@given(TIDY_STORIES, TIDY_STORIES)
def test_changes_are_the_passages_that_differ(was, now):
    before, after = passages(was), passages(now)
    changes = changed_words(was, now)
    for what in after:
        old, new = (Counter(filter(None, side[what])) for side in (before, after))
        mine = [change for change in changes if change.what == what]
        gone = Counter(change.before for change in mine if change.before)
        come = Counter(change.after for change in mine if change.after)
        assert gone - come == old - new
        assert come - gone == new - old
    assert not changed_words(was, was)
    found = find_substance(was, now)
    assert bool(found) <= bool(changes)
    for part in found:
        assert any(
            part.before in change.before and part.after in change.after
            for change in changes
        )


SENTENCES = [
    "The storm took {} boats, said “Nida” at noon.",
    "Zur Küste fuhren {} Schiffe.",
    "أغلق الميناء {} يوما.",
    "港口关闭了{}天。",
    "ท่าเรือปิด {} วัน",
]
NUMBERS = st.sampled_from("2 14 40 1,200 १४ ٤٠ 3.5 10m 二十 four".split())


@given(st.lists(st.tuples(st.sampled_from(SENTENCES), NUMBERS, NUMBERS), min_size=1))
def test_no_number_changes_unseen(sentences):
    def body(which):
        return "".join(f"<p>{row[0].format(row[which])}</p>" for row in sentences)

    was, now = (tidy(Story(body=body(which))) for which in (1, 2))
    numbers = [
        Counter(
            word.folded
            for text in chain.from_iterable(passages(story).values())
            for word in words_of(text)
            if word.is_number
        )
        for story in (was, now)
    ]
    kinds = {part.kind for part in find_substance(was, now)}
    assert ("number" in kinds) >= (numbers[0] != numbers[1])


def test_the_same_is_shown_once():
    was = Story(body="<p>It took 14 boats.</p><p>So 14 boats sank.</p>")
    now = Story(body="<p>It took 40 boats.</p><p>So 40 boats sank.</p>")
    assert find_substance(was, now) == (Substance("number", "14", "40"),)
