"""The importer's matcher on the hard pairs, and on some of each generated kind."""

import pytest

from tests.benchmarks.matching import decide
from tests.matching.generate import generated
from tests.matching.hard import hard
from tests.matching.score import OVERALL, score
from tests.slow import slow_after


def test_every_hard_pair_is_told_as_an_editor_would():
    assert score(hard(), decide)[OVERALL].wrong == []


@pytest.mark.parametrize("every", slow_after(1, [30, 10]))
def test_some_of_every_kind_are_told_as_an_editor_would(every):
    kinds = score(generated(every), decide)
    assert {kind: result.wrong for kind, result in kinds.items() if result.wrong} == {}
    assert len(kinds) > 15


@pytest.mark.slow
def test_reports_written_to_a_form_are_never_taken_for_one_story():
    """An update under another headline on another day is found by the question."""
    kind = "written-to-a-form"
    cases = [case for case in generated() if case.kind == kind]
    result = score(cases, decide)[kind]
    updates = result.same.expected + result.suspect.expected
    assert len(cases) >= 120
    assert result.same.precision >= 0.999
    assert (result.same.right + result.suspect.right) / updates >= 0.98
