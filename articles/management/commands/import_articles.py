from argparse import ArgumentTypeError
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.management.base import CommandError
from django.utils import timezone

from articles.imports.dry_run import NoRoom
from articles.imports.facts import BadFacts
from articles.imports.files import LARGEST, TEXT
from articles.imports.languages import is_language_code
from articles.imports.lock import Busy
from articles.imports.progress import showing_progress
from articles.imports.reports import printable_text
from articles.imports.run import import_sources, stopping_when_asked
from articles.imports.stories import ImportOptions
from articles.management.command import (
    ExplainedCommand,
    TablesCommand,
    encoding_name,
    saying_why_it_ended,
)
from articles.management.report_file import check_report, writing_details
from articles.models import Tag
from articles.story.moment import crawl_moment
from articles.story.story import tidy_line
from articles.story.text import fold_name

EXAMPLES = """
examples:
  manage.py import_articles pages/
      import every .txt file in the folder and below it
  manage.py import_articles pages/ --dry-run --report report.json
      see what would happen, line by line, and write nothing
  manage.py import_articles page.txt --crawled-at 2026-02-02 --tag Pakistan
      say when the page was saved, and tag its stories
  manage.py import_articles 1998/ --encoding cp1250 --language cs --first-year 1920
      say of all pages of a crawl what they do not say themselves
  manage.py import_articles 1998/ --day-first
      read 03/10/1998 as 3 October; --month-first reads it as March 10
  manage.py import_articles 1998/
      with 1998/facts.csv (name, date, byline, section, language, old_url): say of
      each page what it does not say itself
  manage.py import_articles 1998/ --language sk --again
      read known pages anew, since their language was not said, and merge

A file that has been imported is known by its bytes and read only once. What a newer
file says differently is merged: editors' words stay, and where both have changed the
same thing an editor chooses. A folder stands for the .txt files in it.
"""

GO_ON = (
    "Each file was imported whole or not at all: run the same command again to "
    "continue."
)


# The first newspapers there were.
FIRST_YEAR = 1605


