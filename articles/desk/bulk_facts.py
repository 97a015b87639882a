"""Set what many waiting stories lack: the same date, section or language for all."""

from collections import defaultdict
from dataclasses import replace

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.desk.bulk_actions import (
    confirmed_articles,
    has_too_many,
    run_bulk_action,
)
from articles.desk.dates import has_stated_date
from articles.desk.moment_fields import moment_of
from articles.imports.languages import is_language_code
from articles.imports.printed_dates import printed_dates
from articles.models import Article, Tag
from articles.store.bin import WAITING
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
    printed = forms.BooleanField(
        label=_("The day printed in the source"),
        required=False,
        help_text=_("For stories without a stated date whose source prints just one."),
    )
    section = forms.ModelChoiceField(
        Tag.objects.sections(),
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
        values = self.cleaned_data
        if not self.errors and not any(values.values()):
            raise forms.ValidationError(_("Choose a date, a section or a language."))
        if values.get("date") and values.get("printed"):
            raise forms.ValidationError(
                _("Choose one: a date, or the day printed in each source.")
            )

    def chosen(self):
        """Return what was chosen, by name, as an editor reads it."""
        values = self.cleaned_data
        date = values["date"] and write_date(values["date"].at)
        printed = values["printed"] and _("one for each story")
        words = {"date": date, "printed": printed, "section": values["section"]}
        words["language"] = values["language"]
        return [(self[name].label, word) for name, word in words.items() if word]

    def change(self, story, article):
        """Return the story with what was chosen, or why it stays as it is."""
        if story.status not in WAITING:
            return "settled"
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        if section := chosen.get("section"):
            chosen["section"] = section.name
        if date := chosen.pop("date", None):
            chosen["published"] = date
        if chosen.pop("printed", False) and not has_stated_date(story):
            days = self.printed_days[article.pk]
            if len(days) != 1 or max(days) > localdate():
                return "unprinted"
            ((day, is_update),) = days.items()
            chosen["published"] = moment = moment_of(day)
            if is_update:
                # It was public by then, as an import has it.
                estimate = replace(moment, certainty="estimated")
                chosen |= {"published": estimate, "updated": moment}
        return replace(story, **chosen)

    @cached_property
    def printed_days(self):
        """The days that the sources of all articles print which are asked about.

        Each with whether it is called that of an update alone. Of a doubted day an
        editor decides on the story's own page.
        """
        days = defaultdict(dict)
        printed = printed_dates(article.pk for article in self.articles)
        for article_id, dates in printed.items():
            if not any(each.is_implausible for each in dates):
                for each in dates:
                    for day in each.days:
                        is_update = days[article_id].get(day, True)
                        days[article_id][day] = is_update and each.is_update
        return days


@admin.action(description=_("Set date, section or language"), permissions=["change"])
def set_facts(modeladmin, request, articles):
    """Ask what to set; then, as every action on many, say what that will do."""
    is_filled_in = f"{FactsForm.prefix}-date" in request.POST
    form = FactsForm(request.POST if is_filled_in else None)
    form.articles = confirmed_articles(request) or articles
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
