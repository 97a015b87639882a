"""Pictures as they come in: each is judged by its content and kept at once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.pictures import NotAPicture
from articles.pictures.open import MOST_BYTES
from articles.store import CannotWrite
from articles.store.photos import keep_photo

ACCEPTED = "image/jpeg,image/png,image/webp,image/avif,image/gif"


class Refused(Exception):
    """What was sent is not kept; the message says why and what to do."""


def keep_upload(upload, editor):
    """Return the photo of an uploaded file, and whether it is new."""
    if not editor.has_perm("articles.add_photo"):
        raise Refused(_("You may choose among the photos, but add none."))
    upload.seek(0)
    try:
        return keep_photo(upload.read(MOST_BYTES + 1), upload.name, by=editor)
    except (NotAPicture, CannotWrite) as error:
        raise Refused(str(error)) from error


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, in a list."""

    widget = FilesInput({"accept": ACCEPTED})

    def clean(self, data, initial=None):
        clean = super().clean
        return [clean(file, initial) for file in data or [None]]


class UploadForm(forms.Form):
    """The pictures to keep."""

    files = FilesField(
        label=_("Pictures"),
        help_text=_("JPEG, PNG, WebP, AVIF or GIF, at most 50 megapixels each."),
    )
