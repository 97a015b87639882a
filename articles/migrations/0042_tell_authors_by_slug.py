from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0041_fill_author_pages")]

    operations = [
        migrations.AlterField(
            model_name="author",
            name="slug",
            field=models.CharField(
                editable=False,
                help_text="The author's own part of the address, for ever.",
                max_length=100,
                unique=True,
                verbose_name="slug",
            ),
        ),
        migrations.AddConstraint(
            model_name="author",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", ""), _negated=True), name="author_slug"
            ),
        ),
    ]
