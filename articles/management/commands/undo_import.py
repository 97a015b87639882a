from argparse import RawDescriptionHelpFormatter
from contextlib import nullcontext

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from articles.imports.dry_run import NoRoom, dry_running
from articles.imports.undo import CannotUndo, undo_run
from articles.imports.undo_report import last_runs
from articles.store import CannotWrite
from newsroom.obstacles import explain_failure

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
kept; importing them again reads them anew. All is undone, or nothing.

examples:
  manage.py undo_import
      show the last ten imports and their numbers
  manage.py undo_import 12 --dry-run
      see what undoing the import would do, and write nothing
  manage.py undo_import 12
      undo it

exit codes: 0 it was done; 1 it was not, and why is said
"""

LIST = "`manage.py undo_import` shows the last ten."


class Command(BaseCommand):
    help = "Undo an import, and keep what editors did since; without RUN, list imports."

    def create_parser(self, *args, **kwargs):
        return super().create_parser(
            *args, epilog=HELP, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser):
        parser.add_argument(
            "run", nargs="?", type=int, metavar="RUN", help="the number of the import"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="take the same road, write nothing"
        )

    def handle(self, *args, run, dry_run, **options):
        try:
            if run is None:
                lines = list(last_runs()) or ["Nothing was ever imported."]
                self.stdout.write("\n".join(lines))
                return
            with dry_running(self.stderr.write) if dry_run else nullcontext():
                undone = undo_run(run, timezone.now(), is_dry_run=dry_run)
        except NoRoom as error:
            raise CommandError(str(error)) from error
        except CannotUndo as error:
            raise CommandError(f"{error} {LIST}") from error
        except CannotWrite as error:
            raise CommandError(f"Nothing was undone: {error}") from error
        except KeyboardInterrupt as stop:
            raise CommandError("Stopped: nothing was undone.", returncode=130) from stop
        except (DatabaseError, OSError) as error:
            reason = explain_failure(error)
            raise CommandError(f"{reason} Nothing was undone.") from error
        self.stdout.write(undone.as_text())
