from django.core.management.base import CommandError
from django.core.management.commands import migrate

from articles.imports.progress import showing_progress
from articles.store.search.rows import count_without_words, fill
from newsroom.startup_checks import find_lost_database


class Command(migrate.Command):
    """Django's own, which begins no new newspaper where one has lost its database."""

    def execute(self, *args, **options):
        # Before Django's checks, which would make the file.
        if lost := find_lost_database():
            raise CommandError(lost)
        super().execute(*args, **options)
        if not (options["app_label"] or options["plan"] or options["check_unapplied"]):
            self.fill_search(options)

    def fill_search(self, options):
        """Let search know the stories of a release that had none."""
        total = count_without_words()
        if total and options["verbosity"]:
            self.stdout.write(f"Reading {total:,} articles for search.")
        done = 0
        with showing_progress(self.stderr, "Reading", "articles") as progress:
            for count in fill():
                done += count
                progress(done, total)
