"""What the list of articles can do to several at once."""

from dataclasses import replace
from functools import partial

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.desk.bulk import act, looked_at
from articles.desk.dates import confirmed
from articles.desk.moments import this_minute
from articles.desk.photo_list import tell_of_pictures
from articles.desk.tag_fields import answered
from articles.story.story import publish as make_public


@admin.action(description=_("Publish"), permissions=["publish"])
def publish(modeladmin, request, articles):
    return _move(
        modeladmin, request, articles, "published", gettext("published at the desk")
    )


@admin.action(description=_("Send to review"), permissions=["change"])
def send_to_review(modeladmin, request, articles):
    why = gettext("sent to review at the desk")
    return _move(modeladmin, request, articles, "in_review", why)


@admin.action(description=_("Withdraw"), permissions=["publish"])
def withdraw(modeladmin, request, articles):
    why = gettext("withdrawn at the desk")
    asked = _move(modeladmin, request, articles, "withdrawn", why)
    if not asked:
        tell_of_pictures(request, looked_at(request))
    return asked


@admin.action(description=_("Confirm estimated dates"), permissions=["change"])
def confirm_dates(modeladmin, request, articles):
    why = gettext("dates confirmed at the desk")
    return act(modeladmin, request, articles, confirmed, why)


@admin.action(description=_("Accept suggested tags"), permissions=["change"])
def accept_suggestions(modeladmin, request, articles):
    why = gettext("suggested tags accepted at the desk")
    return act(modeladmin, request, articles, partial(answered, hand="editor"), why)


@admin.action(description=_("Dismiss suggested tags"), permissions=["change"])
def dismiss_suggestions(modeladmin, request, articles):
    why = gettext("suggested tags dismissed at the desk")
    return act(modeladmin, request, articles, partial(answered, hand="dismissed"), why)


def _move(modeladmin, request, articles, status, why):
    return act(modeladmin, request, articles, partial(_moved, status=status), why)


def _moved(story, status):
    if status == "published":
        return make_public(story, this_minute())
    return replace(story, status=status)
