"""Write each line of a correction as one of its own, dated by the revision it came in.

An article's column and its revisions change alike; so do conflicts. Where no revision
has the line, nobody knows when it was added. Stories that never had a correction, which
are nearly all, stay as they are written: they can be read.
"""

import json
from datetime import UTC
from hashlib import sha256

from django.db import migrations

SOME = 500
SIDES = ("base", "ours", "theirs")


def date_corrections(apps, schema_editor):
    articles = apps.get_model("articles", "Article").objects
    revisions = apps.get_model("articles", "Revision").objects
    for article in articles.exclude(corrections="").only("corrections").iterator(SOME):
        dates = {}
        for revision in revisions.filter(article=article).order_by("number"):
            story = json.loads(revision.story)
            lines = story.pop("correction", "").splitlines()
            for line in lines:
                dates.setdefault(line, revision.made_at.replace(microsecond=0))
            if lines:
                story["corrections"] = dated(lines, dates)
                revision.story = as_json(story)
                revision.save(update_fields=["story"])
        lines = article.corrections.splitlines()
        at = max((dates[line] for line in lines if line in dates), default=None)
        row = articles.filter(pk=article.pk)
        row.update(corrections=as_json(dated(lines, dates)), corrected_at=at)
    for conflict in conflicts_over(apps, "correction"):
        conflict.what = "corrections"
        for side in SIDES:
            lines = (getattr(conflict, side) or "").splitlines()
            found = dated([" ".join(lines)] if lines else [], {})
            setattr(conflict, side, found[0] if found else None)
        conflict.save(update_fields=["what", *SIDES])


def dated(lines, dates):
    """Return corrections as stories hold them, the oldest first."""
    keys, found = set(), []
    for line in sorted(lines, key=lambda line: str(dates.get(line, ""))):
        at = dates.get(line)
        key = sha256(f"{line} {len(keys) if line in keys else ''}".encode()).hexdigest()
        keys.add(line)
        iso = at and at.astimezone(UTC).isoformat()
        found.append({"note": line, "at": iso, "changes": [], "key": key[:6]})
    return found


def join_corrections(apps, schema_editor):
    """Write the notes as one text again; when they were added is lost."""
    for name in ("Revision", "SourceStory"):
        rows = apps.get_model("articles", name).objects
        for row in rows.filter(story__contains='"corrections": [').iterator(SOME):
            story = json.loads(row.story)
            story["correction"] = notes_of(story.pop("corrections"))
            row.story = as_json(story)
            row.save(update_fields=["story"])
    articles = apps.get_model("articles", "Article").objects
    for article in articles.exclude(corrections="").only("corrections").iterator(SOME):
        notes = notes_of(json.loads(article.corrections))
        articles.filter(pk=article.pk).update(corrections=notes)
    for conflict in conflicts_over(apps, "corrections"):
        conflict.what = "correction"
        for side in SIDES:
            setattr(conflict, side, (getattr(conflict, side) or {}).get("note", ""))
        conflict.save(update_fields=["what", *SIDES])


def notes_of(corrections):
    return "\n".join(correction["note"] for correction in corrections)


def conflicts_over(apps, what):
    return apps.get_model("articles", "Conflict").objects.filter(what=what)


def as_json(value):
    return json.dumps(value, ensure_ascii=False)


class Migration(migrations.Migration):
    dependencies = [("articles", "0047_keep_several_corrections")]

    operations = [migrations.RunPython(date_corrections, join_corrections)]
