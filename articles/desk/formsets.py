"""Highlights and captions as rows of the article's form.

A row carries its part's key, never a row id: whatever version of the story the form
was filled from, the store finds the same part again. A caption's picture is kept as
soon as it comes; the article gets it through its Story alone.
"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import TOTAL_FORM_COUNT
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.desk.photo_form import ACCEPTED, number_of_uses, save_upload, sharing
from articles.desk.refusals import SaveRefused
from articles.models import Photo
from articles.store.photos import articles_showing
from articles.store.roles import may_change_photo
from articles.story.sizes import FORM_FIELDS, STORY_PARTS
from articles.story.story import Caption, Highlight, tidy_line


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


def name_language(form, language):
    """Name the language of a form's copy, for screen readers and spell checkers."""
    for field in form.fields.values():
        if "dir" in field.widget.attrs:
            field.widget.attrs["lang"] = language


class HighlightForm(PartForm):
    removes = _("Remove the highlight")

    def part(self):
        values = self.cleaned_data
        return Highlight(values.get("text", ""), values.get("key", ""))


class PartFormSet(forms.BaseFormSet):
    """Rows with an order, some of which are marked to be removed."""

    not_all = _("Not all highlights and captions arrived, so nothing was saved.")
    default_error_messages = forms.BaseFormSet.default_error_messages | {
        "too_many_forms": not_all
    }

    language = ""
    opened = ()

    @classmethod
    def for_parts(cls, parts, data, prefix, language, **options):
        """Return the rows that were sent, or else those of the story's parts.

        What was sent is never weighed against the story: meanwhile it may have more.
        """
        rows = [
            {name: getattr(part, name) for name in part.__slots__} for part in parts
        ]
        initial = rows if data is None else None
        formset = cls(data, initial=initial, prefix=prefix, **options)
        formset.language = language
        formset.opened = parts
        return formset

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
        name_language(form, self.language)
        form.fields["ORDER"].label = _("Position")
        form.fields["DELETE"].label = form.removes


def make_formset(form, rows=PartFormSet):
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


HighlightFormSet = make_formset(HighlightForm)


SHA256 = re.compile("[0-9a-f]{64}")
PHOTO_CREDIT = _("%(credit)s (the photo’s credit)")


