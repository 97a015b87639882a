"""SQLite's file: no process writes on into one that was deleted or replaced."""

import os
import sqlite3

from django.conf import settings

# What the path of the newspaper led to when this process began to serve it.
_pinned = {}


def pin_database_file():
    """Let this process open no other file than the one that is there now.

    A file put in the place of another has not its log, and a new one is empty.
    """
    path = str(settings.DATABASES["default"]["NAME"])
    _pinned[path] = file_identity(path)


def file_identity(path):
    """Return what a file keeps under any name, or None where there is none."""
    try:
        at = os.stat(path)  # noqa: PTH116 (it is asked at each statement)
    except OSError:
        return None
    return at.st_dev, at.st_ino


class LostFile(sqlite3.OperationalError):
    """The file was removed or replaced: named as SQLite names what goes wrong."""

    sqlite_errorname = "NEWSROOM_LOST_FILE"


class Connection(sqlite3.Connection):
    """A connection that fails once its file was taken away or replaced."""

    def __init__(self, database, *args, **options):
        self.path = database
        if database in _pinned:
            self.file = _pinned[database]
            self._require_file()
        super().__init__(database, *args, **options)
        self.file = file_identity(database)

    def cursor(self, *args, **options):
        self._require_file()
        return super().cursor(*args, **options)

    def _require_file(self):
        is_lost = self.path in _pinned and not self.file
        if is_lost or file_identity(self.path) != self.file:
            raise LostFile(
                f"{self.path} was removed or replaced: put it back, and restart the "
                "programs that had it open"
            )
