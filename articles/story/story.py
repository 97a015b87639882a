"""Everything that can be said about an article, as one frozen value."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

VERSION = 1

Status = Literal["draft", "in_review", "published", "withdrawn"]
Precision = Literal["day", "minute"]
Certainty = Literal["stated", "estimated"]
Hand = Literal["editor", "import", "suggestion", "dismissed"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, how finely it was told, and whether somebody stated it."""

    at: datetime
    precision: Precision = "minute"
    certainty: Certainty = "stated"


@dataclass(frozen=True, slots=True)
class Highlight:
    """One bullet point shown between the headline and the body."""

    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Caption:
    """The words under a picture; `photo` is the picture's SHA-256, if we have it.

    A caption whose key stands in a figure of the body is shown there, every other
    one at the head of the story, in order: the lead and its gallery.
    """

    text: str
    credit: str = ""
    photo: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class TagUse:
    """A tag on the story, and whose hand put it there.

    A suggestion is not shown to readers until an editor accepts it; a dismissed one
    stays here so that it is never proposed again.
    """

    name: str
    by: Hand = "editor"


@dataclass(frozen=True, slots=True)
class Story:
    """What an editor or an importer says about one article.

    `bylines` are names as printed, `section` is the name of a tag, `body` is HTML in
    the grammar of `articles.story.body`, and `correction` has a note a line.
    """

    headline: str = ""
    kicker: str = ""
    standfirst: str = ""
    bylines: tuple[str, ...] = ()
    dateline: str = ""
    section: str = ""
    language: str = "en"
    highlights: tuple[Highlight, ...] = ()
    captions: tuple[Caption, ...] = ()
    body: str = ""
    correction: str = ""
    tags: tuple[TagUse, ...] = ()
    status: Status = "draft"
    published: Moment | None = None
    updated: Moment | None = None
    embargo_until: datetime | None = None
    expires_at: datetime | None = None
    source_short_url: str = ""


def to_json(story: Story) -> str:
    """Return the story as JSON; equal stories give equal text."""
    values = {"v": VERSION} | _values(story)
    return json.dumps(values, ensure_ascii=False, default=_values)


def from_json(text: str) -> Story:
    """Return the story that `to_json` wrote, in this or any earlier version."""
    values = json.loads(text)
    if (version := values.pop("v", None)) != VERSION:
        raise ValueError(f"This story is written in version {version}; 1 is known.")
    return Story(
        **values
        | {
            "bylines": tuple(values["bylines"]),
            "highlights": tuple(Highlight(**h) for h in values["highlights"]),
            "captions": tuple(Caption(**c) for c in values["captions"]),
            "tags": tuple(TagUse(**t) for t in values["tags"]),
            "published": _moment(values["published"]),
            "updated": _moment(values["updated"]),
            "embargo_until": _datetime(values["embargo_until"]),
            "expires_at": _datetime(values["expires_at"]),
        }
    )


def _values(value: Any) -> Any:
    """Return a time as text, and a part of a story by the names of its fields."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return {name: getattr(value, name) for name in value.__slots__}


def _datetime(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _moment(values: dict[str, Any] | None) -> Moment | None:
    if values is None:
        return None
    return Moment(**values | {"at": datetime.fromisoformat(values["at"])})
