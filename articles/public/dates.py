"""What readers are told of a story's dates: what was stated, and never an estimate."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.utils.timezone import get_default_timezone, localdate, localtime
from django.utils.translation import gettext as _

from articles.store import read
from newsroom.dates import write_date


@dataclass(frozen=True, slots=True)
class ToldDate:
    """The day or the minute at which a story was published or updated."""

    at: date | datetime
    is_update: bool

    @property
    def label(self):
        return _("Updated") if self.is_update else _("Published")

    def words(self, today=None):
        """Return it as readers are told it: of a minute the hour on its day alone."""
        if not isinstance(self.at, datetime):
            return write_date(self.at)
        day = localdate(self.at)
        if day != (today or localdate()):
            return write_date(day)
        read.note("today")
        return write_date(self.at)

    @property
    def iso(self):
        """Return it as programs are told it: a day alone, or a time with its zone."""
        if not isinstance(self.at, datetime):
            return self.at.isoformat()
        at = localtime(self.at)
        # Before there were zones, clocks differed by seconds, of which ISO knows none.
        is_whole = at.utcoffset() % timedelta(minutes=1) == timedelta()
        return (at if is_whole else at.astimezone(UTC)).isoformat()


def told_dates(article):
    """Return the dates of an article that somebody stated, in their order.

    An update that is not later than the publication says nothing new.
    """
    zone = get_default_timezone()
    moments = (article.published, article.updated)
    published, updated = (m if m and m.is_stated else None for m in moments)
    if published and updated and updated.instant(zone) <= published.instant(zone):
        updated = None
    return [ToldDate(m.at, is_update=m is updated) for m in (published, updated) if m]


def told_time(at):
    """Return the moment of a correction, which nobody may know."""
    return ToldDate(at, is_update=True) if at else None
