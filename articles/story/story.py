"""Everything that can be said about an article, as one frozen value.

`tidy` returns its one form, the one that rows hold; `to_json` writes it down; and what
a story needs before the public may see it comes last.
"""

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Literal

from articles.story import moment
from articles.story.body import parse_blocks, print_blocks
from articles.story.moment import Moment
from articles.story.text import KEY, fold_name, make_key, printable

VERSION = 2

Status = Literal["draft", "in_review", "published", "withdrawn", "binned"]
Kind = Literal["news", "opinion", "analysis"]
# Where two names lead to one tag, what stands first here counts.
PutBy = Literal["editor", "import", "dismissed", "suggestion"]


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
    """A tag on the story, and who put it there.

    A suggestion is not shown to readers until an editor accepts it; a dismissed one
    stays here so that it is never proposed again.
    """

    name: str
    by: PutBy = "editor"


@dataclass(frozen=True, slots=True)
class Rewording:
    """The words that stood in one place of a story, and those that stand there now.

    `what` is the field; a place that is new, or gone, has no words on one side.
    """

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A note for readers that something was wrong; what was put right is for the desk.

    Nobody knows when the notes of old stories were added, if their revisions do not.
    """

    note: str
    at: datetime | None = None
    changes: tuple[Rewording, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """What an editor or an importer says about one article.

    `bylines` are names as printed, `section` is the name of a tag, and `body` is HTML
    in the grammar of `articles.story.body`.
    """

    headline: str = ""
    kicker: str = ""
    standfirst: str = ""
    bylines: tuple[str, ...] = ()
    dateline: str = ""
    section: str = ""
    kind: Kind = "news"
    language: str = "en"
    highlights: tuple[Highlight, ...] = ()
    captions: tuple[Caption, ...] = ()
    body: str = ""
    corrections: tuple[Correction, ...] = ()
    tags: tuple[TagUse, ...] = ()
    status: Status = "draft"
    published: Moment | None = None
    updated: Moment | None = None
    embargo_until: datetime | None = None
    expires_at: datetime | None = None
    source_short_url: str = ""
    # Of a withdrawn story readers are not told, either, that it was there.
    is_silent: bool = False


def to_json(story: Story) -> str:
    """Return the story as JSON; equal stories give equal text."""
    values = {"v": VERSION} | _values(story)
    return json.dumps(values, ensure_ascii=False, default=_values)


def from_json(text: str, zone: tzinfo | None = None) -> Story:
    """Return the story that `to_json` wrote, in this or any earlier version.

    Version 1 knew no days, so the zone that it was written in must be told.
    """
    values = json.loads(text)
    if (version := values.pop("v", None)) not in range(1, VERSION + 1):
        raise ValueError(f"This story is written in version {version}; 2 is known.")
    # Once there was one text, with a note a line.
    notes = [Correction(note) for note in values.pop("correction", "").splitlines()]
    return Story(
        **values
        | {
            "bylines": tuple(values["bylines"]),
            "highlights": tuple(Highlight(**h) for h in values["highlights"]),
            "captions": tuple(Caption(**c) for c in values["captions"]),
            "corrections": (
                *tidy_corrections(notes),
                *map(correction_from_data, values.get("corrections", ())),
            ),
            "tags": tidy_tags(TagUse(**t) for t in values["tags"]),
            "published": _moment(values["published"], zone),
            "updated": _moment(values["updated"], zone),
            "embargo_until": _datetime(values["embargo_until"]),
            "expires_at": _datetime(values["expires_at"]),
        }
    )


def corrections_to_json(corrections: Iterable[Correction]) -> str:
    """Return the corrections as their column holds them; nearly always that is ""."""
    values = list(corrections)
    return json.dumps(values, ensure_ascii=False, default=_values) if values else ""


def corrections_from_json(text: str) -> tuple[Correction, ...]:
    """Return the corrections that `corrections_to_json` wrote."""
    return tuple(map(correction_from_data, json.loads(text))) if text else ()


def correction_from_data(data: dict[str, Any]) -> Correction:
    """Return a correction as it stands in a story's JSON."""
    changes = tuple(Rewording(**change) for change in data["changes"])
    return Correction(**data | {"at": _datetime(data["at"]), "changes": changes})


