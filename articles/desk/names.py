from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.story.text import fold


class NameForm(forms.ModelForm):
    """A form for what has a name of its own, however its letters are written."""

    def clean_name(self):
        name = self.cleaned_data["name"]
        others = self._meta.model.objects.exclude(pk=self.instance.pk)
        if other := others.filter(folded=fold(name)).first():
            raise ValidationError(
                _("“%(name)s” is there already."), params={"name": other.name}
            )
        return name
