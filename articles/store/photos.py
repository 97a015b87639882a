"""Keep photos: their files first, and then the row that names them.

Whatever fails in between leaves files that no page knows, never a row without files.
The files of a photo lie in a folder of its own, named by their content; when words
change the old ones stay, since pages and feeds out in the world still show them, and
go with the photo.
"""

from dataclasses import asdict
from hashlib import sha256
from pathlib import PurePosixPath
from threading import Lock
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from articles.models import Article, Photo
from articles.models.querysets import ArticleQuerySet
from articles.pictures import (
    Embedded,
    Picture,
    Rendition,
    make_all,
    make_renditions,
    make_share,
    open_picture,
)
from articles.store import edition
from articles.store.names import CannotWrite

# What of the embedded words a photo keeps, and each of its renditions says.
WORDS = (
    "headline",
    "caption",
    "credit",
    "creator",
    "copyright_notice",
    "usage_terms",
    "web_statement",
    "digital_source_type",
    "alternative_text",
)
FOCUS = ("focal_x", "focal_y")
ENDINGS = {
    "image/avif": ".avif",
    "image/webp": ".webp",
    "image/jpeg": ".jpg",
    "image/png": ".png",
}
# A picture of 50 megapixels takes most of a gigabyte to open, so one after another.
one_at_a_time = Lock()


def keep_photo(
    data: bytes, name: str, by: AbstractBaseUser | None = None
) -> tuple[Photo, bool]:
    """Return the photo of these bytes, and whether it is new.

    Raises NotAPicture for bytes that are none, and CannotWrite where the files cannot
    be stored; both say to the editor what to do.
    """
    digest = sha256(data).hexdigest()
    if known := Photo.objects.filter(sha256=digest).first():
        return known, False
    with one_at_a_time:
        picture = open_picture(data)
        files = make_all(picture, picture.embedded, (50, 50))
    names = _store(digest, files)
    return Photo.objects.get_or_create(
        sha256=digest,
        defaults={
            "original_name": PurePosixPath(name.replace("\\", "/")).name,
            "file": names[0],
            "width": picture.width,
            "height": picture.height,
            "renditions": _listed(files[1:], names[1:]),
            "added_by": by,
            **_words(asdict(picture.embedded)),
        },
    )


def change_photo(photo: Photo, **values: Any) -> None:
    """Change words and focal point, and the renditions that carry what changed.

    Whatever another hand changes meanwhile stays, and stands in the renditions too.
    """
    if unknown := set(values) - {*WORDS, *FOCUS}:
        raise TypeError(f"A photo's {', '.join(sorted(unknown))} cannot be changed.")
    while not _changed(Photo.objects.get(pk=photo.pk), values):
        pass
    photo.refresh_from_db()


def uses_of(photo: Photo) -> ArticleQuerySet:
    """Return the articles that show the photo, whether or not they are public."""
    used = Article.objects.filter(captions__photo=photo)
    return Article.objects.filter(pk__in=used.values("pk")).latest_first()


def delete_photo(photo: Photo) -> None:
    """Delete a photo that nothing shows, and with the commit all files it ever had."""
    with transaction.atomic():
        Photo.objects.select_for_update().get(pk=photo.pk)
        if number := uses_of(photo).count():
            raise CannotWrite(
                f"The photo is shown by {number} articles. Take it out of them first."
            )
        Photo.objects.filter(pk=photo.pk).delete()
        transaction.on_commit(lambda: _delete_files(photo.sha256))


def _changed(row: Photo, values: dict[str, Any]) -> bool:
    """Write the values, unless another hand changed the row since it was read."""
    before = {name: getattr(row, name) for name in (*WORDS, *FOCUS)}
    after = before | values
    if after == before:
        return True
    renditions = _remade(row, before, after)
    with transaction.atomic():
        same = Photo.objects.filter(pk=row.pk, **before)
        if not same.update(**values, renditions=renditions):
            return False
        if uses := set(uses_of(row).values_list("pk", flat=True)):
            edition.advance({"latest"} | {f"story:{pk}" for pk in uses})
    return True


def _remade(
    row: Photo, before: dict[str, Any], after: dict[str, Any]
) -> list[dict[str, Any]]:
    """Return the renditions, made anew where their words or their cut changed."""
    words, focus = Embedded(**_words(after)), (after["focal_x"], after["focal_y"])
    with one_at_a_time:
        picture = _original(row)
        if _words(after) != _words(before):
            kept, files = [], make_renditions(picture, words, focus)
        else:
            kept = [size for size in row.renditions if size["use"] != "share"]
            files = make_share(picture, words, focus)
    return kept + _listed(files, _store(row.sha256, files))


def _words(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in WORDS}


def _original(row: Photo) -> Picture:
    with default_storage.open(row.file.name) as file:
        return open_picture(file.read())


def _listed(files: list[Rendition], names: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "type": file.media_type,
            "width": file.width,
            "height": file.height,
            "name": name,
            "use": file.use,
        }
        for file, name in zip(files, names, strict=True)
    ]


def _store(digest: str, files: list[Rendition]) -> list[str]:
    """Store the files and return their names.

    Should one fail, the whole ones stay: sent again, the picture finds them there.
    """
    return [_store_one(f"{_folder(digest)}/{_name(file)}", file.data) for file in files]


def _store_one(name: str, data: bytes) -> str:
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


def _delete_files(digest: str) -> None:
    """Delete the files of a photo, unless it has just come back."""
    if Photo.objects.filter(sha256=digest).exists():
        return
    folder = _folder(digest)
    _folders, names = default_storage.listdir(folder)
    for name in names:
        default_storage.delete(f"{folder}/{name}")
