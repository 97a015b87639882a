"""Save photos: their files first, and then the row that names them.

Whatever fails in between, were it the power, leaves files that no page knows, never a
row without files.

The files of a photo lie in a folder of its own, each named by its content. When words
change the old ones stay, since pages and feeds out in the world still show them; they
go with the photo. A picture that comes again after that gets another folder, so no
process that still clears the old one can reach the new files.

One picture after another is opened: a large one takes most of a gigabyte.
"""

import fcntl
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from secrets import token_urlsafe
from typing import IO, Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from articles.models import Article, Caption, Photo
from articles.models.articles import ArticleQuerySet
from articles.models.photos import BYTES_IN_ADDRESS, in_hex
from articles.pictures import (
    Job,
    JobFailed,
    NotAPicture,
    PictureFiles,
    Rendition,
    has_content_credentials,
    make_all,
    make_cuts,
    make_renditions,
    open_picture,
    reopen_picture,
    run_job,
)
from articles.store import edition, edition_keys
from articles.store.row_changes import note_change
from articles.store.rows import CannotWrite
from articles.store.search import rows as search
from articles.story.story import tidy_line
from articles.story.text import printable
from newsroom.durable_files import sync, sync_folders


def save_photo(
    data: bytes, name: str, by: AbstractBaseUser | None = None
) -> tuple[Photo, bool]:
    """Return the photo of these bytes, and whether it is new.

    Of a photo that is known, files that were lost or damaged are made again. Raises
    NotAPicture for bytes that are none, and CannotWrite where the files cannot be
    stored or other pictures are on their way; all say to the editor what to do.
    """
    digest = sha256(data).hexdigest()
    known = Photo.objects.filter(sha256=digest).first()
    if known:
        names = [known.file.name, *(size["name"] for size in known.renditions)]
        is_whole = known.arrived is not None and are_intact(names)
        if is_whole or _restore_files(known, data):
            return known, False
    code, is_new = token_urlsafe(BYTES_IN_ADDRESS), False
    folder = new_folder(digest, code)
    with noting_unfinished(folder):
        try:
            picture, (original, *renditions) = make_files(data, folder, {})
            photo, is_new = Photo.objects.get_or_create(
                sha256=digest,
                defaults={
                    "code": code,
                    "original_name": PurePosixPath(
                        printable(name).replace("\\", "/")
                    ).name,
                    "file": original["name"],
                    "width": picture.width,
                    "height": picture.height,
                    "renditions": renditions,
                    "added_by": by,
                    **{name: getattr(picture.metadata, name) for name in WORDS},
                },
            )
        finally:
            if not is_new:
                with suppress(OSError):
                    delete_files(folder)
    return photo, is_new


def change_photo(
    photo: Photo, by: AbstractBaseUser | None = None, why: str = "", **values: Any
) -> bool:
    """Change words and focal point, and the renditions that carry what changed.

    What somebody else changes meanwhile stays, in the renditions too; the same words
    are refused where they are not as this photo was read.
    Returns whether there was anything to change.
    """
    if unknown := set(values) - {*WORDS, *FOCUS}:
        raise TypeError(f"A photo's {', '.join(sorted(unknown))} cannot be changed.")
    if any(not 0 <= values.get(name, 0) <= 100 for name in FOCUS):
        raise CannotWrite(
            "The focal point lies outside the picture: it is given in percent, from 0 "
            "to 100."
        )
    values |= {name: tidy_line(values[name]) for name in WORDS if name in values}
    is_changed = False
    try:
        row = Photo.objects.get(pk=photo.pk)
        while (after := values_of(row) | values) != values_of(row):
            _refuse_if_changed(photo, row, values)
            renditions = make_changed_files(row, after)
            noted = Noted(by, why, values)
            is_changed = _write_row(row, values | {"renditions": renditions}, noted)
            row = Photo.objects.get(pk=photo.pk)
        photo.refresh_from_db()
    except Photo.DoesNotExist as error:
        raise CannotWrite(
            "The photo has been deleted in the meantime, so nothing was changed."
        ) from error
    return is_changed


