"""What a day, a minute and a guess are.

A page that says “21 July 2023” names a day, in no zone and at no hour, and that day it
stays wherever it is read. Where it stands among others is reckoned: `instant`.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any, Literal

Certainty = Literal["stated", "estimated"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A day (a date) or a minute (a time in a zone), and whether somebody stated it.

    What is not known is no moment, but None.
    """

    at: date | datetime
    certainty: Certainty = "stated"

    @property
    def is_day(self) -> bool:
        """Whether no hour is known."""
        return not isinstance(self.at, datetime)

    @property
    def is_stated(self) -> bool:
        """Whether a source or an editor said so, so that readers may be told."""
        return self.certainty == "stated"

    def day(self, zone: tzinfo) -> date:
        """Return the day; that of a minute is another in another zone.

        >>> from datetime import timedelta, timezone
        >>> at = datetime(2023, 7, 20, 23, tzinfo=UTC)
        >>> Moment(at).day(timezone(timedelta(hours=9)))
        datetime.date(2023, 7, 21)
        """
        at = self.at
        return at.astimezone(zone).date() if isinstance(at, datetime) else at

    def instant(self, zone: tzinfo) -> datetime:
        """Return what it is sorted by, in UTC: of a day its first second in the zone.

        From then on a day has come, and the newest first it stands behind its minutes.
        """
        at = self.at
        if not isinstance(at, datetime):
            at = datetime.combine(at, time(), zone)
        try:
            return at.astimezone(UTC)
        except OverflowError:
            # East of Greenwich the first day of all began before there were days.
            return datetime.min.replace(tzinfo=UTC)

    def tidy(self) -> "Moment":
        """Return it in whole seconds of UTC, if it is no day."""
        at = self.at
        if not isinstance(at, datetime):
            return self
        return replace(self, at=at.astimezone(UTC).replace(microsecond=0))


def to_data(moment: Moment) -> dict[str, str]:
    """Return a moment as JSON holds it.

    >>> to_data(Moment(date(2023, 7, 21)))
    {'at': '2023-07-21', 'certainty': 'stated'}
    """
    at = moment.tidy().at
    return {"at": at.isoformat(), "certainty": moment.certainty}


def from_data(data: dict[str, Any], zone: tzinfo | None = None) -> Moment:
    """Return the moment that `to_data` wrote, or that was written before days were.

    That was a day's noon in the newspaper's zone of then, which has to be told.
    """
    text = data["at"]
    if "precision" not in data and len(text) == len("2023-07-21"):
        return Moment(date.fromisoformat(text), data["certainty"])
    moment = Moment(datetime.fromisoformat(text), data["certainty"])
    if data.get("precision") != "day":
        return moment
    if zone is None:
        raise ValueError("Of a day that was kept as its noon the zone must be told.")
    return replace(moment, at=moment.day(zone))


def crawl_moment(text: str, zone: tzinfo) -> date | datetime:
    """Return when pages were saved, as an operator says it: a day, or a time.

    >>> crawl_moment("2026-02-02", UTC)
    datetime.date(2026, 2, 2)
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=zone)
