"""What editors are typing, until it is saved."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

WORDS_KEPT_FOR = timedelta(days=90)
# A form that was closed or saved; its row only refuses what comes late.
EMPTY_KEPT_FOR = timedelta(days=7)
# A window in the background may speak no oftener than once a minute.
OPEN_FOR = timedelta(seconds=90)


class WorkingCopyQuerySet(models.QuerySet):
    """Working copies by whose they are, and by what became of them."""

    def unsaved(self, editor):
        """Return what an editor typed and has not saved, the newest first."""
        own = self.filter(editor=editor).exclude(words="").order_by("-kept_at")
        return own.select_related(*self.model.Kind).defer("article__body")

    def of(self, kind, row):
        """Return the forms of a row; without one, those of new and of deleted rows."""
        return self.filter(kind=kind, **{kind: row})

    def open_elsewhere(self, kind, row, editor, now=None):
        """Return the forms in which others have a row open, with who they are."""
        since = (now or timezone.now()) - OPEN_FOR
        here = self.of(kind, row).filter(seen_at__gte=since)
        return here.exclude(editor=editor).select_related("editor").defer("words")

    def clear_old(self, now=None):
        """Delete what nobody came back to, and empty rows after a week."""
        now = now or timezone.now()
        is_empty = models.Q(words="", kept_at__lt=now - EMPTY_KEPT_FOR)
        is_left = models.Q(kept_at__lt=now - WORDS_KEPT_FOR)
        old = self.filter(is_empty | is_left).exclude(seen_at__gte=now - OPEN_FOR)
        free = old.order_by().select_for_update(skip_locked=True)
        self.filter(pk__in=free.values("pk")).delete()


class WorkingCopy(models.Model):
    """The fields of one open form as its editor typed them last.

    Two windows on one row are two forms, so neither overwrites the other. Words that
    were saved are emptied and not deleted: what was sent before and comes late has a
    number that is no higher, and so it stays out.
    """

    class Kind(models.TextChoices):
        """What the form is of; the row itself is under this name."""

        ARTICLE = "article", _("story")
        PHOTO = "photo", _("photo")
        TAG = "tag", _("tag")
        AUTHOR = "author", _("author")

    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=22, help_text=_("The form’s own, for ever."))
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.ARTICLE)
    # Whoever deletes a row deletes no words that another was typing there.
    article = models.ForeignKey(
        "Article",
        models.SET_NULL,
        null=True,
        related_name="working_copies",
        help_text=_("None of a story that was never saved."),
    )
    photo = models.ForeignKey("Photo", models.SET_NULL, null=True, related_name="+")
    tag = models.ForeignKey("Tag", models.SET_NULL, null=True, related_name="+")
    author = models.ForeignKey("Author", models.SET_NULL, null=True, related_name="+")
    number = models.PositiveBigIntegerField(help_text=_("Rises with each change."))
    words = models.TextField(
        blank=True, help_text=_("The form’s fields as JSON; none: all is saved.")
    )
    kept_at = models.DateTimeField(db_index=True)
    seen_at = models.DateTimeField(
        null=True, help_text=_("When the form last said that it is open.")
    )

    objects = WorkingCopyQuerySet.as_manager()

    class Meta:
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["editor", "name"], name="working_copy_name")
        ]

    def __str__(self):
        return f"{self.editor_id}: {self.name}"

    @property
    def row(self):
        """What the form is of, or None: it is new, or was deleted."""
        return getattr(self, self.kind)
