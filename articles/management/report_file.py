"""The file that a command is asked to write all details to."""

import json

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


def write_report(path, report):
    """Write what `as_json` tells of a report, where a file was asked for."""
    if path:
        text = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
        path.write_text(text, encoding="utf-8")
