"""Note of each article whether readers could read a revision before the newest one."""

import json
from datetime import date, datetime, time
from itertools import groupby, pairwise

from django.db import migrations
from django.utils.timezone import get_default_timezone

SOME = 500


def note_public_past(apps, schema_editor):
    articles = apps.get_model("articles", "Article").objects
    revisions = apps.get_model("articles", "Revision").objects
    rows = revisions.filter(article__revision__gt=1).order_by("article", "number")
    rows = rows.values_list("article", "made_at", "story").iterator(chunk_size=SOME)
    found = []
    for article, past in groupby(rows, key=lambda row: row[0]):
        if was_public([(made_at, json.loads(story)) for _, made_at, story in past]):
            found.append(article)
        if len(found) == SOME:
            articles.filter(pk__in=found).update(was_public=True)
            found.clear()
    articles.filter(pk__in=found).update(was_public=True)


def was_public(past):
    return any(
        was_public_within(story, since, until)
        for (since, story), (until, _) in pairwise(past)
    )


def was_public_within(story, since, until):
    if story["status"] != "published" or story["published"] is None:
        return False
    embargo, expires = story["embargo_until"], story["expires_at"]
    begins = instant(story["published"]), moment(embargo) if embargo else since
    return max(since, *begins) < min(until, moment(expires) if expires else until)


def instant(published):
    """Return when the public first saw it: a day begins in the newspaper's zone."""
    text = published["at"]
    if len(text) > len("2026-03-14"):
        return moment(text)
    zone = get_default_timezone()
    return datetime.combine(date.fromisoformat(text), time(), zone)


def moment(text):
    return datetime.fromisoformat(text)


class Migration(migrations.Migration):
    dependencies = [("articles", "0044_tell_what_is_gone")]

    operations = [migrations.RunPython(note_public_past, migrations.RunPython.noop)]
