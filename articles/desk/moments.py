"""Fields for points in time: a day, a time if one is known, and how sure it is."""

from dataclasses import replace
from datetime import datetime, time
from typing import get_args

from django import forms
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.story.story import Certainty, Moment, Precision

NOON = time(12)
YEARS = range(1600, 3000)


class InstantWidget(forms.MultiWidget):
    """A day and a time, and unseen the exact moment they were made of."""

    template_name = "desk/moment.html"
    more = {}

    def __init__(self, attrs=None):
        parts = {
            "day": forms.DateInput({"type": "date"}),
            "time": forms.TimeInput({"type": "time"}),
            "was": forms.HiddenInput(),
        }
        super().__init__(parts | self.more, attrs)

    def decompress(self, value):
        if not value:
            return [None] * len(self.widgets)
        moment = value if isinstance(value, Moment) else Moment(value)
        day, at = shown(moment)
        return [
            day.isoformat(),
            at and at.isoformat("minutes"),
            f"{moment.precision} {moment.certainty} {moment.at.isoformat()}",
            False,
        ]


class MomentWidget(InstantWidget):
    """The same, and for an estimate a box that confirms it."""

    more = {"confirm": forms.CheckboxInput()}

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        was = read(context["widget"]["subwidgets"][2]["value"] or "")
        context["is_estimate"] = bool(was) and was.certainty == "estimated"
        return context


class MomentField(forms.MultiValueField):
    """A Moment: without a time only its day is known.

    What is shown has no seconds, and in the hour when clocks go back it is two
    moments at once. So the exact one comes along, and stays unless day or time change.
    An estimate is stated once an editor confirms it or types another day or time.
    """

    widget = MomentWidget

    def __init__(self, **options):
        fields = [
            forms.DateField(required=False, input_formats=["%Y-%m-%d"]),
            forms.TimeField(required=False, input_formats=["%H:%M", "%H:%M:%S"]),
            forms.CharField(required=False),
            *(forms.BooleanField(required=False) for _ in self.widget.more),
        ]
        super().__init__(fields, require_all_fields=False, required=False, **options)

    def compress(self, values):
        day, at, was, *is_confirmed = values or (None, None, "")
        if day is None and at is not None:
            raise forms.ValidationError(_("Give the day, too."))
        if day is None:
            return None
        moment = read(was)
        if moment is None or shown(moment) != (day, at):
            return make(day, at)
        return replace(moment, certainty="stated") if any(is_confirmed) else moment


class InstantField(MomentField):
    """A point in time that is always known to the minute."""

    widget = InstantWidget

    def compress(self, values):
        moment = super().compress(values)
        if moment and moment.precision == "day":
            raise forms.ValidationError(_("Give the time, too."))
        return moment and moment.at


def shown(moment):
    """Return the day and the time that a moment shows here; None for no time."""
    local = timezone.localtime(moment.at)
    is_day = moment.precision == "day"
    return local.date(), None if is_day else local.time().replace(
        second=0, microsecond=0
    )


def make(day, at):
    """Return the moment of a day and time here; a day alone is told as its noon."""
    if day.year not in YEARS:
        raise forms.ValidationError(_("This year cannot be right."))
    local = datetime.combine(day, at or NOON)
    return Moment(from_current_timezone(local), "minute" if at else "day")


def read(was):
    """Return the moment that the widget kept, or None if nothing sound was kept."""
    try:
        precision, certainty, at = was.split(" ")
        moment = Moment(datetime.fromisoformat(at), precision, certainty)
    except ValueError:
        return None
    is_sound = precision in get_args(Precision) and certainty in get_args(Certainty)
    return moment if is_sound and timezone.is_aware(moment.at) else None


def this_minute():
    return timezone.now().replace(second=0, microsecond=0)
