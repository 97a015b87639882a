"""What is run at each change: GitHub's cannot run here, so it is read."""

import re
import shutil
import tomllib

import pytest
import yaml

from tests.newcomer import HOUSE, call

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


@pytest.mark.parametrize(("took", "left"), [(0, 23), (360, 17), (1500, -2)])
def test_ci_leaves_to_slow_tests_the_time_that_is_left(tmp_path, took, left):
    shutil.copytree(HOUSE / ".ci", tmp_path / ".ci")
    (tmp_path / "bin").mkdir()
    said = tmp_path / "said"
    commands = {
        "test": f'echo "$@" >> {said}\n[ "$1" ]',
        "date": f"[ -e {said} ] && echo {1_000 + took} || echo 1000",
    }
    for name, text in commands.items():
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / "bin" / name).chmod(0o755)
    run = call(".ci/run", cwd=tmp_path, PATH=f"{tmp_path}/bin:/usr/bin:/bin")
    assert said.read_text() == f"\n--slow --minutes {left}\n"
    # What failed first fails the whole.
    assert run.returncode == 1
