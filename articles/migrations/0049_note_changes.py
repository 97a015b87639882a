from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0048_date_corrections")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="changed_at",
            field=models.DateTimeField(
                editable=False,
                help_text="When that was last written which readers see of it.",
                null=True,
                verbose_name="changed at",
            ),
        ),
        migrations.AddIndex(
            model_name="tag",
            index=models.Index(
                condition=models.Q(is_section=True),
                fields=["position", "name"],
                name="tag_is_section",
            ),
        ),
    ]
