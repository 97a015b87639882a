"""Addresses that lead on to where their page is now."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FormerAddress(models.Model):
    """An address that a page had once, here or at the newspaper's old site.

    It leads to a thing, wherever that has its page, so that no address ever leads to
    another former one.
    """

    path = models.TextField(
        unique=True, help_text=_("With its query, as store/addresses.py writes them.")
    )
    tag = models.ForeignKey("Tag", models.CASCADE, null=True)
    author = models.ForeignKey("Author", models.CASCADE, null=True)
    # A code and no row: an erased story has none, and its addresses say so.
    code = models.CharField(max_length=8, blank=True)
    page = models.TextField(
        blank=True, help_text=_("A page of the newspaper's own, as the front page.")
    )

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.CheckConstraint(condition=~models.Q(path=""), name="address_path"),
            models.CheckConstraint(
                condition=models.Q(tag__isnull=False, author=None, code="", page="")
                | models.Q(tag=None, author__isnull=False, code="", page="")
                | (models.Q(tag=None, author=None, page="") & ~models.Q(code=""))
                | (models.Q(tag=None, author=None, code="") & ~models.Q(page="")),
                name="address_of_one_thing",
            ),
        ]

    def __str__(self):
        return self.path
