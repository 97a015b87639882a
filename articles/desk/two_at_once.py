"""A form that is saved after somebody else has saved the same story.

What was typed and what is stored now were both made of the story that the form was
opened at, so they are merged. What both changed, each in its way, stays as it is
stored, and both versions wait for an editor to choose.
"""

from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.utils.text import get_text_list
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from articles.desk.dates import impossible_dates
from articles.desk.questions import article_field_label
from articles.desk.refusals import SaveRefused
from articles.store.bin import with_binning
from articles.store.questions import ask_about_edits
from articles.story.merge import Conflict, Merged, merge
from articles.story.sizes import excess_of
from articles.story.story import can_be_published, from_json, publish

# What decides when readers see a story.
WHEN_PUBLIC = ("status", "published", "embargo_until", "expires_at")


def story_at(article, number):
    """Return the story of a revision, or None if there is no such revision."""
    row = article.revisions.filter(number=number).only("story").first()
    return row and from_json(row.story)


def has_moved(article, number, status):
    """Tell whether the story has had another status since a revision."""
    rows = article.revisions.filter(number__gt=number).values_list("story", flat=True)
    return any(from_json(row).status != status for row in rows.iterator())


def join(base, ours, typed, now, *, was_moved=False):
    """Return what is to be stored, and what both sides changed, each in its way.

    `was_moved`: the status has been another one since the form was opened.
    """
    if ours == base and not was_moved:
        return Merged(_published(typed, now))
    if typed == base:
        return Merged(ours)
    merged = merge(base, ours, typed, is_typed=True)
    story = _published(merged.story, now)
    is_public = story.status == "published"
    shows_more = not any(_within(story, side, now) for side in (ours, typed))
    hides_for_ever = any(impossible_dates(story, ours))
    is_unfit = is_public and not can_be_published(story)
    if was_moved or shows_more or hides_for_ever or is_unfit:
        merged = _with_our_dates(merged, base, ours, typed)
    return replace(merged, story=_published(merged.story, now))


def _published(story, now):
    return publish(story, now) if story.status == "published" else story


def _within(story, side, now):
    """Tell whether readers see a story only while they would see a side of it."""
    begins, ends = _seen(story, now)
    side_begins, side_ends = _seen(_published(side, now), now)
    return begins >= ends or side_begins <= begins < ends <= side_ends


def _seen(story, now):
    """Return from when and until when readers see a story, from now on."""
    zone, never = get_default_timezone(), datetime.max.replace(tzinfo=now.tzinfo)
    if story.status != "published":
        return never, never
    begins = max(now, story.published.instant(zone), story.embargo_until or now)
    return begins, story.expires_at or never


def _with_our_dates(merged, base, ours, typed):
    """Leave it to an editor when readers see the story, as both sides have a say."""
    told = {conflict.what for conflict in merged.conflicts}
    asked = [
        Conflict(name, was, here, there)
        for name in WHEN_PUBLIC
        for was, here, there in [[getattr(s, name) for s in (base, ours, typed)]]
        if there not in (was, here) and name not in told
    ]
    story = replace(merged.story, **{c.what: c.ours for c in asked})
    return Merged(story, (*merged.conflicts, *asked))


def refuse_if_unfit(story):
    """Refuse what was made of two stories, each of which was fit, and is not."""
    if excess := excess_of(story):
        message = _("One article cannot hold this much: %s.")
        raise SaveRefused(message % excess)
    if story.status == "published" and not can_be_published(story):
        raise SaveRefused(
            _(
                "Somebody has published this story meanwhile, and a published story "
                "needs a headline and a body. Nothing you typed is lost."
            )
        )


def colleagues_since(article, number):
    """Return the revisions that came after the one a form was opened at, newest first.

    Of each who saved it, the newest alone.
    """
    rows = article.revisions.filter(number__gt=number)
    newest = {}
    for row in rows.select_related("by", "run").defer("story"):
        newest.setdefault((row.by, row.run), row)
    return list(newest.values())


def tell_of_colleagues(request, article, number, outcome, conflicts):
    """Ask about what others have changed otherwise since a revision; say who they are.

    The article is as it was before the outcome.
    """
    if number == article.revision:
        return
    revisions = colleagues_since(article, number)
    others = [row.by for row in revisions if row.by != request.user]
    ours_by = others[0] if len(others) == 1 else None
    ask_about_edits(article.pk, conflicts, request.user, ours_by)
    is_changed = outcome.what != "unchanged"
    text = sentence_on_merge(revisions, request.user, is_changed, conflicts)
    level = messages.WARNING if conflicts else messages.INFO
    if text:
        messages.add_message(request, level, text)


def tell_of_bin(request, article):
    """Say where somebody's words went who saves what a colleague has put away."""
    (moved,) = with_binning().filter(pk=article.pk)
    text = _(
        "%(who)s has moved this story to the bin. What you typed is kept with it: "
        "restore it to go on."
    )
    who = moved.binned_by or _("Somebody")
    messages.warning(request, text % {"who": who})


def sentence_on_merge(revisions, editor, is_changed, conflicts):
    """Say what became of what an editor typed beside what others had saved.

    What was only saved in another window of the editor's own is no news.
    """
    others = [row for row in revisions if row.by != editor]
    names = [str(row.by or row.run or _("somebody")) for row in others]
    who = get_text_list(names, _("and"))
    if conflicts:
        labels = dict.fromkeys(str(article_field_label(c.what)) for c in conflicts)
        what = get_text_list(list(labels), _("and"))
        text = _(
            "Changed in different ways by %(who)s and by you: %(what)s. Nothing is "
            "lost: what was saved first stands until one of the two is chosen here, "
            "and whatever else you changed is saved."
        )
        return text % {"who": who or _("you in another window"), "what": what}
    if not others:
        return ""
    if is_changed:
        text = _("Your changes are joined with those that were saved meanwhile by %s.")
    else:
        text = _("A newer version was saved meanwhile by %s, and it stands.")
    return text % who
