"""What an editor is asked to decide about an article.

A doubt belongs to the reading it came with: see `sources`.
"""

import json
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ConflictQuerySet(models.QuerySet):
    """Conflicts by whether an editor has settled them, and by the other side."""

    def open(self) -> Self:
        """Return the conflicts in which no editor has chosen yet."""
        return self.filter(settled_at=None)

    def with_sources(self) -> Self:
        """Return the conflicts with what a source says."""
        return self.exclude(source=None)

    def between_editors(self) -> Self:
        """Return the conflicts with what an editor typed."""
        return self.filter(source=None)


class Conflict(models.Model):
    """What the story and a source, or two editors, say each in their way.

    It is open until an editor chooses. Without a source, theirs is what `by` typed on
    an older version, and ours what `ours_by` had saved meanwhile, if it was no import.
    """

    class Settlement(models.TextChoices):
        OURS = "ours", _("kept ours")
        THEIRS = "theirs", _("took the source’s")

    article = models.ForeignKey("Article", models.CASCADE, related_name="conflicts")
    source = models.ForeignKey(
        "SourceStory", models.CASCADE, null=True, related_name="conflicts"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    ours_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    what = models.CharField(_("field"), max_length=20)
    thing = models.CharField(
        max_length=8, help_text=_("Tells parts of one field from each other.")
    )
    base = models.JSONField(
        null=True, help_text=_("As the source said before; none is a part it had not.")
    )
    ours = models.JSONField(_("ours"), null=True)
    theirs = models.JSONField(_("the source’s"), null=True)
    settled_at = models.DateTimeField(_("settled at"), null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    settled_how = models.CharField(
        _("settled how"), max_length=6, choices=Settlement, blank=True
    )

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")
        ordering = ["article_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "what", "thing"],
                condition=models.Q(settled_at=None, source__isnull=False),
                name="conflict_open_once",
            )
        ]

    def __str__(self):
        return f"{self.article_id}, {self.what}"

    @property
    def identity(self):
        """What one open conflict shares with no other."""
        return self.article_id, self.what, self.thing

    @property
    def claim(self):
        """What both sides say, to be held against what an editor once decided."""
        sides = json.dumps([self.ours, self.theirs], sort_keys=True)
        return self.article_id, self.what, sides


class SuspicionQuerySet(models.QuerySet):
    """Suspicions by whether an editor has decided them."""

    def open(self) -> Self:
        """Return the suspicions that no editor has decided yet."""
        return self.filter(decided_at=None)

    def to_decide(self) -> Self:
        """Return the open ones, but for those of a story that lies in the bin."""
        return self.open().exclude(other__status="binned")

    def holding(self) -> Self:
        """Return those that keep their article in review: readers see the other."""
        return self.open().filter(other__status="published")


class Suspicion(models.Model):
    """An article that says nearly the same as another: copy, update or same form."""

    class Kind(models.TextChoices):
        UPDATE = "update", _("an update of it")
        BACKGROUND = "background", _("background to it")
        SEPARATE = "separate", _("a story of its own")

    article = models.ForeignKey("Article", models.CASCADE, related_name="suspicions")
    other = models.ForeignKey("Article", models.CASCADE, related_name="suspected")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects = SuspicionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suspicion")
        verbose_name_plural = _("suspicions")
        ordering = ["article_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "other"], name="suspicion_once"),
            models.CheckConstraint(
                condition=~models.Q(article=models.F("other")),
                name="suspicion_of_another",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="", decided_at=None)
                | (~models.Q(kind="") & models.Q(decided_at__isnull=False)),
                name="suspicion_decided",
            ),
        ]

    def __str__(self):
        return f"{self.article_id} ~ {self.other_id}"
