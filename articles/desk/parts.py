"""Highlights and captions as rows of the article's form.

A row carries its part's key, never a row id: whatever version of the story the form
was filled from, the store finds the same part again.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.models import Photo
from articles.story.story import Caption, Highlight


class PartForm(forms.Form):
    """One row; a row without words is none."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Text"),
        required=False,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )


class HighlightForm(PartForm):
    def part(self):
        values = self.cleaned_data
        return Highlight(values.get("text", ""), values.get("key", ""))


class CaptionForm(PartForm):
    credit = forms.CharField(
        label=_("Credit"),
        required=False,
        help_text=_("Whose picture it is, without brackets."),
        widget=forms.TextInput({"dir": "auto"}),
    )
    photo = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_photo(self):
        sha256 = self.cleaned_data["photo"]
        if sha256 and not Photo.objects.filter(sha256=sha256).exists():
            raise ValidationError(_("This photo is not there any more."))
        return sha256

    def part(self):
        values = self.cleaned_data
        names = ("text", "credit", "photo", "key")
        return Caption(*(values.get(name, "") for name in names))


class PartFormSet(forms.BaseFormSet):
    """Rows that know their order, and which of them shall go."""

    @classmethod
    def of(cls, parts, data, prefix):
        """Return the rows that were sent, or else those of the story's parts.

        What was sent is never weighed against the story: meanwhile it may have more.
        """
        if data is not None:
            return cls(data, prefix=prefix)
        rows = [
            {name: getattr(part, name) for name in part.__slots__} for part in parts
        ]
        return cls(initial=rows, prefix=prefix)

    def parts(self):
        return tuple(form.part() for form in self.ordered_forms)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Position")
        form.fields["DELETE"].label = _("Remove")


def _rows_of(form):
    return forms.formset_factory(
        form, PartFormSet, can_order=True, can_delete=True, extra=1
    )


HighlightFormSet = _rows_of(HighlightForm)
CaptionFormSet = _rows_of(CaptionForm)
