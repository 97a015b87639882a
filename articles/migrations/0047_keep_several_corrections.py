from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0046_lengthen_edition_keys")]

    operations = [
        migrations.RenameField("article", "correction", "corrections"),
        migrations.AlterField(
            model_name="article",
            name="corrections",
            field=models.TextField(
                blank=True,
                help_text="As JSON, the oldest first.",
                verbose_name="corrections",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="corrected_at",
            field=models.DateTimeField(
                blank=True,
                help_text="When the newest of its corrections was added.",
                null=True,
                verbose_name="corrected at",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=["-corrected_at", "-id"],
                condition=models.Q(corrected_at__isnull=False),
                name="article_corrected",
            ),
        ),
    ]
