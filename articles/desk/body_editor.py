"""The rich-text editor of the body: our own preset of django-prose-editor.

It is loaded by its address, not through the package's import map, and draws no style
of its own, so that the desk needs no exception from the site's security policy.
"""

import json

from django import forms
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

WORDS = {
    "body": _("Body"),
    "box": _("box"),
    "caption": _("Caption"),
    "link": _("Link"),
    "address": _("Address"),
    "noCaption": _("Picture without a caption"),
    "picture": _("Picture"),
    "place": _("place a picture"),
    "remove": _("remove the picture’s place"),
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
            "data-words": json.dumps({key: str(word) for key, word in WORDS.items()}),
        }
        return context
