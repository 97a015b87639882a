"""The cases are frozen: a matcher is measured by them and never fitted to them."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.slow import slow_after

from .cases import digest
from .generate import EACH, KINDS, generated
from .hard import hard
from .prose import paragraphs_of
from .vocabulary import HERE, words

# Made by one process: they take some seconds.
pytestmark = pytest.mark.xdist_group("matching")

FROZEN = {
    kind: frozen
    for frozen, kind in map(
        str.split, (HERE / "frozen.sha256").read_text(encoding="utf-8").splitlines()
    )
}


@pytest.mark.parametrize("kind", slow_after(1, ["hard", *KINDS]))
def test_the_cases_are_the_frozen_ones(kind):
    all_cases = hard() if kind == "hard" else generated()
    cases = [case for case in all_cases if case.kind == kind]
    assert digest(cases) == FROZEN[kind]


@pytest.mark.slow
def test_there_are_enough_cases_of_every_kind():
    assert set(FROZEN) == {*KINDS, "hard"}
    assert EACH >= 100
    assert len(generated()) >= 2000
    assert len(hard()) >= 50


@pytest.mark.slow
def test_every_case_has_a_name_of_its_own():
    names = Counter(case.name for case in (*generated(), *hard()))
    assert max(names.values()) == 1


def test_hard_pairs_are_balanced_and_short_enough_to_judge():
    answers = Counter((bool(case.same), bool(case.suspect)) for case in hard())
    assert min(answers.values()) >= 15
    assert len(answers) == 3
    for case in hard():
        for printed in (*case.known, case.new):
            length = len(" ".join(paragraphs_of(printed.story)).split())
            assert 30 <= length <= 250, case.name


def test_the_words_are_many():
    kinds = ("nouns", "verbs", "adjectives", "adverbs")
    assert len({word for kind in kinds for word in words()[kind]}) >= 1500


@pytest.mark.slow
def test_every_kind_names_something_and_nothing():
    for kind in {case.kind for case in generated()}:
        cases = [case for case in generated() if case.kind == kind]
        named = [case for case in cases if case.same or case.suspect]
        assert len(cases) >= 100
        assert len(cases) // 4 < len(named) < len(cases)


@pytest.mark.slow
def test_every_generated_case_has_three_to_twelve_known_readings():
    for case in generated():
        assert 3 <= len(case.known) <= 12
        assert not case.same & case.suspect
        assert case.same | case.suspect <= set(range(len(case.known)))


def test_a_digest_changes_with_a_single_letter():
    case = hard()[0]
    story = replace(case.new.story, headline=case.new.story.headline + ".")
    changed = replace(case, new=replace(case.new, story=story))
    assert digest([case]) == digest([replace(case)])
    assert digest([case]) != digest([changed])
