"""The files of photos: each in a folder of its photo's own, named by its content.

When words change the old files stay, since pages and feeds out in the world still show
them; they go with the photo. A picture that comes again after that gets another folder,
so no hand that still clears the old one can reach the new files.
"""

import fcntl
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles.models import Photo
from articles.pictures import Rendition
from articles.store.names import CannotWrite
from newsroom.disk import sync, sync_folders

ENDINGS = {
    "image/avif": ".avif",
    "image/webp": ".webp",
    "image/jpeg": ".jpg",
    "image/png": ".png",
}
NOTE = ".photo"
FOLDER = re.compile(r"photos/[0-9a-f]{2}/[0-9a-f-]+")
# Of the folder's name the first figures are those of the photo's own SHA-256.
FILE = re.compile(
    r"(?P<folder>photos/(?P<first>[0-9a-f]{2})/(?P<next>[0-9a-f]{12})[0-9a-f-]*)/"
    r"[0-9a-f]{32}(?P<ending>\.[a-z]+)"
)


def new_folder(digest: str) -> str:
    """Return the name of a folder that no photo ever had."""
    return f"photos/{digest[:2]}/{digest[2:14]}-{token_hex(6)}"


def folder_of(name: str) -> str:
    """Return the folder in which the photo with this file has all its files."""
    return str(PurePosixPath(name).parent)


def store_files(folder: str, files: list[Rendition]) -> list[dict[str, Any]]:
    """Store the files and return what a photo notes of each, when the disk has all."""
    stored: list[dict[str, Any]] = [
        {
            "type": file.media_type,
            "width": file.width,
            "height": file.height,
            "name": _store_file(f"{folder}/{_name(file)}", file.data),
            "use": file.use,
        }
        for file in files
    ]
    _sync(folder, [note["name"] for note in stored])
    return stored


@contextmanager
def filling(folder: str) -> Iterator[None]:
    """Note that the folder of a new photo is being filled, until its row names it.

    The system lets go of the note's lock when the process is killed.
    """
    path = _notes() / f"{PurePosixPath(folder).name}{NOTE}"
    with ExitStack() as stack:
        with _in_a_sentence():
            note = stack.enter_context(path.open("x"))
            stack.callback(path.unlink, missing_ok=True)
            fcntl.flock(note, fcntl.LOCK_EX)
            note.write(folder)
            note.flush()
        yield


def sweep() -> None:
    """Delete what killed processes left of photos that no row names."""
    for path in _notes().glob(f"*{NOTE}"):
        with suppress(FileNotFoundError, BlockingIOError), path.open() as note:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
            folder = note.read()
            if not Photo.objects.filter(file__startswith=f"{folder}/").exists():
                delete_files(folder)
            path.unlink()


def _notes() -> Path:
    return Path(settings.FILE_UPLOAD_TEMP_DIR)


def read_file(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


def delete_files(folder: str) -> None:
    """Delete every file that a photo ever had; a folder that holds others' stays."""
    if not FOLDER.fullmatch(folder):
        return
    with suppress(FileNotFoundError):
        _folders, names = default_storage.listdir(folder)
        for name in names:
            default_storage.delete(f"{folder}/{name}")
        default_storage.delete(folder)


def are_whole(names: list[str]) -> bool:
    """Tell whether all files are there as they were written."""
    with _in_a_sentence():
        return all(map(_is_whole, names))


def _is_whole(name: str) -> bool:
    """Compare the content of a file with its name, which tells it."""
    try:
        return PurePosixPath(name).name.startswith(_digest(read_file(name)))
    except FileNotFoundError:
        return False


def _store_file(name: str, data: bytes) -> str:
    """Store the file, unless it is there and whole: a crash may have cut it off."""
    with _in_a_sentence():
        return name if _is_whole(name) else _written(name, data)


def _sync(folder: str, names: list[str]) -> None:
    """Sync the files of a folder; storage on other machines sees to that itself."""
    with _in_a_sentence(), suppress(NotImplementedError):
        path = default_storage.path
        for name in names:
            sync(Path(path(name)))
        sync_folders(Path(path(folder)), Path(path("")))


@contextmanager
def _in_a_sentence() -> Iterator[None]:
    """Say to the editor what the disk says."""
    try:
        yield
    except OSError as error:
        raise CannotWrite(
            f"The picture could not be stored: {error.strerror or error}. Nothing was "
            "changed. Tell whoever keeps the server, and send it again afterwards."
        ) from error


def _written(name: str, data: bytes) -> str:
    """Write the file and return its name; what a full disk cut off goes at once."""
    default_storage.delete(name)
    try:
        return default_storage.save(name, ContentFile(data))
    except OSError:
        default_storage.delete(name)
        raise


def _name(file: Rendition) -> str:
    return _digest(file.data) + ENDINGS[file.media_type]


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:32]
