"""The newspaper as it is served: workers."""

import os
from pathlib import Path

import pytest

from tests.serving import prepare, serving

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("door")]


@pytest.fixture(scope="module")
def newspaper(tmp_path_factory):
    return prepare(tmp_path_factory.mktemp("served"))


def workers(served):
    pid = served.site.process.pid
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def test_every_core_has_a_worker(newspaper):
    with serving(newspaper) as served:
        assert len(workers(served)) == len(os.sched_getaffinity(0))
        assert served.site.stop() == 0
