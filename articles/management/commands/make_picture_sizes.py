from django.core.management.base import CommandError

from articles.imports.progress import showing_progress
from articles.imports.reports import count_of
from articles.management.command import (
    ExplainedCommand,
    TablesCommand,
    saying_why_it_ended,
)
from articles.models import Photo
from articles.store import CannotWrite
from articles.store.photos import OtherPicturesOpen, make_missing_sizes

EXPLANATION = """
Pages show squares on telephones, and cut pictures about their focal point. A photo that
an older version saved has no squares, so a telephone loads a larger file, until this
command has run. No file is lost, editors and readers go on meanwhile, and stopped
half-way it is simply run again: what is made is not made once more.

example:
  manage.py make_picture_sizes
      once, after an update

exit codes: 0 done; 1 some could not be made, or it failed, and says why; 130 it was
stopped
"""


class Command(ExplainedCommand, TablesCommand):
    help = "Make the sizes that pictures of an older version lack."
    explanation = EXPLANATION

    def handle(self, *args, **options):
        photos = Photo.objects.order_by("pk")
        made, refused, total = 0, 0, photos.count()
        with (
            saying_why_it_ended("Run it again to finish."),
            showing_progress(self.stderr, "Making", "pictures") as progress,
        ):
            for done, photo in enumerate(photos.iterator(chunk_size=100), start=1):
                try:
                    made += make_patiently(photo)
                except Photo.DoesNotExist:
                    pass
                except CannotWrite as error:
                    refused += 1
                    self.stderr.write(f"{photo}: {error}")
                progress(done, total)
        self.stdout.write(f"Made the sizes of {count_of(made, 'picture')}.")
        if refused:
            raise CommandError(f"{count_of(refused, 'picture')} could not be read.")


def make_patiently(photo):
    """Make its sizes, however long others have pictures open."""
    while True:
        try:
            return make_missing_sizes(photo)
        except OtherPicturesOpen:
            continue
