from argparse import RawDescriptionHelpFormatter
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from articles.imports.progress import showing_progress
from newsroom.backups.archive import Refused
from newsroom.backups.databases import database_of
from newsroom.backups.restore import restore_backup

HELP = """
The backup is read from its first byte to its last before anything is written. It goes
into an empty place only: a DATA_DIR without database and pictures, and on PostgreSQL an
empty database (`createdb newspaper`).

examples:
  DATA_DIR=/srv/newspaper manage.py restore /backups/monday.tar
      bring it back, under the version that made it
  manage.py restore /backups/last-year.tar --migrate
      bring a backup of an older version up to this one

exit codes: 0 it was restored; 1 it was not, and why is said; 130 it was stopped
"""


class Command(BaseCommand):
    help = "Restore a backup into an empty place, and check it."

    def create_parser(self, *args, **kwargs):
        return super().create_parser(
            *args, epilog=HELP, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="a backup")
        parser.add_argument(
            "--migrate",
            action="store_true",
            help="take a backup of an older version, and bring it up to this one",
        )

    def handle(self, *args, file, migrate, **options):
        try:
            with showing_progress(self.stderr, "Restoring") as progress:
                backup = restore_backup(
                    file,
                    database_of(connection),
                    is_migrated=migrate,
                    progress=progress,
                )
        except Refused as reason:
            raise CommandError(f"{reason} Nothing was restored.") from reason
        except OSError as error:
            raise CommandError(
                f"{error.filename or file}: {error.strerror}. Nothing was restored."
            ) from error
        except KeyboardInterrupt as stop:
            raise CommandError(
                "Stopped: nothing was restored.", returncode=130
            ) from stop
        if migrate:
            call_command("migrate", verbosity=0)
        self.stdout.write(
            f"Restored as of {backup.made_at}: {backup.stories:,} stories and "
            f"{backup.files:,} files of pictures."
        )
