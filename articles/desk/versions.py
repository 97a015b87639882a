"""How the two versions of a conflict are shown: in words, with what differs marked."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Conflict
from articles.story.body import parse_blocks
from articles.story.diff import Span, differences
from articles.story.merge import from_data, take_theirs
from articles.story.story import Caption, Highlight, Moment, TagUse

# A conflict over a list is one over a single part of it.
PARTS = {
    "bylines": _("byline"),
    "highlights": _("highlight"),
    "captions": _("caption"),
    "tags": _("tag"),
    "body": _("body"),
    "published": _("published"),
    "updated": _("updated"),
}


@dataclass(frozen=True)
class Dispute:
    """A conflict as an editor sees it; no spans are a part that a side has not got.

    `is_outdated`: the article reads otherwise now, so theirs has no place to go.
    """

    conflict: Conflict
    ours: list[Span]
    theirs: list[Span]
    base: str
    is_outdated: bool = False

    @property
    def name(self):
        return field_name(self.conflict.what)


def field_name(what):
    return PARTS.get(what) or Article._meta.get_field(what).verbose_name


def dispute(conflict, story):
    """Return the conflict as it is shown beside the story as it is now."""
    what = conflict.what
    values = [
        from_data(what, data)
        for data in (conflict.base, conflict.ours, conflict.theirs)
    ]
    base, ours, theirs = (in_words(what, value) for value in values)
    if ours == theirs:
        ours, theirs = map(to_the_letter, values[1:])
    is_outdated = take_theirs(story, what, *values[1:]) is None
    return Dispute(conflict, *differences(ours, theirs), base, is_outdated)


def in_words(what, value):
    """Return a version as readers would read it, without its markup."""
    match value:
        case None:
            return ""
        case Moment():
            return _moment(value)
        case datetime():
            return _time(value)
        case Caption():
            return f"{value.text}\n{value.credit}".strip()
        case Highlight():
            return value.text
        case TagUse():
            return value.name
    if what == "body":
        return "\n".join(block.text for block in parse_blocks(value))
    return str(Article.Status(value).label) if what == "status" else value


def to_the_letter(value):
    """Return a version with all that its words do not say, such as a link."""
    return "" if value is None else str(getattr(value, "at", value))


def _moment(moment):
    is_day = moment.precision == Article.Precision.DAY
    told = date_format(localtime(moment.at)) if is_day else _time(moment.at)
    is_estimate = moment.certainty == Article.Certainty.ESTIMATED
    return f"{told} ({gettext('estimated')})" if is_estimate else told


def _time(at):
    return date_format(localtime(at), "DATETIME_FORMAT")
