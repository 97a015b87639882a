"""The folder of all that a newspaper owns: nobody else may look into it."""

import os
import stat
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

# What is the newspaper's there; from anything else it keeps its hands off.
OWN = ("newsroom.sqlite3*", "secret_key*", "media", "static", "uploads")


def keep_to_itself(folder):
    """Let nobody but its owner look into the folder, and at what this process makes.

    What lies in a folder that is closed is closed with it: only one that others may
    look into, as every one of an older version, is walked through.
    """
    os.umask(0o077)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "uploads").mkdir(exist_ok=True)
    mode = folder.stat().st_mode
    if mode & stat.S_ISVTX:
        raise ImproperlyConfigured(
            f"DATA_DIR is {folder}, which others use too: name a folder of its own."
        )
    if mode & 0o077:
        try:
            for pattern in OWN:
                for path in folder.glob(pattern):
                    close(path)
            # Last, so that a walk that was broken off begins again.
            folder.chmod(0o700)
        except PermissionError as error:
            raise ImproperlyConfigured(
                f"Others may look into {error.filename} in DATA_DIR, and it belongs to "
                "another user: give it to the one that runs the newspaper."
            ) from error


def close(path):
    """Let nobody but its owner read a file, or a folder and all that is in it."""
    if path.is_file():
        path.chmod(0o600)
    for folder, _folders, files in os.walk(path):
        Path(folder).chmod(0o700)
        for file in files:
            Path(folder, file).chmod(0o600)
