from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


@pytest.fixture
def picture():
    name = default_storage.save("photos/harbour.avif", ContentFile(b"points"))
    yield f"/media/{name}"
    default_storage.delete(name)


def test_picture_is_served_for_ever_and_as_nothing_but_a_picture(client, picture):
    response = client.get(picture)
    assert response.getvalue() == b"points"
    assert response["Content-Type"] == "image/avif"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not response.cookies


def test_head_tells_the_same_without_the_picture(client, picture):
    response = client.head(picture)
    assert response["Content-Length"] == "6"
    assert response["Content-Type"] == "image/avif"
    assert response.getvalue() == b""


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["html", "svg", "js", "jpg.html", "", "JPG"])
def test_what_is_no_picture_is_not_served(client, ending):
    name = default_storage.save(f"photos/page.{ending}", ContentFile(b"<script>"))
    assert client.get(f"/media/{name}").status_code == 404
    default_storage.delete(name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "nothing.jpg",
        "photos",
        "photos/",
        "../secret_key",
        "photos/../../secret_key",
        "%2e%2e/secret_key",
        "/etc/hosts",
        "harbour.avif/more",
        "a%00b",
        "x" * 300,
    ],
)
def test_what_is_no_upload_is_not_found(client, picture, settings, name):
    Path(settings.DATA_DIR, "secret_key").touch()
    assert client.get(f"/media/{name}").status_code == 404


def test_media_is_only_read(client, picture):
    assert client.post(picture).status_code == 405
