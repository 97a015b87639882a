"""What the newspaper owns nobody else may look into, made now or long ago."""

import os
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.data_dir import close_to_others
from tests.newcomer import HOUSE, call


@pytest.fixture(autouse=True)
def own_umask():
    """Let the test begin as a shell does, and leave the process as it was."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder):
    return {
        path.relative_to(folder).as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in [folder, *folder.rglob("*")]
    }


def are_closed(folder):
    return all(
        mode == (0o700 if (folder / name).is_dir() else 0o600)
        for name, mode in modes(folder).items()
    )


def make_old(folder):
    """Make a newspaper as versions before made it: for everybody to read."""
    names = ["newsroom.sqlite3", "newsroom.sqlite3-wal", "secret_key"]
    names += ["media/photos/ab/cd/one.jpg", "static/site.css", "static/desk/desk.css"]
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return folder


def test_a_new_folder_is_closed_and_so_is_what_is_made_in_it(tmp_path):
    close_to_others(tmp_path / "data")
    make_old(tmp_path / "data")
    assert are_closed(tmp_path / "data")


def test_a_newspaper_of_an_older_version_is_closed(tmp_path):
    folder = make_old(tmp_path / "data")
    assert modes(folder)["media/photos/ab/cd/one.jpg"] == 0o644
    close_to_others(folder)
    assert are_closed(folder)


def test_what_is_not_the_newspapers_stays_as_it_is(tmp_path):
    folder = make_old(tmp_path / "data")
    (folder / "notes").mkdir()
    (folder / "notes" / "todo.txt").write_text("Nothing.")
    close_to_others(folder)
    assert modes(folder)["notes/todo.txt"] == 0o644
    assert modes(folder)["."] == 0o700


def test_a_folder_that_is_everybodys_is_refused(tmp_path):
    tmp_path.chmod(0o1777)
    with pytest.raises(ImproperlyConfigured, match="name a folder of its own"):
        close_to_others(tmp_path)
    assert modes(tmp_path)["."] == 0o1777


def test_what_cannot_be_closed_is_said(tmp_path, monkeypatch):
    def chmod(path, mode):
        raise PermissionError(1, "Operation not permitted", str(path))

    folder = make_old(tmp_path / "data")
    monkeypatch.setattr(Path, "chmod", chmod)
    with pytest.raises(ImproperlyConfigured, match="belongs to another user"):
        close_to_others(folder)


@pytest.mark.once
@pytest.mark.slow
def test_every_file_that_commands_make_is_closed(tmp_path):
    """The database and its log, static files, pictures and a report."""
    commands = [
        ("migrate", "-v0"),
        ("collectstatic", "--no-input", "-v0"),
        ("import_articles", "samples/sport", "--report", str(tmp_path / "report")),
        ("import_pictures", "samples/pictures/derby-bell.jpg"),
    ]
    program = "from django.core.management import call_command\n"
    program += "".join(f"call_command(*{command!r})\n" for command in commands)
    python = str(HOUSE / ".venv/bin/python")
    shell = (python, "manage.py", "shell", "--no-imports", "-c", program)
    run = call(*shell, cwd=HOUSE, DATA_DIR=str(tmp_path / "data"))
    assert run.returncode == 0, run.stderr
    names = " ".join(modes(tmp_path))
    for made in ("newsroom.sqlite3", "report", "staticfiles.json", "media/photos/"):
        assert made in names
    assert are_closed(tmp_path)
