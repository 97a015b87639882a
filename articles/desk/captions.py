"""Captions as rows of the article's form, each with its picture.

A picture is kept as soon as it comes; the article gets it through its Story alone.
"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.desk.parts import PartForm, PartFormSet, rows_of
from articles.desk.photo_upload import ACCEPTED, Refused, keep_upload
from articles.models import Photo
from articles.story.story import Caption

SHA256 = re.compile("[0-9a-f]{64}")


class CaptionForm(PartForm):
    """A caption, and the picture over it: the one it has, or one that comes with it."""

    credit = forms.CharField(
        label=_("Credit"),
        required=False,
        help_text=_("Whose picture it is, without brackets."),
        widget=forms.TextInput({"dir": "auto"}),
    )
    photo = forms.CharField(required=False, widget=forms.HiddenInput)
    upload = forms.FileField(
        label=_("Picture from this computer"),
        required=False,
        widget=forms.FileInput({"accept": ACCEPTED}),
    )
    without_photo = forms.BooleanField(label=_("Take the picture away"), required=False)

    def __init__(self, *args, photos, editor, **options):
        super().__init__(*args, **options)
        self.photos, self.editor = photos, editor

    @property
    def shown(self):
        """Return the photo that the row shows now."""
        return self.photos.get(self["photo"].value())

    def clean_photo(self):
        sha256 = self.cleaned_data["photo"]
        if sha256 and sha256 not in self.photos:
            raise ValidationError(_("This photo is not there any more."))
        return sha256

    def clean(self):
        values = self.cleaned_data
        if values.get("without_photo"):
            self._show("")
        if values.get("upload") and not values.get("DELETE"):
            self._keep(values["upload"])

    def _keep(self, upload):
        """Keep the picture at once, whatever is wrong elsewhere, and show it."""
        try:
            photo, _is_new = keep_upload(upload, self.editor)
        except Refused as refusal:
            self.add_error("upload", str(refusal))
            return
        self.photos[photo.sha256] = photo
        self._show(photo.sha256)
        for name, words in (("text", photo.caption), ("credit", photo.credit)):
            self.cleaned_data[name] = self.cleaned_data.get(name) or words

    def _show(self, sha256):
        """Give the row a photo, also where the form comes back to the editor."""
        self.cleaned_data["photo"] = sha256
        self.data = self.data.copy()
        self.data[self.add_prefix("photo")] = sha256

    def part(self):
        values = self.cleaned_data
        names = ("text", "credit", "photo", "key")
        return Caption(*(values.get(name, "") for name in names))


class CaptionRows(PartFormSet):
    """Rows of captions, which read the photos they show in one go."""

    def __init__(self, *args, editor=None, **options):
        super().__init__(*args, **options)
        self.editor = editor

    @cached_property
    def photos(self):
        """Return the photos that the rows name, by SHA-256."""
        rows = Photo.objects.filter(sha256__in=self._named())
        return {photo.sha256: photo for photo in rows}

    def _named(self):
        if not self.is_bound:
            return {row["photo"] for row in self.initial} - {""}
        rows = range(self.total_form_count())
        named = {self.data.get(f"{self.prefix}-{row}-photo", "") for row in rows}
        return {name for name in named if SHA256.fullmatch(name)}

    def get_form_kwargs(self, index):
        return {"photos": self.photos, "editor": self.editor}


CaptionFormSet = rows_of(CaptionForm, CaptionRows)
