"""A form of one row, saved after somebody else has saved the same row.

It brings along what it was opened with, so that only what this editor changed is
written. Where both changed a field it comes back, once, with both versions.
"""

from django import forms
from django.utils.translation import gettext as _

from articles.desk.query_parameters import is_number
from articles.desk.sent_forms import sent_data


class OpenedForm(forms.ModelForm):
    """A form that knows of each field what it held when it was opened."""

    # What was typed before and not saved, where the form is opened with that.
    opened = None

    def __init__(self, data=None, *args, **options):
        if data is None and self.opened:
            data = sent_data(self.opened.fields)
        super().__init__(data, *args, **options)
        for field in self.fields.values():
            field.show_hidden_initial = self.instance.pk is not None

    def _clean_fields(self):
        super()._clean_fields()
        for name, bound in self._bound_items():
            is_stored = bound.field.show_hidden_initial
            if is_stored and bound.html_initial_name in self.data:
                self._compare(name, bound)

    def _compare(self, name, bound):
        """Leave a field as it is stored, or tell that somebody else changed it, too."""
        stored = bound.initial
        if name not in self.changed_data:
            self.errors.pop(name, None)
            self.cleaned_data[name] = self._stored(bound)
            if self._differs(bound, bound.html_initial_name):
                self._show(bound, bound.html_name, bound.html_initial_name)
        elif self._differs(bound, bound.html_initial_name) and self._differs(
            bound, bound.html_name
        ):
            message = _(
                "Somebody has changed this since you opened it, to: “%s”. Save again "
                "to put what you typed in its place."
            )
            self.add_error(name, message % self._words(bound, stored))
            self._show(bound, bound.html_initial_name)

    def _show(self, bound, *html_names):
        """Let a form that comes back have a field as it is stored."""
        self.data = self.data.copy()
        for html_name in html_names:
            self.data[html_name] = bound.field.prepare_value(bound.initial)

    def typed_changes(self):
        """Yield the fields that were changed, as they are stored and as typed."""
        for name in self.changed_data:
            bound = self[name]
            if self._differs(bound, bound.html_name):
                versions = (bound.initial, bound.data)
                yield bound.label, *(self._words(bound, each) for each in versions)

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
        if isinstance(bound.field, forms.ModelChoiceField):
            return self._chosen(bound, bound.initial)
        return bound.initial

    def _chosen(self, bound, pk):
        rows = bound.field.queryset
        return rows.filter(pk=pk).first() if is_number(str(pk)) else None

    def _words(self, bound, value):
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(bound.field, forms.ModelChoiceField):
            return str(self._chosen(bound, value) or _("none"))
        choices = dict(getattr(bound.field, "choices", ()))
        return str(choices.get(value, "" if value is None else value))


class OneAtATime:
    """An admin class of rows that are saved one after another.

    Whoever saves the same row in the same moment waits, and sees what was saved.
    """

    def get_object(self, request, object_id, from_field=None):
        row = super().get_object(request, object_id, from_field)
        if row is None or request.method != "POST":
            return row
        return self.model.objects.select_for_update().filter(pk=row.pk).first()
