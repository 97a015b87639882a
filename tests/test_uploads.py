"""A large upload lies in a file that goes with the process, however that ends."""

import os
import signal

import pytest

from articles.models import Photo
from newsroom.uploads import NamelessFileUploadHandler
from tests.desk.pictures import picture, upload
from tests.imports.children import run_in_child


@pytest.fixture
def uploads(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    return settings.FILE_UPLOAD_TEMP_DIR


def receive(*chunks):
    handler = NamelessFileUploadHandler()
    handler.new_file("file", "pier.jpg", "image/jpeg", None)
    start = 0
    for chunk in chunks:
        handler.receive_data_chunk(chunk, start)
        start += len(chunk)
    return handler


def test_what_arrived_is_read_as_it_came(uploads):
    file = receive(b"one", b"two").file_complete(6)
    assert (file.name, file.size, file.read()) == ("pier.jpg", 6, b"onetwo")
    file.close()
    assert not list(uploads.iterdir())


def test_nothing_stays_of_an_upload_whose_server_is_killed(uploads):
    def die():
        receive(b"half")
        os.kill(os.getpid(), signal.SIGKILL)

    assert run_in_child(die) == -signal.SIGKILL
    assert not list(uploads.iterdir())


def test_nothing_stays_of_an_upload_that_is_broken_off(uploads):
    handler = receive(b"half")
    handler.upload_interrupted()
    assert handler.file.closed
    assert not list(uploads.iterdir())


@pytest.mark.django_db
def test_a_large_picture_is_kept_as_a_small_one_is(admin_client, settings, uploads):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    settings.MEDIA_ROOT = uploads.parent / "media"
    sent = upload(picture())
    said = admin_client.post("/admin/articles/photo/keep/", {"file": sent}).json()
    assert said["isNew"]
    assert Photo.objects.get().original_name == "pier.jpg"
    assert not list(uploads.iterdir())
