from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.models.querysets import ArticleQuerySet


class Article(models.Model):
    """One story of the newspaper; its parts hang on it in tables of their own."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Precision(models.TextChoices):
        DAY = "day", _("the day")
        MINUTE = "minute", _("day and time")

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
    correction = models.TextField(
        _("correction"),
        blank=True,
        help_text=_("What was wrong and is put right now, for readers; one a line."),
    )
    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        help_text=_("When the public first saw it. In the future: scheduled."),
    )
    published_precision = models.CharField(
        _("told as"), max_length=6, choices=Precision, default=Precision.MINUTE
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
    updated_precision = models.CharField(
        _("told as"), max_length=6, choices=Precision, default=Precision.MINUTE
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
    revision = models.PositiveIntegerField(
        _("revision"), default=0, help_text=_("The number of its newest revision.")
    )
    tags = TaggableManager(through="Tagging", blank=True, verbose_name=_("tags"))

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
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "in_review", "withdrawn"])
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
                condition=models.Q(published_at=None, published_certainty="unknown")
                | models.Q(
                    published_at__isnull=False,
                    published_certainty__in=["stated", "estimated"],
                ),
                name="article_published_certainty",
            ),
            models.CheckConstraint(
                condition=models.Q(updated_at=None, updated_certainty="unknown")
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
    def short_url(self):
        """The site path that leads here for ever, whatever the headline becomes."""
        return reverse("articles:short", args=[self.code])

    @property
    def card_photo(self):
        """The picture that stands for the story: that of its lead, if it has one."""
        pictured = [caption for caption in self.captions.all() if caption.photo]
        head = [caption for caption in pictured if caption.place == "head"]
        return (head or pictured)[0].photo if pictured else None
