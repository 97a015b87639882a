from base64 import urlsafe_b64decode
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles.models import Photo
from articles.store.photos import change_photo, save_photo, withdraw_photo
from articles.store.roles import give_role
from articles.story.story import Caption
from newsroom.media import HEADERS
from tests.builders import NOON, make_article, make_photo
from tests.pictures.files import make_file

pytestmark = pytest.mark.django_db

FOLDER = "photos/ab/cdef01234567-0123456789ab"
NAME = "0123456789abcdef" * 2
# The folder's last figures and the name's first, six bytes each.
ADDRESS = "ASNFZ4mrASNFZ4mr"
SERVED = (200, "public, max-age=31536000, immutable")
GONE = (410, "private, no-store")


@pytest.fixture
def picture():
    name = default_storage.save(f"{FOLDER}/{NAME}.avif", ContentFile(b"points"))
    yield make_photo(file=name, code=ADDRESS[:8]).original_url
    default_storage.delete(name)


def test_name_of_a_picture_has_96_bits_and_at_most_24_signs(picture):
    assert picture == f"/media/{ADDRESS}.avif"
    assert len(f"{ADDRESS}.avif") <= 24
    assert len(urlsafe_b64decode(ADDRESS)) * 8 == 96


def test_former_name_leads_to_the_picture_for_ever(client, picture):
    response = client.get(f"/media/{FOLDER}/{NAME}.avif")
    assert (response.status_code, response["Location"]) == (301, picture)
    lost = f"/media/{FOLDER}/{NAME[::-1]}.avif"
    assert client.get(lost).status_code == 404


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


def test_who_has_the_picture_gets_an_empty_304_under_its_own_rules(client, picture):
    sent = client.get(picture)
    sent.getvalue()
    for condition in (
        {"if-none-match": sent["ETag"]},
        {"if-modified-since": sent["Last-Modified"]},
    ):
        for ask in (client.get, client.head):
            answer = ask(picture, headers=condition)
            assert (answer.status_code, answer.content) == (304, b"")
            for name in ("ETag", "Last-Modified", *HEADERS):
                assert answer[name] == sent[name]
    assert client.get(picture, headers={"if-none-match": '"other"'}).getvalue()


def test_a_picture_withdrawn_is_gone_for_whoever_has_it(client, story):
    address = addresses(Photo.objects.get())[0]
    held = {"if-none-match": f'"{address.removeprefix("/media/")}"'}
    assert client.get(address, headers=held).status_code == 410


@pytest.mark.parametrize("ending", ["html", "svg", "js", "jpg.html", "", "JPG"])
def test_what_is_no_picture_is_not_served(client, ending):
    name = f"{FOLDER}/{NAME}.{ending}"
    name = default_storage.save(name, ContentFile(b"<script>"))
    make_photo(file=name, code=ADDRESS[:8])
    for address in (name, f"{ADDRESS}.{ending}"):
        assert client.get(f"/media/{address}").status_code == 404
    default_storage.delete(name)


@pytest.mark.parametrize(
    "name",
    [
        "nothing.jpg",
        f"{ADDRESS[::-1]}.avif",
        f"{ADDRESS[:8]}{ADDRESS[::-1][:8]}.avif",
        f"{ADDRESS}.webp",
        f"{ADDRESS}.AVIF",
        f"{ADDRESS}.avif/more",
        f"./{ADDRESS}.avif",
        f"{FOLDER}/{NAME[::-1]}.avif",
        f"{FOLDER}/../cdef01234567-0123456789ab/{NAME}.avif",
        f"{FOLDER}/./{NAME}.avif",
        f"{FOLDER}//{NAME}.avif",
        f"{FOLDER.upper()}/{NAME}.avif",
        f"{FOLDER}/{NAME}.AVIF",
        "photos",
        "photos/",
        "../secret_key",
        "photos/../../secret_key",
        "%2e%2e/secret_key",
        "/etc/hosts",
        f"{FOLDER}/{NAME}.avif/more",
        "a%00b",
        "x" * 300,
    ],
)
def test_what_is_no_upload_is_not_found(client, picture, settings, name):
    Path(settings.DATA_DIR, "secret_key").touch()
    assert client.get(f"/media/{name}").status_code == 404


