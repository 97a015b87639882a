"""What an editor typed and has not saved: listed, and offered on return."""

from dataclasses import dataclass, replace

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk.corrections import new_note
from articles.desk.history import show_changes
from articles.desk.questions import SUSPICION_PREFIX, article_field_label
from articles.desk.sent_forms import sent_data
from articles.desk.two_at_once import WHEN_PUBLIC
from articles.desk.typed_words import typed_words
from articles.models import Article, WorkingCopy
from articles.store.rows import story_of
from articles.store.working_copies import fields_of, finish, parse_copies
from articles.story.changes import changes_between
from articles.story.diff import differences
from articles.story.merge import merge
from articles.story.story import Story

Kind = WorkingCopy.Kind
NAMELESS = {
    Kind.ARTICLE: gettext_lazy("A story without a headline"),
    Kind.PHOTO: gettext_lazy("A photo that was deleted"),
    Kind.TAG: gettext_lazy("A tag without a name"),
    Kind.AUTHOR: gettext_lazy("An author without a name"),
}
NOTHING_TO_DROP = gettext_lazy(
    "Those words no longer wait here: they were saved or dropped, or are being edited "
    "in another window."
)
# What a form asks beside its story.
BESIDE_THE_STORY = ("suggestions", "dismissed", "correction", SUSPICION_PREFIX)
# Each of these is read by its whole form.
MOST_OFFERED = 3
MOST_LISTED = 50


def admin_of(kind):
    """Return the admin class of the rows that a form is of."""
    model = WorkingCopy._meta.get_field(kind).related_model
    return admin.site.get_model_admin(model)


def address_of(copy):
    """Return where the form is that a copy is of."""
    if copy.row is None:
        return reverse(f"admin:articles_{copy.kind}_add")
    return reverse(f"admin:articles_{copy.kind}_change", args=[copy.row.pk])


def title_of(copy):
    """Return what a copy is called, as typed where it is."""
    fields = dict(fields_of(copy.words))
    typed = [fields.get(name, "").strip() for name in ("headline", "name")]
    titles = [*typed, str(copy.row or "")]
    return next(filter(None, titles), NAMELESS[copy.kind])


@dataclass(frozen=True)
class Difference:
    """A field: as it is stored and as it was typed, in spans."""

    name: str
    old: list
    new: list


class Offer:
    """A working copy beside its row as it is stored, and what can be done with it.

    Its form writes only what was changed, so that saving it is merging it.
    """

    is_merged = may_merge = False

    def __init__(self, request, copy, row):
        model_admin = admin_of(copy.kind)
        self.copy, self.row = copy, row
        self.may_take = model_admin.may_go_on(request, row)
        self.fields = fields_of(copy.words)
        form = model_admin.get_form(request, row)
        self.form = form(sent_data(self.fields), instance=row)
        # What a rule refuses, such as a missing headline, can be read nevertheless.
        self.form.is_valid()

    @property
    def address(self):
        return address_of(self.copy)

    @property
    def title(self):
        return title_of(self.copy)

    @cached_property
    def differences(self):
        """Return what was typed otherwise than it is stored."""
        return [
            Difference(label, *differences(stored, typed))
            for label, stored, typed in self.form.typed_changes()
        ]

    @property
    def typed(self):
        """Return all words as they were typed, each with its field."""
        return list(typed_words(self.fields))

    @property
    def is_worth_offering(self):
        return self.differences != []


