"""Keep of each article which revision readers saw last, before the newest one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0052_add_bulk_actions")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="seen_before",
            field=models.PositiveIntegerField(
                editable=False,
                help_text=(
                    "The number of the last revision before the newest one that "
                    "readers could read; none if there is none."
                ),
                null=True,
            ),
        ),
    ]
