"""The article, its parts, and who wrote it; what the public may read of them."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models.functions import Left
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.models.tags import ShownTagsField, Tagging, TaggingQuerySet
from articles.story.moment import Moment
from articles.story.story import Correction, corrections_from_json
from articles.story.text import LONGEST_KEY, as_slug, fold_name, make_key

# So much of a body, with its markup, holds the few lines that a card shows.
OPENING = 800


class ArticleQuerySet(models.QuerySet):
    """Articles by who may see them, and with what they are shown with."""

    def published(self, at: datetime | None = None, by: datetime | None = None) -> Self:
        """Return what the public may read at a given moment (now, unless told).

        Of that, `by` leaves what was published by then. Never keep it beyond a request:
        its "now" would freeze.
        """
        at = at or timezone.now()
        lifted = models.Q(embargo_until=None) | models.Q(embargo_until__lte=at)
        current = models.Q(expires_at=None) | models.Q(expires_at__gt=at)
        # One bound alone: of two, SQLite enters its index by whichever comes first.
        return self.filter(lifted & current, listed_at__lte=min(at, by or at))

    def with_hindrance(self, at: datetime | None = None) -> Self:
        """Bring along what keeps an article from readers whose status is published.

        `hindrance` is the first of "expired", "embargoed" and "scheduled" that holds,
        and "" exactly where `published` would return such an article.
        """
        at = at or timezone.now()
        return self.annotate(
            hindrance=models.Case(
                models.When(expires_at__lte=at, then=models.Value("expired")),
                models.When(embargo_until__gt=at, then=models.Value("embargoed")),
                models.When(published_at__gt=at, then=models.Value("scheduled")),
                default=models.Value(""),
            )
        )

    def outside_bin(self) -> Self:
        """Leave out what editors have moved to the bin."""
        return self.exclude(status=self.model.Status.BINNED)

    def latest_first(self) -> Self:
        """Return the articles as lists show them."""
        return self.order_by("-published_at", "-id")

    def with_parts(self) -> Self:
        """Bring along everything a whole story consists of."""
        return self._with_parts(Tagging.objects.all())

    def with_page(self) -> Self:
        """Bring along what readers see of a whole story."""
        return self._with_parts(Tagging.objects.shown())

    def _with_parts(self, taggings: TaggingQuerySet) -> Self:
        captions = Caption.objects.select_related("photo")
        taggings = taggings.select_related("tag").order_by("tag__folded")
        bylines = Byline.objects.select_related("author")
        return self.select_related("section").prefetch_related(
            "highlights",
            models.Prefetch("bylines", bylines),
            models.Prefetch("captions", captions),
            models.Prefetch("taggings", taggings),
        )

    def with_section(self) -> Self:
        """Bring along the section, and leave the body where it is."""
        return self.select_related("section").defer("body")

    def with_card(self) -> Self:
        """Bring along what readers' lists show of each; of a body, its opening."""
        pictured = Caption.objects.exclude(photo=None).select_related("photo")
        captions = models.Prefetch("captions", pictured)
        signed = Byline.objects.select_related("author")
        bylines = models.Prefetch("bylines", signed)
        opening = Left("body", OPENING)
        cards = self.with_section().annotate(opening=opening)
        return cards.prefetch_related(captions, bylines)


