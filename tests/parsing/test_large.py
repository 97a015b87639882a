"""Hostile pages, small here; bin/bench large reads ten million bytes of each."""

import pytest

from tests.parsing.large import page, shapes
from tests.parsing.verdicts import wrong_with

SMALL = 20_000


@pytest.mark.once
@pytest.mark.parametrize("shape", shapes())
def test_a_hostile_page_breaks_nothing(shape):
    data = page(shape, SMALL)
    assert SMALL / 2 < len(data) < SMALL * 2
    assert wrong_with(data) == []
