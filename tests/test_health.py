import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import ConnectionHandler

from tests.desk.pictures import photo


@pytest.mark.django_db
def test_healthy_site_says_ok(client):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.content == b"ok\n"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_missing_migration_is_unhealthy(client):
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.content == b"Migrations are missing.\n"


@pytest.mark.django_db
def test_database_that_does_not_answer_is_unhealthy_and_nothing_leaks(
    client, caplog, monkeypatch, tmp_path
):
    nowhere = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": tmp_path / "missing" / "news.sqlite3",
    }
    connection = ConnectionHandler({"default": nowhere})["default"]
    monkeypatch.setattr("newsroom.health.connection", connection)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.content == b"The database does not answer.\n"
    assert "unable to open database file" in caplog.text


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
