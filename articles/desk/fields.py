"""The fields of the desk's forms: names, tags, and the body.

The body's editor is our own preset of django-prose-editor. It is loaded by its address,
not through the package's import map, and draws no style of its own, so that the desk
needs no exception from the site's security policy.
"""

import json

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from articles.desk.opened_values import OpenedForm
from articles.desk.query_parameters import is_number
from articles.models import Tag, Tagging
from articles.story.story import TagUse, tidy_line
from articles.story.text import fold_name


class NameForm(OpenedForm):
    """A form for what has a name of its own, however its letters are written."""

    def clean_name(self):
        name = self.cleaned_data["name"]
        folded = fold_name(name)
        if not folded:
            raise ValidationError(_("A name needs a character that can be seen."))
        others = self._meta.model.objects.exclude(pk=self.instance.pk)
        if other := others.filter(folded=folded).first():
            raise ValidationError(
                _("“%(name)s” already exists."), params={"name": other.name}
            )
        return name


LONGEST_NAME = Tag._meta.get_field("name").max_length
ANSWERS = {"accept": "editor", "dismiss": "dismissed"}
# What was dismissed is suggested again.
AGAIN = "again"


class PhotoWidget(AutocompleteSelect):
    """Completes photos; what was sent and is the number of none is shown as none."""

    def optgroups(self, name, value, attrs=None):
        return super().optgroups(name, [v for v in value if is_number(v)], attrs)


class TagsWidget(AutocompleteSelectMultiple):
    """Completes tags; a new one that is typed is sent as “+” and its name."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {"data-tags": "true", "data-new": _("New tag: %s")}

    def optgroups(self, name, value, attrs=None):
        """Return the chosen tags, those that are only typed last."""
        known = [each for each in value if new_name(each) is None]
        ((label, options, index),) = super().optgroups(name, known, attrs)
        for each in value:
            if text := new_name(each):
                new = self.create_option(name, each, text, {each}, len(options))
                options.append(new)
        return [(label, options, index)]


class TagsField(forms.ModelMultipleChoiceField):
    """The names of the story's tags, new ones among them."""

    def __init__(self, **options):
        relation = Tagging._meta.get_field("tag")
        widget = RelatedFieldWidgetWrapper(
            TagsWidget(relation, admin.site),
            relation.remote_field,
            admin.site,
            can_add_related=True,
            can_change_related=False,
            can_delete_related=False,
        )
        super().__init__(Tag.objects.all(), required=False, widget=widget, **options)

    def clean(self, value):
        value = value or []
        typed = [name for name in map(new_name, value) if name]
        for name in typed:
            if len(name) > LONGEST_NAME:
                message = _("“%(name)s…” is longer than %(longest)d characters.")
                raise forms.ValidationError(
                    message, params={"name": name[:40], "longest": LONGEST_NAME}
                )
        # A tag that is gone, or is part of another now, is gone from every story.
        known = Tag.objects.filter(pk__in=[v for v in value if new_name(v) is None])
        return [tag.name for tag in known] + typed


class SuggestionsWidget(forms.Widget):
    """A chip for each suggested tag, with a box to accept and one to dismiss it."""

    template_name = "desk/suggestions.html"
    names = dismissed = ()

    class Media:
        css = {"all": ["desk/tags.css"]}
        js = [forms.Script("desk/tags.js", type="module")]

    def value_from_datadict(self, data, files, name):
        return {
            answer: data.getlist(f"{name}-{answer}") for answer in (*ANSWERS, AGAIN)
        }

    def get_context(self, name, value, attrs):
        context = super().get_context(name, None, attrs)
        answers = dict.fromkeys((*ANSWERS, AGAIN), ()) | (value or {})
        context["suggestions"] = [
            {"name": each} | {answer: each in answers[answer] for answer in ANSWERS}
            for each in self.names
        ]
        context["dismissed"] = [
            {"name": each, "again": each in answers[AGAIN]} for each in self.dismissed
        ]
        return context

    def id_for_label(self, id_):
        """Belong to no single box."""
        return ""


class SuggestionsField(forms.Field):
    """Who counts as having put each suggested tag, after the editor's answers."""

    widget = SuggestionsWidget

    def offer(self, names, dismissed):
        self.widget.names, self.widget.dismissed = names, dismissed

    def clean(self, value):
        answers = dict(value or {})
        put_by = dict.fromkeys(self.widget.names, "suggestion")
        again = set(self.widget.dismissed).intersection(answers.pop(AGAIN, ()))
        put_by |= dict.fromkeys(again, "suggestion")
        for answer, names in answers.items():
            for name in put_by.keys() & set(names):
                if put_by[name] != "suggestion":
                    message = _("“%(name)s” is both accepted and dismissed.")
                    raise forms.ValidationError(message, params={"name": name})
                put_by[name] = ANSWERS[answer]
        return put_by


def new_name(value):
    """Return the name that was typed, or None for the number of a tag that is there."""
    value = str(value)
    return None if is_number(value) else tidy_line(value.removeprefix("+"))


def public_tags(story):
    """Return the tags that readers see."""
    return [use for use in story.tags if use.by in Tagging.SHOWN]


def updated_tags(story, names, put_by):
    """Return the story's tags after the editor chose names and answered suggestions.

    A tag that an editor dismissed stays with the story, so that it never returns.
    """
    was = {use.name: use.by for use in public_tags(story)}
    chosen = [TagUse(name, was.get(name, "editor")) for name in names]
    others = [
        TagUse(use.name, put_by.get(use.name, use.by))
        for use in story.tags
        if use.name not in was
    ]
    return (*chosen, *others)


EDITOR_LABELS = {
    "body": _("Body"),
    "box": _("box"),
    "caption": _("Caption"),
    "link": _("Link"),
    "address": _("Address"),
    "noCaption": _("Picture without a caption"),
    "picture": _("Picture"),
    "place": _("place a picture"),
    "remove": _("remove the picture from the text"),
    "leftOut": _("Left out of what came in: %s."),
    "left": {
        "comments": _("comments"),
        "deleted": _("deleted words"),
        "files": _("files that are no pictures"),
        "hidden": _("hidden words"),
        "links": _("targets of links"),
        "pictures": _("pictures that stayed where they were"),
        "tooMany": _("pictures that were too many at once"),
        "tables": _("columns of tables, whose rows are lines now"),
    },
}


class BodyWidget(forms.Textarea):
    """A textarea with the HTML, which desk/body.js turns into an editor."""

    @property
    def media(self):
        return forms.Media(
            css={
                "all": [
                    "django_prose_editor/material-icons.css",
                    "django_prose_editor/editor.css",
                    "django_prose_editor/overrides.css",
                    "desk/editor.css",
                ]
            },
            js=[forms.Script("desk/body.js", type="module")],
        )

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-editor": static("django_prose_editor/editor.js"),
            "data-words": json.dumps(EDITOR_LABELS, cls=DjangoJSONEncoder),
        }
        return context
