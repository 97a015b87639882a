"""What an editor says of a story that is a near copy of another one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Suspicion

PREFIX = "suspicion-"
LATER = [("", _("not decided yet"))]


class SuspicionField(forms.ChoiceField):
    """The choices for one suspicion; its label is the other story."""

    def __init__(self, suspicion):
        self.suspicion = suspicion
        super().__init__(
            choices=LATER + Suspicion.Kind.choices,
            label=suspicion.other,
            required=False,
            widget=forms.RadioSelect,
        )


def suspicion_fields(article):
    """Return a field for each suspicion that nobody has decided, by its name."""
    rows = Suspicion.objects.open().filter(article=article).select_related("other")
    rows = rows.only("article_id", "other__headline")
    return {f"{PREFIX}{row.pk}": SuspicionField(row) for row in rows}


def decided(values):
    """Return what was said of each suspicion, by its number."""
    return {
        int(name.removeprefix(PREFIX)): kind
        for name, kind in values.items()
        if name.startswith(PREFIX) and kind
    }
