"""Keep photos: their files first, and then the row that names them.

Whatever fails in between leaves files that no page knows, never a row without files.
"""

from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from articles.models import Article, Photo
from articles.models.querysets import ArticleQuerySet
from articles.pictures import (
    make_all,
    make_renditions,
    make_share,
    open_picture,
    reopen_picture,
)
from articles.store import edition
from articles.store.names import CannotWrite
from articles.store.photo_files import (
    delete_files,
    folder_of,
    new_folder,
    read_file,
    store_files,
)
from articles.store.picture_queue import one_at_a_time
from articles.story.tidying import tidy_line

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


def keep_photo(
    data: bytes, name: str, by: AbstractBaseUser | None = None
) -> tuple[Photo, bool]:
    """Return the photo of these bytes, and whether it is new.

    Raises NotAPicture for bytes that are none, and CannotWrite where the files cannot
    be stored or other pictures are on their way; all say to the editor what to do.
    """
    digest = sha256(data).hexdigest()
    if known := Photo.objects.filter(sha256=digest).first():
        return known, False
    with one_at_a_time():
        picture = open_picture(data)
        files = make_all(picture, picture.embedded, (50, 50))
    folder, is_new = new_folder(digest), False
    try:
        original, *renditions = store_files(folder, files)
        photo, is_new = Photo.objects.get_or_create(
            sha256=digest,
            defaults={
                "original_name": PurePosixPath(name.replace("\\", "/")).name,
                "file": original["name"],
                "width": picture.width,
                "height": picture.height,
                "renditions": renditions,
                "added_by": by,
                **_words(asdict(picture.embedded)),
            },
        )
    finally:
        if not is_new:
            delete_files(folder)
    return photo, is_new


def change_photo(photo: Photo, **values: Any) -> None:
    """Change words and focal point, and the renditions that carry what changed.

    Whatever another hand changes meanwhile stays, and stands in the renditions too.
    """
    if unknown := set(values) - {*WORDS, *FOCUS}:
        raise TypeError(f"A photo's {', '.join(sorted(unknown))} cannot be changed.")
    values |= {name: tidy_line(values[name]) for name in WORDS if name in values}
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
                f"The photo is still in use. Articles that show it: {number}. "
                "Take it out of them first."
            )
        Photo.objects.filter(pk=photo.pk).delete()
        folder = folder_of(photo.file.name)
        transaction.on_commit(lambda: delete_files(folder))


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
    focus = (after["focal_x"], after["focal_y"])
    with one_at_a_time():
        picture = reopen_picture(read_file(row.file.name))
        words = replace(picture.embedded, **_words(after))
        if _words(after) != _words(before):
            kept, files = [], make_renditions(picture, words, focus)
        else:
            kept = [size for size in row.renditions if size["use"] != "share"]
            files = make_share(picture, words, focus)
    return kept + store_files(folder_of(row.file.name), files)


def _words(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in WORDS}
