"""The screens of photos: where they are found, uploaded and described."""

import mimetypes

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from articles.desk.photo_form import (
    PhotoForm,
    UploadForm,
    number_of_uses,
    save_upload,
    sharing,
)
from articles.desk.query_parameters import is_number
from articles.desk.refusals import SaveRefused, redraw_if_refused
from articles.desk.row_history import WithHistory, reason_of
from articles.desk.sent_forms import outside_transaction
from articles.desk.site import DeskAdmin
from articles.desk.typed_words import sent_fields, typed_words
from articles.desk.working_copies import KeptAsTyped
from articles.models import Photo
from articles.store import CannotWrite
from articles.store.photos import (
    OtherPicturesOpen,
    articles_showing,
    change_photo,
    delete_photo,
    photos_of_withdrawn_articles,
    withdraw_photo,
)
from articles.store.roles import CHANGE_PHOTO, VIEW, may_change_photo

MOST_USES = 100


PER_PAGE = 24
LONGEST_QUERY = 200


class PhotoUseFilter(admin.SimpleListFilter):
    title = gettext_lazy("use")
    parameter_name = "use"

    def lookups(self, request, model_admin):
        return [
            ("unused", gettext_lazy("Unused")),
            ("used", gettext_lazy("In an article")),
            ("left", gettext_lazy("Only in withdrawn articles")),
            ("withdrawn", gettext_lazy("Withdrawn from readers")),
        ]

    def queryset(self, request, photos):
        match self.value():
            case "unused":
                return photos.filter(captions=None)
            case "used":
                return photos.filter(uses__gt=0)
            case "left":
                return photos.filter(pk__in=photos_of_withdrawn_articles().values("pk"))
            case "withdrawn":
                return photos.exclude(withdrawn_at=None)
        return photos


class AlternativeTextFilter(admin.SimpleListFilter):
    title = gettext_lazy("alternative text")
    parameter_name = "alternative_text"

    def lookups(self, request, model_admin):
        return [("none", gettext_lazy("Without")), ("some", gettext_lazy("With"))]

    def queryset(self, request, photos):
        match self.value():
            case "none":
                return photos.filter(alternative_text="")
            case "some":
                return photos.exclude(alternative_text="")
        return photos


