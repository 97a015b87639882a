from django.db import migrations, models
from django.db.models.functions import Length


def drop_long_keys(apps, schema_editor):
    """Leave out what the older tables cannot hold; nothing but caches reads them."""
    editions = apps.get_model("articles", "Edition").objects
    editions.annotate(length=Length("key")).filter(length__gt=40).delete()


class Migration(migrations.Migration):
    """Some keys end with a slug of up to 100 characters."""

    dependencies = [("articles", "0045_note_public_past")]

    operations = [
        migrations.AlterField(
            model_name="edition",
            name="key",
            field=models.CharField(max_length=120, unique=True),
        ),
        migrations.RunPython(migrations.RunPython.noop, drop_long_keys, elidable=True),
    ]
