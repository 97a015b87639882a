from pathlib import Path

from django.core.management import call_command
from django.db import connection

from articles.imports.progress import showing_progress
from articles.management.command import ExplainedCommand, saying_why_it_ended
from newsroom.backups.archive import BackupRefused
from newsroom.backups.databases import database_of
from newsroom.backups.restore import restore_backup

HELP = """
The backup is read from its first byte to its last before anything is written. It can
only be restored into an empty install: a DATA_DIR without a database or pictures, and
on PostgreSQL an empty database (`createdb newspaper`).

examples:
  DATA_DIR=/srv/newspaper manage.py restore /backups/monday.tar
      restore it, under the version that made it
  manage.py restore /backups/last-year.tar --migrate
      bring a backup of an older version up to this one

exit codes: 0 it was restored; 1 it was not, and the reason is given; 130 it was stopped
"""


class Command(ExplainedCommand):
    help = "Restore a backup into an empty install, and check it."
    explanation = HELP

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="a backup")
        parser.add_argument(
            "--migrate",
            action="store_true",
            help=(
                "accept a backup made by an older version, and bring it up to this one"
            ),
        )

    def handle(self, *args, file, migrate, **options):
        with (
            saying_why_it_ended("Nothing was restored.", BackupRefused),
            showing_progress(self.stderr, "Restoring") as progress,
        ):
            backup = restore_backup(
                file, database_of(connection), is_migrated=migrate, progress=progress
            )
        if migrate:
            call_command("migrate", verbosity=0)
        self.stdout.write(
            f"Restored as of {backup.made_at}. "
            f"Stories: {backup.stories:,}; files of pictures: {backup.files:,}."
        )
