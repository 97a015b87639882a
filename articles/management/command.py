"""What commands have in common: tables, help with examples, an end in a sentence.

And the encoding of pages, where a command is told it.
"""

import codecs
from argparse import ArgumentTypeError, RawDescriptionHelpFormatter
from contextlib import contextmanager, suppress

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from newsroom.error_messages import explain_failure
from newsroom.startup_checks import find_missing_tables


class TablesCommand(BaseCommand):
    """A command for a newspaper that has its tables, and else says which makes them."""

    requires_migrations_checks = True

    def check_migrations(self):
        if missing := find_missing_tables():
            raise CommandError(missing)


class ExplainedCommand(BaseCommand):
    """A command whose help ends with an explanation, its lines unwrapped."""

    explanation = ""

    def create_parser(self, *args, **kwargs):
        return super().create_parser(
            *args,
            epilog=self.explanation,
            formatter_class=RawDescriptionHelpFormatter,
            **kwargs,
        )


@contextmanager
def saying_why_it_ended(more, *refusals):
    """End a command that fails by saying why, and what it leaves behind."""
    try:
        yield
    except KeyboardInterrupt as stop:
        raise CommandError(f"Stopped. {more}", returncode=130) from stop
    except refusals as error:
        raise CommandError(f"{error} {more}") from error
    except (Error, OSError) as error:
        raise CommandError(f"{explain_failure(error)} {more}") from error


def encoding_name(text):
    """Return Python's name of an encoding that pages may be in beside Unicode.

    It has ASCII's letters, and others in bytes above.
    """
    with suppress(LookupError, ValueError):
        name = codecs.lookup(text).name
        pairs = (bytes([byte, byte]) for byte in range(0xA1, 0xFF))
        has_more = any(pair.decode(name, "ignore") for pair in pairs)
        if name == "utf-8" or ("News\n".encode(name) == b"News\n" and has_more):
            return name
    message = f"“{text}” is not an encoding of pages like cp1250 or koi8-r"
    raise ArgumentTypeError(message)