def _refuse_if_changed(photo: Photo, row: Photo, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if getattr(row, name) not in (getattr(photo, name), value):
            raise CannotWrite(
                "Somebody has changed the same words of this photo in the meantime."
            )


def articles_showing(photo: Photo) -> ArticleQuerySet:
    """Return the articles that show the photo, whether or not they are public."""
    used = Article.objects.filter(captions__photo=photo)
    return Article.objects.filter(pk__in=used.values("pk")).latest_first()


def photos_of_withdrawn_articles() -> QuerySet[Photo]:
    """Return the photos that only stories show which were withdrawn without them."""
    shown = Caption.objects.filter(photo=OuterRef("pk"))
    return Photo.objects.filter(
        Exists(shown.filter(article__status=Article.Status.WITHDRAWN)),
        ~Exists(shown.filter(article__status=Article.Status.PUBLISHED)),
        withdrawn_at=None,
    )


def withdraw_photo(
    photo: Photo, at: datetime | None, by: AbstractBaseUser | None = None, why: str = ""
) -> None:
    """Keep a photo's files from readers, or with no moment let them have it again.

    While a public story shows the photo, readers have it still; the page of an author
    leaves it out.
    """
    with edition.transaction():
        Photo.objects.filter(pk=photo.pk).update(withdrawn_at=at)
        before, after = (
            {"is_withdrawn": w is not None} for w in (photo.withdrawn_at, at)
        )
        note_change(photo, before, after, by, why)
        edition.note_changed(_keys_of_portrayed(photo))
    photo.withdrawn_at = at


def delete_photo(photo: Photo) -> None:
    """Delete a photo that nothing shows, and with the commit all files it ever had."""
    with transaction.atomic():
        Photo.objects.select_for_update().get(pk=photo.pk)
        if number := articles_showing(photo).count():
            raise CannotWrite(
                f"The photo is still in use. Articles that show it: {number}. Remove "
                "it from them first."
            )
        if author := photo.portrayed.first():
            raise CannotWrite(
                f"The photo is the portrait of {author}. Give that page another first."
            )
        Photo.objects.filter(pk=photo.pk).delete()
        folder = folder_of(photo.file.name)
        # The photo is gone then, whatever the disk says: that is logged.
        transaction.on_commit(lambda: delete_files(folder), robust=True)


def make_missing_sizes(photo: Photo) -> bool:
    """Make the cuts of a photo that an older version saved without its squares."""
    while not any(size["use"] == "square" for size in photo.renditions):
        renditions = make_changed_files(photo, values_of(photo))
        if _write_row(photo, {"renditions": renditions}):
            return True
        photo.refresh_from_db()
    return False


def _restore_files(photo: Photo, data: bytes) -> bool:
    """Make the files of a photo again from the bytes that it came as."""
    folder = folder_of(photo.file.name)
    _, (original, *renditions) = make_files(data, folder, values_of(photo))
    return _write_row(photo, {"file": original["name"], "renditions": renditions})


@dataclass(frozen=True)
class Noted:
    """Who changes a photo and why, and what of it is noted in its past."""

    by: AbstractBaseUser | None
    why: str
    values: dict[str, Any]


def _write_row(
    photo: Photo, values: dict[str, Any], noted: Noted | None = None
) -> bool:
    """Write the values, unless somebody else changed the row since it was read.

    If the photo was deleted meanwhile, the files made for it go, too.
    """
    with edition.transaction():
        same = Photo.objects.filter(pk=photo.pk, **values_of(photo))
        if same.update(**values):
            keys = edition_keys.of_stories(articles_showing(photo))
            edition.note_changed(keys | _keys_of_portrayed(photo))
            if noted:
                note_change(photo, values_of(photo), noted.values, noted.by, noted.why)
            if values.get("credit", photo.credit) != photo.credit:
                search.refresh(articles_showing(photo))
                edition.note_changed({"search"} if keys else ())
            return True
    if not Photo.objects.filter(pk=photo.pk).exists():
        delete_files(folder_of(photo.file.name))
    return False


def _keys_of_portrayed(photo: Photo) -> set[str]:
    return {f"author:{author.pk}" for author in photo.portrayed.all()}


# What of a picture’s metadata a photo has, and each of its renditions too.
WORDS = (
    "headline",
    "caption",
    "credit",
    "creator",
    "copyright_notice",
    "usage_terms",
    "web_statement",
    "licensor_url",
    "digital_source_type",
    "alternative_text",
)
FOCUS = ("focal_x", "focal_y")


def values_of(photo: Photo) -> dict[str, Any]:
    """Return what can be changed of a photo."""
    return {name: getattr(photo, name) for name in (*WORDS, *FOCUS)}


def make_files(
    data: bytes, folder: str, values: dict[str, Any]
) -> tuple[PictureFiles, list[dict[str, Any]]]:
    """Return what was made, and what a photo notes of its original and renditions."""
    with picture_lock():
        made = _run(data, Job(open_picture, make_all, _words(values), _focus(values)))
    arrived = store_arrived(folder, data, made)
    return made, [*store_files(folder, made.files), arrived]


def make_changed_files(photo: Photo, after: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the renditions, made anew where their words or their cut change."""
    before = values_of(photo)
    if any(after[name] != before[name] for name in WORDS):
        uses, making = {"arrived"}, make_renditions
    else:
        uses, making = {"arrived", "page"}, make_cuts
    unchanged = [size for size in photo.renditions if size["use"] in uses]
    job = Job(reopen_picture, making, _words(after), _focus(after))
    with picture_lock():
        made = _open_original_and_run(photo, job)
    return unchanged + store_files(folder_of(photo.file.name), made.files)


def _open_original_and_run(photo: Photo, job: Job) -> PictureFiles:
    try:
        return _run(read_photo_file(photo.file.name), job)
    except (OSError, NotAPicture) as error:
        reason = getattr(error, "strerror", None) or "it is damaged"
        raise CannotWrite(
            f"The photo’s original cannot be read on the server ({reason}), so nothing "
            "was changed. Send the same picture again to restore it."
        ) from error


def _run(data: bytes, job: Job) -> PictureFiles:
    try:
        return run_job(data, job)
    except JobFailed as error:
        raise CannotWrite(
            "The picture could not be prepared, most likely because the server ran "
            "out of memory. Nothing was changed. Send it again, or send a smaller "
            "one."
        ) from error


def _words(values: dict[str, Any]) -> dict[str, str]:
    return {name: values[name] for name in WORDS if name in values}


def _focus(values: dict[str, Any]) -> tuple[int, int]:
    return values.get("focal_x", 50), values.get("focal_y", 50)


ENDINGS = {
    "image/avif": ".avif",
    "image/webp": ".webp",
    "image/jpeg": ".jpg",
    "image/png": ".png",
}
NOTE = ".photo"
# Out of reach of readers, and beside what they have, so that backups take both.
ARRIVED = "arrived"
FOLDER = re.compile(r"photos/[0-9a-f]{2}/[0-9a-f-]+")
# The folder's name has the first figures of the photo's SHA-256, and its code.
FILE_NAME = re.compile(
    r"(?:photos|arrived)/(?P<first>[0-9a-f]{2})/(?P<next>[0-9a-f]{12})-(?P<code>[0-9a-f]{12})/"
    r"[0-9a-f]{32}(?P<ending>\.[a-z]+)"
)
ADDRESS = re.compile(
    r"(?P<code>[\w-]{8})(?P<content>[\w-]{8})(?P<ending>\.[a-z]+)", re.ASCII
)


def new_folder(digest: str, code: str) -> str:
    """Return the name of a folder that no photo ever had."""
    return f"photos/{digest[:2]}/{digest[2:14]}-{in_hex(code)}"


def find_file(folder: str, address: re.Match[str]) -> str | None:
    """Return the file of a photo's folder that the address is of."""
    start, ending = in_hex(address["content"]), address["ending"]
    with suppress(OSError):
        for name in default_storage.listdir(folder)[1]:
            if name.startswith(start) and name.endswith(ending):
                return f"{folder}/{name}"
    return None


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
            "name": _store_file(
                f"{folder}/{digest_of(file.data)}{ENDINGS[file.media_type]}", file.data
            ),
            "use": file.use,
        }
        for file in files
    ]
    _sync(folder, [note["name"] for note in stored])
    return stored


