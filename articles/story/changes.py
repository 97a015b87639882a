"""What differs between two versions of a story, and any mixture of the two.

A difference is a field, or one part of it: a byline, a highlight, a caption with its
credit and picture, a tag, a paragraph, the place of a picture, or the order of parts.
Each can be taken without the others.
"""

from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from articles.story.body import parse_blocks, print_blocks
from articles.story.diff import align
from articles.story.merge import (
    PART_KEYS,
    SINGLE_FIELDS,
    Parts,
    has_lost_section,
    merged_order,
    reverse,
    with_replaced,
)
from articles.story.story import Story, tidy

FIGURE = "figure "

# A field of a story, or one part of it by its key.
PartKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PartChange:
    """A field or a part of it in two versions of a story; None is what one has not.

    A paragraph is its HTML. Of a field in parts, what has no key is their order: the
    parts that both versions have, as they follow each other in each.
    """

    what: str
    old: Any
    new: Any
    key: str = ""

    @property
    def is_order(self) -> bool:
        return not self.key and self.what not in SINGLE_FIELDS


def changed_fields(old: Story, new: Story) -> list[str]:
    """Return the fields in which two stories differ."""
    names = (field.name for field in fields(Story))
    return [name for name in names if getattr(old, name) != getattr(new, name)]


def changes_between(old: Story, new: Story) -> list[PartChange]:
    """Return what differs between two tidy stories, field by field, part by part.

    With a caption its picture comes into the body and goes: that is one change.

    >>> changes_between(Story(kicker="Port"), Story(kicker="Sea"))
    [PartChange(what='kicker', old='Port', new='Sea', key='')]
    """
    found = []
    for what in changed_fields(old, new):
        if what in SINGLE_FIELDS:
            found.append(PartChange(what, getattr(old, what), getattr(new, what)))
            continue
        olds, news = _parts(what, old, new)
        with_caption = _placed_with_caption(old, new) if what == "body" else set()
        found += [
            PartChange(what, olds.get(key), news.get(key), key)
            for key in merged_order(olds, news)
            if olds.get(key) != news.get(key) and key not in with_caption
        ]
        was = [key for key in olds if key in news]
        now = [key for key in news if key in olds]
        if was != now:
            first, then = (tuple(olds[key] for key in keys) for keys in (was, now))
            found.append(PartChange(what, first, then))
    return found


def mix(old: Story, new: Story, taken: Collection[PartChange]) -> Story:
    """Return the old story with some of the changes that lead to the new one.

    >>> old, new = Story(kicker="Port", headline="Shut"), Story(headline="Open")
    >>> mix(old, new, changes_between(old, new)[:1]).headline
    'Open'
    """
    names = {(change.what, change.key) for change in taken}
    values: dict[str, Any] = {
        what: getattr(new if (what, "") in names else old, what)
        for what in SINGLE_FIELDS
    }
    for what in (*PART_KEYS, "body"):
        olds, news = _parts(what, old, new)
        own = {key for of, key in names if of == what}
        if what == "body":
            placed = _placed_with_caption(old, new)
            own |= {key for key in placed if ("captions", key[len(FIGURE) :]) in names}
        orders = (news, olds) if (what, "") in names else (olds, news)
        parts = [
            (news if key in own else olds).get(key) for key in merged_order(*orders)
        ]
        values[what] = tuple(part for part in parts if part is not None)
    return tidy(Story(**values | {"body": "\n".join(values["body"])}))


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A story without a change that was made in it.

    `kept` are the fields of what stays, as somebody changed it since.
    """

    story: Story
    kept: tuple[str, ...] = ()


def take_back(
    before: Story,
    after: Story,
    now: Story,
    since: Collection[PartKey] = (),
    sections: Container[str] = (),
) -> TakenBack:
    """Return the story of now as if what made `after` of `before` had not been done.

    What was changed `since` stays, though it may read again as it did then: who
    published a story and withdrew it anew meant that.
    """
    back = changes_between(after, before)
    again = set(since) - {part_key(c) for c in changes_between(after, now)}
    kept = [c.what for c in back if part_key(c) in again]
    if now == after and not kept:
        story = before
    else:
        meant = mix(after, before, [c for c in back if part_key(c) not in again])
        merged = reverse(meant, after, now, is_typed=True)
        kept += [conflict.what for conflict in merged.conflicts]
        story = merged.story
    if has_lost_section(story, now, sections):
        story = replace(story, section=now.section)
        kept.append("section")
    return TakenBack(story, tuple(dict.fromkeys(kept)))


def part_key(change: PartChange) -> PartKey:
    return change.what, change.key


def parts_changed_since(story: Story, later: Iterable[Story]) -> set[PartKey]:
    """Return the parts that any of the later versions changed, but for paragraphs.

    Which paragraph is which is told only between two bodies.
    """
    found: set[PartKey] = set()
    was = replace(story, body="")
    for version in later:
        here = replace(version, body="")
        found |= {part_key(change) for change in changes_between(was, here)}
        was = here
    return found


def _parts(what: str, old: Story, new: Story) -> tuple[Parts, Parts]:
    """Return the parts of both stories, under one key where they are the same part."""
    if what == "body":
        return _blocks(old, new)
    key_of = PART_KEYS[what]
    olds, news = ({key_of(p): p for p in getattr(side, what)} for side in (old, new))
    return olds, news


def _blocks(old: Story, new: Story) -> tuple[Parts, Parts]:
    """Return the blocks of both bodies as HTML; figures go by their captions."""
    olds, news = (
        [(block.key, print_blocks([block])) for block in parse_blocks(side.body)]
        for side in (old, new)
    )
    old_texts, new_texts = ([html for key, html in s if not key] for s in (olds, news))
    old_keys = [str(number) for number in range(len(old_texts))]
    found = [None if n is None else str(n) for n in align(old_texts, new_texts)]
    new_keys = [
        key or f"new {number}"
        for number, key in enumerate(with_replaced(found, old_keys))
    ]
    return _by_key(olds, old_keys), _by_key(news, new_keys)


def _by_key(blocks: list[tuple[str, str]], keys: list[str]) -> Parts:
    remaining = iter(keys)
    return {f"{FIGURE}{key}" if key else next(remaining): html for key, html in blocks}


def _placed_with_caption(old: Story, new: Story) -> set[str]:
    """Return the keys of figures whose captions only one of the two stories has."""
    olds, news = ({caption.key for caption in side.captions} for side in (old, new))
    return {f"{FIGURE}{key}" for key in olds ^ news}
