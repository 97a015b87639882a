"""Which rows, in the newsroom's words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models.functions import Left, RowNumber
from django.utils import timezone

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

    def latest_first(self) -> Self:
        """Return the articles as lists show them."""
        return self.order_by("-published_at", "-id")

    def with_parts(self) -> Self:
        """Bring along everything a whole story consists of."""
        return self._with_parts(_rows("Tagging").objects.all())

    def with_page(self) -> Self:
        """Bring along what readers see of a whole story."""
        return self._with_parts(_rows("Tagging").objects.shown())

    def _with_parts(self, taggings: "TaggingQuerySet") -> Self:
        captions = _rows("Caption").objects.select_related("photo")
        taggings = taggings.select_related("tag").order_by("tag__folded")
        return self.select_related("section").prefetch_related(
            "highlights",
            "bylines",
            models.Prefetch("captions", captions),
            models.Prefetch("taggings", taggings),
        )

    def with_section(self) -> Self:
        """Bring along the section, and leave the body where it is."""
        return self.select_related("section").defer("body")

    def with_card(self) -> Self:
        """Bring along what readers' lists show of each; of a body, its opening."""
        pictured = _rows("Caption").objects.exclude(photo=None).select_related("photo")
        captions = models.Prefetch("captions", pictured)
        opening = Left("body", OPENING)
        return self.with_section().annotate(opening=opening).prefetch_related(captions)


class TagQuerySet(models.QuerySet):
    """Tags by where they stand."""

    def in_navigation(self) -> Self:
        """Return the sections of the newspaper, in the order of its menu."""
        return self.filter(is_in_navigation=True).order_by("position", "name")

    def chosen(self) -> Self:
        """Return the tags that somebody chose: not those that were only suggested."""
        uses = _rows("Tagging").objects
        uses = uses.filter(tag=models.OuterRef("pk"))
        return self.filter(
            models.Q(is_in_navigation=True)
            | ~models.Q(description="", aliases="")
            | models.Exists(uses.shown())
            | ~models.Exists(uses)
        )


class TaggingQuerySet(models.QuerySet):
    """Tags on articles by whose hand put them there."""

    def shown(self) -> Self:
        """Return what readers see: neither open suggestions nor dismissed ones."""
        return self.filter(put_by__in=self.model.SHOWN)


class MatchKeyQuerySet(models.QuerySet):
    """What stories are found by."""

    def newest(self, keys: Iterable[int], most: int) -> Self:
        """Return each of the keys with so many of its newest readings."""
        newest_first = models.Window(
            RowNumber(), partition_by="key", order_by=models.F("source_id").desc()
        )
        numbered = self.filter(key__in=keys).annotate(number=newest_first)
        return numbered.filter(number__lte=most).values_list("key", "source_id")


class DoubtQuerySet(models.QuerySet):
    """Doubts by whether an editor has settled them."""

    def open(self) -> Self:
        """Return the doubts that no editor has dismissed yet."""
        return self.filter(dismissed_at=None)

    def to_settle(self) -> Self:
        """Return the open doubts about words that an article was given.

        A story that hangs at the foot of hundreds of pages is doubted in each of them.
        Of an import that was undone nobody is asked.
        """
        return (
            self.open().filter(source__is_taken=True).exclude(source__outcome="undone")
        )


class ConflictQuerySet(models.QuerySet):
    """Conflicts by whether an editor has settled them."""

    def open(self) -> Self:
        """Return the conflicts in which no editor has chosen yet."""
        return self.filter(settled_at=None)


class SuspicionQuerySet(models.QuerySet):
    """Suspicions by whether an editor has decided them."""

    def open(self) -> Self:
        """Return the suspicions that no editor has decided yet."""
        return self.filter(decided_at=None)


def _rows(name: str) -> type[models.Model]:
    """Return a model that this file cannot import, since it needs this one."""
    return apps.get_app_config("articles").get_model(name)