class StoryOffer(Offer):
    """A working copy of a story, which merges with what was saved meanwhile."""

    def __init__(self, request, copy, article):
        super().__init__(request, copy, article)
        self.stored = story_of(article) if article else Story()
        self.story = getattr(self.form, "typed", None)

    @cached_property
    def differences(self):
        """Return what was typed otherwise than it is stored; None if it cannot be read.

        Half a date cannot: then all words are shown as they were typed. What others
        have changed since is nothing that was typed.
        """
        if self.story is None:
            return None
        typed = self.merged_story() if self.is_stale else self.story
        stories = self.stored, typed
        found = show_changes(changes_between(*stories), stories)
        if note := new_note(self.form):
            label = capfirst(article_field_label("corrections"))
            found.append(Difference(label, *differences("", note)))
        return found

    @property
    def is_worth_offering(self):
        return super().is_worth_offering or any(self._beside().values())

    @property
    def is_stale(self):
        """Tell whether the story was saved since the form was opened."""
        form = self.form
        is_of_a_story = self.row is not None and form.is_base_known
        return is_of_a_story and form.base_number != self.row.revision

    @property
    def may_merge(self):
        return self.may_take and self.story is not None and self.is_stale

    def merged_story(self):
        """Return both: where they contradict each other, what was typed.

        When readers see the story is as it is stored: it may have been withdrawn.
        """
        merged = merge(self.form.base_story, self.story, self.stored, is_typed=True)
        stored = {c.what: c.theirs for c in merged.conflicts if c.what in WHEN_PUBLIC}
        return replace(merged.story, **stored)

    def merged_values(self, merged):
        """Return the form's values for what is no plain part of the merged story."""
        section = self.form.cleaned_data.get("section")
        is_typed = section is not None and section.name == merged.section
        own = {"section": section.pk} if is_typed else {}
        return own | self._beside()

    def _beside(self):
        names = [n for n in self.form.fields if n.startswith(BESIDE_THE_STORY)]
        values = {name: self.form[name].value() for name in names}
        answers = values.get("suggestions") or {}
        return values | {"suggestions": answers if any(answers.values()) else None}


def make_offer(request, copy, row=None):
    """Return a copy with its row; a story may be at hand with all its parts."""
    if copy.kind != Kind.ARTICLE:
        # Not the row at hand: reading a form changes its row, and that one is shown.
        return Offer(request, copy, copy.row)
    if row is None and copy.article_id:
        row = Article.objects.with_parts().get(pk=copy.article_id)
    return StoryOffer(request, copy, row)


def offers_at(request, kind, row, opened):
    """Return what an editor typed for a row, or for new ones, and has not saved."""
    copies = WorkingCopy.objects.unsaved(request.user).of(kind, row)
    if opened:
        copies = copies.exclude(pk=opened.copy.pk)
    newest = list(copies[: MOST_OFFERED + 1])
    offers = [make_offer(request, copy, row) for copy in newest[:MOST_OFFERED]]
    return {
        "offers": [offer for offer in offers if offer.is_worth_offering],
        "has_more_offers": len(newest) > MOST_OFFERED,
    }


def opened_offer(request, kind, row):
    """Return what an address asks the form to be filled from, with how, or None."""
    own = WorkingCopy.objects.unsaved(request.user).of(kind, row)
    for how in ("copy", "merge"):
        name = request.GET.get(how)
        copy = name and own.filter(name=name).first()
        offer = copy and make_offer(request, copy, row)
        if offer and offer.may_take and (how == "copy" or offer.may_merge):
            offer.is_merged = how == "merge"
            return offer
    return None


def unsaved_copies(editor, most=20, except_for=""):
    """Return what an editor typed and has not saved, each with what it is called."""
    copies = WorkingCopy.objects.unsaved(editor).exclude(name=except_for)
    newest = [(copy, title_of(copy)) for copy in copies[: most + 1]]
    return {"shown": newest[:most], "has_more": len(newest) > most}


def show_unsaved(request):
    """List what an editor typed and has not saved, and offer what is asked for."""
    name = request.GET.get("copy", "")
    own = WorkingCopy.objects.unsaved(request.user)
    copy = own.filter(name=name).first() if name else None
    context = admin.site.each_context(request) | {
        "title": _("What you have not saved"),
        "opts": Article._meta,
        "offer": copy and make_offer(request, copy),
        "unsaved": unsaved_copies(request.user, MOST_LISTED, except_for=name),
    }
    return TemplateResponse(request, "desk/unsaved.html", context)


def drop_copy(request):
    """Drop an own copy as it was shown: newer words of the same form stay."""
    copies = parse_copies([request.POST.get("copy", "")])
    own = WorkingCopy.objects.unsaved(request.user)
    copy = own.filter(name=copies[0].name).first() if copies else None
    unsaved = HttpResponseRedirect(reverse("admin:articles_article_unsaved"))
    if copy is None:
        messages.info(request, NOTHING_TO_DROP)
        return unsaved
    finish(request.user.pk, Kind(copy.kind), copies)
    messages.success(request, _("What you had typed was dropped."))
    return HttpResponseRedirect(address_of(copy)) if copy.row else unsaved