def store_arrived(folder: str, data: bytes, made: PictureFiles) -> dict[str, Any]:
    """Keep a picture as it came, with all that its renditions lose, and note of it."""
    folder = arrived_folder(folder)
    name = _store_file(f"{folder}/{digest_of(data)}.bin", data)
    _sync(folder, [name])
    return {
        "type": "application/octet-stream",
        "width": made.width,
        "height": made.height,
        "name": name,
        "use": ARRIVED,
        "data_mining": made.metadata.data_mining,
        "has_credentials": has_content_credentials(data),
    }


def arrived_folder(folder: str) -> str:
    """Return where a photo's picture as it came lies, by the folder of its files."""
    return folder.replace("photos", ARRIVED, 1)


@contextmanager
def noting_unfinished(folder: str) -> Iterator[None]:
    """Note that the folder of a new photo is being filled, until its row names it.

    The system frees the note's lock when the process is killed.
    """
    path = _notes_folder() / f"{PurePosixPath(folder).name}{NOTE}"
    with ExitStack() as stack:
        with _explaining_disk_errors():
            note = stack.enter_context(path.open("x"))
            stack.callback(path.unlink, missing_ok=True)
            fcntl.flock(note, fcntl.LOCK_EX)
            note.write(folder)
            note.flush()
        yield


