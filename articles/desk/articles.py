"""The screens of articles: the list where they are found, and the form of one.

Before it is sent, the form asks whether the editor is still signed in.
"""

from contextlib import suppress
from copy import deepcopy
from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from articles.desk.article_form import ArticleForm
from articles.desk.article_list import (
    ACTIONS,
    HINDRANCES,
    NUMBER_OF_DOUBTS,
    DateFilter,
    DoubtFilter,
    ReaderFilter,
    RunFilter,
    SectionFilter,
    StatusFilter,
    SuggestionFilter,
    SuspicionFilter,
)
from articles.desk.article_state import (
    reason_in_words,
    saved_in_words,
    state_in_words,
)
from articles.desk.authorship import authorship_url
from articles.desk.bin import offer_to_restore
from articles.desk.corrections import ANSWERS, REASONS
from articles.desk.dates import remarks_on_dates
from articles.desk.erasing import erase_url
from articles.desk.history import history_urls, show_history
from articles.desk.photos import warn_of_open_pictures
from articles.desk.questions import suspicion_answers
from articles.desk.refusals import SaveRefused, redraw_if_refused
from articles.desk.site import DeskAdmin
from articles.desk.sources import other_sources, sources_of
from articles.desk.two_at_once import tell_of_bin, tell_of_colleagues
from articles.desk.working_copies import KeptAsTyped, working_copy_urls
from articles.models import Article, Conflict, Tagging
from articles.store import CannotWrite, Change, write
from articles.store.bin import with_binning
from articles.store.photos import change_photo
from articles.store.questions import decide_suspicions, dismiss_doubts
from articles.store.roles import (
    CHANGE,
    CHANGE_OWN,
    PUBLISH,
    UNSEEN,
    VIEW,
    is_own,
    may_bin,
    may_change,
)
from articles.store.rows import story_of
from articles.story.sizes import FORM_BYTES, UPLOAD_BYTES
from articles.story.story import dismissed_names, is_public, suggested_names
from articles.story.text import raise_figures
from newsroom.dates import write_date

GONE = gettext_lazy(
    "This article was deleted while you were writing. Save again to keep your words "
    "as a new article."
)
EDITORS_ONLY = gettext_lazy(
    "An editor has since published or withdrawn this story, so only editors can "
    "change it now. Nothing was saved, but nothing you typed is lost: pass it to an "
    "editor."
)


