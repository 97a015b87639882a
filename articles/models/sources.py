"""What was imported: runs, source files, readings, match keys and doubts."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

# The parser's code for a notice that a story must not appear, or not any more.
KILL = "kill"


class MatchKeyQuerySet(models.QuerySet):
    """What stories are found by."""

    def newest(self, keys: Iterable[int], most: int) -> Self:
        """Return each of the keys with so many of its newest readings."""
        newest_first = models.Window(
            RowNumber(), partition_by="key", order_by=models.F("source_id").desc()
        )
        numbered = self.filter(key__in=keys).annotate(number=newest_first)
        return numbered.filter(number__lte=most).values_list("key", "source_id")


class DoubtQuerySet(models.QuerySet):
    """Doubts by whether an editor has settled them."""

    def open(self) -> Self:
        """Return the doubts that no editor has dismissed yet."""
        return self.filter(dismissed_at=None)

    def to_settle(self) -> Self:
        """Return the open doubts about words that an article was given.

        A story that hangs at the foot of hundreds of pages is doubted in each of them.
        A kill is about the article, whichever reading says so. Of an import that was
        undone nobody is asked.
        """
        is_asked = models.Q(source__is_taken=True) | models.Q(code=KILL)
        return self.open().filter(is_asked).exclude(source__outcome="undone")

    def kills(self) -> Self:
        """Return the notices that an article is killed, which nobody has settled."""
        return self.filter(code=KILL).to_settle().exclude(source__article=None)


class ImportRun(models.Model):
    """One call of the importer, and what it counted."""

    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, editable=False)
    undo_reached = models.PositiveBigIntegerField(
        null=True,
        editable=False,
        help_text=_("The last article that an undo has taken back which goes on."),
    )
    undo_report = models.JSONField(_("what was undone"), default=dict, editable=False)
    report = models.JSONField(_("report"), default=dict)

    class Meta:
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")
        ordering = ["-id"]

    def __str__(self):
        return _("import %(number)s") % {"number": self.pk}

    @property
    def is_half_undone(self):
        """Whether an undo was begun and has articles left."""
        return self.undo_reached is not None


class SourceFile(models.Model):
    """A file that was imported: its bytes, and where each of its lines went."""

    name = models.TextField(_("name"))
    sha256 = models.CharField(max_length=64, unique=True)
    encoding = models.CharField(_("encoding"), max_length=20)
    parser_version = models.PositiveSmallIntegerField()
    content = models.BinaryField()
    furniture = models.JSONField(
        default=list, help_text=_("[line, rule] of each line that is in no story.")
    )
    unexplained = models.JSONField(
        default=list, help_text=_("The lines that no rule explains.")
    )
    # Before release 0.2.0 nobody noted it.
    asked = models.JSONField(
        null=True, help_text=_("What the operator said of it when it was read.")
    )
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="files")

    class Meta:
        verbose_name = _("source file")
        verbose_name_plural = _("source files")
        ordering = ["id"]

    def __str__(self):
        return self.name


class SourceStory(models.Model):
    """A story as last read from its lines of a source file."""

    class Outcome(models.TextChoices):
        CREATED = "created", _("created")
        UNCHANGED = "unchanged", _("unchanged")
        CHANGED = "changed", _("changed")
        CONFLICT = "conflict", _("in conflict")
        # Its run was taken back: it counts no more until its file is read again.
        UNDONE = "undone", _("undone")
        # A newer parser reads fewer stories: what an editor settled about it stays.
        GONE = "gone", _("read no more")

    file = models.ForeignKey(SourceFile, models.CASCADE, related_name="stories")
    position = models.PositiveIntegerField(help_text=_("Order in the file."))
    # A draft may be deleted; what was read from its source stays.
    article = models.ForeignKey(
        "Article", models.SET_NULL, null=True, related_name="sources"
    )
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome)
    is_taken = models.BooleanField(
        default=False, help_text=_("Its words are those its article was given last.")
    )
    first_line = models.PositiveIntegerField()
    last_line = models.PositiveIntegerField()
    story = models.TextField(help_text=_("The Story as last read, as JSON."))
    pieces = models.JSONField(
        help_text=_("[line, field, length] of every piece of its lines, in order.")
    )

    class Meta:
        verbose_name = _("source story")
        verbose_name_plural = _("source stories")
        ordering = ["file_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "position"], name="source_story_position"
            ),
            models.UniqueConstraint(
                fields=["article"],
                condition=models.Q(is_taken=True),
                name="source_story_taken_once",
            ),
            models.CheckConstraint(
                condition=models.Q(last_line__gte=models.F("first_line")),
                name="source_story_lines",
            ),
        ]

    def __str__(self):
        return f"{self.file}, {self.first_line}-{self.last_line}"


class MatchKey(models.Model):
    """Something by which a later reading of the same story finds this one."""

    pk = models.CompositePrimaryKey("key", "source_id")
    key = models.BigIntegerField()
    source = models.ForeignKey(SourceStory, models.CASCADE, related_name="match_keys")

    objects = MatchKeyQuerySet.as_manager()

    def __str__(self):
        return f"{self.source_id}: {self.key}"


class Doubt(models.Model):
    """A warning of the parser, open until an editor dismisses it."""

    source = models.ForeignKey(SourceStory, models.CASCADE, related_name="doubts")
    line = models.PositiveIntegerField(_("line"))
    code = models.CharField(_("kind"), max_length=40)
    text = models.TextField(_("what is doubtful"))
    dismissed_at = models.DateTimeField(_("dismissed at"), null=True, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = DoubtQuerySet.as_manager()

    class Meta:
        verbose_name = _("doubt")
        verbose_name_plural = _("doubts")
        ordering = ["source_id", "line", "id"]
        indexes = [
            models.Index(
                fields=["source"],
                condition=models.Q(dismissed_at=None),
                name="doubt_open",
            ),
            models.Index(
                fields=["code", "source"],
                condition=models.Q(dismissed_at=None),
                name="doubt_open_by_code",
            ),
        ]

    def __str__(self):
        return self.text
