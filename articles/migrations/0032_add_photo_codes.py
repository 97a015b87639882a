from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0031_add_kind")]

    operations = [
        migrations.AddField(
            model_name="photo",
            name="code",
            field=models.CharField(
                editable=False,
                help_text="Begins the address of each of its files.",
                max_length=8,
                null=True,
                unique=True,
            ),
        )
    ]
