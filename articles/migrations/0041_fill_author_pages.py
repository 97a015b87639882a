import unicodedata

from django.db import migrations
from django.db.models import OuterRef, Subquery


def as_slug(text):
    """Return words as a part of an address, in their own script with all its signs."""
    text = unicodedata.normalize("NFKC", text).lower()
    kept = (
        c
        if c.isalnum() or unicodedata.category(c)[0] == "M"
        else " "
        if c in "-_" or c.isspace()
        else ""
        for c in text
    )
    return "-".join("".join(kept).split())


def give_slugs(apps, schema_editor):
    authors = apps.get_model("articles", "Author").objects
    taken = set()
    changed = []
    for author in authors.order_by("pk").iterator():
        base = as_slug(author.name)[:80].strip("-") or "author"
        # Of two names alike, the later has its number, which no other author has.
        author.slug = f"{base}-{author.pk}" if base in taken else base
        while author.slug in taken:
            author.slug += "-"
        taken.add(author.slug)
        changed.append(author)
        if len(changed) == 1_000:
            authors.bulk_update(changed, ["slug"])
            changed.clear()
    authors.bulk_update(changed, ["slug"])


def fill_listed_at(apps, schema_editor):
    articles = apps.get_model("articles", "Article").objects
    listed_at = articles.filter(pk=OuterRef("article")).values("listed_at")
    bylines = apps.get_model("articles", "Byline").objects
    bylines.update(listed_at=Subquery(listed_at))


class Migration(migrations.Migration):
    dependencies = [("articles", "0040_add_author_pages")]

    operations = [
        migrations.RunPython(give_slugs, migrations.RunPython.noop),
        migrations.RunPython(fill_listed_at, migrations.RunPython.noop),
    ]
