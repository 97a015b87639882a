"""What bin/test promises: every part runs, and nothing is left out in silence."""

import os
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest
from hypothesis.internal.conjecture import engine

from tests import __main__ as bin_test
from tests import deadline
from tests.newcomer import HOUSE, call

pytest_plugins = "pytester"

OWN = (
    "__init__ __main__ chromium conftest deadline four_stories/__init__ newcomer "
    "part_files postgres waiting"
).split()
FILES = {
    "manage.py": """\
import sys

from django.core.management import execute_from_command_line

execute_from_command_line(sys.argv)
""",
    "pyproject.toml": """\
[tool.pytest.ini_options]
addopts = "--strict-markers"
markers = ["browser: in it", "once: on one database", "slow: later"]
pythonpath = ["."]
testpaths = ["tests/test_parts.py"]

[tool.mypy]
files = ["tests/settings.py"]
""",
    "tests/settings.py": """\
SECRET_KEY = "none"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
""",
    "tests/test_parts.py": """\
import os

import pytest


def test_without_rows():
    pass


@pytest.mark.skip(reason="It is not here.")
def test_elsewhere():
    pass


@pytest.mark.django_db
def test_rows():
    assert "DATABASE_URL" in os.environ


@pytest.mark.browser
def test_page():
    pass


@pytest.mark.slow
@pytest.mark.parametrize("number", range(3))
def test_for_hours(number):
    pass
""",
}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A house of a few lines with the real bin/test."""
    house = tmp_path_factory.mktemp("house")
    (house / "tests/four_stories").mkdir(parents=True)
    for name, text in FILES.items():
        (house / name).write_text(text)
    for name in ("requirements-test.txt", "bin/setup.sh", "bin/test"):
        (house / name).parent.mkdir(exist_ok=True)
        shutil.copy(HOUSE / name, house / name)
    for name in OWN:
        shutil.copy(HOUSE / f"tests/{name}.py", house / f"tests/{name}.py")
    (house / ".venv").symlink_to((HOUSE / ".venv").resolve())
    return house


def run(house, *words, **changes):
    """Return exit code and closing lines; a database is named, so none is started."""
    named = {"DATABASE_URL": "sqlite://"}
    found = call("bin/test", *words, cwd=house, **named, **changes)
    head, _, closing = found.stdout.partition("== What was tested\n")
    parts = [line for line in head.splitlines() if line in map("== {}".format, NAMES)]
    return found.returncode, parts, closing.splitlines()


NAMES = ("Style", "SQLite", "PostgreSQL", "Browser")


def test_each_part_runs_whatever_an_earlier_one_found(house):
    (house / "tests/ugly.py").write_text("import os\n")
    code, parts, closing = run(house, "-n0")
    (house / "tests/ugly.py").unlink()
    assert code == 1
    assert parts == [f"== {name}" for name in NAMES]
    assert closing[:5] == [
        "1 × skipped: It is not here.",
        "Style: not clean, says ruff check ..",
        "SQLite: 1 passed, 1 failed, 1 skipped.",
        "PostgreSQL: 1 passed, 0 failed, 0 skipped.",
        "Browser: 1 passed, 0 failed, 0 skipped.",
    ]
    assert f"processor time on {os.cpu_count()} cores; the load average" in closing[5]
    assert closing[6:] == ["3 passed, 1 failed, 1 skipped"]


def test_a_part_of_which_nothing_was_chosen_has_one_line(house, monkeypatch, capfd):
    monkeypatch.chdir(house)
    monkeypatch.setenv("PATH", f"{house}/.venv/bin", prepend=":")
    chosen = ["-n0", "tests/test_parts.py::test_without_rows"]
    ordinary = bin_test.arguments().parse_args([])
    result = bin_test.run_part("PostgreSQL", ordinary, chosen, 0)
    assert (str(result), result.is_bad) == ("no test was chosen", False)
    assert capfd.readouterr().out == "No test of this part was chosen.\n"


@pytest.mark.slow
def test_slow_tests_wait_for_their_word_and_say_what_time_did_not_allow(house):
    code, parts, closing = run(house, "--slow", "--minutes=0", "-n0", FORBID_SKIPS="1")
    assert code == 0
    assert parts == [f"== {name}" for name in NAMES[1:]]
    assert closing[:4] == [
        *(
            f"Not run for want of time: tests.test_parts::test_for_hours[{number}]"
            for number in range(3)
        ),
        "SQLite: 0 passed, 0 failed, 0 skipped, 3 not run for want of time.",
    ]
    assert closing[4:6] == [
        f"{part}: no test was chosen." for part in ("PostgreSQL", "Browser")
    ]


def test_one_failure_leaves_the_others_their_time():
    """Hypothesis has no setting for how long it may make a failure smaller."""
    shrink = engine.ConjectureRunner.shrink_interesting_test_cases
    assert "MAX_SHRINKING_SECONDS" in shrink.__code__.co_names
    assert engine.MAX_SHRINKING_SECONDS == 20


def test_each_file_has_its_turn_where_time_is_short(monkeypatch):
    tests = [SimpleNamespace(path=path, number=n) for path in "abc" for n in range(2)]
    begun = []
    for end in range(20):
        monkeypatch.setenv(deadline.VARIABLE, str(end))
        items = list(tests)
        deadline.pytest_collection_modifyitems(items)
        begun.append(items[0].path)
        first = tests.index(items[0])
        assert items == tests[first:] + tests[:first]
        assert items[0].number == 0
    assert set(begun) == {*"abc"}
    monkeypatch.setenv(deadline.VARIABLE, deadline.FOR_EVER)
    deadline.pytest_collection_modifyitems(items := list(tests))
    assert items == tests


@pytest.mark.parametrize("forbid", [False, True])
def test_missing_browser_is_said_and_is_a_failure_where_skips_are(monkeypatch, forbid):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("FORBID_SKIPS", "1" if forbid else "")
    ordinary = bin_test.arguments().parse_args([])
    browser = bin_test.run_part("Browser", ordinary, [], 0)
    assert str(browser) == "not run because Chromium is not installed"
    assert browser.is_bad == forbid


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root can install anything.")
def test_what_is_installed_as_root_is_said_before(tmp_path):
    apt = tmp_path / "apt-get"
    apt.write_text("#!/bin/sh\necho apt-get: $* >&2\n")
    apt.chmod(0o755)
    program = "from tests.__main__ import have; have('strace', bool)"
    found = subprocess.run(
        [sys.executable, "-c", program],
        cwd=HOUSE,
        env={"PATH": f"{tmp_path}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert found.stdout.splitlines() == [
        "strace is not installed. As root: apt-get update",
        "apt-get: update",
        "strace is not installed. As root: apt-get install --yes strace",
        "apt-get: install --yes strace",
    ]


@pytest.mark.parametrize(
    "skipping",
    [
        "import pytest\n@pytest.mark.skip\ndef test_nothing(): pass",
        "import pytest\npytest.skip('nothing', allow_module_level=True)",
    ],
)
def test_skipped_test_fails_where_skips_are_forbidden(pytester, monkeypatch, skipping):
    pytester.makepyfile(skipping)
    ours = ("-p", "tests.conftest", "-p", "no:django")
    monkeypatch.delenv("FORBID_SKIPS", raising=False)
    assert pytester.runpytest_inprocess(*ours).parseoutcomes() == {"skipped": 1}
    monkeypatch.setenv("FORBID_SKIPS", "1")
    forbidden = pytester.runpytest_inprocess(*ours)
    forbidden.stdout.fnmatch_lines("*FORBID_SKIPS is set*")
    assert forbidden.ret in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED)


@pytest.mark.parametrize(("forbid", "found"), [("clone", "skipped"), ("1", "errors")])
def test_clone_may_skip_what_reads_real_pages(pytester, monkeypatch, forbid, found):
    pytester.makepyfile(
        "import pytest\n"
        "from tests.four_stories import NOT_HERE\n"
        "@pytest.mark.skip(reason=NOT_HERE)\n"
        "def test_pages(): pass"
    )
    monkeypatch.setenv("FORBID_SKIPS", forbid)
    run = pytester.runpytest_inprocess("-p", "tests.conftest", "-p", "no:django")
    assert run.parseoutcomes() == {found: 1}
