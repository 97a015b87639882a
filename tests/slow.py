"""Of many cases, a few in every run, and the others when there is time."""

import pytest


def slow_after(number, cases):
    """Return the cases of a parametrized test, all but the first few marked slow."""
    cases = list(cases)
    later = [case if isinstance(case, tuple) else (case,) for case in cases[number:]]
    return cases[:number] + [pytest.param(*c, marks=pytest.mark.slow) for c in later]
