from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.story.text import fold

AGENCIES = set("AFP AP APP DPA EFE Reuters SPA TASS UPI WAM Bloomberg Xinhua".split())


class Author(models.Model):
    """A person or an agency that writes; no account needed."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        AGENCY = "agency", _("agency")

    name = models.CharField(_("name"), max_length=200)
    folded = models.TextField(unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.PERSON)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="author_name")
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.folded = fold(self.name)
        super().save(*args, **kwargs)

    @classmethod
    def named(cls, name):
        """Return an author of this name, not saved; the great agencies are known."""
        kind = "agency" if name in AGENCIES else "person"
        return cls(name=name, folded=fold(name), kind=kind)


class Byline(models.Model):
    """An author of an article, in the words that are printed over it."""

    article = models.ForeignKey("Article", models.CASCADE, related_name="bylines")
    author = models.ForeignKey(
        Author, models.PROTECT, verbose_name=_("author"), related_name="bylines"
    )
    position = models.PositiveIntegerField(help_text=_("Order on the page, from 1."))
    text = models.CharField(
        _("as printed"), max_length=200, help_text=_("The name as it is printed.")
    )

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["article_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author"], name="byline_author_once"
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="byline_text"),
        ]

    def __str__(self):
        return self.text
