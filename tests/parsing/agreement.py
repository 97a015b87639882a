"""Compare a reading with the one that an editor wrote down beside the page."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, NamedTuple

from articles.imports.stories import HELD
from articles.parsing import ArticleReading, SourceReading, source_lines

ABOUT_THE_STORY = HELD | {"headline-missing", "second-story-guessed"}
"""Doubts about a story in all, not about how the field on their line was read."""

NO_FIELDS = {"note", "warnings", "crawl_date", "broken_paragraph_joined"}


class Field(NamedTuple):
    """Hold whether a field was read as expected, and whether its line is doubted."""

    name: str
    is_right: bool
    is_doubted: bool


def fields(
    data: bytes, source: SourceReading, expected: dict[str, Any]
) -> Iterator[Field]:
    """Yield each field of a page that was read or was to be read."""
    texts = source_lines(data, source.encoding)
    for story, wanted in zip(source.articles, expected["articles"], strict=True):
        doubts = {d.line for d in story.warnings if d.code not in ABOUT_THE_STORY}
        for key, value, found in compared(source, story, wanted):
            pairs = (
                zip_longest(value, found)
                if isinstance(value, list)
                else [(value, found)]
            )
            for pair in [pair for pair in pairs if key not in NO_FIELDS and any(pair)]:
                words = [
                    text if isinstance(text, str) else text[0] for text in pair if text
                ]
                lines = {
                    number
                    for number, text in enumerate(texts, start=1)
                    if any(word[:30] in text for word in words)
                }
                yield Field(key, pair[0] == pair[1], bool(lines & doubts))


def disagreements(source: SourceReading, expected: dict[str, Any]) -> list[str]:
    """Return every key in which the two readings differ."""
    stories = expected["articles"]
    if len(stories) != len(source.articles):
        return [f"{len(source.articles)} stories instead of {len(stories)}"]
    return [
        f"story {number}, {key}: {found!r} instead of {value!r}"
        for number, (story, wanted) in enumerate(
            zip(source.articles, stories, strict=True), start=1
        )
        for key, value, found in compared(source, story, wanted)
        if found != value
    ]


def compared(
    source: SourceReading, story: ArticleReading, wanted: dict[str, Any]
) -> Iterator[tuple[str, Any, Any]]:
    """Yield each key with what is wanted and what was found."""
    found = as_expected(source, story)
    for key, value in wanted.items():
        if key == "note":
            continue
        if key == "paragraphs_begin":
            yield key, value, beginnings(story, value)
        elif key == "broken_paragraph_joined":
            yield key, True, any(value in block.text for block in story.body)
        else:
            yield key, value, found[key]


def as_expected(source: SourceReading, story: ArticleReading) -> dict[str, Any]:
    """Return a story under the keys of the expectations; what is absent is None."""
    lead = [caption for caption in story.captions if not caption.after_block]
    inline = [caption for caption in story.captions if caption.after_block]
    day = source.crawled_on if story is source.articles[0] else None
    return {
        "headline": story.headline or None,
        "kicker": story.kicker or None,
        "section": story.section or None,
        "byline": story.byline or None,
        "dateline": story.dateline or None,
        # An editor who wrote a page's date down did not say whose it is.
        "updated": story.updated or story.published or None,
        "short_url": story.short_url or None,
        "highlights": list(story.highlights),
        "lead_caption": lead[0].text or None if lead else None,
        "lead_credit": lead[0].credit or None if lead else None,
        "gallery": [[caption.text, caption.credit] for caption in lead[1:]],
        "inline_captions": [caption.text for caption in inline],
        "inline_credits": [caption.credit for caption in inline],
        "subheadings": texts(story, "subheading"),
        "boxes": texts(story, "box"),
        "embeds": texts(story, "embed"),
        "list_items": [
            item for text in texts(story, "list") for item in text.split("\n")
        ],
        "crawl_date": day.isoformat() if day else None,
        "warnings": [[doubt.line, doubt.code] for doubt in story.warnings],
    }


def texts(story: ArticleReading, kind: str) -> list[str]:
    return [block.text for block in story.body if block.kind == kind]


def beginnings(story: ArticleReading, wanted: list[str]) -> list[str]:
    """Return those beginnings, in their order, with which paragraphs do begin."""
    paragraphs = iter(texts(story, "paragraph"))
    return [
        beginning
        for beginning in wanted
        if any(text.startswith(beginning) for text in paragraphs)
    ]
