"""The form of one article: filled from a Story, and read back into a Story."""

from dataclasses import replace

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.desk.article_state import Hindrance, hindrances
from articles.desk.corrections import (
    NOTE_PREFIX,
    ChangeUnnamed,
    CorrectionField,
    corrections_in,
    named_change,
    new_note,
    note_fields,
    with_change,
)
from articles.desk.dates import has_stated_date, impossible_dates
from articles.desk.fields import (
    BodyWidget,
    SuggestionsField,
    TagsField,
    public_tags,
    updated_tags,
)
from articles.desk.formsets import CaptionFormSet, HighlightFormSet, name_language
from articles.desk.moment_fields import InstantField, MomentField, this_minute
from articles.desk.query_parameters import is_number
from articles.desk.questions import (
    SUSPICION_PREFIX,
    suspicion_answers,
    suspicion_fields,
    waits_only_for_answer,
)
from articles.desk.refusals import show_refusal
from articles.desk.sent_forms import sent_data
from articles.desk.two_at_once import has_moved, join, refuse_if_unfit, story_at
from articles.imports.printed_dates import printed_dates
from articles.models import Article, Doubt, Tag
from articles.store.bin import (
    READERS_SAW,
    WAITING,
    statuses_before_bin,
)
from articles.store.roles import PUBLISH, may_bin
from articles.store.rows import story_of
from articles.story.moment import Moment
from articles.story.sizes import excess_of
from articles.story.story import (
    Story,
    dismissed_names,
    is_public,
    publish,
    suggested_names,
    tidy,
)
from articles.story.text import fold_name

# What the form and the story hold under one name and in one shape.
SHARED_FIELDS = (
    "headline",
    "kicker",
    "standfirst",
    "dateline",
    "language",
    "body",
    "kind",
    "status",
    "published",
    "updated",
    "embargo_until",
    "expires_at",
    "source_short_url",
    "is_silent",
)
# The buttons that show a story to readers, now or later.
SENDING = ("_publish", "_schedule")
COPY = {"dir": "auto"}
LINE = forms.Textarea(COPY | {"rows": 1, "class": "vLargeTextField copy"})


class DoubtsField(forms.ModelMultipleChoiceField):
    def clean(self, value):
        """Return those still open: what a colleague has just settled is settled."""
        return self.queryset.filter(pk__in=list(filter(is_number, value or ())))


class SectionField(forms.ModelChoiceField):
    """A section; the one that the article has was read with it."""

    own = None

    def to_python(self, value):
        is_own = self.own is not None and value == str(self.own.pk)
        return self.own if is_own else super().to_python(value)


