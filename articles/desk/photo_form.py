"""The forms in which photos are uploaded and described.

Each file is judged by its content and saved at once. How a picture came to be is said
in the words of the IPTC's vocabulary.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.desk.opened_values import OpenedForm
from articles.desk.refusals import SaveRefused, show_refusal
from articles.models import Caption, Photo
from articles.pictures import NotAPicture
from articles.pictures.open import MOST_BYTES
from articles.store import CannotWrite
from articles.store.photos import save_photo

COPY = {"dir": "auto", "rows": 1, "class": "vLargeTextField copy"}
TEXT_FIELDS = (
    "headline",
    "caption",
    "alternative_text",
    "credit",
    "creator",
    "copyright_notice",
    "usage_terms",
    "web_statement",
    "licensor_url",
)


class PhotoForm(OpenedForm):
    """The words of a photo and its focal point; the store makes the change."""

    refusal = None

    focal_x = forms.IntegerField(
        label=_("Across"),
        min_value=0,
        max_value=100,
        help_text=_("Percent from the left."),
    )
    focal_y = forms.IntegerField(
        label=_("Down"),
        min_value=0,
        max_value=100,
        help_text=_("Percent from the top."),
    )
    digital_source_type = forms.ChoiceField(label=_("How it was made"), required=False)

    is_withdrawn = forms.BooleanField(
        label=_("Withdrawn from readers"),
        required=False,
        help_text=_(
            "Readers can no longer open it, unless a public story shows it. Copies "
            "held by browsers and other sites cannot be recalled."
        ),
    )

    class Media:
        css = {"all": ["desk/article.css", "desk/photos.css"]}
        js = [
            forms.Script("desk/focus.js", type="module"),
            forms.Script("desk/proposed_credit.js", type="module"),
        ]

    class Meta:
        model = Photo
        fields = [*TEXT_FIELDS, "digital_source_type", "focal_x", "focal_y"]
        widgets = {name: forms.Textarea(COPY) for name in TEXT_FIELDS}
        help_texts = {
            "alternative_text": _(
                "How would you describe this picture to somebody on the telephone? "
                "One or two sentences on what matters in it. The caption is read out "
                "too, so do not repeat it."
            ),
            "web_statement": _("The address of a page that states the rights."),
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        own = self.instance.digital_source_type
        if field := self.fields.get("digital_source_type"):
            field.choices = source_type_choices(own)
        if (creator := self.instance.proposed_credit) and "credit" in self.fields:
            proposal = render_to_string(
                "desk/proposed_credit.html", {"creator": creator}
            )
            self.fields["credit"].help_text = proposal
        self.initial["is_withdrawn"] = self.instance.is_withdrawn

    def clean_web_statement(self):
        return self._clean_address("web_statement")

    def clean_licensor_url(self):
        return self._clean_address("licensor_url")

    def _clean_address(self, name):
        address = self.cleaned_data[name]
        if address and name in self.changed_data:
            try:
                URLValidator(schemes=["http", "https"])(address)
            except ValidationError as error:
                raise ValidationError(
                    _("An address must begin with https:// or http://.")
                ) from error
        return address

    def clean(self):
        show_refusal(self)

    def changes(self):
        """Return what the editor changed."""
        return {name: self.cleaned_data[name] for name in self.changed_data}

    def _post_clean(self):
        """Leave the instance as it is: the store changes it."""


# Not every system knows a media type for HEIC, so its endings are told, too.
ACCEPTED = (
    "image/jpeg,image/png,image/webp,image/avif,image/gif,image/heic,image/heif,"
    ".heic,.heif"
)


def save_upload(upload, editor):
    """Return the photo of an uploaded file, and whether it is new."""
    if not editor.has_perm("articles.add_photo"):
        raise SaveRefused(_("You may choose from the photos but not add any."))
    upload.seek(0)
    try:
        return save_photo(upload.read(MOST_BYTES + 1), upload.name, by=editor)
    except (NotAPicture, CannotWrite) as error:
        raise SaveRefused(str(error)) from error


def number_of_uses(except_in=None):
    """Return how many articles show a photo, except for this one."""
    captions = Caption.objects.filter(photo=OuterRef("pk")).order_by()
    captions = captions.exclude(article=except_in).values("photo")
    counted = captions.annotate(n=Count("article", distinct=True)).values("n")
    return Coalesce(Subquery(counted), 0)


def sharing(number):
    """Say how many other stories a photo's own words are read in."""
    text = ngettext(
        "It belongs to the photo, which %d other story shows.",
        "It belongs to the photo, which %d other stories show.",
        number,
    )
    return text % number if number else ""


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, in a list."""

    widget = FilesInput({"accept": ACCEPTED})

    def clean(self, data, initial=None):
        clean = super().clean
        return [clean(file, initial) for file in data or [None]]


class UploadForm(forms.Form):
    """The pictures to upload."""

    files = FilesField(
        label=_("Pictures"),
        help_text=_("JPEG, PNG, WebP, AVIF, HEIC or GIF, at most 50 megapixels each."),
    )


VOCABULARY = "http://cv.iptc.org/newscodes/digitalsourcetype/"
TERMS = {
    "digitalCapture": _("Photograph: captured from real life"),
    "computationalCapture": _("Photograph combined from several frames"),
    "negativeFilm": _("Scanned from a film negative"),
    "positiveFilm": _("Scanned from a film positive"),
    "print": _("Scanned from a print"),
    "humanEdits": _("Edited by hand, beyond what a darkroom can do"),
    "compositeCapture": _("Composite of photographs"),
    "composite": _("Composite of several elements"),
    "algorithmicallyEnhanced": _("Altered by software"),
    "digitalCreation": _("Drawn or made by a person on a computer"),
    "dataDrivenMedia": _("Made from data: a chart or a map"),
    "screenCapture": _("Screen capture"),
    "virtualRecording": _("Recording of a virtual event"),
    "algorithmicMedia": _("Made by an algorithm, without a trained model"),
    "trainedAlgorithmicMedia": _("Made by generative AI"),
    "compositeWithTrainedAlgorithmicMedia": _("Edited with generative AI"),
    "compositeSynthetic": _("Composite with elements of generative AI"),
}
EMPTY = ("", _("Not stated"))


def source_type_choices(own):
    """Return the terms to choose from, and what the picture itself states."""
    choices = [(f"{VOCABULARY}{term}", words) for term, words in TERMS.items()]
    known = {address for address, _words in choices}
    return [EMPTY, *choices, *([] if not own or own in known else [(own, own)])]
