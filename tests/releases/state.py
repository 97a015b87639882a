"""All that must never be lost of a newspaper, as values that JSON can say."""

import json

from django.contrib.auth.models import User
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client

from articles.models import (
    Article,
    Author,
    Conflict,
    Doubt,
    Erasure,
    ImportRun,
    Photo,
    Revision,
    SourceFile,
    SourceStory,
    Suspicion,
    Tag,
)
from articles.store import read
from articles.story.story import from_json, to_json

# What is said of each row in columns that have been there since release 0.1.0; the
# stories themselves are read as stories.
COLUMNS = {
    Author: "name kind",
    Conflict: "article__code what base ours theirs settled_by__username settled_how",
    Doubt: "source__file__name line code text dismissed_by__username",
    Erasure: "code erased_at erased_by__username reason",
    ImportRun: "pk started_at finished_at undone_at report",
    Photo: (
        "sha256 original_name file width height headline caption credit creator "
        "copyright_notice usage_terms web_statement digital_source_type "
        "alternative_text focal_x focal_y renditions added_at withdrawn_at"
    ),
    SourceFile: "name sha256 encoding furniture unexplained run",
    Suspicion: "article__code other__code kind decided_by__username",
    Tag: "name slug description aliases is_section is_in_menu position",
    User: "username email account__role is_active is_superuser",
}


def read_state():
    """Return what stands in the database, as today's code reads it."""
    rows = {
        model.__name__: list(model.objects.order_by("pk").values(*columns.split()))
        for model, columns in COLUMNS.items()
    }
    state = {
        "rows": rows,
        "contents": [bytes(file.content).decode() for file in SourceFile.objects.all()],
        "articles": {
            article.code: {
                "address": article.get_absolute_url(),
                "story": _values(read.story(article.pk)),
                "revisions": _revisions(article),
                "readings": _readings(article),
            }
            for article in Article.objects.order_by("pk")
        },
        "readings": _readings(None),
        "lists": {tag.slug: _listed(tag) for tag in Tag.objects.order_by("pk")},
        "answers": _answers(),
    }
    return json.loads(json.dumps(state, cls=DjangoJSONEncoder))


def _values(story):
    """Return the story's JSON; in which version it is written, is no part of it."""
    values = json.loads(to_json(story))
    del values["v"]
    return values


def _listed(tag):
    read_page = read.in_section if tag.is_section else read.tagged
    return [article.code for article in read_page(tag).articles]


def _revisions(article):
    columns = "number made_at why by__username run story"
    return _rows(Revision.objects.filter(article=article).order_by("number"), columns)


def _readings(article):
    """Return what was read of the article, or of none, and from which lines."""
    columns = "file__name position outcome is_taken first_line last_line pieces story"
    rows = SourceStory.objects.filter(article=article)
    return _rows(rows.order_by("file_id", "position"), columns)


def _rows(rows, columns):
    return [
        row | {"story": _values(from_json(row["story"]))}
        for row in rows.values(*columns.split())
    ]


def _answers():
    """Return what each address answers to readers."""
    addresses = ["/", "/articles/"]
    addresses += [tag.get_absolute_url() for tag in Tag.objects.order_by("pk")]
    for article in Article.objects.order_by("pk"):
        addresses += [article.get_absolute_url(), article.short_url]
    for code in Erasure.objects.values_list("code", flat=True):
        addresses += [f"/articles/{code}/-/", f"/s/{code}"]
    client = Client()
    return {address: client.get(address).status_code for address in addresses}
