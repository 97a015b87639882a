"""What the list of articles can do to several at once."""

from collections import Counter
from dataclasses import replace
from functools import partial

from django.contrib import admin, messages
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.desk.dates import confirmed
from articles.desk.moments import this_minute
from articles.desk.tag_fields import answered
from articles.models import Article
from articles.store import Change, write
from articles.store.roles import may_change
from articles.store.rows import story_of
from articles.story.publishing import can_be_published
from articles.story.publishing import publish as make_public


@admin.action(description=_("Publish"), permissions=["publish"])
def publish(modeladmin, request, articles):
    _move(modeladmin, request, articles, "published", gettext("published at the desk"))


@admin.action(description=_("Send to review"), permissions=["change"])
def send_to_review(modeladmin, request, articles):
    why = gettext("sent to review at the desk")
    _move(modeladmin, request, articles, "in_review", why)


@admin.action(description=_("Withdraw"), permissions=["publish"])
def withdraw(modeladmin, request, articles):
    _move(modeladmin, request, articles, "withdrawn", gettext("withdrawn at the desk"))


@admin.action(description=_("Confirm estimated dates"), permissions=["change"])
def confirm_dates(modeladmin, request, articles):
    why = gettext("dates confirmed at the desk")
    _change(modeladmin, request, articles, confirmed, why)


@admin.action(description=_("Accept suggested tags"), permissions=["change"])
def accept_suggestions(modeladmin, request, articles):
    why = gettext("suggested tags accepted at the desk")
    _change(modeladmin, request, articles, partial(answered, hand="editor"), why)


@admin.action(description=_("Dismiss suggested tags"), permissions=["change"])
def dismiss_suggestions(modeladmin, request, articles):
    why = gettext("suggested tags dismissed at the desk")
    _change(modeladmin, request, articles, partial(answered, hand="dismissed"), why)


def _move(modeladmin, request, articles, status, why):
    """Give the articles another status, and say how many have it and which not."""
    _change(modeladmin, request, articles, partial(_moved, status=status), why)


def _change(modeladmin, request, articles, changed, why):
    """Write what `changed` makes of each story, and say what became of them."""
    known = Article.objects.with_parts().filter(pk__in=articles.values("pk"))
    changes = [
        Change(changed(story_of(article)), article.pk, article.revision)
        for article in known
        if may_change(request.user, article)
    ]
    whole = [change for change in changes if _can_stand(change.story)]
    outcomes = write(whole, by=request.user, why=why)
    counts = Counter(outcome.what for outcome in outcomes)
    counts["unfinished"] = len(changes) - len(whole)
    for text, level in _sentences(counts):
        modeladmin.message_user(request, text, level)


def _moved(story, status):
    if status == "published":
        return make_public(story, this_minute())
    return replace(story, status=status)


def _can_stand(story):
    return story.status != "published" or can_be_published(story)


def _sentences(counts):
    """Yield what to tell the editor, and how loudly."""
    changed = counts["changed"]
    text = ngettext("%d article changed.", "%d articles changed.", changed)
    yield text % changed, messages.SUCCESS
    if overtaken := counts["overtaken"]:
        text = ngettext(
            "%d article was saved by somebody else in this moment.",
            "%d articles were saved by somebody else in this moment.",
            overtaken,
        )
        yield text % overtaken, messages.WARNING
    if unfinished := counts["unfinished"]:
        text = ngettext(
            "%d article has no headline or no body, so it cannot be published.",
            "%d articles have no headline or no body, so they cannot be published.",
            unfinished,
        )
        yield text % unfinished, messages.WARNING
