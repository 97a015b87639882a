"""The file that a command is asked to write all details to.

It is written under another name beside it and renamed when it is complete, so that
nothing a command reads is ever opened for writing, and a report that fails leaves the
one before it as it was.
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
    """Refuse, before any work, a report that cannot be written or would hit a source.

    A source is recognised by its file, whatever link, case or spelling leads to it.
    """
    if path is None:
        return
    target = Path(os.path.realpath(path))
    with explaining_failure(path):
        if os.path.lexists(target) and not target.is_file():
            raise cannot_write(path, "there is a folder or device of that name")
        if would_find(sources, target, kind):
            raise cannot_write(path, "it is, or would be, one of the files to be read")
        if any(target.is_relative_to(own) for own in files_of_the_newspaper()):
            raise cannot_write(path, "it is one of the newspaper's own files")
        if target.exists() and not os.access(target, os.W_OK):
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
            draft.replace_report()
        draft.discard()


def write_report(path, report):
    """Write a report as JSON, where a file was asked for."""
    if path:
        draft = Draft(path)
        draft.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        draft.replace_report()


class Draft:
    """A new file beside the report, hidden from those who look for sources."""

    def __init__(self, path):
        self.path = path
        # Where a link leads the report goes, and the link stays.
        self.target = Path(os.path.realpath(path))
        self.draft_path = self.target.with_name(f".report-{token_hex(8)}")
        self.is_begun = False
        with explaining_failure(path):
            # A name that no encoding has is written as JSON spells it.
            self.file = self.draft_path.open(
                "x", encoding="utf-8", errors="backslashreplace"
            )

    def write(self, text):
        self.is_begun = True
        with self.discarding_on_failure():
            self.file.write(text)

    def replace_report(self):
        """Put what was written on the disk, then under the report's name."""
        with self.discarding_on_failure():
            self.file.flush()
            os.fsync(self.file.fileno())
            self.file.close()
            if self.target.exists():
                shutil.copymode(self.target, self.draft_path)
            self.draft_path.replace(self.target)

    @contextmanager
    def discarding_on_failure(self):
        try:
            with explaining_failure(self.path):
                yield
        except CommandError:
            self.discard()
            raise

    def discard(self):
        self.is_begun = False
        # Closing writes what is left, and a full disk takes no more of it.
        with suppress(OSError):
            self.file.close()
        self.draft_path.unlink(missing_ok=True)


@contextmanager
def explaining_failure(path):
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
