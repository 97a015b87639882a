import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0051_add_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="when")),
                ("why", models.CharField(max_length=200, verbose_name="what")),
                (
                    "stories",
                    models.PositiveIntegerField(
                        help_text="How many it changed.", verbose_name="articles"
                    ),
                ),
                (
                    "kept",
                    models.JSONField(
                        default=dict,
                        help_text="Of what it undoes: by article, the fields that were to stay.",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "undoes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="articles.bulkaction",
                    ),
                ),
            ],
            options={
                "verbose_name": "change to many articles",
                "verbose_name_plural": "changes to many articles",
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="revision",
            name="action",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="revisions",
                to="articles.bulkaction",
            ),
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(
                condition=models.Q(("action__isnull", False)),
                fields=["action", "article"],
                name="revision_of_action",
            ),
        ),
    ]
