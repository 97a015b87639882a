from pathlib import Path

from django.db import connection

from articles.imports.progress import showing_progress
from articles.management.command import ExplainedCommand, saying_why_it_ended
from newsroom.backups.archive import BackupRefused
from newsroom.backups.backup import make_backup, megabytes
from newsroom.backups.databases import database_of

HELP = """
what is in a backup, one file that nobody but you may read:
  the database    as it is at one moment, while everybody goes on working
  the pictures    every file below DATA_DIR/media
  the secret key  unless SECRET_KEY is in the environment; keep that one yourself

It is written beside its place, read again from its first byte to its last, and only
then given its name: a file of that name is a whole backup. `tar -tf` lists it.

examples:
  manage.py backup /backups/monday.tar
      back up the newspaper of DATA_DIR and DATABASE_URL
  manage.py backup /backups/$(date +%F).tar && rm -f /backups/last-month/*.tar
      whatever deletes old backups comes behind a new one that was made

exit codes: 0 it was made; 1 it was not, and why is said; 130 it was stopped
"""
LOST = "Pictures that were lost or damaged before, and are so in the backup: {names}."


class Command(ExplainedCommand):
    help = "Back up database, pictures and secret key into one file, and check it."
    explanation = HELP

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="what to write")

    def handle(self, *args, file, **options):
        with (
            saying_why_it_ended("No backup was made.", BackupRefused),
            showing_progress(self.stderr, "Copying") as progress,
        ):
            backup = make_backup(file, database_of(connection), progress)
        self.stdout.write(
            "Backed up, read again and found whole. "
            f"Stories: {backup.stories:,}; files of pictures: {backup.files:,}; "
            f"{megabytes(file.stat().st_size)} in all."
        )
        if backup.lost:
            self.stderr.write(LOST.format(names=", ".join(backup.lost)))
