from django.core.management.base import CommandError
from django.utils import timezone

from articles.imports.dry_run import NoRoom
from articles.imports.lock import Busy
from articles.imports.undo import CannotUndo, list_last_runs, undo_run
from articles.management.command import (
    ExplainedCommand,
    TablesCommand,
    saying_why_it_ended,
)
from articles.store import CannotWrite

HELP = """
what becomes of a story that the import made or changed:
  deleted      readers never saw it, nobody but imports ever wrote it, and no other
               import has read it
  withdrawn    readers saw it, or an editor worked on it: readers see it no more, its
               address and words stay, and importing it again brings it back
  taken back   what the import changed is as it was; what editors changed since stays
  left         a later import has given it its words
  unchanged    the import changed no word of it

What stays although the import brought it is listed. The files and their bytes are
kept; importing them again reads them anew. An undo goes in batches: editors save
meanwhile, and whatever ends it, the same command goes on where it stopped.

examples:
  manage.py undo_import
      show the last ten imports and their numbers
  manage.py undo_import 12 --dry-run
      see what undoing the import would do, and write nothing
  manage.py undo_import 12
      undo it

exit codes: 0 it was done; 1 it was not, and why is said; 130 it was stopped
"""

GO_ON = "No story was undone by half: run the same command again to go on."
LIST = "`manage.py undo_import` shows the last ten."


class Command(ExplainedCommand, TablesCommand):
    help = "Undo an import, and keep what editors did since; without RUN, list imports."
    explanation = HELP

    def add_arguments(self, parser):
        parser.add_argument(
            "run", nargs="?", type=int, metavar="RUN", help="the number of the import"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="take the same road, write nothing"
        )

    def handle(self, *args, run, dry_run, **options):
        with saying_why_it_ended(GO_ON, CannotWrite):
            if run is None:
                lines = list(list_last_runs()) or ["Nothing was ever imported."]
                self.stdout.write("\n".join(lines))
                return
            try:
                undone = undo_run(
                    run, timezone.now(), is_dry_run=dry_run, say=self.stderr.write
                )
            except (NoRoom, Busy) as error:
                raise CommandError(str(error)) from error
            except CannotUndo as error:
                raise CommandError(f"{error} {LIST}") from error
        self.stdout.write(undone.as_text())
