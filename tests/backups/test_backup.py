"""A backup is what stood there at one moment, or there is none."""

import os
import stat
from io import StringIO
from pathlib import Path
from threading import Event, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import Photo
from articles.store import Change, write
from articles.store.photos import delete_photo
from newsroom.backups import backup
from newsroom.backups.archive import BackupRefused
from newsroom.backups.backup import make_backup
from newsroom.backups.restore import restore_backup
from tests.builders import make_article, make_story
from tests.desk.pictures import photo

pytestmark = pytest.mark.django_db

HEADLINES = "SELECT id, headline FROM articles_article"
PHOTOS = "SELECT sha256, file, credit FROM articles_photo"


def back_up(file):
    out, err = StringIO(), StringIO()
    call_command("backup", str(file), stdout=out, stderr=err)
    return out.getvalue() + err.getvalue()


def refusal(file):
    with pytest.raises(CommandError) as refused:
        back_up(file)
    assert str(refused.value).endswith("No backup was made.")
    return str(refused.value)


def test_what_was_backed_up_is_restored_whole(here, there, tmp_path):
    make_article(headline="Ferry sails again")
    photo(size=(330, 20), credit="Nida Khan")
    files, stories, photos = here.files(), here.all(HEADLINES), here.all(PHOTOS)
    said = back_up(tmp_path / "monday.tar")
    assert "Stories: 1; files of pictures: 10;" in said
    assert "lost" not in said
    there.enter()
    manifest = restore_backup(tmp_path / "monday.tar", there.database)
    assert manifest.stories == 1
    assert there.files() == files
    assert there.all(HEADLINES) == stories
    assert there.all(PHOTOS) == photos


