from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0033_fill_photo_codes")]

    operations = [
        migrations.AlterField(
            model_name="photo",
            name="code",
            field=models.CharField(
                editable=False,
                help_text="Begins the address of each of its files.",
                max_length=8,
                unique=True,
            ),
        )
    ]
