"""Find of each article that was public which revision readers saw last."""

import json
from datetime import date, datetime, time
from itertools import groupby, pairwise

from django.db import migrations
from django.utils.timezone import get_default_timezone

SOME = 500


def fill_seen_before(apps, schema_editor):
    articles = apps.get_model("articles", "Article").objects
    revisions = apps.get_model("articles", "Revision").objects
    rows = revisions.filter(article__was_public=True).order_by("article", "number")
    rows = rows.values_list("article", "number", "made_at", "story")
    found = []
    for article, past in groupby(
        rows.iterator(chunk_size=SOME), key=lambda row: row[0]
    ):
        number = last_public(row[1:] for row in past)
        if number is not None:
            found.append(articles.model(pk=article, seen_before=number))
        if len(found) == SOME:
            articles.bulk_update(found, ["seen_before"])
            found.clear()
    articles.bulk_update(found, ["seen_before"])


def last_public(past):
    """Return the number of the last revision but the newest that readers could read."""
    last = None
    read = ((number, at, json.loads(story)) for number, at, story in past)
    for (number, since, story), (_, until, _) in pairwise(read):
        if was_public_within(story, since, until):
            last = number
    return last


def fill_was_public(apps, schema_editor):
    articles = apps.get_model("articles", "Article").objects
    articles.exclude(seen_before=None).update(was_public=True)


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
    dependencies = [("articles", "0053_add_seen_before")]

    operations = [migrations.RunPython(fill_seen_before, fill_was_public)]
