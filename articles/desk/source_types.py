"""How a picture came to be, in the words of the IPTC's vocabulary."""

from django.utils.translation import gettext_lazy as _

VOCABULARY = "http://cv.iptc.org/newscodes/digitalsourcetype/"
TERMS = {
    "digitalCapture": _("Photograph: captured from real life"),
    "computationalCapture": _("Photograph of several frames, made into one"),
    "negativeFilm": _("Scanned from a negative on film"),
    "positiveFilm": _("Scanned from a positive on film"),
    "print": _("Scanned from a print"),
    "humanEdits": _("Edited by hand, beyond what a darkroom does"),
    "compositeCapture": _("Composite of photographs"),
    "composite": _("Composite of several elements"),
    "algorithmicallyEnhanced": _("Altered by software"),
    "digitalCreation": _("Drawn or made by a person on a computer"),
    "dataDrivenMedia": _("Made from data: a chart or a map"),
    "screenCapture": _("Picture of a screen"),
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
