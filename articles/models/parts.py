from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.story import text


class Part(models.Model):
    """Something that stands in an article, in order, under a key of its own."""

    key = models.CharField(
        max_length=text.LONGEST, help_text=_("Stays the same when text moves.")
    )
    position = models.PositiveIntegerField(help_text=_("Order on the page, from 1."))

    class Meta:
        abstract = True


class Highlight(Part):
    """One bullet point shown between the headline and the body."""

    article = models.ForeignKey("Article", models.CASCADE, related_name="highlights")
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("highlight")
        verbose_name_plural = _("highlights")
        ordering = ["article_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["article", "key"], name="highlight_key"),
            models.CheckConstraint(condition=~models.Q(text=""), name="highlight_text"),
        ]

    def __str__(self):
        return self.text


class Caption(Part):
    """The words under a picture, whether or not the picture is at hand."""

    class Place(models.TextChoices):
        HEAD = "head", _("at the head of the story")
        BODY = "body", _("in the body")

    article = models.ForeignKey("Article", models.CASCADE, related_name="captions")
    text = models.TextField(_("text"), blank=True)
    credit = models.TextField(
        _("credit"), blank=True, help_text=_("Whose picture it is, without brackets.")
    )
    photo = models.ForeignKey(
        "Photo",
        models.PROTECT,
        verbose_name=_("photo"),
        null=True,
        blank=True,
        related_name="captions",
    )
    place = models.CharField(
        _("place"), max_length=4, choices=Place, default=Place.HEAD
    )

    class Meta:
        verbose_name = _("caption")
        verbose_name_plural = _("captions")
        ordering = ["article_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["article", "key"], name="caption_key"),
            models.CheckConstraint(
                condition=~models.Q(text="", credit="", photo=None),
                name="caption_not_empty",
            ),
        ]

    def __str__(self):
        return self.text or self.credit
