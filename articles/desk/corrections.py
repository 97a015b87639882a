"""The corrections of a story in its form: those that it has, and a new one."""

from dataclasses import dataclass, replace

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk.questions import article_field_label
from articles.story.diff import Span, differences
from articles.story.moment import Moment
from articles.story.rewordings import changed_words
from articles.story.story import Correction, is_public, tidy, tidy_line
from newsroom.dates import write_date

NOTE_PREFIX = "note-"


LABELS = {"quotations": gettext_lazy("quotation"), "credits": gettext_lazy("credit")}


@dataclass(frozen=True)
class ShownChange:
    """A passage before a correction and after it, in spans; none is one not there."""

    name: str
    before: list[Span]
    after: list[Span]

    @classmethod
    def of(cls, change):
        name = LABELS.get(change.what) or article_field_label(change.what)
        return cls(capfirst(name), *differences(change.before, change.after))


class NoteField(forms.CharField):
    """The note of a correction that the story has; without words it goes."""

    def __init__(self, correction):
        self.changes = list(map(ShownChange.of, correction.changes))
        date = correction.at and write_date(correction.at)
        super().__init__(
            label=_("Correction of %s") % date if date else _("Correction"),
            initial=correction.note,
            required=False,
            widget=forms.Textarea(
                {
                    "rows": 2,
                    "dir": "auto",
                    "class": "copy",
                    "aria-describedby": "notes-help",
                }
            ),
        )


def note_fields(story):
    """Return a field for the note of each correction, by its name."""
    return {f"{NOTE_PREFIX}{c.key}": NoteField(c) for c in story.corrections}


def corrections_in(form):
    """Return the corrections of the story that a form was opened at, as typed.

    A note that did not come is as it was.
    """
    return tuple(
        replace(correction, note=form.cleaned_data[name])
        if name in form.data
        else correction
        for correction in form.base_story.corrections
        for name in [f"{NOTE_PREFIX}{correction.key}"]
    )


def new_note(form):
    """Return the note that is typed for readers, on one line.

    A form that is older than these fields has all notes of the story here.
    """
    corrections = form.base_story.corrections
    told = {c.note for c in corrections if f"{NOTE_PREFIX}{c.key}" not in form.data}
    lines = map(tidy_line, form.cleaned_data["correction"].splitlines())
    return " ".join(line for line in lines if line and line not in told)


def put_right(stored, story, note, *, keeps_date):
    """Return the story with a correction, which says what stood there and what does."""
    now = timezone.now()
    correction = Correction(note, now, changed_words(stored, story))
    story = replace(story, corrections=(*story.corrections, correction))
    if not keeps_date and is_public(story, now, timezone.get_default_timezone()):
        story = replace(story, updated=Moment(now.replace(second=0, microsecond=0)))
    return tidy(story)
