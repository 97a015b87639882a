"""What is suggested for a story, and above all what is not."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.story.body import parse_blocks
from articles.story.story import Caption, Highlight, Story, TagUse
from articles.tagging import KnownTag, known_tags, suggest_tags
from articles.tagging.name_index import name_key
from articles.tagging.suggest import dateline_places
from articles.tagging.vocabulary import DAYS, MONTHS, OPENERS
from tests.strategies import STORIES

NONE = known_tags([])


def story(*paragraphs, **parts):
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return Story(**{"body": body} | parts)


def suggested(*paragraphs, known=(), **parts):
    return suggest_tags(story(*paragraphs, **parts), known_tags(known))


@pytest.mark.parametrize(
    ("dateline", "places"),
    [
        ("ISLAMABAD", ["Islamabad"]),
        ("DAR ES SALAAM", ["Dar Es Salaam"]),
        ("RIO DE JANEIRO", ["Rio de Janeiro"]),
        ("ST. JOHN’S", ["St. John’s"]),
        ("WASHINGTON DC", ["Washington DC"]),
        ("AL-KHOBAR", ["Al-Khobar"]),
        ("Torkham, Pakistan", ["Torkham"]),
        ("LAHORE/KARACHI", ["Lahore", "Karachi"]),
        ("كابل", ["كابل"]),
        ("", []),
    ],
)
def test_place_of_a_dateline_is_well_written(dateline, places):
    assert dateline_places(dateline) == places
    assert suggested("Ships waited.", dateline=dateline) == tuple(places)


def test_place_of_two_words_is_also_meant_by_its_last():
    paragraph = "The Sorrel exchange rose. They saw Sorrel ships."
    assert suggested(paragraph, dateline="PORT SORREL") == ("Port Sorrel",)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Cape Harbour Board (CHB) met.", "Cape Harbour Board (CHB)"),
        ("Tehreek-e-Rahat Sorrel (TRS) met.", "Tehreek-e-Rahat Sorrel (TRS)"),
        ("The Food and Tide Office (FTO) met.", "Food and Tide Office (FTO)"),
        (
            "The Office for the Care of Quays (OCQ)",
            "Office for the Care of Quays (OCQ)",
        ),
        (
            "The Ministry of Wharf Affairs (MoWA) met.",
            "Ministry of Wharf Affairs (MoWA)",
        ),
        (
            "The Sorrel Workers League-North (SWL-N) met.",
            "Sorrel Workers League-North (SWL-N)",
        ),
        ("The Cape Harbour Board (TTP) met.", None),
        ("A gross harbour product (GHP) rose.", None),
        ("Mayor Eze (left) met the band.", None),
        ("They met. Board (MB) of pilots.", None),
    ],
)
def test_acronym_in_brackets_agrees_with_its_name(text, name):
    assert suggested(text) == ((name,) if name else ())


def test_acronym_and_name_alone_are_the_same_as_both():
    tags = suggested(
        "The Cape Harbour Board (CHB) met.",
        "The CHB asked again. CHB members left.",
        "The Cape Harbour Board is old.",
    )
    assert tags == ("Cape Harbour Board (CHB)",)


TWICE = "{0} stayed. Ships met {0} at noon. They left {0} late."
# Each stands three times and names no subject.
NONSENSE = [
    "On Thursday",
    "Thursday",
    "September",
    "Sept. 11",
    "The",
    "President",
    "Prime Minister",
    "Mr",
    "Pakistani",
    "Afghan",
    "Muslim",
    "Reuters",
    "AFP",
    "Arab News",
    "The Washington Post",
    "Meanwhile",
    "Government",
    "Parliament",
    "I",
    "PM",
    "GDP",
    "However",
    "Oh My God",
    "Round Five",
    "Section 144",
    "14 January",
    "September 2025",
    "Q3",
]


@pytest.mark.parametrize("words", NONSENSE)
def test_words_that_name_no_subject_are_not_suggested(words):
    assert suggested(TWICE.format(words)) == ()


@pytest.mark.parametrize(
    ("paragraph", "tags"),
    [
        (TWICE.format("Ngozi Eze"), ("Ngozi Eze",)),
        (TWICE.format("Captain Ngozi Eze"), ("Ngozi Eze",)),
        (TWICE.format("Grandmaster Ngozi Eze"), ("Ngozi Eze",)),
        (TWICE.format("Black Friday"), ("Black Friday",)),
        (TWICE.format("Ngozi Eze Friday"), ("Ngozi Eze",)),
        (TWICE.format("Afghan Foreign Minister Mawlawi Zalmay Noor"), ("Zalmay Noor",)),
        (TWICE.format("Secretary-General Ana Reyes"), ("Ana Reyes",)),
        (TWICE.format("Hizb-e-Sahil"), ("Hizb-e-Sahil",)),
        (TWICE.format("al-Khobar"), ("al-Khobar",)),
        (TWICE.format("the Bank of the North"), ("Bank of the North",)),
        (TWICE.format("the Council for Tide Affairs"), ("Council for Tide Affairs",)),
        (TWICE.format("Omar bin Said"), ("Omar bin Said",)),
        (TWICE.format("Rio de Lira"), ("Rio de Lira",)),
        (TWICE.format("Padraig O’Dowd’s boat"), ("Padraig O’Dowd",)),
        (TWICE.format("Mr. J. K. Alder"), ("J. K. Alder",)),
        (TWICE.format("St. Brannoc"), ("St. Brannoc",)),
        (TWICE.format("Can Tho"), ("Can Tho",)),
        (TWICE.format("US"), ("US",)),
        (TWICE.format("Manager Erik ten Alder"), ("Erik ten Alder",)),
        (TWICE.format("Tide Plan 2030"), ("Tide Plan 2030",)),
        ("It met Ali Al-Rabee. Al-Rabee left. They saw Al-Rabee.", ("Ali Al-Rabee",)),
        ("It met Omar al-Sahil. They saw Sahil. Sahil left.", ("Omar al-Sahil",)),
        (TWICE.format("Minister for Trade Ana Reyes"), ()),
        # A month is part of a name, a date is not.
        (TWICE.format("Tessa May"), ("Tessa May",)),
        ("He came to Sorrel May 3. It was Sorrel May 4.", ("Sorrel",)),
        (
            "They left Sorrel Thursday. Old Sorrel Friday was cold in Sorrel.",
            ("Sorrel",),
        ),
        # Once is not enough.
        ("The boats met Ngozi Eze at noon.", ()),
        # What opens a sentence is a name only where another sentence holds one.
        ("Gauges rose. Gauges fell. Gauges stood.", ()),
        ("Khulna rose. Khulna fell; they saw Khulna rise.", ("Khulna",)),
        ("Shares of Sorrel fell. The shares of Sorrel rose.", ("Sorrel",)),
        ("Yesterday Khulna rose. In Khulna boats sank, in Khulna only.", ("Khulna",)),
        ("“Great day,” she said. “Great night,” he said.", ()),
        ("The plan is “Orderly” and “Orderly” again.", ()),
        # People: full name and surname are one; two of a name are two.
        ("They met Asif Durran. Durran left. Durran came.", ("Asif Durran",)),
        (
            "Mira Khan spoke of Imran Khan. Mira Khan left. Khan sang. Khan slept.",
            ("Mira Khan",),
        ),
        # A joint of two names is none.
        (
            "The Gaza-Khulna line runs. In Gaza and Khulna, Gaza-Khulna trains stand.",
            ("Gaza", "Khulna"),
        ),
        ("The envoy for Kenya Amina Adhiam met Amina Adhiam.", ("Amina Adhiam",)),
    ],
)
def test_proper_names(paragraph, tags):
    assert suggested(paragraph) == tags


def test_name_in_highlights_stands_out_at_once():
    assert suggested(
        "Ships sail.", highlights=(Highlight("Ships sail for Khulna"),)
    ) == ("Khulna",)


@pytest.mark.parametrize(
    "headline",
    [
        "Harbour Reopens In Khulna After Storm And Long Wait",
        "HARBOUR REOPENS IN KHULNA AFTER STORM",
        "Harbour reopens in Khulna after storm",
        "Closing Bell: Harbour reopens in Khulna",
    ],
)
def test_headline_in_any_letters_brings_only_names_that_the_text_has(headline):
    assert suggested("A harbour in Khulna is open.", headline=headline) == ("Khulna",)


def test_subheading_in_capitals_brings_no_name():
    body = "<h2>MEI OKOYE</h2><p>She makes fish.</p><h2>MEI OKOYE</h2>"
    assert suggest_tags(Story(body=body), NONE) == ()


def test_caption_counts_as_text_and_its_credit_does_not():
    captions = (
        Caption("Boats at Khulna.", "Twitter/Zalmay"),
        Caption("Ships off Khulna.", "Twitter/Zalmay"),
    )
    assert suggested("It sails.", captions=captions) == ("Khulna",)


def test_at_most_eight_and_the_best_first():
    names = [f"{letter}adan" for letter in "BCDFGHJKLM"]
    text = " ".join(f"It saw {name}. Then {name} left." for name in names)
    tags = suggested(text, headline="Rains in Madan", dateline="LADAN")
    assert len(tags) == 8
    assert tags[:2] == ("Madan", "Ladan")


@pytest.mark.parametrize("by", ["editor", "import", "suggestion", "dismissed"])
def test_tag_that_the_story_has_in_any_way_is_not_suggested(by):
    paragraph = TWICE.format("Ngozi Eze") + " The Cape Harbour Board (CHB) met."
    tags = (TagUse("ngozi eze", by), TagUse("Cape Harbour Board (CHB)", by))
    assert suggested(paragraph, tags=tags, known=[KnownTag("CHB")]) == ()


def test_section_and_author_are_not_suggested():
    paragraph = f"{TWICE.format('Khulna')} {TWICE.format('Ngozi Eze')}"
    assert suggested(paragraph, section="Khulna", bylines=("Ngozi Eze",)) == ()


KNOWN = [
    KnownTag("Nida Khan"),
    KnownTag("Kabul", ("كابل", "envoy")),
    KnownTag("كابل"),
    KnownTag("no-break", ("x",)),
    KnownTag("X & Y"),
]


@given(story=STORIES, seed=st.integers())
def test_any_story_has_few_suggestions_of_its_own_words(story, seed):
    tags = suggest_tags(story, known_tags(KNOWN))
    assert tags == suggest_tags(
        story, known_tags(random.Random(seed).sample(KNOWN, len(KNOWN)))
    )
    assert len(tags) <= 8
    assert len({name_key(tag) for tag in tags}) == len(tags)
    texts = [story.headline, story.standfirst, *(h.text for h in story.highlights)]
    texts += [block.text for block in parse_blocks(story.body)]
    texts += [caption.text for caption in story.captions]
    words = " ".join(f" {name_key(text)} " for text in [*texts, story.dateline])
    known = {tag.name for tag in KNOWN}
    assert all(tag in known or f" {name_key(tag)} " in words for tag in tags)
    assert all(0 < len(tag) <= 100 for tag in tags)


@given(story=STORIES)
def test_dismissed_suggestion_never_returns(story):
    for name in suggest_tags(story, known_tags(KNOWN)):
        uses = (*story.tags, TagUse(name, "dismissed"))
        again = suggest_tags(
            Story(
                headline=story.headline,
                body=story.body,
                highlights=story.highlights,
                dateline=story.dateline,
                tags=uses,
            ),
            known_tags(KNOWN),
        )
        assert name not in again


SIGNS = "Ngozi Eze Khulna (CHB) of the al- bin President. US U.S. 14 “ ” : \n -"
WILD = st.lists(
    st.sampled_from(
        [
            *sorted(OPENERS | DAYS | MONTHS),
            *sorted(word.title() for word in OPENERS | DAYS | MONTHS),
            *SIGNS.split(" "),
        ]
    ),
    max_size=40,
).map(" ".join)


@given(text=WILD)
def test_openers_days_and_months_are_never_suggested(text):
    nothing = OPENERS | DAYS | MONTHS
    for tag in suggest_tags(story(text, headline=text), NONE):
        assert not set(re.split(r"\W+", tag.casefold())) <= nothing, tag


def test_acronyms_without_end_are_read_in_linear_time():
    """Each read all the words before it: a paragraph of 100 KB took half a minute."""
    text = "The Cape Harbour Board (CHB) met. " * 3_000
    assert suggested(text) == ("Cape Harbour Board (CHB)",)
