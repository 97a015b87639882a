"""Every command the README prints is run as it is printed, in its order."""

import re

import pytest

from tests.newcomer import HOUSE, call, running

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("bin/run")]

README = (HOUSE / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
PRINTED = [line for block in BLOCKS for line in block.splitlines()]
IN_PASSING = re.findall(r"`(\.venv/bin/python [^`]+)`", README)
SERVING = [
    command
    for command in PRINTED + IN_PASSING
    if command.startswith("bin/run") or command.endswith("newsroom.serve")
]
TESTING = [command for command in PRINTED if command.startswith("bin/test")]
ENDING = [
    command
    for command in PRINTED + IN_PASSING
    if command not in SERVING and command not in TESTING
]


@pytest.mark.slow
@pytest.mark.parametrize("command", SERVING)
def test_command_serves_the_front_page(house, command):
    with running("sh", "-c", f"exec {command}", cwd=house) as site:
        assert site.get("/").status == 200


@pytest.mark.slow
@pytest.mark.parametrize("command", ENDING)
def test_command_ends_well(house, command):
    run = call("sh", "-c", command, cwd=house)
    assert run.returncode == 0, run.stderr


def test_what_must_pass_is_the_command_printed_for_testing():
    assert TESTING
    assert set(TESTING) <= set((HOUSE / ".ci/run").read_text().splitlines())


def test_no_printed_command_is_left_out():
    assert SERVING
    assert ENDING
