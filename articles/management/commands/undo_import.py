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
  withdrawn    readers saw it, or an editor worked on it: readers no longer see it, its
               address and words stay, and importing it again brings it back
  taken back   what the import changed is as it was; what editors changed since stays
  left         a later import has given it its words
  unchanged    the import did not change a word of it

Anything the import brought that stays is listed. The files and their bytes are kept;
importing them again reads them afresh. An undo works in batches: editors can save
meanwhile, and however it ends, the same command carries on where it stopped.

examples:
  manage.py undo_import
      show the last ten imports and their numbers
  manage.py undo_import 12 --dry-run
      see what undoing the import would do, and write nothing
  manage.py undo_import 12
      undo it

exit codes: 0 it was done; 1 it was not, and the reason is given; 130 it was stopped
"""

GO_ON = "No single story was left half undone: run the same command again to continue."
LIST = "`manage.py undo_import` shows the last ten."


class Command(ExplainedCommand, TablesCommand):
    help = (
        "Undo an import, and keep what editors have done since; without RUN, list "
        "imports."
    )
    explanation = HELP

    def add_arguments(self, parser):
        parser.add_argument(
            "run", nargs="?", type=int, metavar="RUN", help="the number of the import"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="do everything but write"
        )

    def handle(self, *args, run, dry_run, **options):
        with saying_why_it_ended(GO_ON, CannotWrite):
            if run is None:
                lines = list(list_last_runs()) or ["Nothing has been imported yet."]
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