class PhotoAdmin(KeptAsTyped, WithHistory, DeskAdmin):
    """Where photos are found, uploaded and described; the store writes them.

    Newest first; the number of queries does not grow with them.
    """

    change_list_template = "desk/photos.html"
    # Photos go one by one, each on its own page: none that is in use may.
    actions = None
    list_display = ["__str__"]
    list_filter = [PhotoUseFilter, AlternativeTextFilter]
    list_per_page = 60
    ordering = ["-id"]
    search_fields = [
        "headline",
        "caption",
        "alternative_text",
        "credit",
        "creator",
        "original_name",
    ]
    search_help_text = gettext_lazy(
        "Search headlines, captions, credits and file names"
    )
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    form = PhotoForm
    change_form_template = "desk/photo.html"
    fieldsets = [
        (gettext_lazy("Focal point"), {"fields": [("focal_x", "focal_y")]}),
        (
            gettext_lazy("What it shows"),
            {"fields": ["alternative_text", "headline", "caption"]},
        ),
        (
            gettext_lazy("Who owns it"),
            {
                "fields": [
                    ("credit", "creator"),
                    "copyright_notice",
                    "usage_terms",
                    "web_statement",
                    "licensor_url",
                    "digital_source_type",
                ]
            },
        ),
        (gettext_lazy("Availability"), {"fields": ["is_withdrawn"]}),
    ]

    def has_change_permission(self, request, obj=None):
        return may_change_photo(request.user, obj)

    def may_go_on(self, request, row):
        """Offer no form for words of a photo that is gone: a new one is uploaded."""
        return row is not None and super().may_go_on(request, row)

    def may_keep(self, request, row):
        """Keep what is typed for an own photo, also once a public story shows it."""
        is_own = row is not None and row.added_by_id == request.user.pk
        return is_own or super().may_keep(request, row)

    def has_delete_permission(self, request, obj=None):
        """Let only photos be deleted that no article shows."""
        is_allowed = super().has_delete_permission(request, obj)
        return is_allowed and (obj is None or not articles_showing(obj).exists())

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(uses=number_of_uses())

    def changelist_view(self, request, extra_context=None):
        shows_left = request.GET.get("use") == "left"
        context = {
            "title": _("Photos"),
            "upload": UploadForm(),
            "may_withdraw": shows_left and request.user.has_perm(CHANGE_PHOTO),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def get_urls(self):
        choose = self.admin_site.admin_view(require_GET(self.choose_view))
        withdraw = self.admin_site.admin_view(require_POST(self.withdraw_view))
        save = self.admin_site.admin_view(self.save_view)
        arrived = self.admin_site.admin_view(require_GET(self.arrived_view))
        own = [
            path("keep/", save, name="articles_photo_keep"),
            path("choose/", choose, name="articles_photo_choose"),
            path("withdraw/", withdraw, name="articles_photo_withdraw"),
            path("<int:pk>/arrived/", arrived, name="articles_photo_arrived"),
        ]
        return [*own, *super().get_urls()]

    def arrived_view(self, request, pk):
        """Give the picture as it came, with the place and all else that it says."""
        if not request.user.has_perm(CHANGE_PHOTO):
            raise PermissionDenied
        photo = get_object_or_404(Photo, pk=pk)
        try:
            file = default_storage.open(photo.arrived["name"])
        except (OSError, TypeError) as error:
            raise Http404 from error
        return FileResponse(
            file,
            as_attachment=True,
            filename=photo.original_name,
            # Whatever it is, no browser opens it here.
            content_type="application/octet-stream",
        )

    def withdraw_view(self, request):
        """Withdraw the pictures that were listed, but for those in use again."""
        if not request.user.has_perm(CHANGE_PHOTO):
            raise PermissionDenied
        seen = filter(is_number, request.POST.getlist("photo"))
        photos = list(photos_of_withdrawn_articles().filter(pk__in=seen))
        for photo in photos:
            why = _("withdrawn with its stories")
            withdraw_photo(photo, timezone.now(), request.user, why)
            self.log_change(request, photo, _("Withdrawn from readers."))
        number = len(photos)
        text = ngettext(
            "%d picture was withdrawn from readers.",
            "%d pictures were withdrawn from readers.",
            number,
        )
        self.message_user(request, text % number, messages.SUCCESS)
        return redirect(
            reverse("admin:articles_photo_changelist", query={"use": "left"})
        )

    def choose_view(self, request):
        """Answer with the newest photos that hold the words, and where to go on."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        words = request.GET.get("q", "").replace("\0", "")[:LONGEST_QUERY]
        rows = self.get_queryset(request).order_by("-id")
        rows, _may_repeat = self.get_search_results(request, rows, words)
        before = request.GET.get("before", "")
        if is_number(before):
            rows = rows.filter(pk__lt=int(before))
        photos = list(rows[: PER_PAGE + 1])
        more = photos[PER_PAGE - 1].pk if len(photos) > PER_PAGE else None
        return JsonResponse(
            {
                "photos": [photo_as_json(p, request.user) for p in photos[:PER_PAGE]],
                "more": more,
            }
        )

    @outside_transaction
    def add_view(self, request, form_url="", extra_context=None):
        """Save each of the pictures, and say what became of it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        is_sent = request.method == "POST"
        form = UploadForm(files=request.FILES if is_sent else None)
        files = form.cleaned_data["files"] if is_sent and form.is_valid() else []
        results = [UploadResult(file, request.user) for file in files]
        if len(results) == 1 and (result := results[0]).photo:
            self.message_user(request, result.sentence, messages.SUCCESS)
            page = reverse("admin:articles_photo_change", args=[result.photo.pk])
            return HttpResponseRedirect(page)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Add photos"),
            "opts": self.opts,
            "upload": form,
            "results": results,
        }
        return TemplateResponse(request, "desk/photo_add.html", context)

    @outside_transaction
    def save_view(self, request):
        """Save the one picture that was sent, or answer why it was refused.

        A script asks first, without a picture: the door says whether there is room.
        """
        if request.method != "POST":
            return HttpResponse(status=204 if self.has_add_permission(request) else 403)
        upload = request.FILES.get("file")
        if not upload:
            return JsonResponse({"refusal": _("No file arrived.")})
        result = UploadResult(upload, request.user)
        if not result.photo:
            return JsonResponse({"refusal": result.sentence, "isBusy": result.is_busy})
        photo = self.get_queryset(request).get(pk=result.photo.pk)
        return JsonResponse(
            photo_as_json(photo, request.user) | {"isNew": result.is_new}
        )

    def get_form(self, request, obj=None, **options):
        form = super().get_form(request, obj, **options)
        form.refusal = getattr(request, "refusal", None)
        return form

    @outside_transaction
    @redraw_if_refused
    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Hold no transaction: others write while the sizes are made."""
        return self._changeform_view(request, object_id, form_url, extra_context)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """Answer with all that was typed about a photo that is gone."""
        typed = list(typed_words(sent_fields(request.POST)))
        if not typed:
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("The photo is gone"),
            "opts": opts,
            "typed": typed,
        }
        return TemplateResponse(request, "desk/photo_gone.html", context, status=404)

    def render_change_form(self, request, context, *args, obj=None, **options):
        uses = articles_showing(obj)
        # Who may not read drafts reads no headline of them here.
        if not request.user.has_perm(VIEW):
            uses = uses.published()
        context |= {
            "photo": obj,
            "show_save_and_add_another": False,
            "media_type": mimetypes.guess_type(obj.file.name)[0],
            "uses": uses[:MOST_USES],
            "may_have_arrived": obj.arrived and request.user.has_perm(CHANGE_PHOTO),
        }
        return super().render_change_form(request, context, *args, obj=obj, **options)

    def save_form(self, request, form, change):
        return form.instance

    def save_model(self, request, obj, form, change):
        changes = form.changes()
        form.is_moved = "is_withdrawn" in changes
        is_withdrawn = changes.pop("is_withdrawn", False)
        try:
            form.is_changed = change_photo(
                obj, request.user, reason_of(request), **changes
            )
        except (CannotWrite, OSError) as error:
            raise SaveRefused(str(error)) from error
        if form.is_moved:
            at = timezone.now() if is_withdrawn else None
            withdraw_photo(obj, at, request.user, reason_of(request))
        self.finish_copies(request)
        if obj.is_withdrawn and articles_showing(obj).published().exists():
            text = _("Readers can still see it, because a public story shows it.")
            self.message_user(request, text, messages.WARNING)
        if not obj.alternative_text:
            text = _("It has no alternative text yet, so some readers will miss it.")
            self.message_user(request, text, messages.WARNING)

    def save_related(self, request, form, formsets, change):
        """Write nothing: a photo has no parts."""

    def construct_change_message(self, request, form, *ignored):
        if form.is_moved:
            is_withdrawn = form.cleaned_data["is_withdrawn"]
            return (
                _("Withdrawn from readers.")
                if is_withdrawn
                else _("Restored to readers.")
            )
        return [{"changed": {}}] if form.is_changed else []

    def log_change(self, request, obj, message):
        if message:
            super().log_change(request, obj, message)

    def delete_model(self, request, obj):
        try:
            delete_photo(obj)
        except CannotWrite as error:
            raise PermissionDenied from error


def warn_of_open_pictures(request, articles):
    """After articles were withdrawn, link to their pictures that readers can open."""
    if photos_of_withdrawn_articles().filter(captions__article__in=articles).exists():
        text = _("Their pictures can still be opened at their own addresses.")
        url = reverse("admin:articles_photo_changelist", query={"use": "left"})
        link = format_html('{} <a href="{}">{}</a>', text, url, _("See which ones"))
        messages.warning(request, link)


def photo_as_json(photo, editor):
    """Return what a script needs to show a photo and to propose its words."""
    return {
        "sha256": photo.sha256,
        "name": str(photo),
        "thumbnail": photo.thumbnail,
        "page": reverse("admin:articles_photo_change", args=[photo.pk]),
        "caption": photo.caption,
        "credit": photo.credit,
        "proposedCredit": photo.proposed_credit,
        "alternativeText": photo.alternative_text,
        "mayDescribe": may_change_photo(editor, photo),
        "sharing": sharing(photo.uses),
    }


class UploadResult:
    """What became of one of the files that came: a photo, or why it is none."""

    def __init__(self, upload, editor):
        self.name = upload.name
        self.photo, self.is_new, self.is_busy = None, False, False
        try:
            self.photo, self.is_new = save_upload(upload, editor)
        except SaveRefused as refusal:
            self.sentence = str(refusal)
            self.is_busy = isinstance(refusal.__cause__, OtherPicturesOpen)
        else:
            here = _("This picture is already here.")
            self.sentence = _("Saved.") if self.is_new else here