def test_media_is_only_read(client, picture):
    assert client.post(picture).status_code == 405


def test_share_card_has_the_address_of_its_story_alone(client, settings, tmp_path):
    """Under a file's name it would be there when its story is not."""
    settings.MEDIA_ROOT = tmp_path
    article = make_article()
    assert client.get(f"{article.short_url}.png").status_code == 200
    (card,) = tmp_path.rglob("*.png")
    assert client.get(f"/media/{card.relative_to(tmp_path)}").status_code == 404


def addresses(photo):
    sizes = [size for size in photo.renditions if size["use"] != "arrived"]
    return [photo.original_url, *map(photo.url_of, sizes)]


def answers(client, addresses):
    """Return how all the addresses answer GET and HEAD, and how it may be kept."""
    found = set()
    for ask in (client.get, client.head):
        for response in map(ask, addresses):
            response.getvalue()
            found.add((response.status_code, response["Cache-Control"]))
    return found


# So large that it is cut for links, too; making its sizes takes time.
LARGE = pytest.mark.parametrize("size", [(800, 450)])


@pytest.fixture
def size():
    return 64, 40


@pytest.fixture
def story(settings, tmp_path, size):
    """A story that was withdrawn, and then its picture."""
    settings.MEDIA_ROOT = tmp_path
    photo, _ = save_photo(make_file(size=size), "pier.jpg")
    article = make_article(
        status="withdrawn", captions=(Caption("A pier", photo=photo.sha256),)
    )
    withdraw_photo(photo, NOON)
    return article


def test_picture_as_it_came_has_no_address(client, story):
    photo = Photo.objects.get()
    withdraw_photo(photo, None)
    for address in (photo.url_of(photo.arrived), f"/media/{photo.arrived['name']}"):
        for ending in (".bin", ".jpg"):
            asked = address.replace(".bin", ending)
            assert client.get(asked).status_code == 404
            assert client.get(asked.replace("arrived", "photos")).status_code == 404


@LARGE
def test_withdrawn_photo_is_gone_at_each_of_its_addresses(client, story):
    photo = Photo.objects.get()
    other, _ = save_photo(make_file(size=(40, 64)), "other.jpg")
    assert answers(client, addresses(other)) == {SERVED}
    assert answers(client, addresses(photo)) == {GONE}
    withdraw_photo(photo, None)
    assert answers(client, addresses(photo)) == {SERVED}


@LARGE
def test_sizes_that_were_replaced_are_gone_too(client, story):
    photo = Photo.objects.get()
    before = addresses(photo)
    change_photo(photo, credit="Harbour Desk")
    assert set(addresses(photo)) != set(before)
    assert answers(client, before) == {GONE}


@pytest.mark.parametrize(
    ("parts", "answer"),
    [
        ({}, SERVED),
        ({"status": "draft"}, GONE),
        ({"status": "in_review"}, GONE),
        ({"embargo_until": datetime(2200, 1, 1, tzinfo=UTC)}, GONE),
        ({"published_at": datetime(2200, 1, 1, tzinfo=UTC)}, GONE),
        ({"expires_at": NOON}, GONE),
    ],
)
def test_readers_have_a_withdrawn_photo_while_a_public_story_shows_it(
    client, story, parts, answer
):
    photo = Photo.objects.get()
    make_article(captions=(Caption("Again", photo=photo.sha256),), **parts)
    assert answers(client, addresses(photo)) == {answer}


@pytest.mark.parametrize(
    ("role", "answer"), [("reporter", (200, "private, no-store")), (None, GONE)]
)
def test_withdrawn_photo_is_seen_at_the_desk(
    client, story, django_user_model, role, answer
):
    user = django_user_model.objects.create_user("nida")
    if role:
        give_role(user, role)
    client.force_login(user)
    assert answers(client, [Photo.objects.get().original_url]) == {answer}


@pytest.mark.parametrize("is_withdrawn", [True, False])
def test_picture_asks_the_database_once(
    client, story, django_assert_num_queries, is_withdrawn
):
    photo = Photo.objects.get()
    withdraw_photo(photo, NOON if is_withdrawn else None)
    with django_assert_num_queries(1):
        client.get(photo.original_url).getvalue()
