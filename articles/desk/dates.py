"""A story's dates at the desk: those confirmed, and those that cannot be right."""

from dataclasses import replace

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.dates import zone_name


def zone_words():
    """Say in which zone the desk's times are: “New York time”, “UTC”."""
    name = zone_name()
    return name if name.startswith("UTC") else gettext("%s time") % name


def with_stated_dates(story):
    """Return the story with its estimated dates as stated ones."""
    dates = {
        name: replace(moment, certainty="stated")
        for name in ("published", "updated")
        if (moment := getattr(story, name))
    }
    return replace(story, **dates)


def impossible_dates(story, was):
    """Yield each field whose date would hide the story for ever, and what is wrong.

    Dates that were like this before stay: an editor may only be mending a word.
    """
    expires, zone = story.expires_at, get_default_timezone()
    for field, begins, began, problem in (
        (
            "expires_at",
            story.published and story.published.instant(zone),
            was.published and was.published.instant(zone),
            _("It would expire before it is published."),
        ),
        (
            "embargo_until",
            story.embargo_until,
            was.embargo_until,
            _("The embargo would end only after the story has expired."),
        ),
    ):
        is_odd = expires and begins and expires <= begins
        if is_odd and (expires, begins) != (was.expires_at, began):
            yield field, problem
