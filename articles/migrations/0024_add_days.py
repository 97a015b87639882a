from django.db import migrations, models

HELP = "The day, where no hour is known; then the time is its begin."


def day(label):
    return models.DateField(label, null=True, blank=True, help_text=HELP)


class Migration(migrations.Migration):
    dependencies = [("articles", "0023_find_doubts_by_code")]

    operations = [
        migrations.CreateModel(
            name="SortingZone",
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
                ("name", models.CharField(max_length=64)),
            ],
        ),
        migrations.AddConstraint(
            "sortingzone",
            models.CheckConstraint(condition=models.Q(pk=1), name="sorting_zone_alone"),
        ),
        migrations.AddField("article", "published_on", day("published on")),
        migrations.AddField("article", "updated_on", day("updated on")),
    ]
