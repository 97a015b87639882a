"""Make the files of photos, with the words and the cut that their rows tell."""

from dataclasses import replace
from typing import Any

from articles.models import Photo
from articles.pictures import (
    Embedded,
    NotAPicture,
    Picture,
    make_all,
    make_renditions,
    make_share,
    open_picture,
    reopen_picture,
)
from articles.store.names import CannotWrite
from articles.store.photo_files import folder_of, read_file, store_files
from articles.store.picture_queue import one_at_a_time

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


def values_of(photo: Photo) -> dict[str, Any]:
    """Return what can be changed of a photo."""
    return {name: getattr(photo, name) for name in (*WORDS, *FOCUS)}


def make_files(
    data: bytes, folder: str, values: dict[str, Any]
) -> tuple[Picture, list[dict[str, Any]]]:
    """Return the picture, and what a photo notes of its original and its renditions."""
    with one_at_a_time():
        picture = open_picture(data)
        files = make_all(picture, _words(picture, values), _focus(values))
    return picture, store_files(folder, files)


def make_changed(photo: Photo, after: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the renditions, made anew where their words or their cut change."""
    before = values_of(photo)
    with one_at_a_time():
        picture = _reopened(photo)
        words = _words(picture, after)
        if any(after[name] != before[name] for name in WORDS):
            kept, files = [], make_renditions(picture, words, _focus(after))
        else:
            kept = [size for size in photo.renditions if size["use"] != "share"]
            files = make_share(picture, words, _focus(after))
    return kept + store_files(folder_of(photo.file.name), files)


def _reopened(photo: Photo) -> Picture:
    try:
        return reopen_picture(read_file(photo.file.name))
    except (OSError, NotAPicture) as error:
        reason = getattr(error, "strerror", None) or "it is damaged"
        raise CannotWrite(
            f"The photo’s original cannot be read on the server ({reason}), so nothing "
            "was changed. Send the same picture again, which restores it."
        ) from error


def _words(picture: Picture, values: dict[str, Any]) -> Embedded:
    known = {name: values[name] for name in WORDS if name in values}
    return replace(picture.embedded, **known)


def _focus(values: dict[str, Any]) -> tuple[int, int]:
    return values.get("focal_x", 50), values.get("focal_y", 50)
