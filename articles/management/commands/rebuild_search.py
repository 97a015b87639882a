from articles.imports.progress import showing_progress
from articles.imports.reports import count_of
from articles.management.command import (
    ExplainedCommand,
    TablesCommand,
    saying_why_it_ended,
)
from articles.models import Article
from articles.store.search.rows import rebuild

EXPLANATION = """
Search knows each story from the moment it is saved, so this is seldom due: after a
release whose notes ask for it, or where rows were changed by hand. The newspaper goes
on meanwhile, and search with it: each story keeps its old words until it has new ones.
Stopped half-way, it is simply run again.

examples:
  manage.py rebuild_search
      read the words of all articles anew
  manage.py rebuild_search 2>> search.log
      the same from a timer, with its progress in a log

exit codes: 0 done; 1 it failed, and says why; 130 it was stopped
"""


class Command(ExplainedCommand, TablesCommand):
    help = "Make the words anew by which articles are found."
    explanation = EXPLANATION

    def handle(self, *args, **options):
        done = 0
        total = Article.objects.count()
        with (
            saying_why_it_ended("Run it again to finish."),
            showing_progress(self.stderr, "Reading", "articles") as progress,
        ):
            for count in rebuild():
                done += count
                progress(done, total)
        self.stdout.write(f"Search knows {count_of(done, 'article')}.")
