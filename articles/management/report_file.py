"""The file that a command is asked to write all details to.

It is written beside its place and takes it when it is whole, so that nothing a command
reads is ever opened for writing, and a report that fails leaves the one before it.
"""

import json
import os
import shutil
from contextlib import contextmanager, suppress
from dataclasses import asdict
from itertools import chain, repeat
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from articles.imports.files import would_find
from articles.story.terminal import terminal_safe
from newsroom.data_dir import OWN


def check_report(path, sources, kind):
    """Say before any work that a report has no place to go, or would take a source's.

    A source is told by its file, whatever link, case or spelling leads to it.
    """
    if path is None:
        return
    place = Path(os.path.realpath(path))
    with saying_why(path):
        if os.path.lexists(place) and not place.is_file():
            raise cannot_write(path, "there is a folder or device of that name")
        if would_find(sources, place, kind):
            raise cannot_write(path, "it is, or would be, one of the files to be read")
        if any(place.is_relative_to(own) for own in files_of_the_newspaper()):
            raise cannot_write(path, "it is one of the newspaper's own files")
        if place.exists() and not os.access(place, os.W_OK):
            raise cannot_write(path, "its permissions forbid it")
    Draft(path).discard()


def files_of_the_newspaper():
    """Yield the database, the secret key and the folders that are the newspaper's."""
    yield Path(os.path.realpath(connection.settings_dict["NAME"]))
    data_dir = Path(os.path.realpath(settings.DATA_DIR))
    for pattern in OWN:
        yield from data_dir.glob(pattern)


@contextmanager
def writing_details(path):
    """Give a function that writes each file's line, and one that ends the report.

    The lines are written as they come: a report of a million files needs no memory,
    and one that was broken off is still JSON.
    """
    if path is None:
        yield (lambda line: None), (lambda report: None)
        return
    draft, ending = Draft(path), {}
    separators = chain(['{\n"files": [\n'], repeat(",\n"))
    try:
        yield (
            lambda line: draft.write(next(separators) + _json(asdict(line))),
            lambda report: ending.update(report.as_json()),
        )
    finally:
        if ending or draft.is_begun:
            if not draft.is_begun:
                draft.write(next(separators))
            draft.write("\n]")
            for name, value in ending.items():
                draft.write(f',\n"{name}": {_json(value)}')
            draft.write("\n}\n")
            draft.take_place()
        draft.discard()


def write_report(path, report):
    """Write what `as_json` tells of a report, where a file was asked for."""
    if path:
        draft = Draft(path)
        draft.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        draft.take_place()


class Draft:
    """A new file beside the report's place, hidden from those who look for sources."""

    def __init__(self, path):
        self.path = path
        # Where a link leads the report goes, and the link stays.
        self.place = Path(os.path.realpath(path))
        self.beside = self.place.with_name(f".report-{token_hex(8)}")
        self.is_begun = False
        with saying_why(path):
            # A name that no encoding has is written as JSON spells it.
            self.file = self.beside.open(
                "x", encoding="utf-8", errors="backslashreplace"
            )

    def write(self, text):
        self.is_begun = True
        with self.giving_up():
            self.file.write(text)

    def take_place(self):
        """Put what was written on the disk, then under the report's name."""
        with self.giving_up():
            self.file.flush()
            os.fsync(self.file.fileno())
            self.file.close()
            if self.place.exists():
                shutil.copymode(self.place, self.beside)
            self.beside.replace(self.place)

    @contextmanager
    def giving_up(self):
        try:
            with saying_why(self.path):
                yield
        except CommandError:
            self.discard()
            raise

    def discard(self):
        self.is_begun = False
        # Closing writes what is left, and a full disk takes no more of it.
        with suppress(OSError):
            self.file.close()
        self.beside.unlink(missing_ok=True)


@contextmanager
def saying_why(path):
    try:
        yield
    except OSError as error:
        raise cannot_write(path, error.strerror) from error


def cannot_write(path, reason):
    return CommandError(
        f"The report cannot be written to {terminal_safe(str(path))}: {reason}."
    )


def _json(value):
    return json.dumps(value, ensure_ascii=False)
