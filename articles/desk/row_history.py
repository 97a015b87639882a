"""The past of a photo, a tag or an author: who changed what, and putting it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.desk.refusals import SaveRefused
from articles.desk.sent_forms import outside_transaction, sent_data
from articles.models import Photo, RowChange
from articles.store import edition
from articles.store.row_changes import FIELDS, fields_of, note_change
from articles.story.diff import differences
from newsroom.dates import write_date

MOST_SHOWN = 100
# A new row had none of these, and cannot be without.
NEEDED = {"name", "slug", "kind", "is_section", "is_in_menu"}
# What the form calls otherwise than the row.
FORM_NAMES = {"portrait_id": "portrait"}


def reason_of(request):
    """Say for its history what a row is saved for."""
    return getattr(request, "reason", None) or _("edited at the desk")


class WithHistory:
    """An admin class whose rows show each change, and take a value back by their form.

    It stands in place of Django's own history, which does not say what was changed.
    """

    def get_urls(self):
        view = self.admin_site.admin_view(
            outside_transaction(require_POST(self.put_back_view))
        )
        name = f"articles_{self.opts.model_name}_put_back"
        own = path("<int:pk>/history/<int:number>/put-back/", view, name=name)
        return [own, *super().get_urls()]

    def note_saved(self, request, row, before):
        """Note what a form changed in a row; of a new one, what it began with."""
        was = fields_of(before) if before else {}
        why = reason_of(request) if before else _("made at the desk")
        note_change(row, was, fields_of(row), request.user, why)

    def history_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        changes = list(row.changes.select_related("by")[:MOST_SHOWN])
        now = fields_of(row)
        context = self.admin_site.each_context(request) | {
            "title": _("History"),
            "opts": self.opts,
            "row": row,
            "lines": [(each, self._shown(each, now)) for each in changes],
            "may_change": self.has_change_permission(request, row),
        }
        return TemplateResponse(request, "desk/row_history.html", context)

    def _shown(self, change, now):
        """Return each field of a change in words, and whether it can be put back."""
        return [
            {
                "name": name,
                "label": capfirst(self._label(name)),
                "sides": differences(self._words(name, was), self._words(name, became)),
                "is_back": now[name] == was or (was is None and name in NEEDED),
            }
            # In one order on both databases.
            for name in FIELDS[self.opts.model_name]
            if name in change.after
            for was, became in [(change.before[name], change.after[name])]
        ]

    def _label(self, name):
        if name == "is_withdrawn":
            return _("Withdrawn from readers")
        return self.opts.get_field(FORM_NAMES.get(name, name)).verbose_name

    def _words(self, name, value):
        if value is None:
            return ""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if name == "portrait_id":
            return str(
                Photo.objects.filter(pk=value).first() or _("a photo that is gone")
            )
        choices = () if name == "is_withdrawn" else self.opts.get_field(name).choices
        return str(dict(choices or ()).get(value, value))

    def put_back_view(self, request, pk, number):
        """Put a field back as it was before a change, as its form would."""
        address = reverse(f"admin:articles_{self.opts.model_name}_history", args=[pk])
        try:
            if self.model is Photo:
                self._put_back(request, pk, number)
            else:
                with edition.transaction():
                    self._put_back(request, pk, number)
        except SaveRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("It is as it was."))
        return redirect(address)

    def _put_back(self, request, pk, number):
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        change = get_object_or_404(RowChange, pk=number, **{self.opts.model_name: row})
        name = request.POST.get("field", "")
        form_class = self.get_form(request, row)
        is_field = FORM_NAMES.get(name, name) in form_class(instance=row).fields
        if name not in change.before or not is_field:
            raise Http404
        form = form_class(
            self._as_sent(form_class(instance=row), name, change), instance=row
        )
        if not form.is_valid():
            problems = [text for texts in form.errors.values() for text in texts]
            raise SaveRefused(" ".join(problems))
        request.reason = _("restored as before %s") % write_date(change.made_at)
        saved = self.save_form(request, form, change=True)
        self.save_model(request, saved, form, change=True)
        self.log_change(request, row, [{"changed": {}}])

    def _as_sent(self, form, name, change):
        """Return the fields of a form as it is, but for one."""
        wanted = FORM_NAMES.get(name, name)
        fields = []
        for bound in form:
            value = was = bound.value()
            if bound.name == wanted:
                value = change.before[name]
            fields.append((bound.html_initial_name, "" if was is None else str(was)))
            if value is not False:
                fields.append((bound.html_name, "" if value is None else str(value)))
        return sent_data(fields)
