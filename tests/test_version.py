"""The version stands in pyproject.toml alone, and can be seen wherever it runs."""

import platform
import re
import subprocess
import sys
from io import StringIO

import django
import pytest
from django.core.management import call_command

from newsroom.version import VERSION
from tests.desk.accounts import client_of, make_account
from tests.newcomer import HOUSE, environment
from tests.releases.test_releases import RELEASES


def run(*command, **changes):
    return subprocess.run(
        [sys.executable, *command],
        cwd=HOUSE,
        env=environment(**changes),
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("way", ["version", "--version"])
def test_command_says_it_whatever_the_settings(way):
    told = run("manage.py", way, SITE_URL="nonsense")
    python = platform.python_version()
    versions = f"Newsroom {VERSION}, Django {django.__version__}, Python {python}\n"
    assert told.stdout == versions
    assert told.stderr == ""


@pytest.mark.once
def test_command_is_one_among_others():
    assert "Newsroom" in run("manage.py", "help", "version").stdout
    assert "version" in run("manage.py", "help", "--commands").stdout.split()
    told = StringIO()
    call_command("version", stdout=told)
    assert told.getvalue().startswith(f"Newsroom {VERSION}, ")


def test_no_other_file_says_it():
    rooms = ("articles", "bin", "newsroom", "static", "templates", "tests")
    texts = [
        path.read_bytes()
        for room in rooms
        for path in [*(HOUSE / room).rglob("*"), *HOUSE.glob("*.*")]
        if path.is_file() and path.suffix not in {".md", ".pyc", ".txt"}
    ]
    assert sum(text.count(b'"%s"' % VERSION.encode()) for text in set(texts)) == 1


@pytest.mark.django_db
def test_foot_of_the_desk_says_it_to_editors_alone(client):
    foot = f"Newsroom {VERSION}"
    assert foot in client_of(make_account("editor", "ann")).get("/admin/").text
    assert foot not in client.get("/admin/", follow=True).text


def test_pip_is_told_that_this_is_no_package():
    """Which pip asks of setup.py where no build system is named."""
    told = run("setup.py", "bdist_wheel")
    assert told.returncode == 1
    assert told.stderr.startswith("Newsroom is an application, not a package")
    assert "[build-system]" not in (HOUSE / "pyproject.toml").read_text()


def test_changelog_and_upgrading_know_every_release():
    """Each has its newspaper in tests/releases; the version is theirs or on its way."""
    newest, *released = re.findall(
        r"^## (\S+)", (HOUSE / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert newest == "Unreleased"
    assert set(released) == {path.name for path in RELEASES}
    assert released[0] == VERSION or VERSION.endswith(".dev0")
    upgrading = (HOUSE / "docs/UPGRADING.md").read_text(encoding="utf-8")
    for version in released:
        assert re.search(rf"^## .*\b{re.escape(version)}\b", upgrading, re.MULTILINE)
