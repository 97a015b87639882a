"""Where photos are found: the desk's list, and the choice beside a caption."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from articles.desk.addresses import is_number
from articles.desk.photo_upload import UploadForm
from articles.models import Caption
from articles.store.photos import left_behind, withdraw_photo
from articles.store.roles import CHANGE_PHOTO

PAGE = 24
LONGEST_QUERY = 200
CAPTIONS = Caption.objects.filter(photo=OuterRef("pk")).order_by()
NUMBER_OF_USES = CAPTIONS.values("photo").annotate(n=Count("article", distinct=True))


class UseFilter(admin.SimpleListFilter):
    title = _("use")
    parameter_name = "use"

    def lookups(self, request, model_admin):
        return [
            ("unused", _("Unused")),
            ("used", _("In an article")),
            ("left", _("Only in withdrawn articles")),
            ("withdrawn", _("Withdrawn from readers")),
        ]

    def queryset(self, request, photos):
        match self.value():
            case "unused":
                return photos.filter(captions=None)
            case "used":
                return photos.filter(uses__gt=0)
            case "left":
                return photos.filter(pk__in=left_behind().values("pk"))
            case "withdrawn":
                return photos.exclude(withdrawn_at=None)
        return photos


class AlternativeTextFilter(admin.SimpleListFilter):
    title = _("alternative text")
    parameter_name = "alternative_text"

    def lookups(self, request, model_admin):
        return [("none", _("Without")), ("some", _("With"))]

    def queryset(self, request, photos):
        match self.value():
            case "none":
                return photos.filter(alternative_text="")
            case "some":
                return photos.exclude(alternative_text="")
        return photos


class PhotoList(admin.ModelAdmin):
    """Photos, newest first; the number of queries does not grow with them."""

    change_list_template = "desk/photos.html"
    # Photos go one by one, each on its own page: none that is in use may.
    actions = None
    list_display = ["__str__"]
    list_filter = [UseFilter, AlternativeTextFilter]
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
    search_help_text = _("Words of the headline, caption or credit, or the file’s name")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request):
        uses = Coalesce(Subquery(NUMBER_OF_USES.values("n")), 0)
        return super().get_queryset(request).annotate(uses=uses)

    def changelist_view(self, request, extra_context=None):
        is_left = request.GET.get("use") == "left"
        context = {
            "title": gettext("Photos"),
            "upload": UploadForm(),
            "may_withdraw": is_left and request.user.has_perm(CHANGE_PHOTO),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def get_urls(self):
        choose = self.admin_site.admin_view(require_GET(self.choose_view))
        withdraw = self.admin_site.admin_view(require_POST(self.withdraw_view))
        own = [
            path("choose/", choose, name="articles_photo_choose"),
            path("withdraw/", withdraw, name="articles_photo_withdraw"),
        ]
        return [*own, *super().get_urls()]

    def withdraw_view(self, request):
        """Withdraw the pictures that were listed, but for those in use again."""
        if not request.user.has_perm(CHANGE_PHOTO):
            raise PermissionDenied
        seen = filter(is_number, request.POST.getlist("photo"))
        photos = list(left_behind().filter(pk__in=seen))
        for photo in photos:
            withdraw_photo(photo, timezone.now())
            self.log_change(request, photo, gettext("Withdrawn from readers."))
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
        if before.isdecimal() and len(before) < LONGEST_QUERY:
            rows = rows.filter(pk__lt=int(before))
        photos = list(rows[: PAGE + 1])
        more = photos[PAGE - 1].pk if len(photos) > PAGE else None
        return JsonResponse({"photos": [told(p) for p in photos[:PAGE]], "more": more})


def tell_of_pictures(request, articles):
    """Lead whoever withdrew the articles to the pictures that readers still get."""
    if left_behind().filter(captions__article__in=articles).exists():
        text = gettext("Their pictures can still be opened at their own addresses.")
        url = reverse("admin:articles_photo_changelist", query={"use": "left"})
        link = format_html('{} <a href="{}">{}</a>', text, url, gettext("See which"))
        messages.warning(request, link)


def told(photo):
    """Return what a script needs to show a photo and to propose its words."""
    return {
        "sha256": photo.sha256,
        "name": str(photo),
        "thumbnail": photo.thumbnail,
        "page": reverse("admin:articles_photo_change", args=[photo.pk]),
        "caption": photo.caption,
        "credit": photo.credit,
        "alternativeText": photo.alternative_text,
    }
