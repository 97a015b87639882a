from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from articles.story.diff import Span, differences

WORDS = st.lists(st.sampled_from(["No", "boat", "sailed.", " ", "\n", "قارب"]))
TEXTS = WORDS.map(" ".join) | st.text()


@given(TEXTS, TEXTS)
def test_spans_are_the_texts(one, other):
    for text, spans in zip((one, other), differences(one, other), strict=True):
        assert "".join(span.text for span in spans) == text
        assert all(span.text for span in spans)


@given(TEXTS, TEXTS)
def test_neighbours_differ_in_being_shared(one, other):
    for spans in differences(one, other):
        flags = [span.is_shared for span in spans]
        assert all(a != b for a, b in pairwise(flags))


@given(TEXTS)
def test_equal_texts_share_everything(text):
    assert all(span.is_shared for spans in differences(text, text) for span in spans)


def test_space_between_words_that_differ_belongs_to_them():
    ours, theirs = differences("Two boats left", "Two ships sailed away")
    assert ours == [Span("Two ", is_shared=True), Span("boats left", is_shared=False)]
    assert theirs[-1] == Span("ships sailed away", is_shared=False)