class Command(ExplainedCommand, TablesCommand):
    help = "Import the stories of newspaper source files."
    explanation = EXAMPLES

    def add_arguments(self, parser):
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="files and folders"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="do everything but write"
        )
        parser.add_argument(
            "--crawled-at",
            type=_moment,
            metavar="WHEN",
            help=(
                "when the pages were saved (2026-02-02 or 2026-02-02T08:30), to work "
                "out “20 min ago”; otherwise the dates in the page and an old file's "
                "own are used"
            ),
        )
        self.add_crawl_arguments(parser)
        parser.add_argument(
            "--status",
            choices=["draft", "in_review", "published"],
            default="published",
            help=(
                "the highest status a story may get (published); one without a "
                "headline, body or date, or that anything holds, stays in review"
            ),
        )
        parser.add_argument(
            "--tag",
            type=_tag,
            action="append",
            default=[],
            metavar="NAME",
            help="tag new stories; the name of a section puts them in it. Repeatable",
        )
        suggested = parser.add_mutually_exclusive_group()
        suggested.add_argument(
            "--accept-tags",
            choices=["known", "all"],
            default="none",
            help=(
                "put suggested tags on the stories: those that name a tag which an "
                "editor or an import has given before, or all; otherwise readers see "
                "none until an editor accepts it"
            ),
        )
        suggested.add_argument(
            "--no-suggestions",
            action="store_true",
            help="do not suggest tags from the stories' own words",
        )
        parser.add_argument(
            "--again",
            action="store_true",
            help=(
                "read files that were imported before anew, with what is said of them "
                "now, and merge what they say; otherwise they are skipped"
            ),
        )
        parser.add_argument(
            "--largest",
            type=_size,
            default=LARGEST,
            metavar="BYTES",
            help=(
                "refuse files larger than this (10 MB), or with more than a line for "
                "every 40 bytes of it"
            ),
        )
        parser.add_argument(
            "--report",
            type=Path,
            metavar="FILE.json",
            help="write all the details to this file",
        )

    def add_crawl_arguments(self, parser):
        """Add what is said once of all pages of a crawl."""
        parser.add_argument(
            "--encoding",
            type=encoding_name,
            metavar="NAME",
            help=(
                "the encoding of pages that are not Unicode (cp1250, cp1256, koi8-r); "
                "otherwise it is guessed, and the story waits in review"
            ),
        )
        parser.add_argument(
            "--language",
            type=_language,
            metavar="CODE",
            help=(
                "the language of the pages (ar, ur, pt-br); otherwise it is told by "
                "the script and the words of each story"
            ),
        )
        parser.add_argument(
            "--time-zone",
            type=_time_zone,
            metavar="ZONE",
            help=(
                "the newspaper's time zone (Asia/Karachi), in which pages and "
                "--crawled-at state times; otherwise this site's"
            ),
        )
        parser.add_argument(
            "--first-year",
            type=_year,
            default=0,
            metavar="YEAR",
            help=(
                "the newspaper's first year: a story with an earlier date waits in "
                "review, as does one dated after the crawl"
            ),
        )

        order = parser.add_mutually_exclusive_group()
        for name, day in (("day-first", "3 October"), ("month-first", "10 March")):
            order.add_argument(
                f"--{name}",
                dest="day_order",
                action="store_const",
                const=name,
                default="",
                help=(
                    f"pages print 03/10/2024 for {day}; otherwise such a day is read "
                    "only where it can be no other, and the story waits in review"
                ),
            )

    def handle(self, *args, paths, **options):
        check_report(options["report"], paths, TEXT)
        with saying_why_it_ended(GO_ON):
            try:
                report = self.run_import(paths, **options)
            except CommandError as error:
                # The report could be written no further.
                raise CommandError(f"{error} {GO_ON}") from error
            except BadFacts as error:
                lines = [*error.args, "Nothing was imported."]
                raise CommandError(printable_text(lines)) from error
            except (Busy, NoRoom) as error:
                raise CommandError(str(error)) from error
            except BrokenProcessPool as error:
                reason = f"A process that was reading files was killed. {GO_ON}"
                raise CommandError(reason) from error
        self.stdout.write(report.as_text())
        if report.unread:
            raise CommandError(f"Stopped. {GO_ON}", returncode=130)
        if report.refused:
            raise CommandError(f"Files refused: {len(report.refused)}.")

    def run_import(self, paths, **options):
        with (
            writing_details(options["report"]) as (details, end_details),
            showing_progress(self.stderr) as progress,
            stopping_when_asked(self.stderr.write) as is_stopped,
        ):
            report = import_sources(
                paths,
                ImportOptions(
                    options["status"],
                    tuple(options["tag"]),
                    has_suggestions=not options["no_suggestions"],
                    accept_tags=options["accept_tags"],
                    encoding=options["encoding"] or "",
                    language=options["language"] or "",
                    time_zone=options["time_zone"] or "",
                    first_year=options["first_year"],
                    day_order=options["day_order"],
                ),
                crawled_at=_crawled_at(options["crawled_at"], options["time_zone"]),
                largest=options["largest"],
                is_dry_run=options["dry_run"],
                is_again=options["again"],
                progress=progress,
                details=details,
                is_stopped=is_stopped,
                say=self.stderr.write,
            )
            end_details(report)
            return report


def _moment(text):
    """Return the text of a moment, whose time zone may be said behind it."""
    try:
        crawl_moment(text, UTC)
    except ValueError as error:
        message = f"“{text}” is not a date or time like 2026-02-02 or 2026-02-02T08:30"
        raise ArgumentTypeError(message) from error
    return text


def _crawled_at(text, time_zone):
    zone = ZoneInfo(time_zone) if time_zone else timezone.get_default_timezone()
    at = text and crawl_moment(text, zone)
    day = timezone.localdate(at, zone) if isinstance(at, datetime) else at
    if day and day > timezone.localdate() + timedelta(days=1):
        raise CommandError(
            f"--crawled-at {text} lies ahead: say when pages were saved."
        )
    return at


def _language(text):
    if not is_language_code(text):
        raise ArgumentTypeError(f"“{text}” is not a language code like ar, ur or pt-br")
    return text.lower()


def _time_zone(text):
    try:
        return ZoneInfo(text).key
    except (KeyError, ValueError, OSError) as error:
        message = f"“{text}” is not a time zone like Asia/Karachi or Europe/Prague"
        raise ArgumentTypeError(message) from error


def _year(text):
    if not text.isdecimal() or not FIRST_YEAR <= int(text) <= timezone.localdate().year:
        raise ArgumentTypeError(f"“{text}” is not the first year of a newspaper")
    return int(text)


def _tag(text):
    name, longest = tidy_line(text), Tag._meta.get_field("name").max_length
    if not fold_name(name) or len(name) > longest:
        raise ArgumentTypeError(f"a tag has 1 to {longest} characters, not “{name}”")
    return name


def _size(text):
    if not text.isdecimal() or not int(text):
        raise ArgumentTypeError(f"“{text}” is not a number of bytes like 10000000")
    return int(text)
