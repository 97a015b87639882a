"""Drop what `seen_before` says, too."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("articles", "0054_fill_seen_before")]

    operations = [migrations.RemoveField(model_name="article", name="was_public")]
