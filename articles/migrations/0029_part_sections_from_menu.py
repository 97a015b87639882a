from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0028_add_working_copies")]

    operations = [
        migrations.RemoveIndex(model_name="tag", name="tag_in_navigation"),
        migrations.RenameField(
            model_name="tag", old_name="is_in_navigation", new_name="is_section"
        ),
        migrations.AlterField(
            model_name="tag",
            name="is_section",
            field=models.BooleanField(
                default=False,
                help_text="Has a page at /sections/, and stories can stand in it.",
                verbose_name="section",
            ),
        ),
        migrations.AddField(
            model_name="tag",
            name="is_in_menu",
            field=models.BooleanField(
                default=False,
                help_text="Out of the menu, a section keeps its page and its address.",
                verbose_name="in the menu",
            ),
        ),
        migrations.AddIndex(
            model_name="tag",
            index=models.Index(
                condition=models.Q(("is_in_menu", True)),
                fields=["position", "name"],
                name="tag_in_menu",
            ),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_in_menu", False), ("is_section", True), _connector="OR"
                ),
                name="tag_of_menu_is_section",
                violation_error_message="Only a section can stand in the menu.",
            ),
        ),
    ]
