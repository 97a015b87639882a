"""The file that a command is asked to write all details to."""

import json
from contextlib import contextmanager
from dataclasses import asdict
from itertools import chain, repeat

from django.core.management.base import CommandError


def check_writable(path):
    """Say before the work, and not after it, that the report has no place to go."""
    if path is None:
        return
    try:
        path.open("a", encoding="utf-8").close()
    except OSError as error:
        raise CommandError(
            f"The report cannot be written to {path}: {error.strerror}."
        ) from error


@contextmanager
def writing_details(path):
    """Give a function that writes each file's line, and one that ends the report.

    The lines are written as they come: a report of a million files needs no memory,
    and one that was broken off is still JSON.
    """
    if path is None:
        yield (lambda line: None), (lambda report: None)
        return
    ending = []
    with path.open("w", encoding="utf-8") as file:
        file.write('{\n"files": [')
        separators = chain(["\n"], repeat(",\n"))

        def write(line):
            file.write(next(separators) + _json(asdict(line)))

        try:
            yield write, lambda report: ending.append(report.as_json())
        finally:
            file.write("\n]")
            for name, value in (ending[0] if ending else {}).items():
                file.write(f',\n"{name}": {_json(value)}')
            file.write("\n}\n")


def write_report(path, report):
    """Write what `as_json` tells of a report, where a file was asked for."""
    if path:
        text = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
        path.write_text(text, encoding="utf-8")


def _json(value):
    return json.dumps(value, ensure_ascii=False)
