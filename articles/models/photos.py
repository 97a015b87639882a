"""Photos: the stored pictures, with their words and the sizes made of them."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import PurePosixPath

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# What readers' browsers choose from, best first; every browser knows JPEG.
AVIF, WEBP = MEDIA_TYPES = ("image/avif", "image/webp")
JPEG = "image/jpeg"
USUAL_WIDTH = 960
# Larger, a picture looks poor.
MOST_ENLARGED = 1.5
# The shapes that pages cut pictures to, by the names of their classes.
CROPS = {"focus": 3 / 2, "wide": 16 / 9}
CENTRE = 50
# Of a photo, and of a file's content, an address has so many bytes.
BYTES_IN_ADDRESS = 6


class Photo(models.Model):
    """A stored picture; the same file is one photo, however often it arrives.

    Written by `articles.store.photos` alone, which makes its renditions.
    """

    sha256 = models.CharField(
        max_length=64, unique=True, help_text=_("Of the bytes as they came.")
    )
    code = models.CharField(
        max_length=8,
        unique=True,
        editable=False,
        help_text=_("Begins the address of each of its files."),
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
    licensor_url = models.TextField(
        _("address of the licensor"),
        blank=True,
        help_text=_("A page on which others can ask for the picture."),
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

    def srcsets(self, widest):
        """Return each media type's `srcset`, the best type first, none much wider.

        Of WebP it is one file, of the second width: browsers that know no AVIF are
        few, and each choice is paid for by all readers.
        """
        return self._srcsets("page", widest)

    @property
    def square_srcsets(self):
        return self._srcsets("square", self.width)

    def _srcsets(self, use, widest):
        sets = []
        for media_type in MEDIA_TYPES:
            sizes = self._sizes(media_type, use)
            fitting = [s for s in sizes if s["width"] <= widest] or sizes[:1]
            parts = [f"{self.url_of(size)} {size['width']}w" for size in fitting]
            if media_type == WEBP:
                parts = [self.url_of(size) for size in fitting[-2:][:1]]
            if parts:
                sets.append((media_type, ", ".join(parts)))
        return sets

    @property
    def src(self):
        """Return the address for a browser that chooses among no sizes."""
        jpegs = self._sizes(JPEG)
        wide = [size for size in jpegs if size["width"] >= USUAL_WIDTH]
        return self.url_of((wide or jpegs[-1:])[0]) if jpegs else self.original_url

    @property
    def thumbnail(self):
        jpegs = self._sizes(JPEG)
        return self.url_of(jpegs[0]) if jpegs else self.original_url

    @property
    def share(self):
        """Return the picture cut for links on other sites, if there is one."""
        for size in self.renditions:
            if size["use"] == "share":
                return size | {"url": self.url_of(size)}
        return None

    @property
    def square_url(self):
        """Return the address of its largest square, "" where none is cut."""
        squares = self._sizes(WEBP, "square")
        return self.url_of(squares[-1]) if squares else ""

    @property
    def arrived(self):
        """Return what is noted of the file as it came, which no reader is given."""
        return next(
            (size for size in self.renditions if size["use"] == "arrived"), None
        )

    @property
    def original_url(self):
        return self.url_of({"name": self.file.name})

    def url_of(self, size):
        return f"{settings.MEDIA_URL}{address_of(self.code, size['name'])}"

    @property
    def shown_width(self):
        """Return how wide it may be shown: a little larger than it is."""
        return int(self.width * MOST_ENLARGED)

    @property
    def shown_height(self):
        return int(self.height * MOST_ENLARGED)

    @property
    def focus(self):
        """Return the CSS classes that put the focal point into the middle of a crop.

        Or as near to it as the picture reaches.
        """
        classes = []
        for shape, ratio in CROPS.items():
            visible = ratio * self.height / self.width
            x = _position(self.focal_x, visible)
            y = _position(self.focal_y, 1 / visible)
            classes += [f"{shape}-x-{x}"] * (x != CENTRE)
            classes += [f"{shape}-y-{y}"] * (y != CENTRE)
        return " ".join(classes)

    def _sizes(self, media_type, use="page"):
        """Return the sizes of a type, the narrowest first."""
        sizes = (size for size in self.renditions if size["use"] == use)
        typed = [size for size in sizes if size["type"] == media_type]
        return sorted(typed, key=lambda size: size["width"])


def address_of(code, name):
    """Return how readers ask for a photo's file, whose name is of its content.

    >>> address_of("41daUXJw", "photos/49/64c9570f3130-e356/0784172d0876f8.avif")
    '41daUXJwB4QXLQh2.avif'
    """
    path = PurePosixPath(name)
    return f"{code}{in_base64(path.stem[: 2 * BYTES_IN_ADDRESS])}{path.suffix}"


def in_base64(figures):
    """Return hexadecimal figures as an address has them, and `in_hex` the reverse."""
    return urlsafe_b64encode(bytes.fromhex(figures)).decode()


def in_hex(signs):
    return urlsafe_b64decode(signs).hex()


def _position(percent, visible):
    """Return CSS's `object-position`, in steps of ten, for a point of one side.

    Of the side only the part shows that is `visible`: of 1 or more, all of it.

    >>> _position(50, 0.5), _position(40, 0.5), _position(10, 0.5), _position(10, 1)
    (50, 30, 0, 50)
    """
    if visible >= 1:
        return CENTRE
    start = (percent / 100 - visible / 2) / (1 - visible)
    return round(max(0, min(start, 1)) * 10) * 10
