"""What a killed process left of a photo goes at the next start, and nothing else."""

import os
import signal
from contextlib import contextmanager

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from articles.models import Photo
from articles.store import photos
from articles.store.photos import delete_unfinished_photos
from tests.desk.pictures import photo
from tests.imports.children import end_of, fork, run_in_child

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    return tmp_path


def files(folder):
    return {path for path in folder.rglob("*") if path.is_file()}


@contextmanager
def at_file(number, act):
    """Act when so many files of a photo have been stored."""
    save, saved = default_storage.save, []

    def saving(*args):
        saved.append(save(*args))
        if len(saved) == number:
            act()
        return saved[-1]

    default_storage.save = saving
    try:
        yield
    finally:
        del default_storage.save


def send_self(number):
    os.kill(os.getpid(), number)


def send_until(number):
    with at_file(2, lambda: send_self(number)):
        photo(size=(330, 20))


def test_of_a_photo_that_is_kept_no_note_stays(folder):
    photo()
    assert not files(folder / "uploads")


def test_what_a_killed_process_left_goes_and_other_photos_stay(folder):
    kept = photo("teal")
    before = files(folder)
    killed = run_in_child(lambda: send_until(signal.SIGKILL))
    assert killed == -signal.SIGKILL
    assert len(files(folder / "media")) == len(before) + 2
    delete_unfinished_photos()
    assert files(folder) == before
    assert photos.are_intact([kept.file.name])


def test_of_a_process_that_is_alive_nothing_is_taken(folder):
    process = fork(lambda: send_until(signal.SIGSTOP))
    os.waitpid(process, os.WUNTRACED)
    before = files(folder)
    assert len(before) == 3
    delete_unfinished_photos()
    assert files(folder) == before
    os.kill(process, signal.SIGCONT)
    assert end_of(process) == 0
    kept = Photo.objects.get()
    assert photos.are_intact([kept.file.name])
    assert not files(folder / "uploads")


def test_a_photo_whose_row_was_written_stays_though_its_process_was_killed(folder):
    def die_behind_the_row(execute, sql, *rest):
        done = execute(sql, *rest)
        if sql.startswith('INSERT INTO "articles_photo"'):
            connection.run_on_commit.append(
                (set(), lambda: send_self(signal.SIGKILL), False)
            )
        return done

    def keep_and_die():
        with connection.execute_wrapper(die_behind_the_row):
            photo()

    assert run_in_child(keep_and_die) == -signal.SIGKILL
    kept = Photo.objects.get()
    assert files(folder / "uploads")
    delete_unfinished_photos()
    assert not files(folder / "uploads")
    assert photos.are_intact([kept.file.name])
