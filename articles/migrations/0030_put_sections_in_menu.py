"""Put in the menu what stood there, and let what stories stand in be a section again."""

from django.db import migrations
from django.db.models import F


def put_in_menu(apps, schema_editor):
    tags = apps.get_model("articles", "Tag").objects
    tags.update(is_in_menu=F("is_section"))
    articles = apps.get_model("articles", "Article").objects.exclude(section=None)
    left = articles.order_by().values("section").distinct()
    tags.filter(pk__in=left).update(is_section=True)


def let_menu_be_all_sections(apps, schema_editor):
    apps.get_model("articles", "Tag").objects.update(is_section=F("is_in_menu"))


class Migration(migrations.Migration):
    dependencies = [("articles", "0029_part_sections_from_menu")]

    operations = [migrations.RunPython(put_in_menu, let_menu_be_all_sections)]
