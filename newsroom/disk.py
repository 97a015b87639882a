"""Make sure that a file is still there, and whole, after a power cut.

A file's content and its name are kept by two syncs: the name stands in the folder.
"""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Return when the disk has the content of a file, or the names in a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folders(folder: Path, top: Path) -> None:
    """Sync a folder and those above it, to the one in which the top itself is named.

    Somebody else may just have made one of them, and not have synced it yet.
    """
    for place in (folder, *folder.parents):
        sync(place)
        if place == top.parent:
            break
