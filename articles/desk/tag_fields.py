"""The fields for tags: those of the story, and those suggested from its own words."""

from dataclasses import replace

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import (
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.utils.translation import gettext_lazy as _

from articles.desk.addresses import is_number
from articles.models import Tag, Tagging
from articles.story.story import TagUse, tidy_line

LONGEST = Tag._meta.get_field("name").max_length
HAND = {"accept": "editor", "dismiss": "dismissed"}


class TagsWidget(AutocompleteSelectMultiple):
    """Completes tags; what is typed and is none yet comes back as “+” and its name."""

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
            if len(name) > LONGEST:
                message = _("“%(name)s…” is longer than %(longest)d characters.")
                raise forms.ValidationError(
                    message, params={"name": name[:40], "longest": LONGEST}
                )
        known = super().clean([each for each in value if new_name(each) is None])
        return [tag.name for tag in known] + typed


class SuggestionsWidget(forms.Widget):
    """A chip for each suggested tag, with a box to accept and one to dismiss it."""

    template_name = "desk/suggestions.html"
    names = ()

    class Media:
        css = {"all": ["desk/tags.css"]}
        js = [forms.Script("desk/tags.js", type="module")]

    def value_from_datadict(self, data, files, name):
        return {answer: data.getlist(f"{name}-{answer}") for answer in HAND}

    def get_context(self, name, value, attrs):
        context = super().get_context(name, None, attrs)
        answers = value or dict.fromkeys(HAND, ())
        context["suggestions"] = [
            {"name": each} | {answer: each in answers[answer] for answer in HAND}
            for each in self.names
        ]
        return context

    def id_for_label(self, id_):
        """Belong to no single box."""
        return ""


class SuggestionsField(forms.Field):
    """Whose hand each suggested tag shows after the editor's answers."""

    widget = SuggestionsWidget

    def offer(self, names):
        self.widget.names = names

    def clean(self, value):
        hands = dict.fromkeys(self.widget.names, "suggestion")
        for answer, names in (value or {}).items():
            for name in hands.keys() & set(names):
                if hands[name] != "suggestion":
                    message = _("“%(name)s” is both accepted and dismissed.")
                    raise forms.ValidationError(message, params={"name": name})
                hands[name] = HAND[answer]
        return hands


def new_name(value):
    """Return the name that was typed, or None for the number of a tag that is there."""
    value = str(value)
    return None if is_number(value) else tidy_line(value.removeprefix("+"))


def shown_tags(story):
    """Return the tags that readers see."""
    return [use for use in story.tags if use.by in ("editor", "import")]


def suggested_names(story):
    return [use.name for use in story.tags if use.by == "suggestion"]


def tags_after(story, names, hands):
    """Return the story's tags after the editor chose names and answered suggestions.

    A tag that an editor dismissed stays with the story, so that it never returns.
    """
    was = {use.name: use.by for use in shown_tags(story)}
    chosen = [TagUse(name, was.get(name, "editor")) for name in names]
    others = [
        TagUse(use.name, hands.get(use.name, use.by))
        for use in story.tags
        if use.name not in was
    ]
    return (*chosen, *others)


def answered(story, hand):
    """Return the story with all its suggestions accepted or dismissed."""
    hands = dict.fromkeys(suggested_names(story), hand)
    tags = tuple(replace(use, by=hands.get(use.name, use.by)) for use in story.tags)
    return replace(story, tags=tags)
