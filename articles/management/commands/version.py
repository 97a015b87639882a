from django.core.management.base import BaseCommand

from newsroom.version import describe_versions


class Command(BaseCommand):
    help = "Say which Newsroom this is, on which Django and Python."
    # manage.py answers before there are settings; here are its help and its name.
    requires_system_checks = []

    def handle(self, *args, **options):
        self.stdout.write(describe_versions())
