"""What became of articles: each revision, the last commit, and what was erased."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BulkAction(models.Model):
    """What the desk did to many stories at once; it is listed and undone as one."""

    made_at = models.DateTimeField(_("when"))
    why = models.CharField(_("what"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("who"),
        null=True,
        related_name="+",
    )
    stories = models.PositiveIntegerField(
        _("articles"), help_text=_("How many it changed.")
    )
    undoes = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="undone_by"
    )
    kept = models.JSONField(
        default=dict,
        help_text=_("Of what it undoes: by article, the fields that were to stay."),
    )

    class Meta:
        verbose_name = _("change to many articles")
        verbose_name_plural = _("changes to many articles")
        ordering = ["-id"]

    def __str__(self):
        return self.why


class Revision(models.Model):
    """An article as it stood after a change, with who made it and why."""

    article = models.ForeignKey("Article", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    story = models.TextField(help_text=_("The whole Story as JSON."))
    made_at = models.DateTimeField(_("made at"))
    why = models.CharField(_("why"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("by"),
        null=True,
        related_name="+",
    )
    run = models.ForeignKey("ImportRun", models.PROTECT, null=True, related_name="+")
    action = models.ForeignKey(
        BulkAction,
        models.PROTECT,
        null=True,
        related_name="revisions",
        db_index=False,
    )

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["article_id", "-number"]
        indexes = [
            # Nearly all revisions are of no such action.
            models.Index(
                fields=["action", "article"],
                condition=models.Q(action__isnull=False),
                name="revision_of_action",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="revision_number"
            )
        ]

    def __str__(self):
        return f"{self.article_id}/{self.number}"


class RowChange(models.Model):
    """What somebody changed in a photo, a tag or an author: the fields that differ."""

    photo = models.ForeignKey(
        "Photo", models.CASCADE, null=True, related_name="changes"
    )
    tag = models.ForeignKey("Tag", models.CASCADE, null=True, related_name="changes")
    author = models.ForeignKey(
        "Author", models.CASCADE, null=True, related_name="changes"
    )
    made_at = models.DateTimeField(_("made at"))
    why = models.CharField(_("why"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("by"),
        null=True,
        related_name="+",
    )
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(photo__isnull=False, tag=None, author=None)
                | models.Q(photo=None, tag__isnull=False, author=None)
                | models.Q(photo=None, tag=None, author__isnull=False),
                name="row_change_of_one",
            )
        ]

    def __str__(self):
        return f"{self.made_at:%Y-%m-%d %H:%M} {self.why}"


class Edition(models.Model):
    """The number of the commit that last changed what a key names.

    A page made of keys is fresh until one of them has a higher number than the
    edition it was made in. The row of the key "" holds the newest number of all.
    """

    # Some end with a slug, and no slug is longer than 100 characters.
    key = models.CharField(max_length=120, unique=True)
    number = models.PositiveBigIntegerField(db_index=True)

    def __str__(self):
        return f"{self.key or 'newest'}: {self.number}"


class Erasure(models.Model):
    """That a story was erased for good: all that is left of it but its code."""

    code = models.CharField(
        _("code"),
        max_length=8,
        unique=True,
        help_text=_("Its address, which answers that it is gone."),
    )
    erased_at = models.DateTimeField(_("erased at"))
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("erased by"),
        related_name="+",
    )
    reason = models.TextField(_("reason"))
    files = models.JSONField(
        null=True,
        editable=False,
        help_text=_(
            "The SHA-256 of each source file, as it came and of what is left of it; "
            "none where that was not yet noted."
        ),
    )

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-erased_at", "-id"]

    def __str__(self):
        return self.code
