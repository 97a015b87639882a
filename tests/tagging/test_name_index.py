"""Tags that somebody chose, found in the words of a story."""

import pytest

from articles.tagging import KnownTag, known_tags, suggest_tags
from tests.tagging.test_suggest import story, suggested


@pytest.mark.parametrize(
    ("text", "known", "tags"),
    [
        (
            "It rained on the ferry timetable.",
            [KnownTag("Ferry timetable")],
            ("Ferry timetable",),
        ),
        ("It saw flooding.", [KnownTag("Floods", ("flooding", "flood"))], ("Floods",)),
        ("It saw floodings.", [KnownTag("Floods", ("flooding",))], ()),
        (
            "The CHB met.",
            [KnownTag("Cape Harbour Board (CHB)")],
            ("Cape Harbour Board (CHB)",),
        ),
        ("Let us go.", [KnownTag("US")], ()),
        ("The US goes.", [KnownTag("US")], ("US",)),
        ("LET US GO.", [KnownTag("US")], ()),
        ("A turkey sat.", [KnownTag("Turkey")], ()),
        ("Ships for Türkiye.", [KnownTag("Turkiye")], ("Turkiye",)),
        ("مراكب في ميناء القاهرة.", [KnownTag("ميناء القاهره")], ("ميناء القاهره",)),
        ("پاکستان کا موسم۔", [KnownTag("Pakistan", ("پاكستان",))], ("Pakistan",)),
        (
            "Ships for North Korea.",
            [KnownTag("Korea"), KnownTag("North Korea")],
            ("North Korea",),
        ),
        ("Tide’s end.", [KnownTag("Tide")], ("Tide",)),
    ],
)
def test_known_tags_stand_in_the_text_as_whole_words(text, known, tags):
    assert suggested(text, known=known) == tags


def test_known_tag_gives_its_name_to_what_is_called_otherwise():
    known = [KnownTag("Amir Khan Muttar", ("Mawlawi Muttar", "Muttar"))]
    paragraph = "Mawlawi Muttar met them. They saw Muttar. Muttar left."
    assert suggested(paragraph, known=known) == ("Amir Khan Muttar",)


def test_however_many_tags_are_known_it_is_one_lookup_a_word():
    known = known_tags(KnownTag(f"Quay {n}", (f"Pier {n}",)) for n in range(5_000))
    looked_up = []

    class Counting(dict):
        def get(self, *key):
            looked_up.append(key)
            return super().get(*key)

    known.entries = Counting(known.entries)
    text = "The boat at Pier 77 sails. " * 10
    assert suggest_tags(story(text), known) == ("Quay 77",)
    assert len(looked_up) < 200
