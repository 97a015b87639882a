"""Know names by their bare letters, and make one of those that were two by mistake.

Whatever a twin is on is on the kept one from now on: no story loses a tag or a byline.
What nobody can see is no name, and goes.
"""

import re
import unicodedata
from collections import defaultdict

from django.db import migrations

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e0fff]"
)
ACCENT = re.compile("[\u0300-\u036f\u0640\u064b-\u065f\u0670\u200c\u200d]")
ONE_LETTER = str.maketrans("‘’‚‛“”„‟«»يىكهة", '\'\'\'\'""""""ییکہہ')
# Of two that were put on one story the better reason for it counts.
PUT_BY = ["editor", "import", "dismissed", "suggestion"]


def fold_name(name):
    text = unicodedata.normalize("NFKC", INVISIBLE.sub("", name))
    text = unicodedata.normalize("NFKC", text.translate(ONE_LETTER).casefold())
    text = unicodedata.normalize("NFKD", " ".join(text.split()))
    return " ".join(ACCENT.sub("", text).translate(ONE_LETTER).split())


def fold_names(apps, schema_editor):
    Tag = apps.get_model("articles", "Tag")
    Author = apps.get_model("articles", "Author")
    _fold_all(Tag, _which_tag, _merge_tag)
    _fold_all(Author, lambda author: author.pk, _merge_author)


def _fold_all(model, which, merge):
    """Give all rows what they are known by; of those known by the same, one stays."""
    named = defaultdict(list)
    for row in model.objects.only("name", "folded"):
        named[fold_name(row.name)].append(row)
    for invisible in named.pop("", ()):
        merge(invisible, None)
    changed = []
    for folded, rows in named.items():
        kept, *twins = sorted(rows, key=which) if rows[1:] else rows
        for twin in twins:
            merge(twin, kept)
        if kept.folded != folded:
            kept.folded = folded
            changed.append(kept)
    model.objects.bulk_update(changed, ["folded"], batch_size=500)


def _which_tag(tag):
    """Return what goes first: a section, what somebody described or chose, the older."""
    is_shown = tag.taggings.filter(put_by__in=PUT_BY[:2]).exists()
    is_described = bool(tag.description or tag.aliases)
    return not tag.is_in_navigation, not is_described, not is_shown, tag.pk


def _merge_tag(twin, kept):
    twin.section_articles.update(section=kept)
    if kept:
        carried = {use.content_object_id: use for use in kept.taggings.all()}
        for use in twin.taggings.all():
            other = carried.get(use.content_object_id)
            if other is None:
                use.tag = kept
                use.save(update_fields=["tag"])
            elif PUT_BY.index(use.put_by) < PUT_BY.index(other.put_by):
                other.put_by, other.listed_at = use.put_by, use.listed_at
                other.save(update_fields=["put_by", "listed_at"])
        kept.aliases = "\n".join(filter(None, (kept.aliases, twin.aliases)))
        kept.description = "\n\n".join(
            filter(None, (kept.description, twin.description))
        )
        kept.save(update_fields=["aliases", "description"])
    twin.delete()


def _merge_author(twin, kept):
    articles = (
        kept.bylines.values("article") if kept else twin.bylines.values("article")
    )
    twin.bylines.filter(article__in=articles).delete()
    twin.bylines.update(author=kept)
    twin.delete()


class Migration(migrations.Migration):
    dependencies = [("articles", "0019_note_files_of_erasures")]

    operations = [migrations.RunPython(fold_names, migrations.RunPython.noop)]
