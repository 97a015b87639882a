#!/usr/bin/env python
import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    # No reader waits for a command: it may wait for others, and take its time.
    os.environ.setdefault("DATABASE_WAIT", "60")
    os.environ.setdefault("DATABASE_LIMIT", "0")
    execute_from_command_line(sys.argv)
