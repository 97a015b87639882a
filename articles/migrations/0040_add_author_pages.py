import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0039_drop_index_of_byline_article")]

    operations = [
        migrations.AddField(
            model_name="author",
            name="slug",
            field=models.CharField(default="", editable=False, max_length=100),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="author",
            name="biography",
            field=models.TextField(
                blank=True,
                help_text="Shown at the head of their page; a paragraph a line.",
                verbose_name="biography",
            ),
        ),
        migrations.AddField(
            model_name="author",
            name="portrait",
            field=models.ForeignKey(
                blank=True,
                help_text=(
                    "One of the photos. While it is withdrawn, readers see none."
                ),
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="portrayed",
                to="articles.photo",
                verbose_name="portrait",
            ),
        ),
        migrations.AddField(
            model_name="byline",
            name="listed_at",
            field=models.DateTimeField(
                editable=False,
                help_text="That of its article.",
                null=True,
                verbose_name="listed at",
            ),
        ),
        migrations.AddIndex(
            model_name="byline",
            index=models.Index(
                fields=["author", "-listed_at", "-article"], name="byline_listed"
            ),
        ),
        migrations.AlterField(
            model_name="byline",
            name="author",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bylines",
                to="articles.author",
                verbose_name="author",
            ),
        ),
    ]
