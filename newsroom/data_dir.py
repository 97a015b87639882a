"""DATA_DIR, the folder of all that a newspaper owns: nobody else may read it."""

import os
import stat
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

# The newspaper's own files there; it changes no others.
OWN = ("newsroom.sqlite3*", "secret_key*", "media", "static", "uploads")


def close_to_others(folder):
    """Let only its owner read the folder, and what this process will make.

    What lies in a closed folder is closed with it: only a folder that others may read,
    as every one of an older version, is walked through.
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
                    close_file_or_folder(path)
            # Last, so that a walk that was broken off begins again.
            folder.chmod(0o700)
        except PermissionError as error:
            raise ImproperlyConfigured(
                f"Others can look into {error.filename} in DATA_DIR, and it belongs to "
                "another user: give it to the user that runs the newspaper."
            ) from error


def close_file_or_folder(path):
    """Let nobody but its owner read a file, or a folder and all that is in it."""
    if path.is_file():
        path.chmod(0o600)
    for folder, _folders, files in os.walk(path):
        Path(folder).chmod(0o700)
        for file in files:
            Path(folder, file).chmod(0o600)
