#!/usr/bin/env python
import os
import sys
from contextlib import nullcontext

from newsroom.ctrl_c import ending_in_silence

with ending_in_silence():
    from django.core.management import execute_from_command_line

    from newsroom.obstacles import said_in_one_sentence
    from newsroom.patience import DAY, NO_LIMIT
    from newsroom.priority import come_behind

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    # No reader waits for a command: it may wait for others, and take its time.
    os.environ.setdefault("DATABASE_WAIT", str(DAY))
    os.environ.setdefault("DATABASE_LIMIT", str(NO_LIMIT))
    come_behind()
    # A headline in a script that the terminal has not is no reason to stop.
    sys.stdout.reconfigure(errors="backslashreplace")
    is_told_all = "--traceback" in sys.argv
    with nullcontext() if is_told_all else said_in_one_sentence():
        execute_from_command_line(sys.argv)