class Article(models.Model):
    """One story of the newspaper; its parts hang on it in tables of their own."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        BINNED = "binned", _("in the bin")

    class Kind(models.TextChoices):
        NEWS = "news", _("news")
        OPINION = "opinion", _("opinion")
        ANALYSIS = "analysis", _("analysis")

    class Certainty(models.TextChoices):
        STATED = "stated", _("stated")
        ESTIMATED = "estimated", _("estimated")
        UNKNOWN = "unknown", _("unknown")

    code = models.CharField(
        _("code"),
        max_length=8,
        unique=True,
        help_text=_("The article's own part of its address, for ever."),
    )
    slug = models.CharField(_("slug"), max_length=80, blank=True)
    status = models.CharField(
        _("status"), max_length=9, choices=Status, default=Status.DRAFT
    )
    kind = models.CharField(
        _("kind"),
        max_length=8,
        choices=Kind,
        default=Kind.NEWS,
        help_text=_("Readers are told what is opinion and what is analysis."),
    )
    headline = models.TextField(_("headline"), blank=True)
    kicker = models.TextField(
        _("kicker"), blank=True, help_text=_("The label above the headline.")
    )
    standfirst = models.TextField(
        _("standfirst"), blank=True, help_text=_("The sentence under the headline.")
    )
    dateline = models.TextField(
        _("dateline"),
        blank=True,
        help_text=_("The place that opens the story; set before its first words."),
    )
    section = models.ForeignKey(
        "Tag",
        models.PROTECT,
        verbose_name=_("section"),
        null=True,
        blank=True,
        # The index for its list begins with it.
        db_index=False,
        related_name="section_articles",
    )
    language = models.CharField(_("language"), max_length=35, default="en")
    body = models.TextField(_("body"), blank=True)
    corrections = models.TextField(
        _("corrections"), blank=True, help_text=_("As JSON, the oldest first.")
    )
    corrected_at = models.DateTimeField(
        _("corrected at"),
        null=True,
        blank=True,
        help_text=_("When the newest of its corrections was added."),
    )
    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        help_text=_("When the public first saw it. In the future: scheduled."),
    )
    published_on = models.DateField(
        _("published on"),
        null=True,
        blank=True,
        help_text=_("The day, where no hour is known; then the time is its begin."),
    )
    published_certainty = models.CharField(
        _("certainty"), max_length=9, choices=Certainty, default=Certainty.UNKNOWN
    )
    updated_at = models.DateTimeField(
        _("updated at"),
        null=True,
        blank=True,
        help_text=_("When the public last saw it change."),
    )
    updated_on = models.DateField(
        _("updated on"),
        null=True,
        blank=True,
        help_text=_("The day, where no hour is known; then the time is its begin."),
    )
    updated_certainty = models.CharField(
        _("certainty"), max_length=9, choices=Certainty, default=Certainty.UNKNOWN
    )
    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_("Not to be shown before."),
    )
    expires_at = models.DateTimeField(
        _("expires at"), null=True, blank=True, help_text=_("Not to be shown after.")
    )
    # A column of its own, so that one index and no other leads to what is public.
    listed_at = models.GeneratedField(
        expression=models.Case(
            models.When(status="published", then=models.F("published_at"))
        ),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
        verbose_name=_("listed at"),
        help_text=_("Where it stands in readers’ lists, if it is published."),
    )
    source_short_url = models.TextField(_("short address at the source"), blank=True)
    is_silent = models.BooleanField(
        _("say nothing"),
        default=False,
        help_text=_(
            "Of a story that is withdrawn: its address answers as if it had never "
            "been. Otherwise readers are told that it is gone."
        ),
    )
    seen_before = models.PositiveIntegerField(
        null=True,
        editable=False,
        help_text=_(
            "The number of the last revision before the newest one that readers could "
            "read; none if there is none."
        ),
    )
    changed_at = models.DateTimeField(
        _("changed at"),
        null=True,
        editable=False,
        help_text=_("When that was last written which readers see of it."),
    )
    revision = models.PositiveIntegerField(
        _("revision"), default=0, help_text=_("The number of its newest revision.")
    )
    tags = ShownTagsField(through="Tagging", blank=True, verbose_name=_("tags"))

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-published_at", "-id"]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="article_newest"),
            models.Index(
                fields=["status", "-published_at", "-id"], name="article_status_newest"
            ),
            models.Index(fields=["status", "-listed_at", "-id"], name="article_listed"),
            models.Index(
                fields=["section", "-listed_at", "-id"], name="article_section_listed"
            ),
            # Few have either, and which of them are due is asked again and again.
            models.Index(
                fields=["embargo_until"],
                condition=models.Q(embargo_until__isnull=False),
                name="article_embargoed",
            ),
            models.Index(
                fields=["expires_at"],
                condition=models.Q(expires_at__isnull=False),
                name="article_expiring",
            ),
            models.Index(
                fields=["-corrected_at", "-id"],
                condition=models.Q(corrected_at__isnull=False),
                name="article_corrected",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    status__in=["draft", "in_review", "withdrawn", "binned"]
                )
                | (
                    models.Q(status="published", published_at__isnull=False)
                    & ~models.Q(headline="")
                    & ~models.Q(body="")
                ),
                name="article_published_whole",
                violation_error_message=_(
                    "A published article has a headline, a body and a date."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    published_at=None, published_on=None, published_certainty="unknown"
                )
                | models.Q(
                    published_at__isnull=False,
                    published_certainty__in=["stated", "estimated"],
                ),
                name="article_published_certainty",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    updated_at=None, updated_on=None, updated_certainty="unknown"
                )
                | models.Q(
                    updated_at__isnull=False,
                    updated_certainty__in=["stated", "estimated"],
                ),
                name="article_updated_certainty",
            ),
            models.CheckConstraint(
                condition=~models.Q(code=""), name="article_code_given"
            ),
        ]

    def __str__(self):
        return self.headline or str(_("(no headline)"))

    def get_absolute_url(self):
        return reverse("articles:detail", args=[self.code, self.slug or "-"])

    @property
    def was_public(self):
        """Whether readers could read any revision before the newest one."""
        return self.seen_before is not None

    @property
    def json_path(self):
        """The site path of the story as a news item for programs."""
        return reverse("articles:news-item", args=[self.code, self.slug or "-"])

    @property
    def short_url(self):
        """The site path that leads here for ever, whatever the headline becomes."""
        return reverse("articles:short", args=[self.code])

    @property
    def published(self) -> Moment | None:
        """When the public first saw it, as far as that is known."""
        return self._moment("published")

    @property
    def updated(self) -> Moment | None:
        """When the public last saw it change, as far as that is known."""
        return self._moment("updated")

    def _moment(self, name: str) -> Moment | None:
        at = getattr(self, f"{name}_on") or getattr(self, f"{name}_at")
        return at and Moment(at, getattr(self, f"{name}_certainty"))

    @cached_property
    def told_corrections(self) -> tuple[Correction, ...]:
        """What readers are told was wrong and has been put right, the oldest first."""
        return corrections_from_json(self.corrections)

    @property
    def card_photo(self):
        """The picture that stands for the story: that of its lead, if it has one."""
        pictured = [caption for caption in self.captions.all() if caption.photo]
        head = [caption for caption in pictured if caption.place == "head"]
        return (head or pictured)[0].photo if pictured else None


class BinnedArticle(Article):
    """A story in the bin, where no list of the desk but one shows it."""

    class Meta:
        proxy = True
        verbose_name = _("story in the bin")
        verbose_name_plural = _("stories in the bin")


class SortingZone(models.Model):
    """The time zone in which it was last reckoned when the articles' days begin.

    Without a name, that is being reckoned, or was broken off.
    """

    name = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="sorting_zone_alone")
        ]

    def __str__(self):
        return self.name


class Part(models.Model):
    """Something that stands in an article, in order, under a key of its own."""

    key = models.CharField(
        max_length=LONGEST_KEY, help_text=_("Stays the same when text moves.")
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
    """The words under a picture, whether or not there is a picture yet."""

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

    @property
    def printed_credit(self):
        """Return whose picture it is: its own credit, or else the photo's."""
        return self.credit or (self.photo.credit if self.photo else "")


