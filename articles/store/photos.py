"""Keep photos: their files first, and then the row that names them.

Whatever fails in between, were it the power, leaves files that no page knows, never a
row without files.
"""

from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from articles.models import Article, Caption, Photo
from articles.models.querysets import ArticleQuerySet
from articles.store import edition
from articles.store.names import CannotWrite
from articles.store.photo_files import (
    are_whole,
    delete_files,
    filling,
    folder_of,
    new_folder,
)
from articles.store.photo_making import (
    FOCUS,
    WORDS,
    make_changed,
    make_files,
    values_of,
)
from articles.story.story import tidy_line
from articles.story.text import printable


def keep_photo(
    data: bytes, name: str, by: AbstractBaseUser | None = None
) -> tuple[Photo, bool]:
    """Return the photo of these bytes, and whether it is new.

    Of a photo that is known, files that were lost or damaged are made again. Raises
    NotAPicture for bytes that are none, and CannotWrite where the files cannot be
    stored or other pictures are on their way; all say to the editor what to do.
    """
    digest = sha256(data).hexdigest()
    known = Photo.objects.filter(sha256=digest).first()
    if known and (_is_whole(known) or _restored(known, data)):
        return known, False
    folder, is_new = new_folder(digest), False
    with filling(folder):
        try:
            picture, (original, *renditions) = make_files(data, folder, {})
            photo, is_new = Photo.objects.get_or_create(
                sha256=digest,
                defaults={
                    "original_name": _last_part(name),
                    "file": original["name"],
                    "width": picture.width,
                    "height": picture.height,
                    "renditions": renditions,
                    "added_by": by,
                    **{name: getattr(picture.embedded, name) for name in WORDS},
                },
            )
        finally:
            if not is_new:
                with suppress(OSError):
                    delete_files(folder)
    return photo, is_new


def change_photo(photo: Photo, **values: Any) -> bool:
    """Change words and focal point, and the renditions that carry what changed.

    Whatever another hand changes meanwhile stays, and stands in the renditions too.
    Returns whether there was anything to change.
    """
    if unknown := set(values) - {*WORDS, *FOCUS}:
        raise TypeError(f"A photo's {', '.join(sorted(unknown))} cannot be changed.")
    if any(not 0 <= values.get(name, 0) <= 100 for name in FOCUS):
        raise CannotWrite(
            "The focal point lies outside the picture: it is told in percent, from 0 "
            "to 100."
        )
    values |= {name: tidy_line(values[name]) for name in WORDS if name in values}
    is_changed = False
    try:
        row = Photo.objects.get(pk=photo.pk)
        while (after := values_of(row) | values) != values_of(row):
            renditions = make_changed(row, after)
            is_changed = _written(row, values | {"renditions": renditions})
            row = Photo.objects.get(pk=photo.pk)
        photo.refresh_from_db()
    except Photo.DoesNotExist as error:
        raise CannotWrite(
            "The photo was deleted meanwhile, so nothing was changed."
        ) from error
    return is_changed


def uses_of(photo: Photo) -> ArticleQuerySet:
    """Return the articles that show the photo, whether or not they are public."""
    used = Article.objects.filter(captions__photo=photo)
    return Article.objects.filter(pk__in=used.values("pk")).latest_first()


def left_behind() -> QuerySet[Photo]:
    """Return the photos that only stories show which were withdrawn without them."""
    shown = Caption.objects.filter(photo=OuterRef("pk"))
    return Photo.objects.filter(
        Exists(shown.filter(article__status=Article.Status.WITHDRAWN)),
        ~Exists(shown.filter(article__status=Article.Status.PUBLISHED)),
        withdrawn_at=None,
    )


def withdraw_photo(photo: Photo, at: datetime | None) -> None:
    """Keep a photo's files from readers, or with no moment let them have it again.

    No page changes: while a public story shows the photo, readers have it still.
    """
    Photo.objects.filter(pk=photo.pk).update(withdrawn_at=at)
    photo.withdrawn_at = at


def delete_photo(photo: Photo) -> None:
    """Delete a photo that nothing shows, and with the commit all files it ever had."""
    with transaction.atomic():
        Photo.objects.select_for_update().get(pk=photo.pk)
        if number := uses_of(photo).count():
            raise CannotWrite(
                f"The photo is still in use. Articles that show it: {number}. "
                "Take it out of them first."
            )
        Photo.objects.filter(pk=photo.pk).delete()
        folder = folder_of(photo.file.name)
        # The photo is gone then, whatever the disk says: that is logged.
        transaction.on_commit(lambda: delete_files(folder), robust=True)


def _last_part(path: str) -> str:
    return PurePosixPath(printable(path).replace("\\", "/")).name


def _is_whole(photo: Photo) -> bool:
    return are_whole([photo.file.name, *(size["name"] for size in photo.renditions)])


def _restored(photo: Photo, data: bytes) -> bool:
    """Make the files of a photo again from the bytes that it came as."""
    folder = folder_of(photo.file.name)
    _, (original, *renditions) = make_files(data, folder, values_of(photo))
    return _written(photo, {"file": original["name"], "renditions": renditions})


def _written(photo: Photo, values: dict[str, Any]) -> bool:
    """Write the values, unless another hand changed the row since it was read.

    Deleted meanwhile, the photo takes along the files that were made for it.
    """
    with edition.transaction():
        same = Photo.objects.filter(pk=photo.pk, **values_of(photo))
        if same.update(**values):
            if uses := set(uses_of(photo).values_list("pk", flat=True)):
                edition.note_changed({"latest"} | {f"story:{pk}" for pk in uses})
            return True
    if not Photo.objects.filter(pk=photo.pk).exists():
        delete_files(folder_of(photo.file.name))
    return False
