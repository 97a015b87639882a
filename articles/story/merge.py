"""Merge two stories that were made of one: an editor's and a source's, or two editors'.

Three stories come in: `base`, as last read from the source, or as an editor opened it;
`ours`, as it stands now; `theirs`, as newly read, or typed. What only one side changed
is changed in the merged story. Where both changed the same thing, each in its way, ours
stays and the two versions are a conflict, which is kept as JSON, shown as words and
settled in a story.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from operator import attrgetter
from typing import Any

from articles.story import moment
from articles.story.body import Block, parse_blocks, print_blocks
from articles.story.diff import recognise, stayed
from articles.story.moment import Moment
from articles.story.story import (
    Caption,
    Correction,
    Highlight,
    Story,
    TagUse,
    correction_from_data,
    tidy,
)
from articles.story.text import fold_name, make_key

# What makes a part of one story the same part in another.
PART_KEYS: dict[str, Callable[[Any], str]] = {
    "bylines": fold_name,
    "highlights": attrgetter("key"),
    "captions": attrgetter("key"),
    "corrections": attrgetter("key"),
    "tags": lambda use: fold_name(use.name),
}
IN_PARTS = {*PART_KEYS, "body"}
SINGLE_FIELDS = [field.name for field in fields(Story) if field.name not in IN_PARTS]

# What no published story is without.
NEEDED = ("headline", "body", "published")

# The parts of one kind in their order, by their keys.
Parts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both sides changed, each in its way; None is what a side has not.

    `what` is a field of the story, and the versions are values of it or, where it
    has parts, of one part; a paragraph is its HTML. Ours is what the merged story has.
    """

    what: str
    base: Any
    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged story, tidy, and where the two sides contradict each other."""

    story: Story
    conflicts: tuple[Conflict, ...] = ()


def merge(base: Story, ours: Story, theirs: Story, *, is_typed: bool = False) -> Merged:
    """Merge three tidy stories.

    Highlights, captions and paragraphs of `theirs` are recognised by their words, so
    that a caption keeps its picture when the newspaper mends its text. What an editor
    typed (`is_typed`) says by the keys of its highlights and captions which they are,
    and what it brings is another's only if it is equal.
    """
    if theirs == base:
        return Merged(ours)
    theirs = _with_known_keys(theirs, base, ours, is_typed=is_typed)
    sides = (base, ours, theirs)
    merging = _Merging()
    single: dict[str, Any] = {
        name: merging.value(name, *(getattr(side, name) for side in sides))
        for name in SINGLE_FIELDS
    }
    parts: dict[str, Any] = {
        name: merging.parts(
            name, *({key(part): part for part in getattr(side, name)} for side in sides)
        )
        for name, key in PART_KEYS.items()
    }
    blocks = _paragraphs(*sides, parts["captions"], is_typed=is_typed)
    paragraphs = merging.parts("body", *blocks)
    lists: dict[str, Any] = {name: tuple(part.values()) for name, part in parts.items()}
    story = Story(**single, **lists, body="\n".join(paragraphs.values()))
    return Merged(tidy(story), tuple(merging.conflicts))


def keep_publishable(merged: Merged, base: Story, ours: Story, theirs: Story) -> Merged:
    """Return a story that may stay published: what it would lack is a conflict."""
    if merged.story.status != "published":
        return merged
    lost = [name for name in NEEDED if not getattr(merged.story, name)]
    if not lost:
        return merged
    kept = {name: getattr(ours, name) for name in lost}
    conflicts = [c for c in merged.conflicts if c.what not in lost]
    conflicts += [
        Conflict(n, getattr(base, n), getattr(ours, n), getattr(theirs, n))
        for n in lost
    ]
    return Merged(tidy(replace(merged.story, **kept)), tuple(conflicts))


def reverse(
    before: Story, after: Story, now: Story, *, is_typed: bool = False
) -> Merged:
    """Return the story of now as if what made `after` of `before` had not been done.

    What was changed otherwise since stays, and is a conflict.
    """
    merged = merge(after, now, before, is_typed=is_typed)
    return keep_publishable(merged, after, now, before)


def has_lost_section(story: Story, now: Story, sections: Container[str]) -> bool:
    """Tell whether what a story stood in before is no section any more."""
    section = story.section
    return bool(section) and section != now.section and section not in sections


class _Merging:
    """The rule of merging, and the conflicts met on the way."""

    def __init__(self) -> None:
        self.conflicts: list[Conflict] = []

    def value(self, what: str, base: Any, ours: Any, theirs: Any) -> Any:
        if theirs in (base, ours):
            return ours
        if ours == base:
            return theirs
        self.conflicts.append(Conflict(what, base, ours, theirs))
        return ours

    def part(self, what: str, base: Any, ours: Any, theirs: Any) -> Any:
        """Merge a part field by field, unless a side has not got it.

        Nor does a part that both sides brought: an empty credit is a word of its side.
        """
        has_fields = is_dataclass(ours) and theirs is not None
        if not has_fields or (base is None and what != "tags"):
            return self.value(what, base, ours, theirs)
        within = _Merging()
        kind: Any = type(ours)
        values = {
            field.name: within.value(
                what, *(getattr(p, field.name, "") for p in (base, ours, theirs))
            )
            for field in fields(ours)
        }
        merged = kind(**values)
        # Who put a tag is no contradiction: both say that it belongs there.
        if within.conflicts and what != "tags":
            self.conflicts.append(Conflict(what, base, merged, theirs))
        return merged

    def parts(self, what: str, base: Parts, ours: Parts, theirs: Parts) -> Parts:
        """Merge parts by their keys, each where the side that moved it put it."""
        merged = {
            key: self.part(what, base.get(key), ours.get(key), theirs.get(key))
            for key in _order(base, ours, theirs)
        }
        return {key: part for key, part in merged.items() if part is not None}


def _order(base: Parts, ours: Parts, theirs: Parts) -> list[str]:
    """Return the keys of all three in the order of both sides; ours, if they disagree.

    What a side took out stands in it where it stood: what replaces it follows it.
    """
    our_moves, their_moves = _moved(base, ours), _moved(base, theirs)
    here, there = merged_order(ours, base), merged_order(theirs, base)
    if not our_moves:
        return merged_order(there, here)
    theirs_alone = their_moves - our_moves
    return merged_order([key for key in here if key not in theirs_alone], there)


def _moved(base: Parts, side: Parts) -> set[str]:
    """Return the keys that a side has elsewhere: as few as explain its order."""
    was = [key for key in base if key in side]
    now = [key for key in side if key in base]
    return set(was) - {was[i] for i, _ in stayed(was, now)}


def merged_order(first: Iterable[str], other: Iterable[str]) -> list[str]:
    """Return the keys of both: those of the other alone follow what they followed."""
    first = list(first)
    known = set(first)
    followers: defaultdict[str, list[str]] = defaultdict(list)
    before = ""
    for key in other:
        if key in known:
            before = key
        else:
            followers[before].append(key)
    return followers[""] + [key for one in first for key in (one, *followers[one])]


def _paragraphs(
    base: Story, ours: Story, theirs: Story, kept: Parts, *, is_typed: bool
) -> list[Parts]:
    """Return the blocks of the three bodies; equal and rewritten ones share a key.

    A picture whose caption is kept, although theirs has it no more, keeps its place.
    """
    in_base = _blocks_by_key(base, "base", {}, {})
    in_ours = _blocks_by_key(ours, "ours", in_base, {})
    in_theirs = _blocks_by_key(theirs, "theirs", in_base, in_ours, is_typed=is_typed)
    gone = set(kept).difference(caption.key for caption in theirs.captions)
    figures = {print_blocks([Block("figure", key=key)]) for key in gone}
    for key, html in in_ours.items():
        if html in figures and key not in in_theirs:
            in_base.pop(key, None)
    return [in_base, in_ours, in_theirs]


def _blocks_by_key(
    story: Story, side: str, base: Parts, ours: Parts, *, is_typed: bool = False
) -> Parts:
    """Return the blocks as HTML, each by the key of the block it is in another body."""
    blocks = [print_blocks([block]) for block in parse_blocks(story.body)]
    if is_typed:
        equal = set(blocks)
        ours = {key: html for key, html in ours.items() if html in equal}
    keys = with_replaced(recognise(blocks, base, ours), list(base))
    own = (key or f"{side} {n}" for n, key in enumerate(keys))
    return dict(zip(own, blocks, strict=True))


def with_replaced(keys: list[str | None], base: list[str]) -> list[str | None]:
    """Return the keys, and those of blocks whose place new ones have taken.

    Between two known blocks, as many new ones as the base has there replace them.
    """
    places = {key: place for place, key in enumerate(base)}
    known = [(n, places[key]) for n, key in enumerate(keys) if key in places]
    found, taken = list(keys), set(keys)
    ends = [(-1, -1), *known, (len(keys), len(base))]
    for (n, i), (next_n, next_i) in pairwise(ends):
        gone = [key for key in base[i + 1 : next_i] if key not in taken]
        come = [m for m in range(n + 1, next_n) if keys[m] is None]
        if len(gone) == len(come):
            for m, key in zip(come, gone, strict=True):
                found[m] = key
            taken.update(gone)
    return found


def _with_known_keys(
    story: Story, base: Story, ours: Story, *, is_typed: bool
) -> Story:
    """Return the story with the keys its parts have in the other two."""
    find = _typed_keys if is_typed else _known_keys
    highlights = find(story.highlights, base.highlights, ours.highlights)
    captions = find(story.captions, base.captions, ours.captions)
    renamed = dict(zip((c.key for c in story.captions), captions, strict=True))
    blocks = (
        replace(block, key=renamed[block.key]) if block.kind == "figure" else block
        for block in parse_blocks(story.body)
    )
    return replace(
        story,
        highlights=_renamed(story.highlights, highlights),
        captions=_renamed(story.captions, captions),
        body=print_blocks(blocks),
    )


def _known_keys(parts: Sequence[Any], *known: Iterable[Any]) -> list[str]:
    base, ours = ({part.key: _words(part) for part in side} for side in known)
    taken = {*base, *ours}
    keys: list[str] = []
    recognised = recognise(map(_words, parts), base, ours)
    for part, key in zip(parts, recognised, strict=True):
        keys.append(key or make_key(_words(part), taken))
        taken.add(keys[-1])
    return keys


def _typed_keys(parts: Sequence[Any], *known: Iterable[Any]) -> list[str]:
    """Return the parts' own keys, and for what both sides brought the one in ours."""
    base, ours = ({part.key: part for part in side} for side in known)
    same = {replace(p, key=""): p.key for p in ours.values() if p.key not in base}
    taken, keys = {*base, *ours}, []
    for part in parts:
        key = part.key if part.key in base else same.pop(replace(part, key=""), "")
        if not key:
            key = make_key(part.key, taken) if part.key in taken else part.key
        keys.append(key)
        taken.add(key)
    return keys


