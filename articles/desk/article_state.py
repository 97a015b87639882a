"""What readers see of a story, in a sentence: beside Save, and after a save.

And what stands in the way of publishing it, before anybody presses the button.
"""

from dataclasses import dataclass, replace

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk.dates import day_and_time
from articles.desk.fields import public_tags
from articles.story.changes import changed_fields
from articles.story.story import is_public
from newsroom.dates import write_date

DATES = {"published", "updated", "embargo_until", "expires_at"}
RESTORED = gettext_lazy("restored from the bin at the desk")


def state_in_words(story, now):
    """Say whether readers see a story, since when, or what it waits for."""
    goes_out = _goes_out(story)
    if story.status == "binned":
        return _("In the bin")
    if story.status == "in_review":
        return _("Waits for an editor to publish it")
    if story.status == "withdrawn":
        silent = _("Withdrawn: readers do not see it, nor learn that it was there")
        return silent if story.is_silent else _("Withdrawn: readers do not see it")
    if goes_out is None:
        return _("Not yet shown to readers")
    if story.expires_at and story.expires_at <= now:
        expired = day_and_time(story.expires_at, now)
        return _("Expired %s: readers no longer see it") % expired
    if goes_out > now:
        is_embargo = goes_out == story.embargo_until
        words = _("Under embargo until %s") if is_embargo else _("Goes out %s")
        return words % day_and_time(goes_out, now)
    return _seen_in_words(story, now)


def _goes_out(story):
    """Return when a published story begins to be seen, None for any other."""
    if story.status != "published" or story.published is None:
        return None
    published = story.published.instant(get_default_timezone())
    return max(published, story.embargo_until or published)


def _seen_in_words(story, now):
    """Say since when readers see a story: an estimate says nothing of that."""
    begun = _goes_out(story)
    if begun == story.embargo_until:
        since = day_and_time(begun, now)
    elif not story.published.is_stated:
        since = ""
    elif story.published.is_day:
        since = write_date(story.published.at)
    else:
        since = day_and_time(begun, now)
    words = _("Readers see it since %s") % since if since else _("Readers see it")
    if story.expires_at:
        until = day_and_time(story.expires_at, now)
        words = _("%(words)s, until %(until)s") % {"words": words, "until": until}
    return words


@dataclass(frozen=True)
class Hindrance:
    """What Publish would refuse, and the field that settles it, or any of several."""

    words: str
    field: str
    is_settled_empty: bool = False


def hindrances(story, now, *, has_source):
    """Yield what stands in the way of publishing a story as it is."""
    if not story.headline:
        yield Hindrance(_("no headline"), "headline")
    if not story.body:
        yield Hindrance(_("no body"), "body")
    if story.published is None and has_source:
        dates = "published_day updated_day"
        yield Hindrance(_("no date, and its source gave none"), dates)
    # Of a published one the state itself says so.
    if story.status == "published":
        return
    if story.embargo_until and story.embargo_until > now:
        yield Hindrance(_("an embargo"), "embargo_until_day", is_settled_empty=True)
    if story.expires_at and story.expires_at <= now:
        yield Hindrance(_("it has expired"), "expires_at_day", is_settled_empty=True)


def reason_in_words(story, was, now):
    """Say for its history what a save was for."""
    waits, waited = (_waits(each, now) for each in (story, was))
    if story.status != was.status and (move := _move_in_words(story, was, now)):
        return move
    if waited and is_public(story, now, get_default_timezone()):
        return _("published at the desk")
    if DATES.issuperset(changed_fields(was, story)):
        if waits:
            return _("rescheduled at the desk")
        return _("dates changed at the desk")
    return _("edited at the desk")


def _move_in_words(story, was, now):
    match story.status:
        case "published" if _waits(story, now):
            return _("scheduled at the desk")
        case "published":
            return _("published at the desk")
        case "withdrawn":
            return _("withdrawn at the desk")
        case "binned":
            return _("moved to the bin at the desk")
        case _ if was.status == "binned":
            return str(RESTORED)
        case "in_review":
            return _("sent for review at the desk")
    return ""


def _waits(story, now):
    goes_out = _goes_out(story)
    return goes_out is not None and goes_out > now


def saved_in_words(story, was, now):
    """Say what a save has made of a story for readers."""
    zone = get_default_timezone()
    is_seen, was_seen = (is_public(each, now, zone) for each in (story, was))
    if story == was:
        return _("Saved. %s.") % state_in_words(story, now)
    if story.status == "binned" != was.status:
        return _("Moved to the bin.")
    if story.status != "binned" == was.status:
        return _("Restored. %s.") % state_in_words(story, now)
    if is_seen:
        return _change_in_words(story, was) if was_seen else _("Readers see it now.")
    goes_out = _goes_out(story)
    if goes_out and goes_out > now:
        until = day_and_time(goes_out, now)
        return _("Saved. Nobody but the desk sees it until %s.") % until
    if was_seen:
        return _("Saved. Readers no longer see it.")
    if story.status == "in_review" != was.status:
        return _("Sent for review. Nobody but the desk sees it.")
    return _("Saved. Nobody but the desk sees it.")


def _change_in_words(story, was):
    if story.headline != was.headline:
        return _("Saved. Readers see the new headline now.")
    if _as_seen(story) != _as_seen(was):
        return _("Saved. Readers see the change now.")
    return _("Saved. Readers see no difference.")


def _as_seen(story):
    """Return a story without what only the desk sees of it."""
    return replace(story, source_short_url="", tags=tuple(public_tags(story)))
