from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from articles.imports.run import import_sources
from articles.imports.stories import Wishes
from articles.models import Article, Tag
from articles.store import edition

SAMPLES = Path(settings.BASE_DIR) / "samples"


class Command(BaseCommand):
    help = "Fill an empty newspaper with the stories of samples/, a section a folder."

    def handle(self, *args, **options):
        if Article.objects.exists():
            return
        folders = sorted({path.parent for path in SAMPLES.glob("*/*.txt")})
        for position, folder in enumerate(folders, start=1):
            section = folder.name.title()
            Tag.objects.get_or_create(
                slug=folder.name,
                defaults={
                    "name": section,
                    "is_in_navigation": True,
                    "position": position,
                },
            )
            import_sources([folder], Wishes(tags=(section,)))
        edition.advance({"site"})
