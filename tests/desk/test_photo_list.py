"""Photos are found again at the desk, by those who may see them."""

import pytest
from django.contrib.auth.models import Permission

from articles.desk.photo_list import PAGE
from articles.models import Photo
from articles.story.story import Caption
from tests.builders import make_article
from tests.desk.pictures import change_url, photo, picture, upload

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/photo/add/"
KEEP = "/admin/articles/photo/keep/"
CHOOSE = "/admin/articles/photo/choose/"


def test_photos_are_found_by_words_and_filtered(desk):
    used = photo("navy", "a.jpg", credit="Harbour Desk", alternative_text="A pier.")
    spare = photo("teal", "b.jpg", headline="Cranes")
    make_article(captions=(Caption("The pier.", photo=used.sha256),))

    def found(**query):
        response = desk.get("photo_changelist", **query)
        return set(response.context["cl"].result_list)

    assert found() == {used, spare}
    assert found(q="harbour") == found(use="used") == {used}
    assert found(q="b.jpg") == found(use="unused") == {spare}
    assert found(alternative_text="none") == {spare}
    assert found(alternative_text="some") == {used}


def test_photos_to_choose_from_come_page_by_page(desk):
    photos = [photo((9 * n, 0, 0), f"{n}.jpg") for n in range(PAGE + 2)]
    first = desk.client.get(CHOOSE).json()
    assert [p["name"] for p in first["photos"]] == [
        p.original_name for p in photos[:1:-1]
    ]
    second = desk.client.get(CHOOSE, {"before": first["more"]}).json()
    assert [p["name"] for p in second["photos"]] == ["1.jpg", "0.jpg"]
    assert second["more"] is None
    one = desk.client.get(CHOOSE, {"q": "25.jpg"}).json()
    assert [p["name"] for p in one["photos"]] == ["25.jpg"]


@pytest.mark.parametrize(
    "query",
    [
        {"q": "\0"},
        {"q": "' OR 1=1 --" * 500},
        {"before": "x"},
        {"before": "-1"},
        {"before": "9" * 30},
    ],
)
def test_strange_questions_get_an_answer(desk, query):
    photo()
    assert desk.client.get(CHOOSE, query).status_code == 200


@pytest.mark.parametrize("count", [1, 12])
@pytest.mark.parametrize(
    ("path", "queries"), [("", 4), ("add/", 2), ("choose/", 3), ("{pk}/change/", 5)]
)
def test_screens_ask_the_database_no_more_for_many_photos(
    desk, django_assert_num_queries, path, queries, count
):
    known = photo()
    for n in range(count):
        photo((9 * n, 0, 0))
        make_article(captions=(Caption(f"Pier {n}.", photo=known.sha256),))
    url = f"/admin/articles/photo/{path.format(pk=known.pk)}"
    desk.client.get(url)  # Django reads its types of content once in a process.
    with django_assert_num_queries(queries):
        desk.client.get(url)


@pytest.fixture
def desk_of(client, django_user_model):
    """Return a client whose account may do so much and no more."""

    def log_in(*rights):
        user = django_user_model.objects.create_user("guest", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=rights))
        client.force_login(user)
        return client

    return log_in


def test_who_may_only_look_changes_nothing(desk_of):
    known = photo()
    client = desk_of("view_photo")
    assert client.get(CHOOSE).status_code == 200
    assert client.get(change_url(known)).status_code == 200
    assert client.get(ADD).status_code == 403
    assert client.post(change_url(known), {"caption": "x"}).status_code == 403
    refused = client.post(KEEP, {"file": upload(picture("teal"))}).json()
    assert refused == {"refusal": "You may choose among the photos, but add none."}
    assert Photo.objects.count() == 1


@pytest.mark.parametrize("path", ["", "add/", "choose/"])
def test_who_has_no_right_to_photos_sees_none(desk_of, path):
    photo()
    client = desk_of("change_article")
    assert client.get(f"/admin/articles/photo/{path}").status_code == 403


@pytest.mark.parametrize("path", [ADD, KEEP, CHOOSE, "/admin/articles/photo/"])
def test_strangers_are_asked_to_log_in(client, path):
    assert client.get(path).url.startswith("/admin/login/")


def test_scripts_ask_in_the_right_way_only(desk):
    assert desk.client.get(KEEP).status_code == 405
    assert desk.client.post(CHOOSE).status_code == 405
