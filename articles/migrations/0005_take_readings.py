from django.db import migrations


def take_readings(apps, schema_editor):
    """Say of each article whose words it has; what differed is merged when read again."""
    SourceStory = apps.get_model("articles", "SourceStory")
    SourceFile = apps.get_model("articles", "SourceFile")
    taken = {}
    readings = SourceStory.objects.exclude(article=None).exclude(outcome="differs")
    order = ("file_id", "position")
    for pk, article in readings.order_by(*order).values_list("pk", "article_id"):
        taken.setdefault(article, pk)
    SourceStory.objects.filter(pk__in=taken.values()).update(is_taken=True)
    differing = SourceStory.objects.filter(outcome="differs")
    # No parser has this version, so that the next import reads these files again.
    SourceFile.objects.filter(pk__in=differing.values("file")).update(parser_version=0)
    differing.update(outcome="unchanged")


def leave_readings(apps, schema_editor):
    """Call a reading that contradicts its article what it was called before."""
    SourceStory = apps.get_model("articles", "SourceStory")
    SourceStory.objects.filter(outcome="conflict").update(outcome="differs")
    SourceStory.objects.filter(outcome__in=["changed", "undone"]).update(
        outcome="unchanged"
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_add_conflicts")]

    operations = [migrations.RunPython(take_readings, leave_readings)]
