"""The source beside the story: each line, and the fields it was read into."""

import re
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from articles.models import Doubt
from articles.store.sources import lines_of

FIELDS = {
    "headline": _("headline"),
    "kicker": _("kicker"),
    "section": _("section"),
    "byline": _("byline"),
    "dateline": _("dateline"),
    "updated": _("updated"),
    "short_url": _("short address"),
    "highlight": _("highlight"),
    "caption": _("caption"),
    "credit": _("credit"),
    "body": _("body"),
    "crawled_on": _("day of the crawl"),
    "mark": _("mark"),
}


@dataclass(frozen=True)
class Line:
    """A printed line: its number, its pieces, and the fields they went into."""

    number: int
    pieces: list
    fields: list
    rule: str = ""
    is_doubtful: bool = False
    is_unexplained: bool = False


@dataclass(frozen=True)
class Source:
    """The lines of a story in its file, and those before and after them."""

    id: int
    name: str
    before: list
    lines: list
    after: list


def sources_of(article):
    """Return the sources of an article, the one that was read last first."""
    stories = (
        article.sources.select_related("file")
        .prefetch_related(Prefetch("doubts", Doubt.objects.open()))
        .order_by("-file__run_id", "-pk")
    )
    return [_source(story) for story in stories]


def label(field):
    """Return a field's name for an editor; parts of a kind keep their number."""
    name, number = re.fullmatch(r"(.*?)( \d+)?", field).groups()
    return f"{FIELDS.get(name, name)}{number or ''}"


def _source(story):
    lines = _lines(story)
    first, last = story.first_line - 1, story.last_line
    return Source(
        story.pk, story.file.name, lines[:first], lines[first:last], lines[last:]
    )


def _lines(story):
    pieces = defaultdict(list)
    for number, field, length in story.pieces:
        pieces[number].append((field, length))
    rules = dict(story.file.furniture)
    doubtful = {doubt.line for doubt in story.doubts.all()}
    return [
        Line(
            number,
            _cut(text, pieces[number]),
            _fields(pieces[number]),
            rules.get(number, ""),
            number in doubtful,
            number in story.file.unexplained,
        )
        for number, text in enumerate(lines_of(story.file), start=1)
    ]


def _cut(text, pieces):
    """Return the line's text in pieces, each with the field it went into."""
    cut, at = [], 0
    for field, length in pieces:
        cut.append((text[at : at + length], field.split()[0], label(field)))
        at += length
    return [*cut, (text[at:], "", "")] if text[at:] else cut


def _fields(pieces):
    """Return the line's fields, each once; a mark only marks another."""
    return list(dict.fromkeys(label(field) for field, _l in pieces if field != "mark"))
