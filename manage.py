#!/usr/bin/env python
import os
import sys
from contextlib import nullcontext

from newsroom.ctrl_c import quiet_ctrl_c

with quiet_ctrl_c():
    from django.core.management import execute_from_command_line

    from newsroom.database_timeouts import DAY, NO_LIMIT
    from newsroom.error_messages import errors_in_one_sentence
    from newsroom.process_priority import lower_priority
    from newsroom.version import describe_versions


def with_errors_raised(words):
    """Let Django raise a command's error, and not write its class before it."""
    is_command = len(words) > 1 and not words[1].startswith("-")
    return [*words[:2], "--traceback", *words[2:]] if is_command else words


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    # No reader waits for a command: it may wait for others, and take its time.
    os.environ.setdefault("DATABASE_WAIT", str(DAY))
    os.environ.setdefault("DATABASE_LIMIT", str(NO_LIMIT))
    lower_priority()
    # A headline in a script that the terminal has not is no reason to stop.
    sys.stdout.reconfigure(errors="backslashreplace")
    is_told_all = "--traceback" in sys.argv
    with nullcontext() if is_told_all else errors_in_one_sentence():
        if sys.argv[1:] in (["version"], ["--version"]):
            # Django alone would answer with its own.
            sys.stdout.write(f"{describe_versions()}\n")
        else:
            execute_from_command_line(with_errors_raised(sys.argv))
