import re
from base64 import urlsafe_b64encode
from secrets import token_bytes

from django.db import migrations

# What is by chance in the name of a photo's folder becomes its code, from which the
# former addresses of its files are led to the new ones.
FOLDER = re.compile(r"photos/[0-9a-f]{2}/[0-9a-f]{12}-([0-9a-f]{12})/")


def fill(apps, schema_editor):
    photos = apps.get_model("articles", "Photo").objects
    rows = photos.filter(code=None).only("file").order_by("pk")
    while batch := list(rows[:1000]):
        for row in batch:
            folder = FOLDER.match(row.file.name)
            chance = bytes.fromhex(folder[1]) if folder else token_bytes(6)
            row.code = urlsafe_b64encode(chance).decode()
        photos.bulk_update(batch, ["code"])


class Migration(migrations.Migration):
    dependencies = [("articles", "0032_add_photo_codes")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
