"""The screen where one photo is described."""

import mimetypes

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk.once import outside_transaction
from articles.desk.photo_arrivals import PhotoArrivals
from articles.desk.photo_form import PhotoForm
from articles.desk.photo_upload import Refused
from articles.store import CannotWrite
from articles.store.photos import (
    change_photo,
    delete_photo,
    uses_of,
    withdraw_photo,
)
from articles.store.roles import VIEW, may_change_photo

MOST_USES = 100


class PhotoAdmin(PhotoArrivals):
    """Draws the forms; the store changes and deletes the photos."""

    form = PhotoForm
    change_form_template = "desk/photo.html"
    fieldsets = [
        (gettext_lazy("Focal point"), {"fields": [("focal_x", "focal_y")]}),
        (
            gettext_lazy("What it shows"),
            {"fields": ["alternative_text", "headline", "caption"]},
        ),
        (
            gettext_lazy("Whose it is"),
            {
                "fields": [
                    ("credit", "creator"),
                    "copyright_notice",
                    "usage_terms",
                    "web_statement",
                    "digital_source_type",
                ]
            },
        ),
        (gettext_lazy("Availability"), {"fields": ["is_withdrawn"]}),
    ]

    def has_change_permission(self, request, obj=None):
        return may_change_photo(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        """Let only photos go that stand in no article."""
        is_allowed = super().has_delete_permission(request, obj)
        return is_allowed and (obj is None or not uses_of(obj).exists())

    def get_form(self, request, obj=None, **options):
        form = super().get_form(request, obj, **options)
        form.refusal = getattr(request, "refusal", None)
        return form

    @outside_transaction
    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Answer with the same form and all that was typed when the store refuses.

        No transaction is held: to make the sizes takes seconds, in which others write.
        """
        try:
            return self._changeform_view(request, object_id, form_url, extra_context)
        except Refused as refusal:
            request.refusal = str(refusal)
            return self._changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, *args, obj=None, **options):
        uses = uses_of(obj)
        # Who may not read drafts reads no headline of them here.
        if not request.user.has_perm(VIEW):
            uses = uses.published()
        context |= {
            "photo": obj,
            "show_save_and_add_another": False,
            "media_type": mimetypes.guess_type(obj.file.name)[0],
            "uses": uses[:MOST_USES],
        }
        return super().render_change_form(request, context, *args, obj=obj, **options)

    def save_form(self, request, form, change):
        return form.instance

    def save_model(self, request, obj, form, change):
        changes = form.changes()
        form.is_moved = "is_withdrawn" in changes
        is_withdrawn = changes.pop("is_withdrawn", False)
        try:
            form.is_changed = change_photo(obj, **changes)
        except (CannotWrite, OSError) as error:
            raise Refused(str(error)) from error
        if form.is_moved:
            withdraw_photo(obj, timezone.now() if is_withdrawn else None)
        if obj.is_withdrawn and uses_of(obj).published().exists():
            text = _("Readers still get it, since a public story shows it.")
            self.message_user(request, text, messages.WARNING)
        if not obj.alternative_text:
            text = _("It has no alternative text yet: some readers will miss it.")
            self.message_user(request, text, messages.WARNING)

    def save_related(self, request, form, formsets, change):
        """Write nothing: a photo has no parts."""

    def construct_change_message(self, request, form, *ignored):
        if form.is_moved:
            is_withdrawn = form.cleaned_data["is_withdrawn"]
            return _("Withdrawn from readers.") if is_withdrawn else _("Given back.")
        return [{"changed": {}}] if form.is_changed else []

    def log_change(self, request, obj, message):
        if message:
            super().log_change(request, obj, message)

    def delete_model(self, request, obj):
        try:
            delete_photo(obj)
        except CannotWrite as error:
            raise PermissionDenied from error
