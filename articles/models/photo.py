from django.db import models
from django.utils.translation import gettext_lazy as _


class Photo(models.Model):
    """A picture at hand; the same file is one photo, however often it comes."""

    sha256 = models.CharField(max_length=64, unique=True)
    file = models.ImageField(
        _("file"), upload_to="photos", width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField(_("width"), help_text=_("In pixels."))
    height = models.PositiveIntegerField(_("height"), help_text=_("In pixels."))
    alternative_text = models.TextField(
        _("alternative text"),
        blank=True,
        help_text=_("What the picture shows, for those who cannot see it."),
    )

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def __str__(self):
        return self.alternative_text or self.file.name
