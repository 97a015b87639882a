from pathlib import Path

from django.core.management.base import CommandError

from articles.imports.redirects import NoTable, prove, read_rows, write_table
from articles.imports.reports import count_of
from articles.management.command import (
    ExplainedCommand,
    TablesCommand,
    saying_why_it_ended,
)

# So many faults are printed; who mends them runs it again.
SHOWN = 20
EXPLANATION = """
The file is CSV in UTF-8, and its first line is: from,to

from: an address of the old site, whole or from its first slash, with its query.
to:   where it leads: a story's code, or an address of this newspaper.

Whoever asks for an old address is led on for ever (301), as long as no page of the
newspaper has that address itself. Nothing is written if a single row is wrong.

examples:
  manage.py import_redirects old-site.csv --dry-run
      prove the table, and write nothing
  manage.py import_redirects old-site.csv

  from,to
  /2014/03/harbour-reopens.html,7kq2mx
  https://old.example/?p=9,/articles/7kq2mx/harbour-reopens/
  /topics/sea,/tags/sea/

exit codes: 0 done; 1 a row is wrong, or it failed, and nothing was written;
130 it was stopped, and nothing was written
"""


class Command(ExplainedCommand, TablesCommand):
    help = "Lead the addresses of an old site to their stories, from a CSV file."
    explanation = EXPLANATION

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="a CSV file with columns from, to")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")

    def handle(self, *args, file, dry_run, **options):
        with saying_why_it_ended("Nothing was written.", NoTable):
            table = prove(read_rows(file))
            if not (table.faults or dry_run):
                write_table(table)
        for line, fault in table.faults[:SHOWN]:
            self.stdout.write(f"{file.name}, line {line}: {fault}")
        if table.faults:
            raise CommandError(
                f"Nothing was written: {count_of(len(table.faults), 'row')} of the "
                "table cannot be taken as it is."
            )
        new = count_of(len(table.addresses), "redirect")
        done = "would be written" if dry_run else "written"
        self.stdout.write(f"{new} {done}; {table.known} known before.")
