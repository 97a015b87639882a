"""The list of stories in the bin: restored by a click, erased by an Administrator.

They go there from their own page (`_obey_button` in `article_form.py`) or many at once
(`article_list.py`).
"""

import re
from dataclasses import replace

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Value
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from articles.desk.article_list import RunFilter, SectionFilter
from articles.desk.article_state import RESTORED
from articles.desk.bulk_actions import has_too_many, plan_changes, write_planned
from articles.desk.erasing import erase_chosen
from articles.desk.query_parameters import is_number
from articles.desk.sources import ReadOnlyAdmin
from articles.models import Article, Revision
from articles.store import Change, write
from articles.store.bin import statuses_before_bin, with_binning
from articles.store.roles import BIN, ERASE, VIEW, may_bin
from articles.store.rows import story_of
from articles.story.body import parse_blocks
from newsroom.dates import write_date

# How a message says which story a click restores: beside the message, not in its words.
RESTORABLE = re.compile(r"\bbinned-(\d{1,18})\b", re.ASCII)


def offer_to_restore(article):
    """Return the tag of a message beside which the story is restored by a click."""
    return f"binned-{article.pk}"


def restorable(message):
    """Return the number of the story that a message offers to restore, if it does."""
    found = RESTORABLE.search(message.extra_tags or "")
    return found and found[1]


def restore_url(site):
    view = site.admin_view(require_POST(restore_view))
    return path("restore/", view, name="articles_binnedarticle_restore")


def restore_view(request):
    """Restore one story, and lead to it."""
    pk = request.POST.get("article", "")
    locked = Article.objects.with_parts().select_for_update(of=("self",), no_key=True)
    article = locked.filter(pk=pk).first() if is_number(pk) else None
    if not may_bin(request.user, article):
        raise PermissionDenied
    if article is None:
        raise Http404
    if article.status == Article.Status.BINNED:
        status = statuses_before_bin([article.pk])[article.pk]
        change = Change(replace(story_of(article), status=status), article.pk)
        write([change], by=request.user, why=str(RESTORED))
        messages.success(request, _("Restored, with all its versions."))
    else:
        messages.info(request, _("This story is not in the bin any more."))
    return redirect("admin:articles_article_change", article.pk)


@admin.action(description=gettext_lazy("Restore"), permissions=["restore"])
def restore_many(modeladmin, request, articles):
    """Restore at once: what it does is undone as one, too."""
    if has_too_many(modeladmin, request, articles):
        return
    before = statuses_before_bin(list(articles.values_list("pk", flat=True)))

    def restored(story, article):
        return replace(story, status=before[article.pk])

    write_planned(request, plan_changes(request, articles, restored), str(RESTORED))


class BinAdmin(ReadOnlyAdmin):
    """What editors have moved to the bin, the newest first; nothing leaves by itself.

    The number of queries of the list does not grow with its rows.
    """

    list_display = ["shown_headline", "moved_at", "moved_by", "words", "restore"]
    list_display_links = None
    list_filter = [SectionFilter, RunFilter]
    list_per_page = 50
    search_fields = ["headline", "body", "code"]
    search_help_text = gettext_lazy(
        "Search headlines and bodies, or type an article’s code"
    )
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = [restore_many, erase_chosen]

    def get_queryset(self, request):
        first = Revision.objects.filter(article=OuterRef("pk"), number=1)
        is_own = Exists(first.filter(by=request.user.pk))
        is_free = Value(value=True) if request.user.has_perm(BIN) else is_own
        return with_binning().annotate(may_restore=is_free)

    def get_ordering(self, request):
        return [F("binned_at").desc(), "-id"]

    @admin.display(description=gettext_lazy("headline"), ordering="headline")
    def shown_headline(self, article):
        return format_html(
            '<a href="{}"><bdi class="headline" lang="{}">{}</bdi></a>',
            reverse("admin:articles_article_change", args=[article.pk]),
            article.language,
            article,
        )

    @admin.display(description=gettext_lazy("moved here"), ordering="binned_at")
    def moved_at(self, article):
        return write_date(article.binned_at)

    @admin.display(description=gettext_lazy("by"), ordering="binned_by")
    def moved_by(self, article):
        return article.binned_by

    @admin.display(description=gettext_lazy("length"))
    def words(self, article):
        number = sum(len(each.text.split()) for each in parse_blocks(article.body))
        return ngettext("%d word", "%d words", number) % number

    @admin.display(description=gettext_lazy("restore"))
    def restore(self, article):
        """Offer a button of the list's own form, which leads elsewhere."""
        if not article.may_restore:
            return ""
        return format_html(
            '<button type="submit" class="button" name="article" value="{}" '
            'formaction="{}" aria-label="{}">{}</button>',
            article.pk,
            reverse("admin:articles_binnedarticle_restore"),
            _("Restore: %s") % article,
            _("Restore"),
        )

    def get_list_display(self, request):
        shown = super().get_list_display(request)
        return shown if may_bin(request.user) else shown[:-1]

    def get_urls(self):
        return [restore_url(self.admin_site), *super().get_urls()]

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(VIEW)

    def has_restore_permission(self, request):
        return may_bin(request.user)

    def has_erase_permission(self, request):
        return request.user.has_perm(ERASE)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Lead to the story's own form."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect("admin:articles_article_change", object_id)
