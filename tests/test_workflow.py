"""What GitHub runs at each change cannot run here, so it is read."""

import re
import tomllib

import yaml

from tests.newcomer import HOUSE

WORKFLOW = yaml.safe_load((HOUSE / ".github/workflows/test.yml").read_text())
(JOB,) = WORKFLOW["jobs"].values()
PYPROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text())


def test_workflow_runs_bin_test():
    commands = [step["run"] for step in JOB["steps"] if "run" in step]
    assert commands[-1] == "bin/test"
    assert JOB["steps"][-1]["env"] == {"FORBID_SKIPS": "clone"}


def test_oldest_python_is_the_one_that_the_project_requires():
    oldest = JOB["strategy"]["matrix"]["python"][0]
    assert PYPROJECT["project"]["requires-python"] == f">={oldest}"


def test_actions_are_pinned_and_may_write_nothing():
    actions = [step["uses"] for step in JOB["steps"] if "uses" in step]
    assert actions
    for action in actions:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action)
    assert WORKFLOW["permissions"] == {"contents": "read"}
