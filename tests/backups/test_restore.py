"""A backup is restored into an empty place, whole or not at all."""

import pytest
from django.db.migrations.recorder import MigrationRecorder

from newsroom.backups import restore
from newsroom.backups.archive import BackupRefused
from newsroom.backups.backup import make_backup
from newsroom.backups.restore import restore_backup
from tests.builders import make_article
from tests.desk.pictures import photo

pytestmark = pytest.mark.django_db

HEADLINES = "SELECT headline FROM articles_article"


@pytest.fixture
def file(here, tmp_path):
    """A backup of a newspaper with a story and a photo."""
    make_article(headline="Ferry sails again")
    photo(size=(330, 20))
    make_backup(tmp_path / "monday.tar", here.database)
    return tmp_path / "monday.tar"


def refusal(file, there, **options):
    with pytest.raises(BackupRefused) as refused:
        restore_backup(file, there.database, **options)
    return str(refused.value)


def spoil_a_byte(data):
    data[len(data) // 3] ^= 4


def cut_off(data):
    del data[-9000:]


@pytest.mark.once
@pytest.mark.parametrize("spoil", [spoil_a_byte, cut_off, bytearray.clear])
def test_of_a_damaged_backup_nothing_is_restored(file, there, spoil):
    data = bytearray(file.read_bytes())
    spoil(data)
    file.write_bytes(data)
    assert "is not a sound backup" in refusal(file, there.enter())
    assert there.is_untouched()


def test_of_another_version_nothing_is_restored(here, there, tmp_path):
    recorder = MigrationRecorder(here.connection)
    recorder.record_applied("articles", "9999_add_a_future")
    make_backup(tmp_path / "newer.tar", here.database)
    recorder.record_unapplied("articles", "9999_add_a_future")
    recorder.record_unapplied("sessions", "0001_initial")
    make_backup(tmp_path / "older.tar", here.database)
    recorder.record_applied("sessions", "0001_initial")
    there.enter()
    said = refusal(tmp_path / "newer.tar", there)
    assert "a newer version (articles.9999_add_a_future is not known here)" in said
    said = refusal(tmp_path / "older.tar", there)
    assert "an older version (sessions.0001_initial is missing in it)" in said
    assert there.is_untouched()
    restore_backup(tmp_path / "older.tar", there.database, is_migrated=True)
    assert not there.database.is_empty()


@pytest.mark.once
def test_of_another_kind_of_database_nothing_is_restored(file, there, monkeypatch):
    monkeypatch.setattr(there.database, "kind", "Another")
    assert "DATABASE_URL points to Another" in refusal(file, there.enter())
    assert there.is_untouched()


def test_nothing_is_written_over(file, here, there):
    assert "A database is already there" in refusal(file, here)
    there.enter()
    picture = there.folder / "media" / "photos" / "one.jpg"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"One.")
    assert "Pictures in" in refusal(file, there)
    assert picture.read_bytes() == b"One."
    assert there.database.is_empty()


@pytest.mark.once
def test_room_is_looked_for_before_anything_is_written(file, there, monkeypatch):
    monkeypatch.setattr(restore, "SPARE", 1 << 60)
    assert "not enough room in" in refusal(file, there.enter())
    assert there.is_untouched()


@pytest.mark.once
def test_what_fails_half_way_leaves_the_place_empty(file, there, monkeypatch):
    def fail(copy, rows):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(there.database, "restore", fail)
    with pytest.raises(OSError, match="No space left"):
        restore_backup(file, there.enter().database)
    assert not [path for path in there.folder.glob("media/**/*") if path.is_file()]
    monkeypatch.undo()
    restore_backup(file, there.database)
    assert there.all(HEADLINES) == [("Ferry sails again",)]


def test_where_rows_are_missing_nothing_is_restored(file, there, monkeypatch):
    read = restore.ArchiveReader.check

    def promise_more(archive):
        manifest = read(archive)
        return manifest._replace(rows=manifest.rows | {"articles_article": 2})

    monkeypatch.setattr(restore.ArchiveReader, "check", promise_more)
    assert "is not what was copied: ['articles_article']" in refusal(
        file, there.enter()
    )
    assert there.database.is_empty()
    assert list(there.files()) == ["secret_key"]
    monkeypatch.undo()
    restore_backup(file, there.database)
    assert there.all(HEADLINES) == [("Ferry sails again",)]


@pytest.mark.once
def test_an_old_log_of_a_lost_database_is_not_read(file, there):
    """SQLite would take it for the restored one's own."""
    there.enter()
    (there.folder / "newsroom.sqlite3-wal").write_bytes(b"old")
    restore_backup(file, there.database)
    assert there.all(HEADLINES) == [("Ferry sails again",)]
