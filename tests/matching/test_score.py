"""The scorer is right on a handful of cases."""

import pytest

from tests.builders import make_story

from .cases import Case, Decision, Printed
from .score import OVERALL, as_table, score

STORM = Printed(make_story(), "1.txt")
FIRE = Printed(make_story(headline="Fire at the mill"), "2.txt")


@pytest.fixture
def two_cases():
    """Return a case with a reading to be named and one without."""
    known = (FIRE, STORM)
    return [
        Case("again", "tiny", known, STORM, same=frozenset({1})),
        Case("new", "tiny", known[:1], STORM),
    ]


def where(known, new):
    return Decision(known.index(new) if new in known else None)


def test_a_perfect_decider_scores_one(two_cases):
    result = score(two_cases, where)
    assert result[OVERALL].same.precision == result[OVERALL].same.recall == 1
    assert not result[OVERALL].wrong


def test_a_decider_that_names_nothing_recalls_nothing(two_cases):
    tally = score(two_cases, lambda known, new: Decision())["tiny"].same
    assert (tally.precision, tally.recall) == (1, 0)


def test_a_decider_that_always_names_the_first_is_imprecise(two_cases):
    result = score(two_cases, lambda known, new: Decision(same=0))["tiny"]
    assert (result.same.precision, result.same.recall) == (0, 0)
    assert result.wrong == ["again (same)", "new (same)"]


def test_a_suspicion_is_no_answer_to_which_article_it_is():
    suspected = Case("copy", "tiny", (STORM,), FIRE, suspect=frozenset({0}))
    result = score([suspected], lambda known, new: Decision(same=0))[OVERALL]
    assert result.same.precision == 0
    assert result.suspect.recall == 0
    assert result.wrong == ["copy (same)", "copy (suspect)"]


def test_any_reading_of_the_article_is_right():
    feet = Case("feet", "tiny", (STORM, FIRE, STORM), STORM, same=frozenset({0, 2}))
    for answer in (0, 2):
        assert not score([feet], lambda *_, a=answer: Decision(a))[OVERALL].wrong


def test_the_table_names_what_went_wrong(two_cases):
    table = as_table(score(two_cases, lambda known, new: Decision()))
    head, tiny, overall = table.splitlines()
    assert head.split() == "kind cases same: p r suspect: p r wrong".split()
    assert tiny.split() == "tiny 2 1.0000 0.0000 – – 1 again (same)".split()
    assert overall.split() == "overall 2 1.0000 0.0000 – – 1".split()
