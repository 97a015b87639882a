from django.core.management.base import CommandError
from django.core.management.commands import migrate

from newsroom.startup_checks import find_lost_database


class Command(migrate.Command):
    """Django's own, which begins no new newspaper where one has lost its database."""

    def execute(self, *args, **options):
        # Before Django's checks, which would make the file.
        if lost := find_lost_database():
            raise CommandError(lost)
        return super().execute(*args, **options)
