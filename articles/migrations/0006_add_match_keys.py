import django.db.models.deletion
from django.db import migrations, models

from articles.imports.match import likeness_of, place_key
from articles.story.story import from_json


def find_by_keys(apps, schema_editor):
    """Give each reading what it is found by: without, it would be imported once more."""
    SourceStory = apps.get_model("articles", "SourceStory")
    MatchKey = apps.get_model("articles", "MatchKey")
    rows = SourceStory.objects.values_list("pk", "file__name", "position", "story")
    for pk, name, position, story in rows.iterator():
        likeness = likeness_of(from_json(story))
        keys = {place_key(name, position), likeness.headline, *likeness.body}
        MatchKey.objects.bulk_create(MatchKey(key=key, source_id=pk) for key in keys)


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_take_readings")]

    operations = [
        migrations.CreateModel(
            name="MatchKey",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key",
                        "source_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("key", models.BigIntegerField()),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="match_keys",
                        to="articles.sourcestory",
                    ),
                ),
            ],
        ),
        migrations.RunPython(find_by_keys, migrations.RunPython.noop),
        migrations.RemoveField(model_name="sourcestory", name="match_key"),
    ]
