"""A form of one row, saved after somebody else has saved the same row.

It brings along what it was opened with, so that only what this editor changed is
written. Where both changed a field it comes back, once, with both versions.
"""

from django import forms
from django.utils.translation import gettext as _


class OpenedForm(forms.ModelForm):
    """A form that knows of each field what it held when it was opened."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.show_hidden_initial = self.instance.pk is not None

    def _clean_fields(self):
        super()._clean_fields()
        for name, bound in self._bound_items():
            if bound.html_initial_name in self.data:
                self._compare(name, bound)

    def _compare(self, name, bound):
        """Leave a field as it is stored, or tell that somebody else changed it, too."""
        stored = bound.initial
        if name not in self.changed_data:
            self.errors.pop(name, None)
            self.cleaned_data[name] = self._stored(bound)
        elif self._differs(bound, bound.html_initial_name) and self._differs(
            bound, bound.html_name
        ):
            message = _(
                "Somebody has changed this since you opened it, to: “%s”. Save again "
                "to put what you typed in its place."
            )
            self.add_error(name, message % self._words(bound))
            self.data = self.data.copy()
            self.data[bound.html_initial_name] = bound.field.prepare_value(stored)

    def _differs(self, bound, html_name):
        """Tell whether a field that was sent has another value than is stored."""
        sent = bound.field.widget.value_from_datadict(self.data, self.files, html_name)
        if isinstance(sent, str):
            sent = sent.replace("\r\n", "\n")
        return bound.field.has_changed(bound.initial, sent)

    def _stored(self, bound):
        """Return what is stored in a field: of one that leads to another row, the row.

        It may lead nowhere any more; then whoever deletes that row sees to this one.
        """
        if not isinstance(bound.field, forms.ModelChoiceField):
            return bound.initial
        return bound.field.queryset.filter(pk=bound.initial).first()

    def _words(self, bound):
        value = self._stored(bound)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(bound.field, forms.ModelChoiceField):
            return value or _("none")
        choices = dict(getattr(bound.field, "choices", ()))
        return choices.get(value, value)


class OneAtATime:
    """An admin class of rows that are saved one after another.

    Whoever saves the same row in the same moment waits, and sees what was saved.
    """

    def get_object(self, request, object_id, from_field=None):
        row = super().get_object(request, object_id, from_field)
        if row is None or request.method != "POST":
            return row
        return self.model.objects.select_for_update().filter(pk=row.pk).first()
