from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0043_add_kinds_of_working_copies")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="is_silent",
            field=models.BooleanField(
                default=False,
                help_text=(
                    "Of a story that is withdrawn: its address answers as if it had "
                    "never been. Otherwise readers are told that it is gone."
                ),
                verbose_name="say nothing",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="was_public",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text=(
                    "Whether readers could read any revision before the newest one."
                ),
            ),
        ),
    ]
