"""Make a backup: database first, then pictures and secret key; then read it again."""

import os
import shutil
from contextlib import suppress
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.utils import timezone

from newsroom.backups.archive import (
    DATABASE,
    PICTURES,
    SECRET_KEY,
    ArchiveReader,
    ArchiveWriter,
    BackupRefused,
    Manifest,
)
from newsroom.durable_files import sync, temporary_folder

# What a backup takes beside what it copies: names, hashes and gaps.
SPARE = 16 << 20


def make_backup(path, database, progress=lambda done, total: None):
    """Back everything up, and return what the backup says of itself.

    Only what was read again and found whole gets its name.
    """
    path = path.absolute()
    require_free_path(path)
    database.require_programs()
    require_room(path.parent, database.bytes_needed() + size_of_pictures() + SPARE)
    with temporary_folder(path.parent, ".backup-") as folder:
        draft, copy = folder / "archive", folder / DATABASE
        draft.touch(0o600)
        with draft.open("wb") as file, ArchiveWriter(file) as archive:
            write_archive(archive, database, copy, progress)
        manifest = ArchiveReader(draft).check()
        name_backup(draft, path)
        sync(path.parent)
    return manifest


def write_archive(archive, database, copy, progress):
    """Write all files of the newspaper, and what the backup says of itself.

    A photo that is deleted behind the copy of the database, which still knows it, may
    be gone before it is copied. So where files are missing the database is copied
    again, until it misses none, or none but those it has missed before. Files that it
    does not know come last: they may be half written, and known a moment later.
    """
    hashes, missing = {}, None
    while True:
        contents = database.copy(copy)
        known = contents.pictures.intersection(names_of_pictures())
        add_pictures(archive, hashes, known, progress)
        before, missing = missing, contents.pictures - hashes.keys()
        if not missing or missing == before:
            break
    add_pictures(archive, hashes, names_of_pictures(), progress)
    archive.add(DATABASE, copy)
    with suppress(FileNotFoundError):
        archive.add(SECRET_KEY, settings.DATA_DIR / SECRET_KEY)
    lost = missing | {
        name
        for name in contents.pictures & hashes.keys()
        if not matches_its_name(name, hashes[name])
    }
    archive.end(
        Manifest(
            made_at=timezone.now().isoformat(timespec="seconds"),
            database=database.kind,
            migrations=contents.migrations,
            rows=contents.rows,
            files=len(hashes),
            lost=sorted(lost),
        )
    )


def add_pictures(archive, hashes, names, progress):
    """Add those pictures that are not in the archive yet, and note their hashes."""
    names = [name for name in names if name not in hashes]
    for done, name in enumerate(names, start=1):
        # Deleted just now, it may be one that nothing needs.
        with suppress(FileNotFoundError):
            path = settings.MEDIA_ROOT / name
            hashes[name] = archive.add(f"{PICTURES}{name}", path)
        progress(done, len(names))


def names_of_pictures():
    root = settings.MEDIA_ROOT
    for folder, _folders, files in os.walk(root):
        for file in files:
            yield Path(folder, file).relative_to(root).as_posix()


def matches_its_name(name, digest):
    """Tell whether a picture's content is what its name says."""
    return PurePosixPath(name).name.startswith(digest[:32])


def size_of_pictures():
    size = 0
    for name in names_of_pictures():
        with suppress(FileNotFoundError):
            size += (settings.MEDIA_ROOT / name).stat().st_size
    return size


def name_backup(draft, path):
    """Give a file its name, unless another has it meanwhile."""
    try:
        path.hardlink_to(draft)
    except OSError:
        # It is taken, or the disk knows no second names, as many a memory stick.
        require_free(path)
        draft.rename(path)


def require_free(path):
    if os.path.lexists(path):
        raise BackupRefused(f"{path} already exists: name a file that does not.")


def require_free_path(path):
    require_free(path)
    if not path.parent.is_dir():
        raise BackupRefused(f"There is no folder {path.parent}.")
    if path.resolve().is_relative_to(settings.DATA_DIR.resolve()):
        raise BackupRefused(
            f"{path} is in DATA_DIR and would be lost with it: name another place."
        )


def require_room(folder, needed):
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BackupRefused(
            f"There is not enough room in {folder}: up to {megabytes(needed)} is "
            f"needed, and {megabytes(free)} is free."
        )


def megabytes(size):
    return f"{size / 1e6:,.0f} MB"
