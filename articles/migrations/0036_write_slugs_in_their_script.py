"""Give tags the letters of their script back, and let the old addresses lead there.

Until now a slug had Latin letters alone: an Arabic name was `tag-34cmbz`. One that an
editor wrote stays, and so does one that lacks nothing but accents.
"""

import re
import unicodedata

from django.db import migrations
from django.utils.text import slugify

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e0fff]"
)


def as_slug(name):
    text = unicodedata.normalize("NFKC", INVISIBLE.sub("", name)).lower()
    kept = (
        c
        if c.isalnum() or unicodedata.category(c)[0] == "M"
        else " "
        if c in "-_" or c.isspace()
        else ""
        for c in text
    )
    slug = "-".join("".join(kept).split())
    slug = slug.replace("\u0e4d\u0e32", "\u0e33").replace("\u0ecd\u0eb2", "\u0eb3")
    return slug[:80].strip("-")


def was_made_from(slug, name):
    """Tell whether the slug was made from the name, without letters that it has."""
    made = slugify(name)[:80] or "tag"
    bare = unicodedata.normalize("NFKD", name)
    return any(c.isalpha() and not c.isascii() for c in bare) and bool(
        re.fullmatch(rf"{re.escape(made)}(-[a-z0-9]{{6,8}})?", slug)
    )


def write_slugs(apps, schema_editor):
    tags = apps.get_model("articles", "Tag").objects
    former = apps.get_model("articles", "FormerAddress")
    taken = set(tags.values_list("slug", flat=True))
    changed, addresses = [], []
    for tag in tags.order_by("pk").only("name", "slug"):
        slug = as_slug(tag.name)
        if not was_made_from(tag.slug, tag.name) or slug in ("", tag.slug):
            continue
        if slug in taken:
            # What told the old ones apart tells the new ones apart, too.
            slug = f"{slug}-{tag.slug.rpartition('-')[2]}"
        if slug in taken:
            continue
        taken.add(slug)
        addresses += [
            former(path=f"/{kind}/{tag.slug}", tag=tag) for kind in ("tags", "sections")
        ]
        tag.slug = slug
        changed.append(tag)
    tags.bulk_update(changed, ["slug"], batch_size=500)
    former.objects.bulk_create(addresses, batch_size=1_000)


def write_slugs_as_before(apps, schema_editor):
    """Give back the slugs that were replaced, but for those that were edited since."""
    tags = apps.get_model("articles", "Tag").objects
    former = apps.get_model("articles", "FormerAddress").objects
    taken = set(tags.values_list("slug", flat=True))
    changed = {}
    for address in former.filter(path__startswith="/tags/").select_related("tag"):
        slug, tag = address.path.removeprefix("/tags/"), address.tag
        is_own = tag and tag.slug.startswith(as_slug(tag.name))
        if is_own and slug not in taken and was_made_from(slug, tag.name):
            tag.slug = slug
            changed[tag.pk] = tag
    tags.bulk_update(changed.values(), ["slug"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("articles", "0035_add_former_addresses")]

    operations = [migrations.RunPython(write_slugs, write_slugs_as_before)]
