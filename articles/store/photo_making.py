"""Make the files of photos, with the words and the cut that their rows tell."""

from typing import Any

from articles.models import Photo
from articles.pictures import (
    Job,
    Made,
    NotAPicture,
    NotMade,
    make,
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
) -> tuple[Made, list[dict[str, Any]]]:
    """Return what was made, and what a photo notes of its original and renditions."""
    with one_at_a_time():
        made = _made(data, Job(open_picture, make_all, _words(values), _focus(values)))
    return made, store_files(folder, made.files)


def make_changed(photo: Photo, after: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the renditions, made anew where their words or their cut change."""
    before = values_of(photo)
    if any(after[name] != before[name] for name in WORDS):
        kept, making = [], make_renditions
    else:
        kept = [size for size in photo.renditions if size["use"] != "share"]
        making = make_share
    job = Job(reopen_picture, making, _words(after), _focus(after))
    with one_at_a_time():
        made = _made_again(photo, job)
    return kept + store_files(folder_of(photo.file.name), made.files)


def _made_again(photo: Photo, job: Job) -> Made:
    try:
        return _made(read_file(photo.file.name), job)
    except (OSError, NotAPicture) as error:
        reason = getattr(error, "strerror", None) or "it is damaged"
        raise CannotWrite(
            f"The photo’s original cannot be read on the server ({reason}), so nothing "
            "was changed. Send the same picture again, which restores it."
        ) from error


def _made(data: bytes, job: Job) -> Made:
    try:
        return make(data, job)
    except NotMade as error:
        raise CannotWrite(
            "The picture could not be made ready, most likely because the server’s "
            "memory ran out, and nothing was changed. Send it again, or a smaller one."
        ) from error


def _words(values: dict[str, Any]) -> dict[str, str]:
    return {name: values[name] for name in WORDS if name in values}


def _focus(values: dict[str, Any]) -> tuple[int, int]:
    return values.get("focal_x", 50), values.get("focal_y", 50)
