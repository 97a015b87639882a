from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    articles = apps.get_model("articles", "Article").objects
    listed_at = articles.filter(pk=OuterRef("content_object")).values("listed_at")
    shown = apps.get_model("articles", "Tagging").objects.filter(
        put_by__in=["editor", "import"]
    )
    shown.update(listed_at=Subquery(listed_at))


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_list_by_one_index")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
