"""Keep a day as a day; it was kept as its noon in the newspaper's time zone.

Whatever readers saw they see on: a day begins before its noon. The zone is kept, since
the column that sorts days is reckoned in it. Both ways noons are of the newspaper's zone
of then, which is where the older release has them from.
"""

import json
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import migrations
from django.db.models import OuterRef, Q, Subquery

AT_ONCE = 1_000
MOMENTS = ("published", "updated")


def tell_day(moment, zone):
    """Return a moment of version 2."""
    if moment is None:
        return None
    at = moment["at"]
    if moment["precision"] == "day":
        at = datetime.fromisoformat(at).astimezone(zone).date().isoformat()
    return {"at": at, "certainty": moment["certainty"]}


def tell_noon(moment, zone):
    """Return a moment of version 1."""
    if moment is None:
        return None
    at, is_day = moment["at"], "T" not in moment["at"]
    if is_day:
        noon = datetime.combine(date.fromisoformat(at), time(12), zone)
        at = noon.astimezone(UTC).isoformat()
    precision = "day" if is_day else "minute"
    return {"at": at, "precision": precision, "certainty": moment["certainty"]}


def begin_of(day, zone):
    """Return the first second of a day; east of Greenwich the very first has none."""
    try:
        return datetime.combine(day, time(), zone).astimezone(UTC)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)


def rewrite(text, tell, version, zone):
    """Return a story as JSON with its moments told anew."""
    story = json.loads(text)
    story |= {"v": version} | {name: tell(story[name], zone) for name in MOMENTS}
    return json.dumps(story, ensure_ascii=False)


def in_batches(rows):
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield batch
        last = batch[-1].pk


def rewrite_stories(apps, tell, version, zone):
    for name in ("Revision", "SourceStory"):
        rows = apps.get_model("articles", name).objects
        for batch in in_batches(rows.only("story")):
            for row in batch:
                row.story = rewrite(row.story, tell, version, zone)
            rows.bulk_update(batch, ["story"], batch_size=100)
    conflicts = apps.get_model("articles", "Conflict").objects
    sides = ("base", "ours", "theirs")
    for batch in in_batches(conflicts.filter(what__in=MOMENTS).only(*sides)):
        for row in batch:
            for side in sides:
                setattr(row, side, tell(getattr(row, side), zone))
        conflicts.bulk_update(batch, sides, batch_size=100)


def move_articles(apps, columns, change):
    """Give each article with a day what `change` sets, and its tags its new place."""
    articles = apps.get_model("articles", "Article").objects
    taggings = apps.get_model("articles", "Tagging").objects
    at = articles.filter(pk=OuterRef("content_object")).values("published_at")
    days = Q(published_precision="day") | Q(updated_precision="day")
    days |= Q(published_on__isnull=False) | Q(updated_on__isnull=False)
    for batch in in_batches(articles.filter(days).only(*columns)):
        for article in batch:
            for name in MOMENTS:
                change(article, name)
        articles.bulk_update(batch, columns, batch_size=100)
        listed = taggings.filter(content_object__in=batch, listed_at__isnull=False)
        listed.update(listed_at=Subquery(at))


COLUMNS = [f"{name}_{part}" for name in MOMENTS for part in ("at", "on", "precision")]


def keep_days(apps, schema_editor):
    zone = ZoneInfo(settings.TIME_ZONE)

    def change(article, name):
        if getattr(article, f"{name}_precision") == "day":
            day = getattr(article, f"{name}_at").astimezone(zone).date()
            setattr(article, f"{name}_on", day)
            setattr(article, f"{name}_at", begin_of(day, zone))

    apps.get_model("articles", "SortingZone").objects.create(pk=1, name=zone.key)
    rewrite_stories(apps, tell_day, 2, zone)
    move_articles(apps, COLUMNS, change)


def keep_noons(apps, schema_editor):
    zone = ZoneInfo(settings.TIME_ZONE)

    def change(article, name):
        if day := getattr(article, f"{name}_on"):
            noon = datetime.combine(day, time(12), zone)
            setattr(article, f"{name}_on", None)
            setattr(article, f"{name}_at", noon.astimezone(UTC))
            setattr(article, f"{name}_precision", "day")

    rewrite_stories(apps, tell_noon, 1, zone)
    move_articles(apps, COLUMNS, change)
    apps.get_model("articles", "SortingZone").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("articles", "0024_add_days")]

    operations = [migrations.RunPython(keep_days, keep_noons)]