LONGEST_SLUG = 80
GREAT_AGENCIES = set(
    "AFP AP APP DPA EFE Reuters SPA TASS UPI WAM Bloomberg Xinhua".split()
)


class Author(models.Model):
    """A person or an agency that writes; no account needed."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        AGENCY = "agency", _("agency")

    name = models.CharField(_("name"), max_length=200)
    folded = models.TextField(unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.PERSON)
    slug = models.CharField(
        _("slug"),
        max_length=100,
        unique=True,
        editable=False,
        help_text=_("The author's own part of the address, for ever."),
    )
    biography = models.TextField(
        _("biography"),
        blank=True,
        help_text=_("Shown at the head of their page; a paragraph a line."),
    )
    portrait = models.ForeignKey(
        "Photo",
        models.PROTECT,
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        related_name="portrayed",
        help_text=_("One of the photos. While it is withdrawn, readers see none."),
    )

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="author_name"),
            models.CheckConstraint(condition=~models.Q(slug=""), name="author_slug"),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.folded = fold_name(self.name)
        if not self.slug:
            self.give_slugs([self])
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("articles:author", args=[self.slug])

    @classmethod
    def named(cls, name):
        """Return an author of this name, not saved; the great agencies are known."""
        kind = "agency" if name in GREAT_AGENCIES else "person"
        return cls(name=name, folded=fold_name(name), kind=kind)

    @classmethod
    def give_slugs(cls, authors):
        """Give each a slug of their own: the name's, longer where that is taken."""
        bases = [as_slug(author.name)[:LONGEST_SLUG].strip("-") for author in authors]
        rows = cls.objects.filter(slug__in=bases)
        taken = {"", *rows.values_list("slug", flat=True)}
        for author, base in zip(authors, bases, strict=True):
            longer = f"{base}-{make_key(author.folded)}".lstrip("-")
            author.slug = longer if base in taken else base
            taken.add(author.slug)

    @property
    def shown_portrait(self):
        """Return the photo that stands on their page, if readers may have it."""
        return None if self.portrait and self.portrait.is_withdrawn else self.portrait


class Byline(models.Model):
    """An author of an article, in the words that are printed over it."""

    # The index for an author's list begins with the one, "byline_author_once" with the
    # other.
    article = models.ForeignKey(
        "Article", models.CASCADE, db_index=False, related_name="bylines"
    )
    author = models.ForeignKey(
        Author,
        models.PROTECT,
        verbose_name=_("author"),
        db_index=False,
        related_name="bylines",
    )
    position = models.PositiveIntegerField(help_text=_("Order on the page, from 1."))
    text = models.CharField(
        _("as printed"), max_length=200, help_text=_("The name as it is printed.")
    )
    listed_at = models.DateTimeField(
        _("listed at"), null=True, editable=False, help_text=_("That of its article.")
    )

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["article_id", "position"]
        indexes = [
            models.Index(
                fields=["author", "-listed_at", "-article"], name="byline_listed"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author"], name="byline_author_once"
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="byline_text"),
        ]

    def __str__(self):
        return self.text
