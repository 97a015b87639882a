from django.core.management.base import CommandError

from articles.imports.progress import showing_progress
from articles.imports.verification import Verified, verify_newspaper
from articles.management.command import (
    ExplainedCommand,
    TablesCommand,
    saying_why_it_ended,
)
from articles.story.terminal import terminal_safe

EXAMPLES = """
what is verified:
  source files  their SHA-256, and that every line is accounted for in full: by the
                pieces that stories were read from, as furniture or as unexplained
  readings      that their words are those of their lines
  articles      that every revision is there, that the newest says what the article
                says, and which reading an imported article has its words from
  pictures      that all files are there, with the bytes and sizes they were made with

What was erased for good is listed, with who did it and when, and is no fault. Nothing
is changed, and editors, readers and imports go on meanwhile.

examples:
  manage.py verify_sources
      verify everything, and print a sentence for each fault
  manage.py verify_sources > faults.txt || mail -s Faults you@example.com < faults.txt
      the same by a timetable, with a mail when something is wrong

exit codes: 0 nothing is wrong; 1 something is, and each fault is printed; 130 it was
stopped
"""


class Command(ExplainedCommand, TablesCommand):
    help = "Prove that no source, reading, article or picture was lost or changed."
    explanation = EXAMPLES

    def handle(self, *args, **options):
        verified, faults = Verified(), 0
        with (
            saying_why_it_ended("Nothing was changed."),
            showing_progress(self.stderr, "Verifying", "rows") as progress,
        ):
            for fault in verify_newspaper(verified, progress):
                self.stdout.write(terminal_safe(fault))
                faults += 1
        for file in verified.erased:
            self.stdout.write(terminal_safe(f"Erased for good, and no fault: {file}."))
        self.stdout.write(f"Checked: {verified.as_text()}.")
        if faults:
            raise CommandError(
                f"Faults found: {faults:,}. A backup from before them has what was "
                "lost (docs/OPERATIONS.md, “Backup and restore”)."
            )
