import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0034_require_photo_codes")]

    operations = [
        migrations.CreateModel(
            name="FormerAddress",
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
                (
                    "path",
                    models.TextField(
                        help_text=(
                            "With its query, as store/addresses.py writes them."
                        ),
                        unique=True,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=8)),
                (
                    "page",
                    models.TextField(
                        blank=True,
                        help_text=("A page of the newspaper's own, as the front page."),
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="articles.author",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="articles.tag",
                    ),
                ),
            ],
            options={
                "verbose_name": "former address",
                "verbose_name_plural": "former addresses",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("path", ""), _negated=True),
                        name="address_path",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("author", None),
                                ("code", ""),
                                ("page", ""),
                                ("tag__isnull", False),
                            ),
                            models.Q(
                                ("author__isnull", False),
                                ("code", ""),
                                ("page", ""),
                                ("tag", None),
                            ),
                            models.Q(
                                ("author", None),
                                ("page", ""),
                                ("tag", None),
                                models.Q(("code", ""), _negated=True),
                            ),
                            models.Q(
                                ("author", None),
                                ("code", ""),
                                ("tag", None),
                                models.Q(("page", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="address_of_one_thing",
                    ),
                ],
            },
        ),
        migrations.AlterField(
            model_name="tag",
            name="slug",
            field=models.CharField(max_length=100, unique=True, verbose_name="slug"),
        ),
    ]
