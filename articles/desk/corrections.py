"""What a save changes for those who have read the story: a typo, update or correction.

The corrections that the story has stand in its form; a new one makes the save one. A
number, a name, a quotation or the headline is shown before it passes as a typo. What
comes back to readers is held against what they read last.
"""

import json
from dataclasses import dataclass, replace
from hashlib import sha256

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk.moment_fields import this_minute
from articles.desk.questions import article_field_label
from articles.desk.refusals import SaveRefused
from articles.desk.two_at_once import story_at
from articles.store.history import last_seen
from articles.store.rows import story_of
from articles.story.diff import Span, differences
from articles.story.extract import extract
from articles.story.moment import Moment
from articles.story.rewordings import changed_words, find_substance
from articles.story.story import Correction, is_public, tidy, tidy_line
from newsroom.dates import write_date

NOTE_PREFIX = "note-"


@dataclass(frozen=True)
class ShownRewording:
    """A passage before a correction and after it, in spans; none is one not there."""

    name: str
    before: list[Span]
    after: list[Span]

    @classmethod
    def of(cls, change):
        name = capfirst(article_field_label(change.what))
        return cls(name, *differences(change.before, change.after))


class NoteField(forms.CharField):
    """The note of a correction that the story has; without words it goes."""

    def __init__(self, correction):
        self.changes = list(map(ShownRewording.of, correction.changes))
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
    return note_in(form.cleaned_data["correction"], told)


def note_in(text, told=()):
    """Return a note as typed, on one line, without the lines that were told before."""
    lines = map(tidy_line, text.splitlines())
    return " ".join(line for line in lines if line and line not in told)


class CorrectionField(forms.CharField):
    """A note for readers on what is put right now."""

    def __init__(self):
        super().__init__(
            label=_("Correction"),
            required=False,
            help_text=_(
                "What was wrong and is put right now, for readers. It stands below the "
                "story with the day on which you save it."
            ),
            widget=forms.Textarea(
                {"rows": 2, "dir": "auto", "class": "vLargeTextField copy"}
            ),
        )


class NoteForm(forms.Form):
    correction = CorrectionField()


# Why a version was made, by what its change was.
REASONS = {
    "typo": gettext_lazy("mended a typo"),
    "update": gettext_lazy("updated the story"),
    "correction": gettext_lazy("corrected the story"),
}
ANSWERS = {
    "typo": gettext_lazy("a typo"),
    "update": gettext_lazy("an update"),
    "correction": gettext_lazy("a correction"),
}
# What is shown of the words that changed: so many places, so many characters of each.
MOST_SHOWN, LONGEST_SHOWN = 6, 120


class ChangeUnnamed(SaveRefused):
    """A save changes what readers have read, and does not say what the change is.

    Or it says that it is a typo, and these words are to be looked at first; or that it
    is a correction, without a note.
    """

    def __init__(self, found, answer):
        match answer:
            case "typo":
                text = _("Not saved yet: is this a typo all the same?")
            case "correction":
                text = _("Not saved yet: tell readers what was wrong.")
            case _:
                text = _("Not saved yet: is this a typo, an update or a correction?")
        super().__init__(text)
        self.found = found

    @property
    def shown(self):
        return [
            replace(
                part,
                before=extract(part.before, LONGEST_SHOWN),
                after=extract(part.after, LONGEST_SHOWN),
            )
            for part in self.found[:MOST_SHOWN]
        ]

    @property
    def number_of_others(self):
        return max(0, len(self.found) - MOST_SHOWN)

    @property
    def token(self):
        return token_of(self.found)


def token_of(found):
    """Return what tells that just these words were shown to who answers."""
    parts = [[part.kind, part.before, part.after] for part in found]
    return sha256(json.dumps(parts).encode()).hexdigest()


def named_change(values, note, article, story):
    """Return what a save is to readers: an answer, or "" where it needs none.

    Raises ChangeUnnamed where they would read other words and nobody has said why.
    """
    now = timezone.now()
    if note:
        return "correction"
    read = last_read(article, now) if _is_for_readers(story, now) else None
    if read is None:
        return ""
    answer = values.get("change", "")
    if answer == "update":
        return answer
    if not changed_words(read, story):
        return ""
    found = find_substance(read, story)
    is_shown = values.get("shown_changes") == token_of(found)
    if answer != "typo" or (found and not is_shown):
        raise ChangeUnnamed(found, answer)
    return answer


def last_read(article, now):
    """Return what readers read of a story, or read last; None if they never could.

    Of what waits to come back, each save was asked about as of what they read.
    """
    stored = story_of(article)
    if _is_for_readers(stored, now):
        is_read = article.was_public or is_public(
            stored, now, timezone.get_default_timezone()
        )
        return stored if is_read else None
    number = last_seen(article, now)
    return story_at(article, number) if number else None


def _is_for_readers(story, now):
    """Tell whether readers see a story, or will by its own dates."""
    has_expired = story.expires_at is not None and story.expires_at <= now
    return story.status == "published" and not has_expired


def with_change(article, story, answer, note, *, keeps_date):
    """Return the story with the correction that it is, and the date of its change."""
    now = timezone.now()
    if note:
        before = last_read(article, now) or story_of(article)
        correction = Correction(note, now, changed_words(before, story))
        story = replace(story, corrections=(*story.corrections, correction))
    is_seen = is_public(story, now, timezone.get_default_timezone())
    if answer in ("update", "correction") and is_seen and not keeps_date:
        story = replace(story, updated=Moment(this_minute()))
    return tidy(story)
