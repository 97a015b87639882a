from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.querysets import SuspicionQuerySet


class Suspicion(models.Model):
    """An article that says nearly the same as another one under another headline."""

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
