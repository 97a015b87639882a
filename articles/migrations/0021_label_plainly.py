from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0020_fold_names_alike"),
    ]

    operations = [
        migrations.AlterField(
            model_name="article",
            name="published_precision",
            field=models.CharField(
                choices=[("day", "the day"), ("minute", "day and time")],
                default="minute",
                max_length=6,
                verbose_name="given as",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="updated_precision",
            field=models.CharField(
                choices=[("day", "the day"), ("minute", "day and time")],
                default="minute",
                max_length=6,
                verbose_name="given as",
            ),
        ),
        migrations.AlterField(
            model_name="tagging",
            name="put_by",
            field=models.CharField(
                choices=[
                    ("editor", "an editor"),
                    ("import", "an import"),
                    ("suggestion", "a suggestion"),
                    ("dismissed", "dismissed by an editor"),
                ],
                default="editor",
                max_length=10,
                verbose_name="added by",
            ),
        ),
    ]