class CaptionForm(PartForm):
    """A caption and its picture: the one it has, or one that is uploaded with it."""

    removes = _("Remove the caption")

    credit = forms.CharField(
        label=_("Credit"),
        required=False,
        help_text=_("Who the picture belongs to, without brackets."),
        widget=forms.TextInput({"dir": "auto"}),
    )
    alternative_text = forms.CharField(
        label=_("Alternative text"),
        required=False,
        show_hidden_initial=True,
        widget=forms.Textarea(
            {
                "rows": 2,
                "dir": "auto",
                "placeholder": _("Describe it for people who cannot see it"),
            }
        ),
    )
    photo = forms.CharField(required=False, widget=forms.HiddenInput)
    upload = forms.FileField(
        label=_("Picture from this computer"),
        required=False,
        widget=forms.FileInput({"accept": ACCEPTED}),
    )
    without_photo = forms.BooleanField(
        label=_("Remove the picture only"), required=False
    )

    def __init__(self, *args, photos, gone, editor, **options):
        super().__init__(*args, **options)
        self.photos, self.gone, self.editor = photos, gone, editor
        self.removed_photo = None
        self._propose_credit()
        described_by = f"{self['alternative_text'].auto_id}_helptext"
        attrs = self.fields["alternative_text"].widget.attrs
        attrs["aria-describedby"] = described_by
        if photo := self.shown_photo:
            words = {"alternative_text": photo.alternative_text}
            self.initial = {**self.initial, **words}
            attrs["readonly"] = not may_change_photo(editor, photo)

    @property
    def shown_photo(self):
        """Return the photo that the row shows now."""
        return self.photos.get(self["photo"].value())

    def clean_photo(self):
        sha256 = self.cleaned_data["photo"]
        if sha256 and sha256 not in self.photos.keys() | self.gone:
            raise ValidationError(_("This photo no longer exists."))
        return sha256

    def clean(self):
        values = self.cleaned_data
        if values.get("without_photo"):
            self.removed_photo = self.shown_photo
            self._set_photo("")
        if values.get("upload") and not values.get("DELETE"):
            self._save_upload(values["upload"])
        photo = self.described_photo
        if photo and not may_change_photo(self.editor, photo):
            self.add_error("alternative_text", _("You may not describe this photo."))

    @property
    def proposed_credit(self):
        """Return the creator, where readers would see no credit."""
        photo = self.shown_photo
        return photo.proposed_credit if photo and not self["credit"].value() else ""

    @property
    def opened_alternative_text(self):
        sent = self.data.get(self.add_initial_prefix("alternative_text"), "")
        return tidy_line(sent)

    @property
    def sharing(self):
        """Say who else shows the photo that is described here."""
        return sharing(self.shown_photo.uses) if self.shown_photo else ""

    @property
    def described_photo(self):
        """Return the photo whose alternative text was changed here, if one's was.

        The text is the photo's own, also where the story no longer shows that.
        """
        is_changed = "alternative_text" in self.changed_data
        return (self.shown_photo or self.removed_photo) if is_changed else None

    def _save_upload(self, upload):
        """Save the picture at once, whatever is wrong elsewhere, and show it."""
        try:
            photo, _is_new = save_upload(upload, self.editor)
        except SaveRefused as refusal:
            self.add_error("upload", str(refusal))
            return
        photo.uses = articles_showing(photo).count()
        self.photos[photo.sha256] = photo
        self._set_photo(photo.sha256)
        name = "alternative_text"
        if name not in self.changed_data:
            self.data[self.add_prefix(name)] = photo.alternative_text
        self.data[self.add_initial_prefix(name)] = photo.alternative_text
        text = self.cleaned_data.get("text") or photo.caption
        self.cleaned_data["text"] = self.data[self.add_prefix("text")] = text

    def _set_photo(self, sha256):
        """Give the row a photo, also where the form comes back to the editor."""
        self.cleaned_data["photo"] = sha256
        self.data = self.data.copy()
        self.data[self.add_prefix("photo")] = sha256
        self._propose_credit()

    def _propose_credit(self):
        """Show the photo's credit in an empty field, as readers get it then."""
        credit = self.shown_photo.credit if self.shown_photo else ""
        words = PHOTO_CREDIT % {"credit": credit} if credit else ""
        self.fields["credit"].widget.attrs["placeholder"] = words

    def part(self):
        values = self.cleaned_data
        names = ("text", "credit", "photo", "key")
        return Caption(*(values.get(name, "") for name in names))


class BaseCaptionFormSet(PartFormSet):
    """Rows of captions, which read the photos they show in one go."""

    two_texts = _(
        "Another caption shows the same photo, and a different text was typed there. "
        "Make both the same."
    )

    def __init__(self, *args, editor=None, article=None, **options):
        super().__init__(*args, **options)
        self.editor, self.article = editor, article

    @cached_property
    def photos(self):
        """Return the photos that the rows name, by SHA-256."""
        rows = Photo.objects.filter(sha256__in=self._photo_hashes())
        rows = rows.annotate(uses=number_of_uses(except_in=self.article))
        return {photo.sha256: photo for photo in rows}

    def clean(self):
        """Take one text for a photo, though two captions show it."""
        super().clean()
        described = {}
        for form in self.forms:
            photo = form.described_photo
            if photo and not form.cleaned_data.get("DELETE"):
                text = tidy_line(form.cleaned_data.get("alternative_text", ""))
                if described.setdefault(photo, text) != text:
                    form.add_error("alternative_text", self.two_texts)

    def descriptions(self):
        """Return the alternative texts that were changed, by photo.

        Each photo has the text that the form was opened with, so that the store writes
        over nobody else's.
        """
        described = {}
        for form in (*self.deleted_forms, *self.ordered_forms):
            photo = form.described_photo
            if photo and "alternative_text" in form.cleaned_data:
                photo.alternative_text = form.opened_alternative_text
                described[photo] = form.cleaned_data["alternative_text"]
        return described

    def _photo_hashes(self):
        if not self.is_bound:
            return {row["photo"] for row in self.initial} - {""}
        rows = range(self.total_form_count())
        named = {self.data.get(f"{self.prefix}-{row}-photo", "") for row in rows}
        return {name for name in named if SHA256.fullmatch(name)}

    def get_form_kwargs(self, index):
        # What the story had may be gone by now: no word of this editor's.
        gone = {caption.photo for caption in self.opened}
        return {"photos": self.photos, "gone": gone, "editor": self.editor}


CaptionFormSet = make_formset(CaptionForm, BaseCaptionFormSet)
