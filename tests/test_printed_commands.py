"""Every command that a document prints is run as it is printed, in its order.

What belongs together is in test_operations.py: a drill, an update, a deployment.
"""

import shlex

import pytest

from tests.documents import DOCUMENTS, is_not_run, printed, simple_commands
from tests.newcomer import HOUSE, call, running
from tests.test_operations import STORIES

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("bin/run")]

BLOCKS = [
    block
    for document in DOCUMENTS.values()
    for block in document.blocks
    if block.language == "sh" and block not in STORIES
]


def is_test(command):
    return ["bin/test"] in [words[:1] for words in simple_commands(command)]


def is_server(command):
    return command.startswith("bin/run") or command.endswith("newsroom.serve")


RUN = [block for block in BLOCKS if any(not is_test(c) for c in block.run)]
TESTING = [command for block in BLOCKS for command in block.run if is_test(command)]


@pytest.fixture(scope="module")
def newspaper(house):
    """An installed house, whose newspaper of its own has tables."""
    run = call(".venv/bin/python", "manage.py", "migrate", "-v0", cwd=house)
    assert run.returncode == 0, run.stderr
    return house


@pytest.mark.slow
@pytest.mark.parametrize("block", RUN, ids=str)
def test_block_does_what_it_says(newspaper, block):
    *before, last = [command for command in block.run if not is_test(command)]
    if is_server(last):
        script = "\n".join([*before, f"exec {last}"])
        with running("sh", "-ec", script, cwd=newspaper) as site:
            assert site.get("/").status == 200
    else:
        run = call("sh", "-ec", "\n".join([*before, last]), cwd=newspaper)
        assert run.returncode == 0, run.stderr


def test_what_must_pass_is_the_command_that_the_readme_prints():
    (command,) = [c for block in printed("README.md", "Test it") for c in block.run]
    assert command in (HOUSE / ".ci/run").read_text().splitlines()


@pytest.mark.slow
@pytest.mark.parametrize("command", sorted({*TESTING} - {"bin/test"}) or ["bin/test"])
def test_tests_that_are_named_are_found(newspaper, command):
    """The tests of a test are only collected."""
    if command != "bin/test":
        _, *words = shlex.split(command)
        collect = [".venv/bin/python", "-m", "pytest", "--collect-only", "-q", *words]
        run = call(*collect, cwd=newspaper)
        assert run.returncode == 0, run.stdout


def test_every_block_of_commands_is_run_here_or_as_part_of_a_story():
    assert len(RUN) > 5
    assert STORIES
    for block in BLOCKS:
        ours = [c for c in block.commands if not is_not_run(c) and not is_test(c)]
        assert not ours or block in RUN
