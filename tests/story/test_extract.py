"""As much of a text as fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.story.extract import extract

LONG = "and the ships that had waited outside came in one after the other"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Port opens. Two ships", "Port opens."),
        ("“Port opens.” Two ships", "“Port opens.”"),
        ("Port opens? Two ships", "Port opens?"),
        ("Opened by Mr. Oduya today", "Opened by Mr. Oduya…"),
        ("Off to the U.S. Coast now", "Off to the U.S. Coast…"),
        ("Begonnen am 10. Mai", "Begonnen am…"),
        ("Ships came! she said then", "Ships came! she said…"),
        ("The gate cost $1.2 million", "The gate cost…"),
        ("They lost 12 of 14 000 men", "They lost 12 of…"),
        ("Ships wait at the gate, and", "Ships wait at the gate…"),
        ("港口重新开放。两艘船在等待", "港口重新开放。"),
        ("بندرگاہ کھل گئی۔ جہاز آئے ہیں", "بندرگاہ کھل گئی۔"),
        ("अध्यक्ष आए। जहाज़ खड़े रहे थे", "अध्यक्ष आए।"),
    ],
)
def test_a_text_is_cut_where_a_reader_would_stop(text, cut):
    assert extract(text, len(text) - 1) == cut


def test_a_sentence_that_says_too_little_is_no_summary():
    assert extract(f"No. {LONG}", 60).endswith("one after…")


@given(st.text(max_size=60), st.integers(1, 60))
def test_an_extract_fits_and_begins_as_its_text_does(text, longest):
    cut = extract(text, longest)
    assert len(cut) <= longest
    assert text.startswith(cut.removesuffix("…"))


@given(st.lists(st.text("ab1.!? ", min_size=1), max_size=12), st.integers(20, 60))
def test_an_extract_ends_within_no_word(words, longest):
    text = " ".join(["A whole sentence to begin with", *words])
    cut = extract(text, longest)
    behind = text[len(cut.removesuffix("…")) :]
    assert cut == text or behind.lstrip(".,;:") == "" or behind.lstrip(".,;:")[0] == " "
