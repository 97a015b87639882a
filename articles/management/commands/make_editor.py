from argparse import ArgumentTypeError

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils.crypto import get_random_string

from articles.management.command import TablesCommand
from articles.models.accounts import Role
from articles.store.roles import give_role

NAME = "editor"
ACCOUNTS_EXIST = (
    "No account was made, because there are some already: --name NAME makes another, "
    "and --name NAME --new-password gives an existing one a new password."
)
KNOWN = (
    "{name!r} already has an account, and it was not changed: --new-password gives it "
    "a new password, --role another role."
)
UNKNOWN = (
    "There is no account {name!r}, and none was made: --new-password is for an "
    "existing one; --name NAME alone makes a new one."
)


class Command(TablesCommand):
    help = (
        "Make an account and print its password once. Without options it makes only "
        "the first account of a newsroom: an Administrator, who adds all the others "
        "at the desk."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--name",
            type=_name,
            help=f"the name to sign in with ({NAME!r}, unless given)",
        )
        parser.add_argument(
            "--role",
            choices=Role.values,
            help=(
                "the account's role (administrator, unless given); for an existing "
                "account, its new role"
            ),
        )
        parser.add_argument(
            "--new-password",
            action="store_true",
            help="give an existing account a new password",
        )

    def handle(self, *args, name, role, new_password, verbosity, **options):
        is_asked = name or role or new_password
        has_accounts = User.objects.exists()
        # Where accounts exist the newsroom keeps its own: none comes back unasked.
        if has_accounts and not is_asked:
            # bin/run asks each time, and wants to hear of a new one only.
            if verbosity:
                self.stdout.write(ACCOUNTS_EXIST)
            return
        # The first run of all may be `bin/run --new-password`.
        is_known_one_meant = new_password and (name or has_accounts)
        name = name or NAME
        user = User.objects.filter(username=name).first() or User(username=name)
        is_new = user.pk is None
        if is_new and is_known_one_meant:
            raise CommandError(UNKNOWN.format(name=name))
        lines = []
        if is_new or new_password:
            password = get_random_string(16)
            user.set_password(password)
            lines.append(f"Sign in as {name} with the password {password}")
        user.save()
        if is_new or role:
            give_role(user, role or Role.ADMINISTRATOR)
        if role:
            lines.insert(0, f"{name}: {Role(role).label}")
        self.stdout.write("\n".join(lines) or KNOWN.format(name=name))


def _name(text):
    try:
        return User._meta.get_field("username").clean(text, None)
    except ValidationError as error:
        raise ArgumentTypeError(f"“{text}”: {' '.join(error.messages)}") from error
