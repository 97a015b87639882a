import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def delete_conflicts_between_editors(apps, schema_editor):
    """Going back, leave what a release that knows sources alone can hold."""
    apps.get_model("articles", "Conflict").objects.filter(source=None).delete()


EDITOR = models.ForeignKey(
    null=True,
    on_delete=django.db.models.deletion.SET_NULL,
    related_name="+",
    to=settings.AUTH_USER_MODEL,
)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0026_drop_precision"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="conflict", name="conflict_open_once"),
        migrations.AddField(model_name="conflict", name="by", field=EDITOR),
        migrations.AddField(model_name="conflict", name="ours_by", field=EDITOR),
        migrations.AlterField(
            model_name="conflict",
            name="source",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="conflicts",
                to="articles.sourcestory",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflict",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settled_at", None), ("source__isnull", False)),
                fields=("article", "what", "thing"),
                name="conflict_open_once",
            ),
        ),
        migrations.RunPython(
            migrations.RunPython.noop, delete_conflicts_between_editors
        ),
    ]
