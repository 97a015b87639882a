from django.contrib.auth.models import Group, Permission, User
from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string

NAME = "editor"


class Command(BaseCommand):
    help = "Make the first editor's account and print its password, this once."

    def add_arguments(self, parser):
        parser.add_argument(
            "--new-password", action="store_true", help=f"give {NAME!r} another one"
        )

    def handle(self, *args, new_password, **options):
        group = make_group()
        # Where accounts exist the newsroom keeps its own: none comes back unasked.
        if User.objects.exists() and not new_password:
            return
        editor, _ = User.objects.get_or_create(username=NAME)
        editor.is_staff = True
        password = get_random_string(16)
        editor.set_password(password)
        editor.save()
        editor.groups.add(group)
        self.stdout.write(f"Log in as {NAME} with the password {password}")


def make_group():
    """Let editors do everything to articles, also to what an upgrade brings."""
    group, _ = Group.objects.get_or_create(name="Editors")
    group.permissions.set(Permission.objects.filter(content_type__app_label="articles"))
    return group