class ArticleAdmin(KeptAsTyped, DeskAdmin):
    """The list, newest first, and the form, whose story the store alone writes.

    The number of queries of the list does not grow with its rows.
    """

    empty_value_display = format_html('<span class="none">{}</span>', "–")
    list_display = [
        "shown_headline",
        "shown_status",
        "date",
        "section",
        "shown_tags",
        "doubts",
    ]
    list_filter = [
        ("status", StatusFilter),
        ReaderFilter,
        SectionFilter,
        DoubtFilter,
        SuggestionFilter,
        SuspicionFilter,
        RunFilter,
        DateFilter,
        ("published_at", admin.DateFieldListFilter),
    ]
    list_per_page = 50
    # What has no date yet is what editors work on.
    ordering = [F("published_at").desc(nulls_first=True), "-id"]
    search_fields = ["headline", "body", "code"]
    search_help_text = gettext_lazy(
        "Search headlines and bodies, or type an article’s code"
    )
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = ACTIONS

    form = ArticleForm
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "headline",
                    ("kicker", "dateline"),
                    "standfirst",
                    "bylines",
                    "body",
                ]
            },
        ),
        (
            gettext_lazy("Publication"),
            {
                "fields": [
                    ("status", "section", "kind"),
                    "is_silent",
                    "tags",
                    "suggestions",
                    "published",
                    "updated",
                    "embargo_until",
                    "expires_at",
                ]
            },
        ),
        (
            gettext_lazy("More"),
            {"classes": ["collapse"], "fields": ["language", "source_short_url"]},
        ),
    ]

    def get_search_results(self, request, articles, words):
        """Find a raised figure by its caret: 10⁶ by 10^6."""
        found, may_repeat = super().get_search_results(request, articles, words)
        if (raised := raise_figures(words)) != words:
            found |= super().get_search_results(request, articles, raised)[0]
        return found, may_repeat

    def get_queryset(self, request):
        doubts = Coalesce(Subquery(NUMBER_OF_DOUBTS.values("n")), 0)
        taggings = Tagging.objects.shown().select_related("tag")
        return (
            super()
            .get_queryset(request)
            .outside_bin()
            .with_section()
            .with_hindrance()
            .annotate(open_doubts=doubts)
            .prefetch_related(Prefetch("taggings", taggings.order_by("tag__folded")))
        )

    @admin.display(description=gettext_lazy("headline"), ordering="headline")
    def shown_headline(self, article):
        return format_html(
            '<bdi class="headline" lang="{}">{}</bdi>', article.language, article
        )

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def shown_status(self, article):
        shown = article.status, article.get_status_display()
        if article.status == Article.Status.PUBLISHED and article.hindrance:
            shown = article.hindrance, HINDRANCES[article.hindrance]
        return format_html('<span class="status status--{}">{}</span>', *shown)

    @admin.display(description=gettext_lazy("date"), ordering="published_at")
    def date(self, article):
        """Show what is stated; an estimate is all there is, or is not shown."""
        published, updated = article.published, article.updated
        if published and published.is_stated:
            return write_date(published.at)
        if updated and updated.is_stated:
            return _("Updated %s") % write_date(updated.at)
        date = published and write_date(published.at)
        estimate = '{} <em class="estimate">{}</em>'
        return date and format_html(estimate, date, _("estimated"))

    @admin.display(description=gettext_lazy("tags"))
    def shown_tags(self, article):
        names = [tagging.tag.name for tagging in article.taggings.all()]
        return ", ".join(names) or None

    @admin.display(description=gettext_lazy("doubts"), ordering="open_doubts")
    def doubts(self, article):
        return article.open_doubts or None

    def get_fieldsets(self, request, obj=None):
        """Leave the suggestions out where there are none."""
        fieldsets = super().get_fieldsets(request, obj)
        story = story_of(obj) if obj else None
        if story and (suggested_names(story) or dismissed_names(story)):
            return fieldsets
        fieldsets = deepcopy(fieldsets)
        for _heading, options in fieldsets:
            options["fields"] = [f for f in options["fields"] if f != "suggestions"]
        return fieldsets

    def get_urls(self):
        site = self.admin_site
        own = [session_url(site), erase_url(site), authorship_url(site)]
        own += history_urls(site)
        return [*own, *working_copy_urls(site), *super().get_urls()]

    def has_change_permission(self, request, obj=None):
        """Show a refused form once more to the writer of a story that editors took."""
        if may_change(request.user, obj):
            return True
        is_refused = obj is not None and getattr(request, "refusal", None)
        return bool(is_refused) and is_own(request.user, obj)

    def may_keep(self, request, row):
        """Keep what is typed for an own story, also once editors took it."""
        return super().may_keep(request, row) or (
            bool(row) and is_own(request.user, row)
        )

    def has_delete_permission(self, request, obj=None):
        """Let nothing be deleted: there is the bin, and what was public stays."""
        return False

    def has_bin_permission(self, request):
        return may_bin(request.user)

    def has_publish_permission(self, request):
        return request.user.has_perm(PUBLISH)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Open the form to those who may change the story; others read it."""
        user = request.user
        if (
            request.method == "GET"
            and user.has_perm(VIEW)
            and not user.has_perm(CHANGE)
        ):
            article = self.get_object(request, unquote(object_id))
            if article and not may_change(user, article):
                return redirect("articles:preview", article.code)
        return super().change_view(request, object_id, form_url, extra_context)

    def view_on_site(self, obj):
        is_public = Article.objects.published().filter(pk=obj.pk).exists()
        return obj.get_absolute_url() if is_public else None

    def get_object(self, request, object_id, from_field=None):
        """Return the article as of one moment, though its parts are read in turn.

        Who sends its form has it to themselves, and may have read it just before.
        """
        if article := vars(request).pop("row", None):
            return article
        articles = Article.objects.with_parts()
        if request.method == "POST":
            articles = articles.select_for_update(of=("self",), no_key=True)
        try:
            article = articles.get(pk=object_id)
        except (Article.DoesNotExist, ValueError):
            return None
        now = Article.objects.filter(pk=article.pk, revision=article.revision)
        if request.method == "POST" or now.exists():
            return article
        return self.get_object(request, object_id)

    def get_changeform_initial_data(self, request):
        """Let no address fill in the form."""
        return {}

    def get_form(self, request, obj=None, **options):
        form = super().get_form(request, obj, **options)
        form.refusal = getattr(request, "refusal", None)
        form.editor = request.user
        return form

    @redraw_if_refused
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Take words for an article that is gone as those of a new one."""
        if request.method == "POST" and object_id is not None:
            article = self.get_object(request, unquote(object_id))
            if article is None:
                request.refusal = SaveRefused(GONE)
                object_id, form_url = None, reverse("admin:articles_article_add")
            elif article.status not in UNSEEN:
                user = request.user
                if user.has_perm(CHANGE_OWN) and not may_change(user, article):
                    request.refusal = SaveRefused(EDITORS_ONLY)
            request.row = article
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, *args, obj=None, **options):
        form, now = context["adminform"].form, timezone.now()
        is_binned = form.stored_story.status == Article.Status.BINNED
        zone = timezone.get_default_timezone()
        form.offer_printed_dates()
        context |= {
            "state": state_in_words(form.stored_story, now),
            "is_seen": is_public(form.stored_story, now, zone),
            "may_publish": self.has_publish_permission(request) and not is_binned,
            "is_binned": is_binned,
            "may_bin": obj and may_bin(request.user, obj),
            # Readers have seen it, as far as the form can tell, and may see it again.
            "may_correct": obj and (obj.was_public or obj.status not in UNSEEN),
        }
        context["sources"] = sources_of(obj) if obj else []
        has_source = bool(context["sources"])
        context["kills"] = form.kills() if has_source else []
        if is_binned:
            context["moved"] = with_binning().filter(pk=obj.pk).first()
        elif not context["is_seen"]:
            context["hindrances"] = form.hindrances(now, has_source=has_source)
        context["further"] = other_sources(obj) if obj else []
        conflicts = obj.conflicts.open() if obj else Conflict.objects.none()
        if not request.user.has_perm(CHANGE):
            conflicts = conflicts.between_editors()
        context["conflicts"] = conflicts.count()
        return super().render_change_form(request, context, *args, obj=obj, **options)

    def save_form(self, request, form, change):
        return form.instance

    def save_model(self, request, obj, form, change):
        try:
            story, conflicts = self._write(request, obj, form)
        except (CannotWrite, Article.DoesNotExist) as error:
            raise SaveRefused(str(error)) from error
        dismiss_doubts(
            (doubt.pk for doubt in form.cleaned_data["dismissed"]), request.user
        )
        decide_suspicions(suspicion_answers(form.cleaned_data), request.user)
        self.finish_copies(request)
        for photo, text in form.captions.descriptions().items():
            # Its sizes carry the words: making them takes too long for a transaction.
            transaction.on_commit(partial(self.describe_photo, request, photo, text))
        obj.pk, was = form.outcome.article_id, form.stored_story
        obj.has_new_conflicts, now = bool(conflicts), timezone.now()
        saved = saved_in_words(story, was, now)
        obj.was_moved = was.status != story.status == Article.Status.BINNED
        undo = offer_to_restore(obj) if obj.was_moved else ""
        self.message_user(request, saved, messages.SUCCESS, extra_tags=undo)
        for remark in remarks_on_dates(story, was, now):
            self.message_user(request, remark, messages.WARNING)
        obj.headline, obj.status = story.headline, story.status
        if was.status != obj.status == Article.Status.WITHDRAWN:
            warn_of_open_pictures(request, [obj])

    def describe_photo(self, request, photo, text):
        """Change a photo's alternative text, or give back the words with the reason.

        The story is saved by then, so no trouble may be answered as if it were not.
        """
        try:
            why = _("described in a story")
            is_changed = change_photo(photo, request.user, why, alternative_text=text)
        except (CannotWrite, OSError, OperationalError, InterfaceError) as error:
            busy = _("The database could not take it just now; the story is saved.")
            is_known = isinstance(error, CannotWrite | OSError)
            said = _("The alternative text “%(text)s” was not saved. %(reason)s")
            words = {"text": text, "reason": error if is_known else busy}
            self.message_user(request, said % words, messages.WARNING)
            return
        if is_changed:
            # Without this line in the desk's log nothing typed is lost.
            with suppress(OperationalError, InterfaceError):
                super().log_change(request, photo, [{"changed": {}}])

    def _write(self, request, obj, form):
        """Write what was typed, joined with what others saved since it was opened."""
        if obj.pk is None:
            change = Change(form.story, why=_("written at the desk"))
            (form.outcome,) = write([change], by=request.user)
            return form.story, ()
        joined = form.join(obj)
        was = form.stored_story
        why = reason_in_words(joined.story, was, timezone.now())
        if form.change and joined.story.status != was.status:
            why = f"{why} ({ANSWERS[form.change]})"
        elif form.change:
            why = str(REASONS[form.change])
        if form.base_number != obj.revision:
            merged = _("%(why)s, and merged: it was opened at version %(number)d")
            why = merged % {"why": why, "number": form.base_number}
        change = Change(joined.story, obj.pk, why=why)
        (form.outcome,) = write([change], by=request.user)
        number, conflicts = form.base_number, joined.conflicts
        tell_of_colleagues(request, obj, number, form.outcome, conflicts)
        if (
            joined.story.status
            == "binned"
            not in (
                form.base_story.status,
                form.typed.status,
            )
        ):
            tell_of_bin(request, obj)
        return joined.story, joined.conflicts

    def response_add(self, request, obj, post_url_continue=None):
        return self.response_change(request, obj)

    def response_change(self, request, obj):
        """Stay at the story: who saves goes on writing, and sees what readers see.

        What two editors changed, each in its way, comes first.
        """
        if obj.has_new_conflicts:
            address = reverse("admin:articles_conflict_changelist")
            return redirect(f"{address}?article={obj.pk}")
        if obj.was_moved:
            return self.response_post_save_change(request, obj)
        address = reverse("admin:articles_article_change", args=[obj.pk])
        filters = self.get_preserved_filters(request)
        known = {"preserved_filters": filters, "opts": self.opts}
        return redirect(add_preserved_filters(known, address))

    def save_related(self, request, form, formsets, change):
        """Write nothing: the story that was written holds all parts."""

    def construct_change_message(self, request, form, *ignored):
        return form.outcome.what

    def log_change(self, request, obj, message):
        if message != "unchanged":
            super().log_change(request, obj, [{"changed": {}}])

    def log_addition(self, request, obj, message):
        super().log_addition(request, obj, [{"added": {}}])

    def history_view(self, request, object_id, extra_context=None):
        article = self.get_object(request, unquote(object_id))
        if article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        return show_history(request, article)


def session_url(site):
    """Return the address that asks; others than editors are sent to the sign-in."""
    view = site.admin_view(require_GET(never_cache(still_here)))
    return path("session/", view, name="articles_session")


def still_here(request):
    """Answer with the token of now: a form may be older than the last sign-in.

    Beside it stands how many bytes are let through, of words alone and of all.
    """
    most = {"most": UPLOAD_BYTES, "most_words": FORM_BYTES}
    return JsonResponse({"token": get_token(request)} | most)