def delete_unfinished_photos() -> None:
    """Delete what killed processes left of photos that no row names."""
    for path in _notes_folder().glob(f"*{NOTE}"):
        with suppress(FileNotFoundError, BlockingIOError), path.open() as note:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
            folder = note.read()
            if not Photo.objects.filter(file__startswith=f"{folder}/").exists():
                delete_files(folder)
            path.unlink()


def _notes_folder() -> Path:
    return Path(settings.FILE_UPLOAD_TEMP_DIR)


def read_photo_file(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


def delete_files(folder: str) -> None:
    """Delete every file that a photo ever had; a folder that holds others' stays."""
    if not FOLDER.fullmatch(folder):
        return
    for each in (arrived_folder(folder), folder):
        with suppress(FileNotFoundError):
            _folders, names = default_storage.listdir(each)
            for name in names:
                default_storage.delete(f"{each}/{name}")
            default_storage.delete(each)


def are_intact(names: list[str]) -> bool:
    """Tell whether all files are there as they were written."""
    with _explaining_disk_errors():
        return all(map(_is_intact, names))


def _is_intact(name: str) -> bool:
    """Tell whether the file's content has the digest that its name says."""
    try:
        return PurePosixPath(name).name.startswith(digest_of(read_photo_file(name)))
    except FileNotFoundError:
        return False


def _store_file(name: str, data: bytes) -> str:
    """Store the file, unless it is there and whole: a crash may have cut it off."""
    with _explaining_disk_errors():
        return name if _is_intact(name) else _write_file(name, data)


def _sync(folder: str, names: list[str]) -> None:
    """Sync the files of a folder; storage on other machines sees to that itself."""
    with _explaining_disk_errors(), suppress(NotImplementedError):
        path = default_storage.path
        for name in names:
            sync(Path(path(name)))
        sync_folders(Path(path(folder)), Path(path("")))


@contextmanager
def _explaining_disk_errors() -> Iterator[None]:
    """Tell the editor in a sentence what is wrong with the disk."""
    try:
        yield
    except OSError as error:
        raise CannotWrite(
            f"The picture could not be stored: {error.strerror or error}. Nothing was "
            "changed. Tell the person who runs the server, then send it again."
        ) from error


def _write_file(name: str, data: bytes) -> str:
    """Write the file and return its name; what a full disk cut off goes at once."""
    default_storage.delete(name)
    try:
        return default_storage.save(name, ContentFile(data))
    except OSError:
        default_storage.delete(name)
        raise


def digest_of(data: bytes) -> str:
    """Return what a file of these bytes is named after."""
    return sha256(data).hexdigest()[:32]


class OtherPicturesOpen(CannotWrite):
    """The same picture may be taken in a moment."""


# Whoever waits holds a thread, of which a server has a few for all its readers.
LONGEST_WAIT = 3.0
BETWEEN_TRIES = 0.05


@contextmanager
def picture_lock() -> Iterator[None]:
    """Wait for the picture that is open, or ask the editor to come back.

    The lock is a file's, since a server has several processes; the system frees it
    when one is killed.
    """
    last = time.monotonic() + LONGEST_WAIT
    with _open_lock() as lock:
        while not _try_lock(lock.fileno()):
            if time.monotonic() > last:
                raise OtherPicturesOpen(
                    "Other pictures are being opened, so nothing was changed. Send it "
                    "again in a moment."
                )
            time.sleep(BETWEEN_TRIES)
        yield


def is_picture_open() -> bool:
    """Tell whether a picture is open in any process, without waiting for it."""
    with _open_lock() as lock:
        return not _try_lock(lock.fileno())


def _open_lock() -> IO[str]:
    return (settings.DATA_DIR / "picture-lock").open("w")


def _try_lock(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
