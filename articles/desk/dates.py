"""A story's dates at the desk: those confirmed, doubtful ones and impossible ones."""

from dataclasses import replace
from datetime import timedelta

from django.db.models import Q
from django.utils.timezone import get_default_timezone, localdate, localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.dates import write_date, zone_name


def zone_words():
    """Say in which zone the desk's times are: “New York time”, “UTC”."""
    name = zone_name()
    return name if name.startswith("UTC") else gettext("%s time") % name


# Of what says when it was updated, the first publication is only reckoned, to sort it.
WITH_DATE_TO_CONFIRM = Q(published_certainty="estimated") & ~Q(
    updated_certainty="stated"
)


def has_stated_date(story):
    """Tell whether a source or an editor said when the story is from."""
    return any(at and at.is_stated for at in (story.published, story.updated))


def with_stated_dates(story):
    """Return the story with its estimated dates as stated ones.

    A first publication that is reckoned from a stated update stays an estimate.
    """
    if story.updated and story.updated.is_stated:
        return story
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


def remarks_on_dates(story, was, now):
    """Yield sentences on dates that may be meant."""
    zone = get_default_timezone()
    if story.expires_at != was.expires_at and (story.expires_at or now) < now:
        yield _("It has expired already. Is that meant?")
    is_new = (story.published, story.updated) != (was.published, was.updated)
    if is_new and _is_updated_first(story, zone):
        yield _("It was updated before it was published. Are both dates right?")


def _is_updated_first(story, zone):
    dates = [at for at in (story.published, story.updated) if at and at.is_stated]
    if any(at.is_day for at in dates):
        dates = [at.day(zone) for at in dates]
    else:
        dates = [at.at for at in dates]
    return dates != sorted(dates)


def day_and_time(at, now):
    """Say when something was or will be: tomorrow at 06:00, and in which zone."""
    at, today = localtime(at), localdate(now)
    days = {today: gettext("today"), today + timedelta(days=1): gettext("tomorrow")}
    return gettext("%(day)s at %(time)s, %(zone)s") % {
        "day": days.get(at.date()) or write_date(at.date()),
        "time": f"{at:%H:%M}",
        "zone": zone_name(),
    }
