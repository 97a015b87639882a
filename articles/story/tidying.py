"""The one form of a story: what `tidy` returns is what the rows hold."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime

from articles.story.body import parse_blocks, print_blocks
from articles.story.folding import fold
from articles.story.keys import KEY, make_key
from articles.story.signs import printable
from articles.story.story import Caption, Highlight, Moment, Story, TagUse

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
        bylines=_distinct(story.bylines),
        dateline=tidy_line(story.dateline),
        section=tidy_line(story.section),
        language=tidy_line(story.language),
        highlights=_highlights(story.highlights),
        captions=captions,
        body=_body(story.body, {caption.key for caption in captions}),
        correction=tidy_lines(story.correction),
        tags=_tags(story.tags),
        published=_moment(story.published),
        updated=_moment(story.updated),
        embargo_until=_whole_second(story.embargo_until),
        expires_at=_whole_second(story.expires_at),
        source_short_url=tidy_line(story.source_short_url),
    )


def tidy_line(text: str) -> str:
    """Return the words on one line, without control signs and outer spaces.

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


def placed_keys(story: Story) -> frozenset[str]:
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


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple({fold(n): n for n in map(tidy_line, names) if n}.values())


def _tags(tags: Iterable[TagUse]) -> tuple[TagUse, ...]:
    """Return the tags by name, since their order says nothing; the first hand stays."""
    kept: dict[str, TagUse] = {}
    for tag in tags:
        if name := tidy_line(tag.name):
            kept.setdefault(fold(name), TagUse(name, tag.by))
    return tuple(kept[folded] for folded in sorted(kept))


def _moment(moment: Moment | None) -> Moment | None:
    return moment and replace(
        moment, at=moment.at.astimezone(UTC).replace(microsecond=0)
    )


def _whole_second(at: datetime | None) -> datetime | None:
    return at and at.astimezone(UTC).replace(microsecond=0)
