from django.core.management.base import CommandError

from articles.imports.date_evidence import find_unproven_dates
from articles.imports.progress import showing_progress
from articles.management.command import (
    ExplainedCommand,
    TablesCommand,
    saying_why_it_ended,
)
from articles.story.terminal import terminal_safe

EXAMPLES = """
A page that says “4 hours ago” has a date only together with the moment when it was
saved. Older releases took that from the file's own time, which a copy, an unpacked
archive or a fresh clone sets anew. Each story is listed with its code, its estimated
day, the file and line that it comes from and its headline:

  7kq2m  2024-11-03  pages/0042.txt, line 6: Harbour reopens after the storm

Correct the date at the desk, or say when the crawl was made and read the pages anew.
Nothing is changed, and editors, readers and imports go on meanwhile.

examples:
  manage.py check_dates
      list the stories whose date rests on nothing but the time of a file
  manage.py check_dates > dates.txt
      keep the list, for the desk
  manage.py import_articles --again --crawled-at 2024-02-01 pages/
      reckon the dates of a crawl from the day on which it was made

exit codes: 0 every date has evidence; 1 some have none, and are listed; 130 it was
stopped
"""


class Command(ExplainedCommand, TablesCommand):
    help = "List the stories whose date rests on nothing but the time of a file."
    explanation = EXAMPLES

    def handle(self, *args, **options):
        count = 0
        with (
            saying_why_it_ended("Nothing was changed."),
            showing_progress(self.stderr, "Reading", "files") as progress,
        ):
            for date in find_unproven_dates(progress):
                self.stdout.write(terminal_safe(date.as_text()))
                count += 1
        if count:
            raise CommandError(f"Dates without evidence: {count:,}.")
        self.stdout.write("Every estimated date has evidence.")
