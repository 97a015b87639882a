"""The fields of days and times, and what is asked where one can mean two moments.

When clocks go back an hour comes twice, when they go forward one is skipped, and a
year far ahead is likely a slip. Then the form comes back with the moments to choose
from, and the answer stays with the form.
"""

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import get_args

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk.dates import zone_words
from articles.story.moment import Certainty, Moment
from newsroom.dates import write_date

YEARS = range(1600, 3000)
TEN_YEARS = timedelta(days=3653)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Question:
    """What has to be asked of a day and time; each answer is a moment in ISO's form."""

    sentence: str
    answers: dict[str, str]


def question_about(day, at):
    """Return what is to be asked of a day and time here, or None if they are clear."""
    if day.year not in YEARS:
        return None
    meant = meant_by(day, at)
    if len(meant) > 1:
        return _question_about_clocks(at, *meant)
    if day - timezone.localdate() <= TEN_YEARS:
        return None
    year = {"year": day.year}
    sentence = _("The year %(year)d is more than ten years ahead. Is it right?")
    answers = {meant[0].isoformat(): _("Yes, %(year)d is right") % year}
    return Question(sentence % year, answers)


def _question_about_clocks(at, first, second):
    zone, shown = timezone.get_current_timezone(), {"time": f"{at:%H:%M}"}
    if first.astimezone(zone).time() != at:
        sentence = _("Clocks go forward and skip %(time)s. Choose a moment beside it.")
        words = write_date(first), write_date(second)
    else:
        sentence = _("Clocks go back, and %(time)s comes twice. Choose which is meant.")
        is_summer = first.astimezone(zone).dst() > second.astimezone(zone).dst()
        summer = _("the first %(time)s (summer time)")
        words = (
            (summer if is_summer else _("the first %(time)s")) % shown,
            _("the second %(time)s") % shown,
        )
    answers = zip((first.isoformat(), second.isoformat()), words, strict=True)
    return Question(sentence % shown, dict(answers))


def meant_by(day, at):
    """Return what a day and time here can mean, or the day alone."""
    if at is None:
        return [day]
    return instants_at(datetime.combine(day, at), timezone.get_current_timezone())


def instants_at(local, zone):
    """Return the instants at which the clocks of a zone show a time.

    These are two, in order, where clocks go back. Where they skip the time, they are
    the last minute before they do and the first moment after.
    """
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    before, after = first.utcoffset(), second.utcoffset()
    first, second = first.astimezone(UTC), second.astimezone(UTC)
    if before >= after:
        return sorted({first, second})
    # The clocks change between the two, of which the second is the earlier here.
    seconds = bisect_left(
        range(int((first - second).total_seconds())),
        after,
        key=lambda s: (second + timedelta(seconds=s)).astimezone(zone).utcoffset(),
    )
    changed = second + timedelta(seconds=seconds)
    return [changed - MINUTE, changed]


class InstantWidget(forms.MultiWidget):
    """A day and a time; unseen the exact moment they were made of, and an answer.

    `printed` are the dates in the source, to choose the day from.
    """

    template_name = "desk/moment.html"
    extra_parts = {}
    printed = ()

    def __init__(self, attrs=None):
        parts = {
            "day": forms.DateInput({"type": "date"}),
            "time": forms.TimeInput({"type": "time"}),
            "was": forms.HiddenInput(),
            "answer": forms.HiddenInput(),
        }
        super().__init__(parts | self.extra_parts, attrs)

    def decompress(self, value):
        if not value:
            return [None] * len(self.widgets)
        moment = value if isinstance(value, Moment) else Moment(value)
        day, at = day_and_time(moment)
        return [
            day.isoformat(),
            at and at.isoformat("minutes"),
            f"{moment.certainty} {moment.at.isoformat()}",
            None,
            False,
        ]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        day, at, was, answer = (
            part["value"] or "" for part in context["widget"]["subwidgets"][:4]
        )
        context["zone"] = zone_words()
        context["printed"] = self.printed
        context["was"] = parse_moment(was)
        context["question"] = question = _question_about_typed(day, at)
        if question and answer not in question.answers and context["was"]:
            answer = to_the_minute(context["was"])
        context["answer"] = answer if question and answer in question.answers else ""
        return context


class MomentWidget(InstantWidget):
    """The same, and for an estimate a box that confirms it."""

    extra_parts = {"confirm": forms.CheckboxInput()}

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["is_estimate"] = context["was"] and not context["was"].is_stated
        return context


class MomentField(forms.MultiValueField):
    """A Moment: without a time only its day is known.

    What is shown has no seconds, and in the hour when clocks go back it is two
    moments at once. So the exact one comes along, and stays unless day or time change,
    or another one is chosen.
    An estimate is stated once an editor confirms it or types another day or time.
    """

    widget = MomentWidget

    def __init__(self, **options):
        fields = [
            forms.DateField(required=False, input_formats=["%Y-%m-%d"]),
            forms.TimeField(required=False, input_formats=["%H:%M", "%H:%M:%S"]),
            forms.CharField(required=False),
            forms.CharField(required=False),
            *(forms.BooleanField(required=False) for _ in self.widget.extra_parts),
        ]
        super().__init__(fields, require_all_fields=False, required=False, **options)

    def compress(self, values):
        day, at, was, answer, *is_confirmed = values or (None, None, "", "")
        if day is None and at is not None:
            raise forms.ValidationError(_("Give the day as well."))
        if day is None:
            return None
        moment = parse_moment(was)
        is_same = moment is not None and day_and_time(moment) == (day, at)
        if not is_same or answer not in ("", to_the_minute(moment)):
            return moment_of(day, at, answer)
        return replace(moment, certainty="stated") if any(is_confirmed) else moment


class InstantField(MomentField):
    """A point in time that is always known to the minute."""

    widget = InstantWidget

    def compress(self, values):
        moment = super().compress(values)
        if moment and moment.is_day:
            raise forms.ValidationError(_("Give the time as well."))
        return moment and moment.at


def day_and_time(moment):
    """Return the day and the time that a moment shows here; None for no time."""
    if moment.is_day:
        return moment.at, None
    local = timezone.localtime(moment.at)
    return local.date(), local.time().replace(second=0, microsecond=0)


def to_the_minute(moment):
    """Return a moment as an answer names it."""
    if moment.is_day:
        return moment.at.isoformat()
    local = timezone.localtime(moment.at).replace(second=0, microsecond=0)
    return local.astimezone(UTC).isoformat()


def moment_of(day, at=None, answer=""):
    """Return the moment of a day and time here, or the day alone.

    What can be another moment, or is far ahead, has to be answered first.
    """
    if day.year not in YEARS:
        raise forms.ValidationError(_("This year cannot be right."))
    question = question_about(day, at)
    if question and answer not in question.answers:
        raise forms.ValidationError(question.sentence)
    return parse_moment(f"stated {answer}") if question else Moment(*meant_by(day, at))


def _question_about_typed(day, at):
    """Return the question about what is typed in a widget, if it can be read."""
    try:
        at = time.fromisoformat(at) if at else None
        return question_about(date.fromisoformat(day), at)
    except ValueError:
        return None


def parse_moment(was):
    """Return the moment of the widget's hidden field, or None if it is unreadable."""
    try:
        certainty, text = was.split(" ")
        is_day = len(text) == len("2023-07-21")
        at = (date if is_day else datetime).fromisoformat(text)
    except ValueError:
        return None
    is_sound = certainty in get_args(Certainty) and (is_day or timezone.is_aware(at))
    return Moment(at, certainty) if is_sound else None


def this_minute():
    return timezone.now().replace(second=0, microsecond=0)
