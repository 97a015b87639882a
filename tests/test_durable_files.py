"""What was answered is on the disk: every commit, and every file before its row."""

import os
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from articles.store.photos import change_photo
from articles.story.story import Caption
from newsroom.durable_files import temporary_folder
from newsroom.secret_key import get_secret_key
from tests.builders import make_article
from tests.desk.pictures import photo
from tests.imports.arrivals import write_picture
from tests.imports.children import end_of, fork, run_in_child
from tests.newcomer import HOUSE, environment
from tests.settings import UNSYNCED

CAPTIONS = [
    "Gulls rest on the quay of Port Sorrel before the storm",
    "The last ferry of the year leaves for the outer islands",
]
# What SQLite calls FULL; less, and the last commits are lost with the power.
SYNCED = {"sqlite": ("PRAGMA synchronous", 2)}
SYNCED |= {"postgresql": ("SHOW synchronous_commit", "on")}


def is_synced(_=None):
    """Tell whether a new connection waits at each commit until the disk has it."""
    question, answer = SYNCED[connection.vendor]
    # Where the browser was driven before, a fork has one that is older than that.
    connection.close()
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone() == (answer,)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_every_thread_and_process_syncs_each_commit(monkeypatch):
    options = connection.settings_dict["OPTIONS"]
    if connection.vendor == "sqlite":
        of_the_site = options["init_command"].removesuffix(UNSYNCED)
        monkeypatch.setitem(options, "init_command", of_the_site)
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(is_synced, range(8)))

    def ask():
        assert is_synced()

    assert run_in_child(ask) == 0


@pytest.mark.once
def test_every_command_syncs_each_commit(tmp_path):
    question = "from django.db import connection as c; print(c.cursor().execute({!r})"
    code = f"{question.format(SYNCED['sqlite'][0])}.fetchone())"
    asked = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
        cwd=HOUSE,
        env=environment(DATA_DIR=str(tmp_path)),
        capture_output=True,
        text=True,
    )
    assert asked.stdout == "(2,)\n", asked.stderr


# Files


class Disk:
    """Files as they were when they were synced, and which were not when a row came."""

    def __init__(self, root):
        self.root = root
        self.synced = {}
        self.late = set()
        self.rows = 0

    def fsync(self, handle):
        place = Path(f"/dev/fd/{handle}")
        self.synced[place.stat().st_ino] = content(place)

    def on_statement(self, execute, sql, *rest):
        if re.match(r'(INSERT INTO|UPDATE) "articles_photo"', sql):
            self.rows += 1
            self.late |= set(filter(self.is_late, self.everything()))
        return execute(sql, *rest)

    def everything(self):
        return [*self.root.rglob("*"), self.root, self.root.parent]

    def is_late(self, path):
        return self.synced.get(path.stat().st_ino) != content(path)


def content(place):
    """Return what a sync keeps of a file, or of a folder."""
    if place.is_dir():
        return {child.name for child in place.iterdir()}
    return place.stat().st_size, place.stat().st_mtime_ns


@pytest.fixture
def disk(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "data" / "media"
    disk = Disk(settings.MEDIA_ROOT)
    monkeypatch.setattr(os, "fsync", disk.fsync)
    with connection.execute_wrapper(disk.on_statement):
        yield disk


def send():
    return photo(size=(330, 20))


def send_again_what_was_lost():
    default_storage.delete(send().renditions[0]["name"])
    send()


def describe():
    change_photo(send(), credit="Nida Khan")


def move_the_focal_point():
    change_photo(send(), focal_x=10)


def import_two():
    make_article(captions=tuple(Caption(caption) for caption in CAPTIONS))
    with TemporaryDirectory() as folder:
        for number, caption in enumerate(CAPTIONS):
            write_picture(Path(folder), f"{number}.jpg", caption)
        call_command("import_pictures", folder, stdout=StringIO(), stderr=StringIO())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("act", "rows"),
    [
        (send, 1),
        (send_again_what_was_lost, 2),
        (describe, 2),
        (move_the_focal_point, 2),
        (import_two, 2),
    ],
)
def test_files_and_their_folders_are_synced_before_the_row_that_names_them(
    disk, act, rows
):
    act()
    assert disk.rows == rows
    assert not disk.late


def test_a_secret_key_and_its_name_are_synced(tmp_path, monkeypatch):
    disk = Disk(tmp_path)
    monkeypatch.setattr(os, "fsync", disk.fsync)
    get_secret_key(tmp_path / "secret_key")
    assert not any(map(disk.is_late, [tmp_path / "secret_key", tmp_path]))


# Folders for a while


def test_the_folder_of_a_killed_process_goes_and_that_of_a_living_one_stays(tmp_path):
    def stay(number):
        with temporary_folder(tmp_path, ".backup-") as folder:
            (folder / "half").touch()
            os.kill(os.getpid(), number)

    assert run_in_child(lambda: stay(signal.SIGKILL)) == -signal.SIGKILL
    assert len(list(tmp_path.iterdir())) == 1
    living = fork(lambda: stay(signal.SIGSTOP))
    os.waitpid(living, os.WUNTRACED)
    (folder,) = tmp_path.iterdir()
    with temporary_folder(tmp_path, ".backup-") as other:
        assert set(tmp_path.iterdir()) == {folder, other}
    os.kill(living, signal.SIGCONT)
    assert end_of(living) == 0
    assert not list(tmp_path.iterdir())
