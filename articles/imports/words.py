"""Say in an editor's words what the parser names by a code: fields and rules."""

import re

from django.utils.translation import gettext_lazy as _

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
RULES = {
    "short-url": _("the label of a short address"),
    "follow": _("a button to follow the subject"),
    "navigation": _("navigation of the page"),
    "empty-bullet": _("a bullet without words"),
    "gallery-counter": _("the counter of a gallery"),
    "crawl-date": _("the day of the crawl"),
    "erased": _("a story that was erased for good"),
}
NUMBERED = re.compile(r"(?P<kind>.*?)(?P<number> \d+)?")


def field_name(field: str) -> str:
    """Return a field's name for an editor; parts of a kind keep their number."""
    kind, number = split_field(field)
    return f"{FIELDS.get(kind, kind)}{number}"


def rule_name(code: str) -> str:
    """Return in plain words why a line is page furniture."""
    return str(RULES.get(code, code))


def split_field(field: str) -> tuple[str, str]:
    """Return a field's kind, and its number behind a space, if it has one.

    >>> split_field("body 3"), split_field("headline")
    (('body', ' 3'), ('headline', ''))
    """
    match = NUMBERED.fullmatch(field)
    return (match["kind"], match["number"] or "") if match else (field, "")
