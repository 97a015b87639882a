from pathlib import Path

from django.db import connection

from articles.imports.progress import showing_progress
from articles.management.command import ExplainedCommand, saying_why_it_ended
from newsroom.backups.archive import BackupRefused
from newsroom.backups.backup import make_backup, megabytes
from newsroom.backups.databases import database_of

HELP = """
what is in a backup, a single file that nobody but you may read:
  the database    as it is at one moment, while everybody carries on working
  the pictures    every file below DATA_DIR/media
  the secret key  unless SECRET_KEY is in the environment; keep that one yourself

It is written under another name, read back from its first byte to its last, and only
then given its own: a file of that name is a complete backup. `tar -tf` lists it.

examples:
  manage.py backup /backups/monday.tar
      back up the newspaper in DATA_DIR and DATABASE_URL
  manage.py backup /backups/$(date +%F).tar && rm -f /backups/last-month/*.tar
      delete old backups only once a new one has been made

exit codes: 0 it was made; 1 it was not, and the reason is given; 130 it was stopped
"""
LOST = "Pictures that were already lost or damaged, and are so in the backup: {names}."


class Command(ExplainedCommand):
    help = "Back up database, pictures and secret key into one file, and check it."
    explanation = HELP

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="the file to write")

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
