"""Highlights and captions as rows of the article's form.

A row carries its part's key, never a row id: whatever version of the story the form
was filled from, the store finds the same part again.
"""

import re

from django import forms
from django.forms.formsets import TOTAL_FORM_COUNT
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.story.sizes import FORM_FIELDS, STORY_PARTS
from articles.story.story import Highlight


class PartForm(forms.Form):
    """One row; a row without words is none."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Text"),
        required=False,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )

    @property
    def words(self):
        """Return the fields of the row that are read in the newspaper."""
        return [self[name] for name in ("text", "credit") if name in self.fields]


class HighlightForm(PartForm):
    def part(self):
        values = self.cleaned_data
        return Highlight(values.get("text", ""), values.get("key", ""))


class PartFormSet(forms.BaseFormSet):
    """Rows that know their order, and which of them shall go."""

    not_all = _("Not all highlights and captions arrived, so nothing was saved.")
    default_error_messages = forms.BaseFormSet.default_error_messages | {
        "too_many_forms": not_all
    }

    @classmethod
    def of(cls, parts, data, prefix, **options):
        """Return the rows that were sent, or else those of the story's parts.

        What was sent is never weighed against the story: meanwhile it may have more.
        """
        if data is not None:
            return cls(data, prefix=prefix, **options)
        rows = [
            {name: getattr(part, name) for name in part.__slots__} for part in parts
        ]
        return cls(initial=rows, prefix=prefix, **options)

    @cached_property
    def sent(self):
        """Return the numbers of the rows that came, however many the form claims."""
        row = re.compile(rf"{re.escape(self.prefix)}-(\d{{1,6}})-")
        return {int(match[1]) for name in self.data if (match := row.match(name))}

    def total_form_count(self):
        """Count the rows; one that was claimed and never sent would cost as much."""
        count = super().total_form_count()
        return min(count, len(self.sent) + self.extra) if self.is_bound else count

    def clean(self):
        """Miss no row but the spare ones, which a browser with scripts never sends."""
        first = self.initial_form_count()
        spare = set(range(first, first + self.extra)) - self.sent
        claimed = self.management_form.cleaned_data[TOTAL_FORM_COUNT]
        if claimed > len(self.sent) + len(spare):
            raise forms.ValidationError(self.not_all)

    def parts(self):
        return tuple(form.part() for form in self.ordered_forms)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Position")
        form.fields["DELETE"].label = _("Remove")


def rows_of(form, rows=PartFormSet):
    """Return the formset of such rows; those beyond the most come back, too."""
    return forms.formset_factory(
        form,
        rows,
        can_order=True,
        can_delete=True,
        extra=1,
        max_num=STORY_PARTS,
        absolute_max=FORM_FIELDS,
    )


HighlightFormSet = rows_of(HighlightForm)
