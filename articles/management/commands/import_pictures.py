from pathlib import Path

from django.core.management.base import CommandError

from articles.imports.pictures import PICTURES, import_pictures
from articles.imports.progress import showing_progress
from articles.management.command import (
    ExplainedCommand,
    TablesCommand,
    saying_why_it_ended,
)
from articles.management.report_file import check_report, write_report

HELP = """
which caption a picture gets, the surest evidence first:
  1. words embedded in the file (dc:description, IPTC caption) that are the caption's,
     except for case, quotes, spaces and a final full stop
  2. the file's name, read like an address (“Gulls_over the quay.jpg” is
     gulls-over-the-quay):
       KEY, CODE-KEY            a caption by its own key
       words-of-the-caption     all of them, or the first five or more, if no other
                                caption begins like that
       CODE, words-of-headline  an article, or the source file it was imported from
       or name-of-source-file   (page.txt: page.jpg), if that has one caption;
                                CODE-2, page-2 …: its second caption
  3. likeness of words: 90 per cent and clearly ahead of every other caption, the same
     numbers in both, five words or more

Doubtful pictures are listed with the captions they may belong to, and not placed: two
pictures for one caption, a name that fits several, words that are not alike enough.
Captions that are identical in several stories, credit and all, get the same picture,
because that is how agency pictures are printed; fewer than five words are too few.

A caption that has a picture keeps it; one without a credit takes the picture's own.
A second run changes nothing.

examples:
  manage.py import_pictures pictures/ --dry-run
      see what would be placed, and write nothing
  manage.py import_pictures pictures/ --report report.json
      place the pictures in the folder and below it, and keep all the details
"""

GO_ON = "Each article was written whole or not at all: run the same command again."


class Command(ExplainedCommand, TablesCommand):
    help = "Match picture files to the captions that are waiting for them."
    explanation = HELP

    def add_arguments(self, parser):
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="FOLDER", help="folders and files"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="do everything but write"
        )
        parser.add_argument(
            "--report",
            type=Path,
            metavar="FILE.json",
            help="write all the details to this file",
        )

    def handle(self, *args, paths, dry_run, report, **options):
        check_report(report, paths, PICTURES)
        with saying_why_it_ended(GO_ON), showing_progress(self.stderr) as progress:
            pictures = import_pictures(paths, is_dry_run=dry_run, progress=progress)
        self.stdout.write(pictures.as_text())
        write_report(report, pictures)
        if pictures.refused:
            raise CommandError(f"Files refused: {len(pictures.refused)}.")