def _values(value: Any) -> Any:
    """Return a time as text, and a part of a story by the names of its fields."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Moment):
        return moment.to_data(value)
    return {name: getattr(value, name) for name in value.__slots__}


def _datetime(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _moment(data: dict[str, Any] | None, zone: tzinfo | None) -> Moment | None:
    return moment.from_data(data, zone) if data else None


SPACE = re.compile(r"[ \t\r\n]+")
FIGURE = re.compile(r'^<figure data-caption="(.+)">', re.MULTILINE)


def tidy(story: Story) -> Story:
    """Return the story in canonical form; tidying twice changes nothing.

    Copy is stripped, empty parts go, every part has a key of its own, figures stand
    only for captions that exist, and times are whole seconds of UTC.
    """
    captions = _captions(story.captions)
    return replace(
        story,
        headline=tidy_line(story.headline),
        kicker=tidy_line(story.kicker),
        standfirst=tidy_line(story.standfirst),
        bylines=_bylines(story.bylines),
        dateline=tidy_line(story.dateline),
        section=tidy_line(story.section) if fold_name(story.section) else "",
        language=tidy_line(story.language),
        highlights=_highlights(story.highlights),
        captions=captions,
        body=_body(story.body, {caption.key for caption in captions}),
        corrections=tidy_corrections(story.corrections),
        tags=tidy_tags(story.tags),
        published=story.published and story.published.tidy(),
        updated=story.updated and story.updated.tidy(),
        embargo_until=_whole_second(story.embargo_until),
        expires_at=_whole_second(story.expires_at),
        source_short_url=tidy_line(story.source_short_url),
        is_silent=story.is_silent and story.status == "withdrawn",
    )


def tidy_line(text: str) -> str:
    """Return the words on one line, without control characters and outer spaces.

    >>> tidy_line("Envoy in\\nKabul\u00a0")
    'Envoy in Kabul'
    """
    # Nearly every text is tidy, and these see it twenty times faster.
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    return SPACE.sub(" ", printable(text)).strip()


def tidy_lines(text: str) -> str:
    r"""Return the lines that say something, each of them tidy.

    >>> tidy_lines("One. \n\n Two.")
    'One.\nTwo.'
    """
    return "\n".join(filter(None, map(tidy_line, text.splitlines())))


def corrected_at(story: Story) -> datetime | None:
    """Return when the newest correction was added, if anybody knows."""
    return max((c.at for c in story.corrections if c.at), default=None)


def keys_in_body(story: Story) -> frozenset[str]:
    """Return the keys of the captions that stand in the body of a tidy story."""
    return frozenset(FIGURE.findall(story.body))


def _highlights(highlights: Iterable[Highlight]) -> tuple[Highlight, ...]:
    kept: dict[str, Highlight] = {}
    for highlight in highlights:
        if text := tidy_line(highlight.text):
            key = _own_key(highlight.key, text, kept)
            kept[key] = Highlight(text, key)
    return tuple(kept.values())


def _captions(captions: Iterable[Caption]) -> tuple[Caption, ...]:
    kept: dict[str, Caption] = {}
    for caption in captions:
        text, credit = tidy_line(caption.text), tidy_line(caption.credit)
        if text or credit or caption.photo:
            key = _own_key(caption.key, f"{text}{credit}{caption.photo}", kept)
            kept[key] = Caption(text, credit, caption.photo, key)
    return tuple(kept.values())


def tidy_corrections(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Return the corrections that say something, the oldest first.

    The words before and after stay as they were, but for what no database can hold.
    """
    kept: dict[str, Correction] = {}
    for correction in corrections:
        if note := tidy_line(correction.note):
            at = _whole_second(correction.at)
            changes = (
                Rewording(c.what, printable(c.before), printable(c.after))
                for c in correction.changes
            )
            key = _own_key(correction.key, f"{note}{at or ''}", kept)
            kept[key] = Correction(note, at, tuple(changes), key)
    long_ago = datetime.min.replace(tzinfo=UTC)
    return tuple(sorted(kept.values(), key=lambda c: c.at or long_ago))


def _own_key(key: str, words: str, taken: Collection[str]) -> str:
    is_own = KEY.fullmatch(key) and key not in taken
    return key if is_own else make_key(words, taken)


def _body(html: str, keys: set[str]) -> str:
    """Return the canonical body, each caption's figure at most once."""
    blocks = []
    for block in parse_blocks(html):
        if block.kind != "figure":
            blocks.append(block)
        elif block.key in keys:
            keys = keys - {block.key}
            blocks.append(block)
    return print_blocks(blocks)


def tidy_tags(tags: Iterable[TagUse]) -> tuple[TagUse, ...]:
    """Return the tags by name, as their order says nothing; of equal ones the first."""
    kept: dict[str, TagUse] = {}
    for tag in tags:
        name = tidy_line(tag.name)
        if folded := fold_name(name):
            kept.setdefault(folded, TagUse(name, tag.by))
    return tuple(kept[folded] for folded in sorted(kept))


def suggested_names(story: Story) -> list[str]:
    """Return the tags that are suggested, and that nobody has answered."""
    return [use.name for use in story.tags if use.by == "suggestion"]


def dismissed_names(story: Story) -> list[str]:
    """Return the tags that an editor dismissed, which are suggested no more."""
    return [use.name for use in story.tags if use.by == "dismissed"]


def answer_suggestions(
    story: Story, by: PutBy, names: Collection[str] | None = None
) -> Story:
    """Return the story with suggestions, all or those named, accepted or dismissed."""
    meant = set(suggested_names(story))
    meant &= meant if names is None else set(names)
    tags = (replace(use, by=by) if use.name in meant else use for use in story.tags)
    return replace(story, tags=tuple(tags))


def _bylines(names: Iterable[str]) -> tuple[str, ...]:
    named = {fold_name(name): name for name in map(tidy_line, names)}
    named.pop("", None)
    return tuple(named.values())


def _whole_second(at: datetime | None) -> datetime | None:
    return at and at.astimezone(UTC).replace(microsecond=0)


def can_be_published(story: Story) -> bool:
    """Tell whether the story has what no published one lacks, but for the date."""
    return bool(story.headline and story.body)


def is_complete(story: Story) -> bool:
    """Tell whether the story lacks nothing that a published one has, nor the date."""
    return can_be_published(story) and story.published is not None


def publish(story: Story, now: datetime) -> Story:
    """Return the story as published: under its own date, or now if it has none."""
    published = story.published or Moment(now)
    return replace(story, status="published", published=published)


def is_public(story: Story, at: datetime, zone: tzinfo) -> bool:
    """Tell whether the public may read the story at a moment."""
    return was_public_within(story, at, at + timedelta.resolution, zone)


def was_public_within(
    story: Story, since: datetime, until: datetime, zone: tzinfo
) -> bool:
    """Tell whether the public could read the story at any moment between the two."""
    if story.status != "published" or story.published is None:
        return False
    begins = story.published.instant(zone), story.embargo_until or since
    return max(since, *begins) < min(until, story.expires_at or until)
