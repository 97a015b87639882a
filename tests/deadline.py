"""No test begins later than bin/test --minutes said; what was not run is named.

Each run begins with another file and comes round to those before it, so that where time
never suffices for all, each has its turn.
"""

import os
import time
from random import Random

import pytest

VARIABLE = "BEGIN_NO_TEST_AFTER"
NO_TIME = "Not run: no time was left."
FOR_EVER = "inf"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    end = os.environ.get(VARIABLE, FOR_EVER)
    if items and end != FOR_EVER:
        # All processes have to come to the same order.
        path = Random(end).choice([item.path for item in items])
        first = next(n for n, item in enumerate(items) if item.path == path)
        items[:] = items[first:] + items[:first]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup():
    if time.time() > float(os.environ.get(VARIABLE, FOR_EVER)):
        pytest.skip(NO_TIME)
