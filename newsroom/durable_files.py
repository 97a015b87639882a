"""Files that after a power cut are there and whole, or not there at all.

A file's content and its name are kept by two syncs: the name stands in the folder.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def temporary_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """Give a folder that is removed at the end, after those of killed processes.

    The system lets go of the lock of a process that was killed.
    """
    for folder in parent.glob(f"{prefix}*"):
        with suppress(OSError), _locked(folder):
            shutil.rmtree(folder)
    with TemporaryDirectory(dir=parent, prefix=prefix) as name, _locked(Path(name)):
        yield Path(name)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


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
    for each in (folder, *folder.parents):
        sync(each)
        if each == top.parent:
            break
