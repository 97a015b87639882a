"""What bin/test promises: nothing is left out in silence."""

import os
import sys
from pathlib import Path

import pytest

from tests.newcomer import HOUSE, call

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    "skipping",
    [
        "import pytest\n@pytest.mark.skip\ndef test_nothing(): pass",
        "import pytest\npytest.skip('nothing', allow_module_level=True)",
    ],
)
def test_skipped_test_fails_where_skips_are_forbidden(tmp_path, skipping):
    (tmp_path / "test_skipping.py").write_text(
        f"{skipping}\ndef test_something(): pass"
    )
    pytest_here = [sys.executable, "-m", "pytest", "-p", "tests.conftest"]
    command = [*pytest_here, "-c", "pyproject.toml", str(tmp_path)]
    assert call(*command, cwd=HOUSE).returncode in (
        0,
        pytest.ExitCode.NO_TESTS_COLLECTED,
    )
    forbidden = call(*command, cwd=HOUSE, FORBID_SKIPS="1")
    assert "FORBID_SKIPS is set" in forbidden.stdout
    assert forbidden.returncode not in (0, pytest.ExitCode.NO_TESTS_COLLECTED)


@pytest.fixture
def path_without_browser(tmp_path):
    """Every program of this machine but browsers, and what could install one."""
    hidden = ("chromium", "google-chrome", "apt-get")
    for place in map(Path, os.environ["PATH"].split(":")):
        for program in place.glob("*"):
            link = tmp_path / program.name
            if not program.name.startswith(hidden) and not link.is_symlink():
                link.symlink_to(program)
    return str(tmp_path)


@pytest.mark.parametrize(("forbid", "code"), [("", 0), ("1", 1)])
def test_last_line_says_what_was_not_tested(path_without_browser, forbid, code):
    command = ["bin/test", "-n0", "-k", "this_test_does_not_exist"]
    run = call(*command, cwd=HOUSE, PATH=path_without_browser, FORBID_SKIPS=forbid)
    assert run.stdout.splitlines()[-1] == (
        "Not tested: the pages in a browser, because Chromium is not installed."
    )
    assert run.returncode == code
