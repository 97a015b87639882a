import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import ConnectionHandler

from newsroom import sqlite_file
from tests.desk.pictures import photo


def lines_of(caplog):
    """Return what was logged, of which nothing may have a traceback."""
    assert not any(record.exc_info for record in caplog.records)
    return [record.getMessage() for record in caplog.records]


@pytest.mark.django_db
def test_healthy_site_says_ok(client):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.content == b"ok\n"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_missing_migration_is_unhealthy(client, caplog):
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.content == b"Migrations are missing.\n"
    assert lines_of(caplog) == ["GET /healthz: Migrations are missing."]


@pytest.fixture
def elsewhere(monkeypatch, tmp_path):
    """A path of the database at which there is no file."""
    path = str(tmp_path / "missing" / "news.sqlite3")
    database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {"factory": sqlite_file.Connection},
    }
    connection = ConnectionHandler({"default": database})["default"]
    monkeypatch.setattr("newsroom.health.connection", connection)
    return path


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("is_lost", [False, True])
def test_database_that_does_not_answer_is_unhealthy_and_nothing_leaks(
    client, caplog, monkeypatch, elsewhere, is_lost
):
    known, logged = "cannot be reached", "unable to open database file"
    if is_lost:
        monkeypatch.setitem(sqlite_file._pinned, elsewhere, (1, 1))
        known, logged = "to restart the server", "was removed or replaced"
    response = client.get("/healthz")
    assert response.status_code == 503
    assert known in response.text
    assert elsewhere not in response.text
    (line,) = lines_of(caplog)
    assert line.startswith("GET /healthz: ")
    assert logged in line


@pytest.mark.django_db
def test_health_is_only_read(client):
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_pictures_that_are_gone_are_noticed(client, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    assert client.get("/healthz").status_code == 200
    photo()
    assert client.get("/healthz").status_code == 200
    # The folder was taken away, or another disk hangs there.
    settings.MEDIA_ROOT.rename(tmp_path / "elsewhere")
    for _ in range(2):
        response = client.get("/healthz")
        assert response.status_code == 503
        assert response.content == b"The pictures are gone.\n"
        settings.MEDIA_ROOT.mkdir(exist_ok=True)
