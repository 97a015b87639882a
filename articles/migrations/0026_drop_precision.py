from django.db import migrations, models


def certain(name, *none):
    """Return the condition that what is not known has no column but its certainty."""
    unknown = dict.fromkeys((f"{name}_at", *none))
    known = {f"{name}_at__isnull": False}
    is_certain = {f"{name}_certainty__in": ["stated", "estimated"]}
    is_known = models.Q(**known, **is_certain)
    return models.Q(**unknown, **{f"{name}_certainty": "unknown"}) | is_known


def constraint(name):
    return models.CheckConstraint(
        condition=certain(name, f"{name}_on"), name=f"article_{name}_certainty"
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0025_tell_days_from_minutes")]

    operations = [
        migrations.RemoveConstraint("article", "article_published_certainty"),
        migrations.RemoveConstraint("article", "article_updated_certainty"),
        migrations.RemoveField("article", "published_precision"),
        migrations.RemoveField("article", "updated_precision"),
        migrations.AddConstraint("article", constraint("published")),
        migrations.AddConstraint("article", constraint("updated")),
    ]
