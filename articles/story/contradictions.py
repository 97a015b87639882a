"""What a merge could not decide: kept as JSON, shown as words, settled in a story."""

from dataclasses import asdict, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any

from articles.story.body import Block, parse_blocks, print_blocks
from articles.story.story import Caption, Highlight, Moment, Story, TagUse
from articles.story.tidying import tidy

PARTS: dict[str, Any] = {"highlights": Highlight, "captions": Caption, "tags": TagUse}
MOMENTS = {"published", "updated"}
INSTANTS = {"embargo_until", "expires_at"}


def to_data(value: Any) -> Any:
    """Return a version of a conflict as JSON holds it.

    >>> to_data(Highlight("Gate shut", "h1"))
    {'text': 'Gate shut', 'key': 'h1'}
    """
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {name: to_data(part) for name, part in asdict(value).items()}
    return value


def from_data(what: str, data: Any) -> Any:
    """Return the version that `to_data` wrote."""
    if data is None:
        return None
    if what in MOMENTS:
        return Moment(**data | {"at": datetime.fromisoformat(data["at"])})
    if what in INSTANTS:
        return datetime.fromisoformat(data)
    return PARTS[what](**data) if what in PARTS else data


def take_theirs(story: Story, what: str, ours: Any, theirs: Any) -> Story | None:
    """Return the story with theirs in place of ours, or None if it reads otherwise."""
    if what == "body":
        body = _with_blocks(story.body, ours, theirs)
        return None if body is None else tidy(replace(story, body=body))
    if what not in (*PARTS, "bylines"):
        is_ours = getattr(story, what) == ours
        return tidy(replace(story, **{what: theirs})) if is_ours else None
    parts = _with_part(list(getattr(story, what)), ours, theirs)
    if parts is None:
        return None
    values: dict[str, Any] = {what: tuple(parts)}
    return tidy(replace(story, **values))


def still_says(story: Story, what: str, base: Any, theirs: Any) -> bool:
    """Tell whether a newer reading of the source says as it did in a conflict."""
    if what == "body":
        there, gone = theirs or "", base or ""
        return there in story.body if there else gone not in story.body
    if what not in (*PARTS, "bylines"):
        return bool(getattr(story, what) == theirs)
    said = [_words(part) for part in getattr(story, what)]
    return _words(theirs) in said if theirs is not None else _words(base) not in said


def _with_blocks(body: str, ours: str | None, theirs: str | None) -> str | None:
    """Return the body with the blocks replaced; new ones come last."""
    blocks, old, new = (list(parse_blocks(html or "")) for html in (body, ours, theirs))
    place = _place(blocks, old) if old else len(blocks)
    if place is None:
        return None
    return print_blocks([*blocks[:place], *new, *blocks[place + len(old) :]])


def _place(blocks: list[Block], wanted: list[Block]) -> int | None:
    places = range(len(blocks) - len(wanted) + 1)
    return next((n for n in places if blocks[n : n + len(wanted)] == wanted), None)


def _with_part(parts: list[Any], ours: Any, theirs: Any) -> list[Any] | None:
    if ours is None:
        return [*parts, theirs]
    keep = [n for n, part in enumerate(parts) if _is_same(part, ours)]
    if not keep:
        return None
    new = [] if theirs is None else [_mended(parts[keep[0]], theirs)]
    return [*parts[: keep[0]], *new, *parts[keep[0] + 1 :]]


def _is_same(part: Any, ours: Any) -> bool:
    has_key = getattr(part, "key", None) == getattr(ours, "key", None)
    return has_key and _words(part) == _words(ours)


def _mended(part: Any, theirs: Any) -> Any:
    """Return the part with the source's words: its key and its picture stay."""
    if isinstance(part, Caption):
        return replace(part, text=theirs.text, credit=theirs.credit)
    return replace(part, text=theirs.text) if isinstance(part, Highlight) else theirs


def _words(part: Any) -> Any:
    if isinstance(part, Caption):
        return part.text, part.credit
    return part.text if isinstance(part, Highlight) else part
