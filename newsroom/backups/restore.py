"""Bring a backup back into an empty place; it is checked before anything is written."""

import os
import shutil
from contextlib import ExitStack

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from newsroom.backups.archive import (
    BLOCK,
    DATABASE,
    PICTURES,
    SECRET_KEY,
    ArchiveReader,
    BackupRefused,
)
from newsroom.backups.backup import SPARE, names_of_pictures, require_room
from newsroom.durable_files import temporary_folder

OCCUPIED = (
    "{what} already there, and a backup can only be restored into an empty install: "
    "name another DATA_DIR (on PostgreSQL another database too), or move what is "
    "there."
)
NEWER = (
    "The backup was made by a newer version ({first} is not known here): restore it "
    "with that version, or update this one first."
)
OLDER = (
    "The backup was made by an older version ({first} is missing in it): restore it "
    "with that version, or with --migrate."
)
OTHER_KIND = (
    "The backup is of a {backup} database, and DATABASE_URL points to {here}: point "
    "it to {backup}."
)


def restore_backup(
    path, database, *, is_migrated=False, progress=lambda done, total: None
):
    """Restore a backup, and return what it says of itself.

    One of an older version is refused, unless it is migrated afterwards.
    """
    archive = ArchiveReader(path.absolute())
    manifest = archive.check()
    require_fitting(manifest, database, is_migrated)
    require_empty(database)
    database.require_programs()
    require_room(settings.DATA_DIR, archive.path.stat().st_size + SPARE)
    with temporary_folder(settings.DATA_DIR, ".restore-") as new:
        unpack(archive, new, manifest.files, progress)
        os.sync()
        with ExitStack() as undo:
            move_pictures(new / PICTURES, undo)
            database.restore(new / DATABASE, manifest.rows)
            undo.pop_all()
        if (new / SECRET_KEY).exists():
            (new / SECRET_KEY).replace(settings.DATA_DIR / SECRET_KEY)
    os.sync()
    return manifest


def require_fitting(manifest, database, is_migrated):
    """Refuse a backup of another kind of database, or of another version."""
    if manifest.database != database.kind:
        names = {"backup": manifest.database, "here": database.kind}
        raise BackupRefused(OTHER_KIND.format(**names))
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = set(map(".".join, loader.disk_migrations))
    applied = set(manifest.migrations)
    if newer := applied - known:
        raise BackupRefused(NEWER.format(first=min(newer)))
    if (older := known - applied) and not is_migrated:
        raise BackupRefused(OLDER.format(first=min(older)))


def require_empty(database):
    if not database.is_empty():
        raise BackupRefused(OCCUPIED.format(what="A database is"))
    if any(names_of_pictures()):
        raise BackupRefused(
            OCCUPIED.format(what=f"Pictures in {settings.MEDIA_ROOT} are")
        )


def unpack(archive, to, total, progress):
    """Write the files of an archive below a folder; it is checked once more."""
    (to / PICTURES).mkdir()
    for done, (name, content) in enumerate(archive.files(), start=1):
        path = to / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            shutil.copyfileobj(content, file, BLOCK)
        progress(min(done, total), total)


def move_pictures(folder, undo):
    """Move the pictures to their place, and away again if what follows fails."""
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    for new in folder.iterdir():
        target = settings.MEDIA_ROOT / new.name
        undo.callback(shutil.rmtree, target, ignore_errors=True)
        # What is there is empty: a folder without any file.
        shutil.rmtree(target, ignore_errors=True)
        shutil.move(new, target)
