"""Photos: the stored pictures, with their words and the sizes made of them."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# What readers' browsers are offered, best first; every browser knows the last.
MEDIA_TYPES = ("image/avif", "image/webp", "image/jpeg")
USUAL_WIDTH = 960


class Photo(models.Model):
    """A stored picture; the same file is one photo, however often it arrives.

    Written by `articles.store.photos` alone, which makes its renditions.
    """

    sha256 = models.CharField(
        max_length=64, unique=True, help_text=_("Of the bytes as they came.")
    )
    original_name = models.TextField(_("file name"), blank=True)
    # Told its fields for width and height, Django would open the file to read a row.
    file = models.ImageField(_("file"), upload_to="photos")
    width = models.PositiveIntegerField(_("width"), help_text=_("In pixels."))
    height = models.PositiveIntegerField(_("height"), help_text=_("In pixels."))
    headline = models.TextField(_("headline"), blank=True)
    caption = models.TextField(
        _("caption"), blank=True, help_text=_("Offered where the picture is placed.")
    )
    credit = models.TextField(
        _("credit"), blank=True, help_text=_("Whose picture it is, without brackets.")
    )
    creator = models.TextField(
        _("creator"), blank=True, help_text=_("Who took or drew it.")
    )
    copyright_notice = models.TextField(_("copyright notice"), blank=True)
    usage_terms = models.TextField(_("usage terms"), blank=True)
    web_statement = models.TextField(
        _("web statement of rights"), blank=True, help_text=_("An address.")
    )
    digital_source_type = models.TextField(
        _("digital source type"),
        blank=True,
        help_text=_("The IPTC’s address for how the picture came to be."),
    )
    alternative_text = models.TextField(
        _("alternative text"),
        blank=True,
        help_text=_("What the picture shows, for those who cannot see it."),
    )
    focal_x = models.PositiveSmallIntegerField(
        _("focal point across"), default=50, help_text=_("Percent from the left.")
    )
    focal_y = models.PositiveSmallIntegerField(
        _("focal point down"), default=50, help_text=_("Percent from the top.")
    )
    renditions = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text=_("type, width, height, name and use of every size made of it."),
    )
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("added by"),
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    withdrawn_at = models.DateTimeField(
        _("withdrawn at"),
        null=True,
        editable=False,
        help_text=_("Since when readers get it by a public story alone."),
    )

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(focal_x__lte=100, focal_y__lte=100),
                name="photo_focal_point",
            )
        ]

    def __str__(self):
        return self.headline or self.alternative_text or self.original_name

    @property
    def proposed_credit(self):
        """Return the creator where nobody has said yet whose picture it is."""
        return "" if self.credit else self.creator

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None

    @property
    def srcsets(self):
        """Return each media type's `srcset`, the best type first."""
        sets = []
        for media_type in MEDIA_TYPES:
            sizes = [r for r in self._page_sizes if r["type"] == media_type]
            if sizes:
                parts = (f"{_url(size)} {size['width']}w" for size in sizes)
                sets.append((media_type, ", ".join(parts)))
        return sets

    @property
    def src(self):
        """Return the address for a browser that chooses among no sizes."""
        wide = [size for size in self._jpegs if size["width"] >= USUAL_WIDTH]
        return _url((wide or self._jpegs[-1:])[0]) if self._jpegs else self.file.url

    @property
    def thumbnail(self):
        return _url(self._jpegs[0]) if self._jpegs else self.file.url

    @property
    def share(self):
        """Return the picture cut for links on other sites, if there is one."""
        for size in self.renditions:
            if size["use"] == "share":
                return size | {"url": _url(size)}
        return None

    @property
    def focus(self):
        """Return the CSS classes that keep the focal point in a cropped picture."""
        return f"focus-x-{_tens(self.focal_x)} focus-y-{_tens(self.focal_y)}"

    @property
    def _jpegs(self):
        return [size for size in self._page_sizes if size["type"] == MEDIA_TYPES[-1]]

    @property
    def _page_sizes(self):
        sizes = (size for size in self.renditions if size["use"] == "page")
        return sorted(sizes, key=lambda size: size["width"])


def _url(size):
    return default_storage.url(size["name"])


def _tens(percent):
    return (percent + 5) // 10 * 10
