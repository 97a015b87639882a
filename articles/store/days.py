"""When the articles' days begin, reckoned anew after the newspaper's zone has moved.

A day is kept as it was stated, and every page shows that; only the column by which
lists are sorted, and by which a day has come, is reckoned in a zone.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import Error, connection
from django.db.models import OuterRef, Q, Subquery
from django.utils.timezone import get_default_timezone

from articles.models import Article, Byline, SortingZone, Tagging
from articles.store import edition, edition_keys
from articles.store.search import rows as search
from newsroom.startup_checks import has_tables

HAS_DAY = Q(published_on__isnull=False) | Q(updated_on__isnull=False)
MOMENTS = ("published", "updated")
COLUMNS = [f"{name}_{part}" for name in MOMENTS for part in ("at", "on", "certainty")]
AT_ONCE = 200


def zone_to_leave() -> str:
    """Return the zone that days are still reckoned in, or "" if that is the site's."""
    row = SortingZone.objects.first()
    if row is None or row.name == settings.TIME_ZONE:
        return ""
    has_days = Article.objects.filter(HAS_DAY).exists()
    return (row.name or "several zones") if has_days else ""


def check_zone(**options: Any) -> list[checks.CheckMessage]:
    """Warn at `manage.py check` that the site has moved since days were reckoned.

    Nothing is said of a database in trouble, or of none.
    """
    was_open = connection.connection is not None
    zone = ""
    with suppress(Error, OSError):
        zone = zone_to_leave() if has_tables() else ""
    if not was_open:
        connection.close()
    if not zone:
        return []
    return [
        checks.Warning(
            f"The time zone is {settings.TIME_ZONE}, and days begin as in {zone}.",
            hint="Run `manage.py reckon_days`: every day stays, its place may move.",
            id="articles.W001",
        )
    ]


def note_zone() -> None:
    """Note before days are written that they will begin in the site's zone.

    The first of all settle it. Beside others' they are several zones', which stays
    true when the site moves back.
    """
    others = SortingZone.objects.exclude(name__in=["", settings.TIME_ZONE])
    if others.exists():
        has_days = Article.objects.filter(HAS_DAY).exists()
        others.update(name="" if has_days else settings.TIME_ZONE)


def reckon_days() -> Iterator[int]:
    """Let all days begin in the site's zone; yield after each batch how many it had.

    One that is broken off begins again from the first. Until then the days begin in
    several zones, so that it is due even if the site moves back.
    """
    SortingZone.objects.exclude(name=settings.TIME_ZONE).update(name="")
    last = 0
    while ids := _next_ids(last):
        with edition.transaction():
            _reckon(ids)
            articles = Article.objects.filter(pk__in=ids)
            edition.note_changed(edition_keys.of_articles(articles))
        last = ids[-1]
        yield len(ids)
    zone = {"name": settings.TIME_ZONE}
    SortingZone.objects.update_or_create(pk=1, defaults=zone)


def _next_ids(last: int) -> list[int]:
    rows = Article.objects.filter(HAS_DAY, pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])


def _reckon(ids: list[int]) -> None:
    zone = get_default_timezone()
    rows = Article.objects.filter(pk__in=ids).order_by("pk")
    rows = rows.select_for_update(of=("self",), no_key=True)
    articles = list(rows.only(*COLUMNS))
    for article in articles:
        for name in MOMENTS:
            moment = getattr(article, name)
            setattr(article, f"{name}_at", moment and moment.instant(zone))
    Article.objects.bulk_update(articles, [f"{name}_at" for name in MOMENTS])
    at = Article.objects.filter(pk=OuterRef("content_object")).values("published_at")
    listed = Tagging.objects.filter(content_object__in=ids, listed_at__isnull=False)
    listed.update(listed_at=Subquery(at))
    at = Article.objects.filter(pk=OuterRef("article")).values("published_at")
    listed = Byline.objects.filter(article__in=ids, listed_at__isnull=False)
    listed.update(listed_at=Subquery(at))
    search.refresh(Article.objects.filter(pk__in=ids))
