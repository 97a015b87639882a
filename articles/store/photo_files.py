"""The files of photos: each in a folder of its photo's own, named by its content.

When words change the old files stay, since pages and feeds out in the world still show
them; they go with the photo. The file that a full disk or a crash cut off is written
again when the same picture comes again.
"""

from contextlib import suppress
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles.pictures import Rendition
from articles.store.names import CannotWrite

ENDINGS = {
    "image/avif": ".avif",
    "image/webp": ".webp",
    "image/jpeg": ".jpg",
    "image/png": ".png",
}


def store_files(digest: str, files: list[Rendition]) -> list[dict[str, Any]]:
    """Store the files and return what a photo notes of each.

    Should one fail, the whole ones stay: sent again, the picture finds them there.
    """
    return [
        {
            "type": file.media_type,
            "width": file.width,
            "height": file.height,
            "name": _store_file(f"{_folder(digest)}/{_name(file)}", file.data),
            "use": file.use,
        }
        for file in files
    ]


def read_file(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


def delete_files(digest: str) -> None:
    """Delete every file that a photo ever had."""
    folder = _folder(digest)
    with suppress(FileNotFoundError):
        _folders, names = default_storage.listdir(folder)
        for name in names:
            default_storage.delete(f"{folder}/{name}")
        default_storage.delete(folder)


def _store_file(name: str, data: bytes) -> str:
    """Store the file, unless it is there and whole: a crash may have cut it off."""
    try:
        if default_storage.exists(name):
            if default_storage.size(name) == len(data):
                return name
            default_storage.delete(name)
        return default_storage.save(name, ContentFile(data))
    except OSError as error:
        default_storage.delete(name)
        raise CannotWrite(
            f"The picture could not be stored: {error.strerror or error}. Nothing was "
            "changed. Tell whoever keeps the server, and send it again afterwards."
        ) from error


def _name(file: Rendition) -> str:
    return sha256(file.data).hexdigest()[:32] + ENDINGS[file.media_type]


def _folder(digest: str) -> str:
    """Return the folder of the photo's files; nobody else's lie there.

    >>> _folder("abcdef" + "0" * 58)
    'photos/ab/cdef00000000000000000000'
    """
    return f"photos/{digest[:2]}/{digest[2:26]}"