def _renamed(parts: Iterable[Any], keys: Iterable[str]) -> tuple[Any, ...]:
    pairs = zip(parts, keys, strict=True)
    return tuple(replace(part, key=key) for part, key in pairs)


def _words(part: Highlight | Caption) -> str:
    return f"{part.text} {getattr(part, 'credit', '')}"


# How each is read that `to_data` wrote.
PART_TYPES: dict[str, Any] = {
    "highlights": lambda data: Highlight(**data),
    "captions": lambda data: Caption(**data),
    "corrections": correction_from_data,
    "tags": lambda data: TagUse(**data),
}
MOMENTS = {"published", "updated"}
INSTANTS = {"embargo_until", "expires_at"}


def to_data(value: Any) -> Any:
    """Return a version of a conflict as JSON holds it.

    >>> to_data(Highlight("Gate shut", "h1"))
    {'text': 'Gate shut', 'key': 'h1'}
    """
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Moment):
        return moment.to_data(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {name: to_data(part) for name, part in asdict(value).items()}
    return value


def from_data(what: str, data: Any) -> Any:
    """Return the version that `to_data` wrote."""
    if data is None:
        return None
    if what in MOMENTS:
        return moment.from_data(data)
    if what in INSTANTS:
        return datetime.fromisoformat(data)
    return PART_TYPES[what](data) if what in PART_TYPES else data


def accept_theirs(
    story: Story, what: str, base: Any, ours: Any, theirs: Any
) -> Story | None:
    """Return the story with theirs in place of ours, or None if it reads otherwise.

    Of a caption it is what they changed: its words, its credit, its picture.
    """
    if what == "body":
        body = _with_blocks(story.body, ours, theirs)
        return None if body is None else tidy(replace(story, body=body))
    if what not in (*PART_TYPES, "bylines"):
        is_ours = getattr(story, what) == ours
        return tidy(replace(story, **{what: theirs})) if is_ours else None
    parts = _with_part(list(getattr(story, what)), base, ours, theirs)
    if parts is None:
        return None
    values: dict[str, Any] = {what: tuple(parts)}
    return tidy(replace(story, **values))


def take_ours_back(
    story: Story, what: str, base: Any, ours: Any, theirs: Any
) -> Story | None:
    """Return the story with ours where theirs was accepted; None if it reads otherwise.

    >>> was = Story(kicker="Port")
    >>> now = accept_theirs(was, "kicker", "Harbour", "Port", "Sea")
    >>> take_ours_back(now, "kicker", "Harbour", "Port", "Sea").kicker
    'Port'
    """
    taken = theirs
    if what in PART_TYPES and ours is not None and theirs is not None:
        taken = _with_changes(ours, base, theirs)
    return accept_theirs(story, what, taken, taken, ours)


def has_theirs(story: Story, what: str, base: Any, theirs: Any) -> bool:
    """Tell whether a newer reading of the source says as it did in a conflict."""
    if what == "body":
        there, gone = theirs or "", base or ""
        return there in story.body if there else gone not in story.body
    if what not in (*PART_TYPES, "bylines"):
        return bool(getattr(story, what) == theirs)
    said = [_without_key(part) for part in getattr(story, what)]
    return (
        _without_key(theirs) in said
        if theirs is not None
        else _without_key(base) not in said
    )


def _with_blocks(body: str, ours: str | None, theirs: str | None) -> str | None:
    """Return the body with the blocks replaced; new ones come last."""
    blocks, old, new = (list(parse_blocks(html or "")) for html in (body, ours, theirs))
    starts = range(len(blocks) - len(old) + 1) if old else [len(blocks)]
    for start in starts:
        end = start + len(old)
        if blocks[start:end] == old:
            return print_blocks([*blocks[:start], *new, *blocks[end:]])
    return None


def _with_part(parts: list[Any], base: Any, ours: Any, theirs: Any) -> list[Any] | None:
    if ours is None:
        return [*parts, theirs]
    for n, part in enumerate(parts):
        has_key = getattr(part, "key", None) == getattr(ours, "key", None)
        if has_key and _without_key(part) == _without_key(ours):
            new = None if theirs is None else _with_changes(part, base, theirs)
            if isinstance(new, Caption) and part.photo not in (ours.photo, new.photo):
                return None
            return [*parts[:n], *([] if new is None else [new]), *parts[n + 1 :]]
    return None


def _with_changes(part: Any, base: Any, theirs: Any) -> Any:
    """Return the part with what they changed in it; its key stays.

    Where both brought it, all words are theirs, and a picture that only they have.
    """
    if isinstance(part, Caption):
        was = base or Caption("")
        names = ("text", "credit", "photo") if base else ("photo",)
        kept = {n for n in names if getattr(theirs, n) == getattr(was, n)}
        return replace(theirs, key=part.key, **{n: getattr(part, n) for n in kept})
    if isinstance(part, Correction):
        return replace(part, note=theirs.note)
    return replace(part, text=theirs.text) if isinstance(part, Highlight) else theirs


def _without_key(part: Any) -> Any:
    if isinstance(part, Caption):
        return part.text, part.credit
    if isinstance(part, Correction):
        return part.note
    return part.text if isinstance(part, Highlight) else part
