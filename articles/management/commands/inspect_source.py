import os
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone
from rich.console import Console

from articles.imports.files import Refused, find_files, modified_at, read_file
from articles.imports.inspection import print_source
from articles.management.command import ExplainedCommand, encoding_name
from articles.parsing import NotText, parse_source, source_lines
from articles.parsing.dates import Crawl
from articles.story.terminal import terminal_safe

EXAMPLES = """
examples:
  manage.py inspect_source samples/city/night-ferry.txt
      show where each line of the page goes, and why some go nowhere
  manage.py inspect_source pages/ | less
      the same for every .txt file in the folder and below it, without colour
  manage.py inspect_source --force-color page.txt | less -R
      the same with colour
  manage.py inspect_source --encoding cp1250 page.txt
      show what a page that is not Unicode says in an encoding

Nothing is imported, and no database is used.
"""


class Command(ExplainedCommand):
    help = "Show line by line what the importer reads in source files."
    explanation = EXAMPLES

    def add_arguments(self, parser):
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="FILE", help="files and folders"
        )

        parser.add_argument(
            "--encoding",
            type=encoding_name,
            metavar="NAME",
            help="the encoding of pages that are not Unicode",
        )

    def handle(self, *args, paths, **options):
        console = make_console(self.stdout, options)
        refused = 0
        for file in find_files(paths).files:
            try:
                data = read_file(file.path)
                modified = modified_at(file.path)
                crawl = Crawl(modified_at=modified, begun_at=timezone.now())
                encoding = options["encoding"] or ""
                reading = parse_source(data, file.name, crawl, encoding)
            except (Refused, NotText) as reason:
                refused += 1
                self.stderr.write(terminal_safe(f"{file.path} {reason}"))
            else:
                print_source(console, reading, source_lines(data, reading.encoding))
        if refused:
            raise CommandError(f"Files refused: {refused}.")


def make_console(stdout, options):
    """Return a console that colours only what a terminal shows, and if it may."""
    # Rich ends its own lines.
    stdout.ending = ""
    may_colour = not (options["no_color"] or os.environ.get("NO_COLOR"))
    return Console(
        file=stdout,
        force_terminal=options["force_color"] or None,
        color_system="auto" if may_colour else None,
        highlight=False,
        emoji=False,
        markup=False,
    )
