from pathlib import Path

from django.conf import settings

from articles.imports.demonstration import load_demonstration
from articles.management.command import TablesCommand
from articles.models import Article


class Command(TablesCommand):
    help = "Fill a newspaper that has no articles yet with the stories in samples/."

    def handle(self, *args, **options):
        if not Article.objects.exists():
            # Its pictures are made in all their sizes, which takes some seconds.
            self.stderr.write("Making a demonstration newspaper from samples/.")
            load_demonstration(Path(settings.BASE_DIR) / "samples")
