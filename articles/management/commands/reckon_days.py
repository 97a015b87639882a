from django.conf import settings

from articles.imports.progress import showing_progress
from articles.imports.reports import count_of
from articles.management.command import (
    ExplainedCommand,
    TablesCommand,
    saying_why_it_ended,
)
from articles.models import Article
from articles.store.days import HAS_DAY, reckon_days

EXPLANATION = """
A story that is dated by a day is public from that day's first second, in the zone of
TIME_ZONE. When that setting changes, `manage.py check` says that this is due: no day
changes, but where lists have it, and when it comes. Editors and readers go on
meanwhile; stopped half-way, it is simply run again.

example:
  manage.py reckon_days
      after TIME_ZONE was changed in .env and the newspaper started anew

exit codes: 0 done; 1 it failed, and says why; 130 it was stopped
"""


class Command(ExplainedCommand, TablesCommand):
    help = "Let the articles' days begin in the newspaper's present time zone."
    explanation = EXPLANATION

    def handle(self, *args, **options):
        done = 0
        total = Article.objects.filter(HAS_DAY).count()
        with (
            saying_why_it_ended("Run it again to finish."),
            showing_progress(self.stderr, "Reckoning", "articles") as progress,
        ):
            for count in reckon_days():
                done += count
                progress(done, total)
        articles = count_of(done, "article")
        self.stdout.write(f"The days of {articles} begin as in {settings.TIME_ZONE}.")
