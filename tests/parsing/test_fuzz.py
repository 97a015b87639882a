"""Files in disorder: five thousand when there is time; bin/bench fuzz reads more."""

import pytest

from tests.parsing.mutations import MUTATIONS, WRITTEN, mutate, mutated
from tests.parsing.verdicts import wrong_with
from tests.slow import slow_after

FILES, CHUNK = 5_000, 100


@pytest.mark.once
@pytest.mark.parametrize("first", slow_after(2, range(0, FILES, CHUNK)))
def test_disorder_breaks_nothing(first):
    found = {name: wrong_with(data) for name, data in mutated(first, CHUNK)}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_one_seed_makes_one_file():
    assert list(mutated(7, 3)) == [mutate(7), mutate(8), mutate(9)]


def test_every_kind_of_disorder_is_made():
    done = {word for name, _ in mutated(0, 500) for word in name.split()[1:]}
    assert done == {*MUTATIONS, *WRITTEN}
