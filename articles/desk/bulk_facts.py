"""Set what many waiting stories lack: the same date, section or language for all."""

from dataclasses import replace

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.desk.bulk_actions import has_too_many, run_bulk_action
from articles.desk.moment_fields import moment_of
from articles.imports.languages import is_language_code
from articles.models import Article, Tag
from articles.store.roles import WAITING
from newsroom.dates import write_date


class FactsForm(forms.Form):
    """What is set for all chosen stories; what is left empty stays as it is."""

    prefix = "facts"

    date = forms.DateField(
        label=_("Date"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput({"type": "date"}),
        help_text=_("The day the stories are from. It counts as stated, by you."),
    )
    section = forms.ModelChoiceField(
        Tag.objects.in_navigation(),
        label=_("Section"),
        required=False,
        empty_label=_("as it is"),
    )
    language = forms.CharField(
        label=_("Language"),
        required=False,
        max_length=Article._meta.get_field("language").max_length,
        widget=forms.TextInput({"size": 8, "autocapitalize": "none"}),
        help_text=_("As a code: en, ar, ur, pt-br."),
    )

    def clean_date(self):
        day = self.cleaned_data["date"]
        return day and moment_of(day)

    def clean_language(self):
        language = self.cleaned_data["language"]
        if language and not is_language_code(language):
            raise forms.ValidationError(_("This is no code of a language."))
        return language.lower()

    def clean(self):
        if not self.errors and not any(self.cleaned_data.values()):
            raise forms.ValidationError(_("Choose a date, a section or a language."))

    def chosen(self):
        """Return what was chosen, by name, as an editor reads it."""
        values = self.cleaned_data
        date = values["date"] and write_date(values["date"].at)
        words = {"date": date, "section": values["section"]}
        words["language"] = values["language"]
        return [(self[name].label, word) for name, word in words.items() if word]

    def change(self, story):
        """Return the story with what was chosen, or None if it waits no longer."""
        if story.status not in WAITING:
            return None
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        if section := chosen.get("section"):
            chosen["section"] = section.name
        if date := chosen.pop("date", None):
            chosen["published"] = date
        return replace(story, **chosen)


@admin.action(description=_("Set date, section or language"), permissions=["change"])
def set_facts(modeladmin, request, articles):
    """Ask what to set; then, as every action on many, say what that will do."""
    is_filled_in = f"{FactsForm.prefix}-date" in request.POST
    form = FactsForm(request.POST if is_filled_in else None)
    if form.is_valid():
        why = gettext("date, section or language set at the desk")
        return run_bulk_action(modeladmin, request, articles, form.change, why, form)
    if has_too_many(modeladmin, request, articles):
        return None
    chosen = [
        (name, value)
        for name in ("action", "select_across", ACTION_CHECKBOX_NAME)
        for value in request.POST.getlist(name)
    ]
    context = modeladmin.admin_site.each_context(request) | {
        "title": gettext("Set date, section or language"),
        "opts": modeladmin.opts,
        "form": form,
        "number": articles.order_by().count(),
        "chosen": chosen,
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "desk/bulk_facts.html", context)