class ArticleForm(forms.ModelForm):
    """One article with all its parts; `typed` is what the editor says with it.

    It was made of `base_story`, which the form was opened at, whatever is stored now.
    It is a ModelForm for its fields' sake alone: it never touches the instance.
    """

    refusal = None
    editor = None
    # What the save is to those who have read the story, once it was told.
    change = ""
    # What was typed before and not saved, where the form is opened with that.
    opened = None

    base = forms.CharField(required=False, widget=forms.HiddenInput)
    bylines = forms.CharField(
        label=_("Bylines"),
        required=False,
        help_text=_("People and agencies as printed, one to a line."),
        widget=forms.Textarea(COPY | {"rows": 2, "class": "vLargeTextField copy"}),
    )
    section = SectionField(
        Tag.objects.none(),
        label=_("Section"),
        required=False,
        empty_label=_("No section"),
    )
    tags = TagsField(label=_("Tags"))
    suggestions = SuggestionsField(
        label=_("Suggested tags"),
        required=False,
        help_text=_(
            "Taken from the story’s own words; readers see only those you accept."
        ),
    )
    published = MomentField(
        label=_("Published"),
        help_text=_(
            "When the public first saw it. Without a time, readers see only the day."
        ),
    )
    updated = MomentField(
        label=_("Updated"), help_text=_("When the public last saw it change.")
    )
    embargo_until = InstantField(
        label=_("Embargo until"), help_text=_("The story is not shown before this.")
    )
    expires_at = InstantField(
        label=_("Expires"), help_text=_("The story is not shown after this.")
    )
    correction = CorrectionField()
    goes_out = InstantField(label=_("Goes out"))
    dismissed = DoubtsField(
        Doubt.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple({"form": "article_form"}),
    )

    class Media:
        css = {
            "all": [
                "desk/article.css",
                "desk/caption_photos.css",
                "desk/save_bar.css",
            ]
        }
        js = [
            forms.Script("desk/highlights_and_captions.js", type="module"),
            forms.Script("desk/caption_photos.js", type="module"),
            forms.Script("desk/proposed_credit.js", type="module"),
            forms.Script("desk/printed_days.js", type="module"),
            forms.Script("desk/save.js", type="module"),
            forms.Script("desk/hindrances.js", type="module"),
        ]

    class Meta:
        model = Article
        fields = [
            "headline",
            "kicker",
            "standfirst",
            "dateline",
            "language",
            "body",
            "kind",
            "status",
            "is_silent",
            "source_short_url",
        ]
        # Django would read them once more, for a field that is not its own.
        exclude = ["tags"]  # noqa: DJ006
        widgets = {
            "headline": LINE,
            "kicker": LINE,
            "standfirst": LINE,
            "dateline": LINE,
            "body": BodyWidget(COPY | {"rows": 20, "class": "vLargeTextField"}),
            "source_short_url": forms.TextInput({"class": "vLargeTextField"}),
        }

    def __init__(self, data=None, files=None, initial=None, instance=None):
        self.stored_story = story_of(instance) if instance else Story()
        self.is_existing = instance is not None
        opened = data is None and self.opened
        if opened and not opened.is_merged:
            data = sent_data(opened.fields)
        self.base_story = self.stored_story
        if instance and data is not None:
            self.base_number = base_number(data)
            if self.base_number != instance.revision:
                self.base_story = story_at(instance, self.base_number)
        self.is_base_known = self.base_story is not None
        if not self.is_base_known:
            self.base_number = instance.revision
            self.base_story = self.stored_story
        is_merged = bool(opened and opened.is_merged)
        shown_story = opened.merged_story() if is_merged else self.base_story
        values = initial_values(shown_story) | (initial or {})
        if (at := shown_story.published) and not at.is_day:
            values["goes_out"] = at.at if at.at > timezone.now() else None
        if instance:
            values |= {"base": instance.revision, "section": instance.section_id}
            numbers = {use.tag.name: use.tag_id for use in instance.taggings.all()}
            names = [use.name for use in public_tags(shown_story)]
            values["tags"] = [numbers.get(name, f"+{name}") for name in names]
        if is_merged:
            values |= opened.merged_values(shown_story)
        super().__init__(data, files, initial=values, instance=instance)
        language = self.base_story.language
        self.highlights = HighlightFormSet.for_parts(
            shown_story.highlights, data, "highlights", language
        )
        self.captions = CaptionFormSet.for_parts(
            shown_story.captions,
            data,
            "captions",
            language,
            files=files,
            editor=self.editor,
            article=self.instance.pk,
        )
        self.fields["suggestions"].offer(
            suggested_names(self.base_story), dismissed_names(self.base_story)
        )
        self._choose_among()
        self._limit_status()
        self.fields |= note_fields(shown_story)
        name_language(self, language)
        asked = suspicion_fields(instance) if instance else {}
        self.fields |= asked
        self.is_published_by_answer = (
            bool(asked) and self._may_publish() and waits_only_for_answer(instance)
        )

    def _may_publish(self):
        return not self.editor or self.editor.has_perm(PUBLISH)

    @property
    def question(self):
        """What was asked about the change, in place of saving it."""
        return self.refusal if isinstance(self.refusal, ChangeUnnamed) else None

    @property
    def sending(self):
        """The button that sends the story to readers, if it was pressed.

        Who says what the change is has been asked at that button, and means it still.
        """
        pressed = set(self.data)
        if "change" in self.data:
            pressed.add(self.data.get("asked_at"))
        return next((name for name in SENDING if name in pressed), "")

    @property
    def notes(self):
        """The fields of the corrections that the story has."""
        return [self[name] for name in self.fields if name.startswith(NOTE_PREFIX)]

    @property
    def suspicions(self):
        """The fields that ask what near copies of other stories are."""
        return [self[name] for name in self.fields if name.startswith(SUSPICION_PREFIX)]

    def kills(self):
        """Return the open notices of its sources that the story is killed."""
        if not self.is_existing:
            return []
        return list(Doubt.objects.kills().filter(source__article=self.instance))

    def hindrances(self, now, *, has_source):
        """Return what stands in the way of publishing, with what is asked first."""
        found = list(hindrances(self.stored_story, now, has_source=has_source))
        asked = _("a question about another story")
        return found + [Hindrance(asked, field.name) for field in self.suspicions]

    def offer_printed_dates(self):
        """Offer the days that the source prints, while nobody has stated one."""
        if self.is_existing and not has_stated_date(self.stored_story):
            for each in printed_dates([self.instance.pk]).get(self.instance.pk, ()):
                name = "updated" if each.is_update and each.days else "published"
                widget = self.fields[name].widget
                widget.printed = (*widget.printed, each)

    def _choose_among(self):
        """Offer the sections, this article's own, and its open doubts."""
        own = Q(pk=self.instance.section_id) | Q(name=self.base_story.section)
        self.fields["section"].own = self.instance.section
        self.fields["section"].queryset = Tag.objects.filter(
            Q(is_section=True) | own
        ).order_by("-is_in_menu", "position", "name")
        if self.is_existing:
            self.fields["dismissed"].queryset = (
                Doubt.objects.to_settle()
                .filter(source__article=self.instance)
                .order_by("line", "id")
            )

    def _limit_status(self):
        """Offer those who may not publish what waits for those who may.

        To the bin leads a button, and from it to where a story waits.
        """
        offered = set(WAITING if not self._may_publish() else Article.Status.values)
        offered.discard("binned")
        if self.base_story.status == "binned":
            offered = {*WAITING, "binned"}
        status = self.fields["status"]
        status.choices = [c for c in status.choices if c[0] in offered]

    def is_multipart(self):
        return self.captions.is_multipart()

    def clean(self):
        self._reckon_publication()
        self._obey_button()
        for parts in (self.highlights, self.captions):
            if not parts.is_valid():
                unread = _("A highlight or caption could not be read.")
                self.add_error(None, parts.non_form_errors() or unread)
        if not self.errors:
            self.typed = self.story = self._build_story()
            if self.typed.status == "published":
                self.story = publish(self.typed, this_minute())
            self._check_base()
            self._check_whole()
            self._check_killed()
            self._check_size()
            if self.data.get("change") == "correction" and not new_note(self):
                self.add_error("correction", _("Tell readers what was wrong."))
            for field, problem in impossible_dates(self.story, self.base_story):
                self.add_error(field, problem)
        show_refusal(self)

    def _reckon_publication(self):
        """Estimate when what came without a date appeared by when it was updated.

        Its source says no more, and the public had seen it by then.
        """
        published, updated = map(self.cleaned_data.get, ("published", "updated"))
        is_given = published is None and updated and updated != self.base_story.updated
        if is_given and self.is_existing and self.instance.sources.exists():
            estimate = replace(updated, certainty="estimated")
            self.cleaned_data["published"] = estimate

    def _obey_button(self):
        """Change the fields as the button says that was pressed in place of Save."""
        values = self.cleaned_data
        if self.sending != "_schedule":
            self.errors.pop("goes_out", None)
        if "_review" in self.data and values.get("status") == "draft":
            values["status"] = "in_review"
        if "_restore" in self.data and values.get("status") == "binned":
            before = statuses_before_bin([self.instance.pk])
            values["status"] = before[self.instance.pk]
        if "_bin" in self.data and self.is_existing:
            values["status"] = "binned"
            self._check_bin()
        if not self._may_publish() or not self.sending:
            return
        values["status"] = "published"
        if self.sending == "_schedule":
            self._schedule(values)
        else:
            self._publish_now(values)
        for field in self.suspicions:
            if not values.get(field.name) and not field.errors:
                self.add_error(field.name, _("Say this before it is published."))

    def _check_bin(self):
        """Let nobody put away what readers have seen, nor what is not theirs to."""
        if not may_bin(self.editor, self.instance):
            self.add_error(None, READERS_SAW)

    def _publish_now(self, values):
        """Let a story that was to go out later do so now, or say what hinders it."""
        now = timezone.now()
        published, embargo = values.get("published"), values.get("embargo_until")
        if published and _begins(published) > now:
            values["published"] = Moment(this_minute())
        if embargo and embargo > now:
            text = _("It is under embargo. Remove the embargo to publish it now.")
            self.add_error("embargo_until", text)
        if (expires := values.get("expires_at")) and expires <= now:
            text = _("It has expired. Remove this date to publish it again.")
            self.add_error("expires_at", text)

    def _schedule(self, values):
        """Let it go out when asked: under that date, or its own if that has passed."""
        at, now = values.get("goes_out"), timezone.now()
        published, embargo = values.get("published"), values.get("embargo_until")
        if at is None:
            if "goes_out" not in self.errors:
                self.add_error("goes_out", _("Give the day and the time."))
        elif at <= now:
            text = _("This has passed. To show it to readers now, publish it.")
            self.add_error("goes_out", text)
        elif published and published.is_stated and _begins(published) <= now:
            values["embargo_until"] = at
        elif embargo and embargo > at:
            self.add_error("goes_out", _("Its embargo ends only later."))
        else:
            values["published"] = Moment(at)

    def _build_story(self):
        values = self.cleaned_data
        section = values["section"]
        story = replace(
            self.base_story,
            **{name: values[name] for name in SHARED_FIELDS},
            bylines=tuple(values["bylines"].split("\n")),
            section=section.name if section else "",
            highlights=self.highlights.parts(),
            captions=self.captions.parts(),
            corrections=corrections_in(self),
            tags=updated_tags(self.base_story, values["tags"], values["suggestions"]),
        )
        is_answered = len(suspicion_answers(values)) == len(self.suspicions)
        waited = self.is_published_by_answer and is_answered
        if waited and story.status == "in_review":
            story = replace(story, status="published")
        return tidy(story)

    def join(self, article):
        """Return what to store: what was typed, merged with the article as it is now.

        A story that was withdrawn meanwhile is not published by an old form.
        """
        was, is_now = self.base_story.status, self.typed.status
        is_old = self.base_number != article.revision
        was_moved = (
            is_old
            and was != is_now == "published"
            and has_moved(article, self.base_number, was)
        )
        stored = story_of(article)
        joined = join(
            self.base_story, stored, self.typed, this_minute(), was_moved=was_moved
        )
        note = new_note(self)
        self.change = named_change(self.data, note, article, joined.story)
        keeps_date = self.typed.updated != self.base_story.updated
        story = with_change(
            article, joined.story, self.change, note, keeps_date=keeps_date
        )
        joined = replace(joined, story=story)
        refuse_if_unfit(joined.story)
        return joined

    def _check_base(self):
        """Refuse changes to what nobody can tell: they might undo others' changes."""
        is_changed = self.typed != self.stored_story or new_note(self)
        if not self.is_base_known and is_changed:
            text = _(
                "This form does not say which version it was opened at, so nothing was "
                "saved. Nothing you typed is lost: open the story in another window, "
                "and carry it over."
            )
            self.add_error(None, text)

    def _check_whole(self):
        if self.story.headline and not fold_name(self.story.headline):
            text = _("Nobody can see this headline: all its characters are invisible.")
            self.add_error("headline", text)
        if self.story.status != "published":
            return
        if not self.story.headline:
            self.add_error("headline", _("A published article needs a headline."))
        if not self.story.body:
            self.add_error("body", _("A published article needs a body."))
        is_undated = self.cleaned_data.get("published") is None
        if is_undated and self.is_existing and self.instance.sources.exists():
            message = _("Its source gave no date. On which day did the story appear?")
            self.add_error("published", message)

    def _check_killed(self):
        """Let no killed story out before somebody has settled its notices, too."""
        zone = timezone.get_default_timezone()
        was_seen = is_public(self.stored_story, timezone.now(), zone)
        if self.story.status != "published" or was_seen:
            return
        if set(self.kills()) - set(self.cleaned_data["dismissed"]):
            text = _(
                "Its source has killed this story. Withdraw it or, to publish it all "
                "the same, tick the notice."
            )
            self.add_error("dismissed", text)

    def _check_size(self):
        if excess := excess_of(self.story):
            message = _("One article cannot hold this much: %s.")
            self.add_error(None, message % excess)

    def _post_clean(self):
        """Leave the instance as it is: the store writes the story, not the row."""


def _begins(moment):
    return moment.instant(timezone.get_default_timezone())


def base_number(data):
    """Return the number of the revision that a form was opened at, if it says so."""
    number = data.get("base", "")
    return int(number) if is_number(number) else None


def initial_values(story):
    """Return the form's values for a story, but for those that are rows elsewhere."""
    values = {name: getattr(story, name) for name in SHARED_FIELDS}
    return values | {"bylines": "\n".join(story.bylines)}
