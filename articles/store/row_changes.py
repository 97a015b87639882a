"""The past of photos, tags and authors: each change of their fields, by every road.

A story keeps itself whole in each revision; of these rows, which change seldom and
field by field, what differs is kept.
"""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from articles.models import Author, Photo, RowChange, Tag

Row = Photo | Tag | Author
LONGEST_REASON = RowChange._meta.get_field("why").max_length
PHOTO_FIELDS = (
    "headline",
    "caption",
    "alternative_text",
    "credit",
    "creator",
    "copyright_notice",
    "usage_terms",
    "web_statement",
    "licensor_url",
    "digital_source_type",
    "focal_x",
    "focal_y",
    "is_withdrawn",
)
TAG_FIELDS = ("name", "slug", "description", "aliases", "is_section", "is_in_menu")
AUTHOR_FIELDS = ("name", "kind", "biography", "portrait_id")
FIELDS = {"photo": PHOTO_FIELDS, "tag": TAG_FIELDS, "author": AUTHOR_FIELDS}


def kind_of(row: Row) -> str:
    return str(row._meta.model_name)


def fields_of(row: Row) -> dict[str, Any]:
    """Return what a row says, for its past."""
    return {name: getattr(row, name) for name in FIELDS[kind_of(row)]}


def note_change(
    row: Row,
    before: dict[str, Any],
    after: dict[str, Any],
    by: AbstractBaseUser | None,
    why: str,
) -> None:
    """Note what differs, if anything does. Call it in the transaction of the change."""
    names = [
        name
        for name, value in after.items()
        if before.get(name) != value and (before or value)
    ]
    if names:
        was = {name: before.get(name) for name in names}
        note_act(row, by, why, was, {name: after[name] for name in names})


def note_act(
    row: Row,
    by: AbstractBaseUser | None,
    why: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Note what was done with a row, though it may have changed none of its fields."""
    RowChange.objects.create(
        **{kind_of(row): row},
        made_at=timezone.now(),
        by=by,
        why=why[:LONGEST_REASON],
        before=before or {},
        after=after or {},
    )
