"""Where pictures come in: several with a form, or one by one from a script."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.desk.once import outside_transaction
from articles.desk.photo_list import PhotoList, told
from articles.desk.photo_upload import Refused, UploadForm, keep_upload


class PhotoArrivals(PhotoList):
    def get_urls(self):
        keep = self.admin_site.admin_view(require_POST(self.keep_view))
        own = path("keep/", keep, name="articles_photo_keep")
        return [own, *super().get_urls()]

    @outside_transaction
    def add_view(self, request, form_url="", extra_context=None):
        """Keep each of the pictures, and tell what became of it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        is_sent = request.method == "POST"
        form = UploadForm(files=request.FILES if is_sent else None)
        arrivals = _arrivals(form, request.user) if is_sent else []
        if len(arrivals) == 1 and (arrival := arrivals[0]).photo:
            self.message_user(request, arrival.sentence, messages.SUCCESS)
            page = reverse("admin:articles_photo_change", args=[arrival.photo.pk])
            return HttpResponseRedirect(page)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Add photos"),
            "opts": self.opts,
            "upload": form,
            "arrivals": arrivals,
        }
        return TemplateResponse(request, "desk/photo_add.html", context)

    @outside_transaction
    def keep_view(self, request):
        """Keep the one picture that was sent, or answer why it was refused."""
        upload = request.FILES.get("file")
        if not upload:
            return JsonResponse({"refusal": _("No file arrived.")})
        arrival = Arrival(upload, request.user)
        if not arrival.photo:
            return JsonResponse({"refusal": arrival.sentence})
        return JsonResponse(told(arrival.photo) | {"isNew": arrival.is_new})


class Arrival:
    """What became of one of the files that came: a photo, or why it is none."""

    def __init__(self, upload, editor):
        self.name = upload.name
        self.photo, self.is_new = None, False
        try:
            self.photo, self.is_new = keep_upload(upload, editor)
        except Refused as refusal:
            self.sentence = str(refusal)
        else:
            here = _("This picture is already here.")
            self.sentence = _("Kept.") if self.is_new else here


def _arrivals(form, editor):
    files = form.cleaned_data["files"] if form.is_valid() else []
    return [Arrival(file, editor) for file in files]
