"""The screens where an Administrator erases stories for good: asked twice, and why."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from articles.desk.bulk_actions import MOST_SHOWN, has_too_many, seen_revisions
from articles.desk.sources import ReadOnlyAdmin
from articles.imports.lock import is_running
from articles.models import Article, ImportRun
from articles.store import CannotWrite
from articles.store.erasing import erase, erase_many, find_traces
from articles.store.roles import ERASE

# Each is looked for in all that is kept, while every other save waits.
MOST_ERASED = 50


class ErasureAdmin(ReadOnlyAdmin):
    """What was erased: who, when and why."""

    fields = ["code", "erased_at", "erased_by", "reason"]
    list_display = ["code", "erased_at", "erased_by", "reason"]
    list_select_related = ["erased_by"]
    search_fields = ["code", "reason"]
    show_full_result_count = False


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        help_text=_(
            "It is kept for good, with your name, so do not quote the story in it."
        ),
        widget=forms.Textarea({"rows": 3, "dir": "auto", "class": "vLargeTextField"}),
    )


class EraseForm(ReasonForm):
    """First why, then, on a page of its own, the story's code as a second yes."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("The story’s code"),
        required=False,
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args, article, **options):
        super().__init__(*args, **options)
        self.article = article

    def clean_code(self):
        code = self.cleaned_data["code"].strip()
        if code and code != self.article.code:
            raise forms.ValidationError(_("This is not the code of this story."))
        return code


class EraseManyForm(ReasonForm):
    """First why, then how many stories there are as a second yes."""

    prefix = "erasure"

    number = forms.IntegerField(
        label=_("How many stories"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )

    def __init__(self, *args, articles, **options):
        super().__init__(*args, **options)
        self.articles = articles

    def clean_number(self):
        number = self.cleaned_data["number"]
        if number not in (None, len(self.articles)):
            raise forms.ValidationError(_("There are not as many stories as that."))
        return number


def erase_url(site):
    view = site.admin_view(require_http_methods(["GET", "POST"])(erase_view))
    return path("<int:pk>/erase/", view, name="articles_article_erase")


def erase_view(request, pk):
    """Say what goes and ask why; say it again and ask for the code; then erase."""
    if not request.user.has_perm(ERASE):
        raise PermissionDenied
    article = Article.objects.filter(pk=pk).first()
    if article is None:
        raise Http404
    initial = {"revision": article.revision}
    form = EraseForm(request.POST or None, article=article, initial=initial)
    if form.is_valid() and form.cleaned_data["code"]:
        problem = _erased(request, article, form.cleaned_data)
        if not problem:
            return redirect("admin:articles_article_changelist")
        form.add_error(None, problem)
    return _ask(request, article, form)


def _erased(request, article, values):
    """Erase the story, or return why it cannot be at this moment."""
    if is_import_running():
        return gettext("An import is running. Erase the story when it has finished.")
    try:
        erase(article.pk, values["revision"], request.user, values["reason"])
    except CannotWrite as error:
        return str(error)
    text = gettext("Erased for good: %s.")
    messages.success(request, text % article.code)
    return ""


def is_import_running():
    run = ImportRun.objects.filter(finished_at=None).order_by("-pk").first()
    return run is not None and is_running(run)


@admin.action(description=_("Erase for good"), permissions=["erase"])
def erase_chosen(modeladmin, request, articles):
    """Ask why, then how many; then erase the stories as they were looked at."""
    seen = seen_revisions(request)
    if not seen and has_too_many(modeladmin, request, articles, MOST_ERASED):
        return None
    chosen = modeladmin.get_queryset(request).filter(pk__in=seen) if seen else articles
    chosen = list(chosen.only("headline", "code", "revision"))
    is_answered = bool(seen) and f"{EraseManyForm.prefix}-reason" in request.POST
    form = EraseManyForm(request.POST if is_answered else None, articles=chosen)
    if form.is_valid() and form.cleaned_data["number"]:
        if not is_import_running():
            return _erase_all(request, chosen, seen, form.cleaned_data["reason"])
        text = gettext("An import is running. Erase the stories when it has finished.")
        form.add_error(None, text)
    return TemplateResponse(
        request, "desk/erase_many.html", _question(modeladmin, request, chosen, form)
    )


def _erase_all(request, chosen, seen, reason):
    """Erase what reads as it was looked at, and say what does not."""
    revisions = {article.pk: seen[article.pk] for article in chosen}
    erased = erase_many(revisions, request.user, reason)
    text = ngettext("%d story erased for good.", "%d stories erased for good.", erased)
    messages.success(request, text % erased)
    if left := len(seen) - erased:
        text = ngettext(
            "%d story was changed, restored or erased meanwhile: look again.",
            "%d stories were changed, restored or erased meanwhile: look again.",
            left,
        )
        messages.warning(request, text % left)


def _question(modeladmin, request, chosen, form):
    is_second = form.is_bound and "reason" not in form.errors
    return modeladmin.admin_site.each_context(request) | {
        "title": gettext("Erase for good: are you sure?")
        if is_second
        else gettext("Erase for good"),
        "opts": modeladmin.opts,
        "form": form,
        "is_second": is_second,
        "number": len(chosen),
        "shown": chosen[:MOST_SHOWN],
        "further": len(chosen[MOST_SHOWN:]),
        "seen": " ".join(f"{each.pk}:{each.revision}" for each in chosen),
        "action": request.POST["action"],
        "checkbox": ACTION_CHECKBOX_NAME,
        "first": chosen[0].pk if chosen else "",
        "back": request.get_full_path(),
    }


def _ask(request, article, form):
    # What is asked a second time names the reason and cannot be reached without one.
    is_second = form.is_bound and "reason" not in form.errors
    if form.is_bound and form.non_field_errors():
        # It is looked at again, as it reads now.
        form.data = form.data.dict() | {"revision": article.revision, "code": ""}
    context = admin.site.each_context(request) | {
        "title": gettext("Erase for good: are you sure?")
        if is_second
        else gettext("Erase for good"),
        "opts": Article._meta,
        "article": article,
        "traces": find_traces(article),
        "form": form,
        "is_second": is_second,
    }
    return TemplateResponse(request, "desk/erase.html", context)
