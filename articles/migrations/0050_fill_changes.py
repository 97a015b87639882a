"""Take the moment of an article's newest revision for that of its last change."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill_changes(apps, schema_editor):
    revisions = apps.get_model("articles", "Revision").objects
    newest = revisions.filter(article=OuterRef("pk"), number=OuterRef("revision"))
    articles = apps.get_model("articles", "Article").objects.order_by()
    articles.update(changed_at=Subquery(newest.order_by().values("made_at")[:1]))


class Migration(migrations.Migration):
    dependencies = [("articles", "0049_note_changes")]

    operations = [migrations.RunPython(fill_changes, migrations.RunPython.noop)]
