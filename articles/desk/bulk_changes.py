"""What was done to many stories at once: listed, opened, and undone as one.

An undo is such a change, too: it asks first, is listed, and can be undone.
"""

from dataclasses import dataclass

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, Sum
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from articles.desk.bulk_actions import (
    EFFECTS,
    ask,
    plan_changes,
    was_asked,
    write_planned,
)
from articles.desk.history import fields_in_words, part_in_words
from articles.desk.photos import warn_of_open_pictures
from articles.desk.questions import article_field_label
from articles.desk.sources import ReadOnlyAdmin
from articles.models import Article, BulkAction, Revision, Tag
from articles.store.bulk_actions import stories_of
from articles.store.roles import VIEW, may_change
from articles.story.changes import changes_between
from articles.story.story import from_json
from newsroom.dates import write_date

STORIES_PER_PAGE = 50
LONGEST_REASON = BulkAction._meta.get_field("why").max_length
# What becomes of a story in which an undo leaves something.
KEPT = {*EFFECTS, "kept", "withdrawn"}


class BulkActionAdmin(ReadOnlyAdmin):
    """Changes to many stories, the newest first."""

    list_display = ["what", "made_at", "who", "number", "undone"]
    list_select_related = ["by"]

    def has_view_permission(self, request, obj=None):
        """Show it to all who read the history of a story."""
        return request.user.has_perm(VIEW)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(undone_stories=Sum("undone_by__stories"))
        )

    def get_urls(self):
        site = self.admin_site.admin_view
        return [
            path(
                "",
                site(self.changelist_view),
                name="articles_bulkaction_changelist",
            ),
            path(
                "<int:pk>/change/",
                site(require_GET(self.show_view)),
                name="articles_bulkaction_change",
            ),
            path(
                "<int:pk>/undo/",
                site(require_http_methods(["GET", "POST"])(self.undo_view)),
                name="articles_bulkaction_undo",
            ),
        ]

    @admin.display(description=gettext_lazy("what"), ordering="why")
    def what(self, action):
        return capfirst(action.why)

    @admin.display(description=gettext_lazy("who"), ordering="by")
    def who(self, action):
        return name_of(action.by)

    @admin.display(description=gettext_lazy("how many"), ordering="stories")
    def number(self, action):
        words = ngettext("%d article", "%d articles", action.stories)
        return words % action.stories

    @admin.display(description=gettext_lazy("undone"))
    def undone(self, action):
        return undone_in_words(action)

    def show_view(self, request, pk):
        """Show what a change did to each story, and lead to the comparison of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = self.get_queryset(request).select_related("by", "undoes")
        action = get_object_or_404(rows, pk=pk)
        revisions = action.revisions.select_related("article").defer("article__body")
        paginator = Paginator(revisions.order_by("-article_id"), STORIES_PER_PAGE)
        page = paginator.get_page(request.GET.get("p"))
        context = self.admin_site.each_context(request) | {
            "title": capfirst(action.why),
            "opts": self.opts,
            "action": action,
            "who": name_of(action.by),
            "undone": undone_in_words(action),
            "undone_by": action.undone_by.order_by("pk"),
            "page": page,
            "changed": list(shown_stories(action, page)),
            "gone": action.stories - paginator.count,
            "kept": stories_kept_by(action),
            "may_undo": may_change(request.user) and not is_undone(action),
        }
        return TemplateResponse(request, "desk/bulk_change.html", context)

    def undo_view(self, request, pk):
        """Say what an undo takes back and what stays, and why; with a yes, do it."""
        if not may_change(request.user):
            raise PermissionDenied
        action = get_object_or_404(BulkAction.objects.select_related("by"), pk=pk)
        undo = Undo(action)
        articles = Article.objects.filter(revisions__action=action)
        planned = plan_changes(request, articles, undo.story_without)
        own_page = reverse("admin:articles_bulkaction_change", args=[pk])
        if not was_asked(request):
            values = [
                (_("What"), capfirst(action.why)),
                (_("When"), write_date(action.made_at)),
                (_("Who"), name_of(action.by)),
            ]
            title = _("Undo a change to many articles")
            return ask(self, request, planned, title, values=values, back=own_page)
        kept = {
            plan.article.pk: undo.kept[plan.article.pk]
            for plan in planned
            if plan.effect in KEPT and plan.article.pk in undo.kept
        }
        why = reason_of_undo(action)
        made = write_planned(request, planned, why, undoes=action, kept=kept)
        if not made:
            return redirect(own_page)
        gone = [plan.article for plan in planned if plan.effect == "leaves"]
        warn_of_open_pictures(request, gone)
        return redirect("admin:articles_bulkaction_change", made.pk)


@dataclass(frozen=True)
class ShownStory:
    """What a change did to one story: each field with its words before and after."""

    article: Article
    number: int
    fields: list[tuple[str, str, str]]


def shown_stories(action, revisions):
    """Return what a change did, by the revisions that it made."""
    rows = Revision.objects.filter(
        article__revisions__action=action,
        article__in=[row.article_id for row in revisions],
        number=F("article__revisions__number") - 1,
    )
    earlier = dict(rows.values_list("article", "story"))
    for row in revisions:
        old, new = (from_json(text) for text in (earlier[row.article_id], row.story))
        fields = [
            (capfirst(article_field_label(each.what)), *words_of(each, old, new))
            for each in changes_between(old, new)
            if not each.is_order
        ]
        yield ShownStory(row.article, row.number, fields)


def words_of(change, old, new):
    for side, story in ((change.old, old), (change.new, new)):
        yield "" if side is None else part_in_words(change.what, side, story)


def stories_kept_by(undo):
    """Return the stories of which an undo left something, with what that was."""
    articles = Article.objects.in_bulk(map(int, undo.kept))
    return [
        (article, fields_in_words(undo.kept[str(pk)]))
        for pk, article in articles.items()
    ]


def name_of(user):
    return user and (user.get_full_name() or user.get_username())


def undone_in_words(action):
    """Say whether a change is undone, and of how many stories if not of all."""
    if not action.undone_stories:
        return ""
    if is_undone(action):
        return _("undone")
    words = _("undone for %(number)d of %(all)d")
    return words % {"number": action.undone_stories, "all": action.stories}


def is_undone(action):
    return (action.undone_stories or 0) >= action.stories


def reason_of_undo(action):
    """Say what an undo is for; the undo of one does again what that had undone."""
    first, is_again = action, False
    while first.undoes:
        first, is_again = first.undoes, not is_again
    words = _("done again: %s") if is_again else _("undone: %s")
    return (words % first.why)[:LONGEST_REASON]


class Undo:
    """What becomes of each story of an action, and the fields that are to stay."""

    def __init__(self, action):
        self.action = action
        self.kept = {}

    @cached_property
    def stories(self):
        return stories_of(self.action)

    @cached_property
    def sections(self):
        return set(Tag.objects.sections().values_list("name", flat=True))

    def story_without(self, now, article):
        """Return a story as if it had not been changed, or why it stays as it is."""
        if not (done := self.stories.get(article.pk)):
            return "same"
        back = done.take_back(now, self.sections)
        notes = []
        if back.kept:
            self.kept[article.pk] = back.kept
            notes = [_("Stays: %s.") % fields_in_words(back.kept)]
        if done.who:
            notes.append(_("Saved since by %s.") % get_text_list(done.who, _("and")))
        article.note = " ".join(notes)
        if back.story == now:
            is_withdrawn = now.status == "withdrawn" and "status" in back.kept
            return "withdrawn" if is_withdrawn else "kept" if back.kept else "same"
        if back.story.status == "published" != now.status:
            if article.is_killed:
                return "killed"
            if back.story.published is None:
                return "undated"
        return back.story