@pytest.mark.once
def test_nobody_else_may_read_a_backup_and_nothing_lies_beside_it(here, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    back_up(folder / "monday.tar")
    assert [path.name for path in folder.iterdir()] == ["monday.tar"]
    assert stat.S_IMODE((folder / "monday.tar").stat().st_mode) == 0o600


def test_a_backup_during_writes_is_a_state_that_was(here, there, tmp_path):
    """Two stories always say the same number: a mixed state would have two."""
    pair = [make_article(headline="0"), make_article(headline="0", body="<p>B.</p>")]
    is_over, numbers = Event(), []

    def write_on():
        try:
            while not is_over.is_set():
                numbers.append(len(numbers) + 1)
                story = make_story(headline=str(numbers[-1]))
                write([Change(story, article.pk) for article in pair], None, "edit")
        finally:
            connection.close()

    writer = Thread(target=write_on)
    writer.start()
    try:
        while len(numbers) < 3:
            assert writer.is_alive()
        before = numbers[-1] - 1
        make_backup(tmp_path / "now.tar", here.database)
        after = numbers[-1]
    finally:
        is_over.set()
        writer.join()
    restore_backup(tmp_path / "now.tar", there.enter().database)
    (one,) = {int(headline) for _, headline in there.all(HEADLINES)}
    assert before <= one <= after
    assert there.all("SELECT max(number) FROM articles_revision")[0][0] == one + 1


def test_a_photo_deleted_behind_the_copy_of_the_database_is_in_no_backup(
    here, there, tmp_path, monkeypatch
):
    photo("navy", size=(330, 20))
    gone = photo("teal", size=(330, 20))
    walk, walks = backup.names_of_pictures, []

    def walk_on():
        walks.append(1)
        # The first is for the room they take.
        if len(walks) == 2:
            delete_photo(gone)
        return walk()

    monkeypatch.setattr(backup, "names_of_pictures", walk_on)
    manifest = make_backup(tmp_path / "now.tar", here.database)
    assert len(walks) == 4
    assert not manifest.lost
    files = here.files()
    restore_backup(tmp_path / "now.tar", there.enter().database)
    assert there.files() == files
    assert len(there.all(PHOTOS)) == 1


def test_a_photo_that_comes_while_another_goes_is_whole(
    here, there, tmp_path, monkeypatch
):
    """Its files are there before its row, and not whole at once."""
    gone, late = (photo(color, size=(330, 20)) for color in ("navy", "teal"))
    path = here.folder / "media" / late.file.name
    whole, copies = path.read_bytes(), []
    path.write_bytes(whole[:50])
    Photo.objects.filter(pk=late.pk).delete()
    copy = here.database.copy

    def copy_on(to):
        if copies:
            path.write_bytes(whole)
            late.save(force_insert=True)
        copies.append(copy(to))
        if len(copies) == 1:
            delete_photo(gone)
        return copies[-1]

    monkeypatch.setattr(here.database, "copy", copy_on)
    manifest = make_backup(tmp_path / "now.tar", here.database)
    assert len(copies) == 2
    assert not manifest.lost
    restore_backup(tmp_path / "now.tar", there.enter().database)
    assert there.files()[f"media/{late.file.name}"] == whole


@pytest.mark.once
@pytest.mark.parametrize("how", ["lost", "damaged"])
def test_a_picture_that_was_lost_before_is_named(here, tmp_path, how):
    name = photo(size=(330, 20)).file.name
    path = here.folder / "media" / name
    path.unlink() if how == "lost" else path.write_bytes(b"x")
    assert f"are so in the backup: {name}." in back_up(tmp_path / "now.tar")


@pytest.mark.once
def test_a_backup_that_is_there_is_not_written_over(here, tmp_path):
    (tmp_path / "monday.tar").write_text("Monday's")
    assert "already exists" in refusal(tmp_path / "monday.tar")
    assert (tmp_path / "monday.tar").read_text() == "Monday's"


def no_links(*_):
    raise PermissionError(1, "Operation not permitted")


@pytest.mark.once
@pytest.mark.parametrize("link", [os.link, no_links])
def test_a_file_that_comes_meanwhile_is_not_written_over(
    here, tmp_path, monkeypatch, link
):
    check = backup.ArchiveReader.check

    def check_on(archive):
        (tmp_path / "monday.tar").write_text("Monday's")
        return check(archive)

    monkeypatch.setattr(os, "link", link)
    assert "found whole" in back_up(tmp_path / "sunday.tar")
    monkeypatch.setattr(backup.ArchiveReader, "check", check_on)
    assert "already exists" in refusal(tmp_path / "monday.tar")
    assert (tmp_path / "monday.tar").read_text() == "Monday's"


@pytest.mark.once
def test_a_backup_has_no_place_among_what_may_be_lost_with_it(here, tmp_path):
    assert "would be lost with it" in refusal(here.folder / "monday.tar")
    assert "There is no folder" in refusal(tmp_path / "nowhere" / "monday.tar")


@pytest.mark.once
def test_room_is_looked_for_before_anything_is_written(here, tmp_path, monkeypatch):
    monkeypatch.setattr(backup, "SPARE", 1 << 60)
    assert "not enough room in" in refusal(tmp_path / "monday.tar")
    assert not list(tmp_path.glob("*monday*")) + list(tmp_path.glob(".backup-*"))


@pytest.mark.once
@pytest.mark.parametrize(
    ("fail", "why"),
    [
        (OSError(28, "No space left on device"), r".* Make room there\."),
        (KeyboardInterrupt(), r"Stopped\."),
    ],
)
def test_what_ends_half_way_leaves_nothing(here, tmp_path, monkeypatch, fail, why):
    photo(size=(330, 20))

    def fail_at_once(*_):
        raise fail

    monkeypatch.setattr(backup, "matches_its_name", fail_at_once)
    with pytest.raises(CommandError, match=rf"^{why} No backup was made\.$"):
        back_up(tmp_path / "monday.tar")
    assert not list(tmp_path.glob("*monday*")) + list(tmp_path.glob(".backup-*"))


@pytest.mark.once
def test_a_backup_that_reads_otherwise_than_it_was_written_is_none(
    here, tmp_path, monkeypatch
):
    """A disk may keep other bytes than it was given."""
    check = backup.ArchiveReader.check

    def turn_a_bit(archive):
        data = bytearray(archive.path.read_bytes())
        data[len(data) // 2] ^= 1
        archive.path.write_bytes(data)
        return check(archive)

    monkeypatch.setattr(backup.ArchiveReader, "check", turn_a_bit)
    assert "is not a sound backup" in refusal(tmp_path / "monday.tar")
    assert not list(tmp_path.glob("*monday*")) + list(tmp_path.glob(".backup-*"))


@pytest.mark.once
def test_of_a_damaged_database_there_is_no_backup(here, there, tmp_path):
    """SQLite's own check reads every page; PostgreSQL's programs fail by themselves."""
    make_backup(tmp_path / "whole.tar", here.database)
    restore_backup(tmp_path / "whole.tar", there.enter().database)
    with (there.folder / "newsroom.sqlite3").open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"x" * 4096 * 20)
    with pytest.raises(BackupRefused, match="The database"):
        make_backup(tmp_path / "damaged.tar", there.database)
    assert not list(tmp_path.glob("*damaged*"))
    assert not list(tmp_path.glob(".backup-*"))


def old_program(folder):
    program = folder / "old" / "pg_dump"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
    program.chmod(0o700)
    return str(program)


@pytest.mark.parametrize(
    ("find", "reason"),
    [
        (lambda folder: str(folder / "no" / "pg_dump"), "was not found: install"),
        (old_program, "is from PostgreSQL 9, and the server runs PostgreSQL"),
    ],
)
def test_programs_are_looked_for_before_anything_is_written(
    here, tmp_path, settings, find, reason
):
    settings.PG_DUMP = find(tmp_path)
    if connection.vendor == "sqlite":
        assert "found whole" in back_up(tmp_path / "needs-no-program.tar")
    else:
        assert reason in refusal(tmp_path / "monday.tar")
        assert not list(tmp_path.glob("*monday*")) + list(tmp_path.glob(".backup-*"))


def test_programs_are_told_no_option_that_only_newer_ones_know(
    here, tmp_path, settings
):
    """psycopg brings a libpq of its own, which may be newer than the server's."""
    for name in ("pg_dump", "pg_restore"):
        program = tmp_path / name
        own = Path(settings.PG_DUMP).with_name(name)
        program.write_text(
            "#!/bin/sh\n"
            "case $* in *ssl*) echo 'invalid connection option' >&2; exit 1;; esac\n"
            f'exec "{own}" "$@"\n'
        )
        program.chmod(0o700)
    settings.PG_DUMP = str(tmp_path / "pg_dump")
    assert "found whole" in back_up(tmp_path / "monday.tar")
