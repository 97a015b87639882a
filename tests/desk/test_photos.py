"""A photo is described at the desk, and goes only when nothing shows it."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission

from articles.desk.photos import PER_PAGE
from articles.models import Photo
from articles.store import photos as store_photos
from articles.store.photos import change_photo, delete_photo
from articles.story.story import Caption
from tests.builders import make_article
from tests.desk.accounts import client_of, make_account
from tests.desk.pictures import (
    HOSTILE,
    change_url,
    photo,
    picture,
    shown,
    upload,
    values_of,
)
from tests.pictures.files import HEIC

pytestmark = pytest.mark.django_db


def test_a_photo_saved_unchanged_stays_as_it_is(desk):
    known = photo(
        headline=HOSTILE,
        caption="كابل: المبعوث",
        web_statement="https://example.com/rights",
        digital_source_type="https://example.com/own-term",
    )
    before = Photo.objects.values().get()
    response = desk.client.post(change_url(known), values_of(desk, known))
    assert response.status_code == 302
    assert Photo.objects.values().get() == before


def test_words_and_focal_point_are_changed(desk):
    known = photo()
    words = {"alternative_text": "A pier at noon.", "credit": " Harbour\r\nDesk "}
    point = {"focal_x": "0", "focal_y": "100"}
    desk.client.post(change_url(known), values_of(desk, known) | words | point)
    known.refresh_from_db()
    assert known.alternative_text == "A pier at noon."
    assert known.credit == "Harbour Desk"
    assert (known.focal_x, known.focal_y) == (0, 100)


@pytest.mark.parametrize(
    "values",
    [
        {"focal_x": "101"},
        {"focal_y": "-1"},
        {"focal_x": ""},
        {"web_statement": "javascript:alert(1)"},
        {"licensor_url": "Ask us"},
        {"digital_source_type": "https://example.com/made-up"},
    ],
)
def test_what_no_photo_can_have_is_refused_and_nothing_typed_is_lost(desk, values):
    known = photo()
    typed = values_of(desk, known) | {"caption": "The pier."} | values
    response = desk.client.post(change_url(known), typed)
    assert response.context["errors"]
    assert response.context["adminform"].form["caption"].value() == "The pier."
    known.refresh_from_db()
    assert known.caption == ""


def test_what_another_editor_changed_meanwhile_stays(desk):
    known = photo(caption="The pier.")
    opened = values_of(desk, known)
    change_photo(known, caption="The pier at noon.")
    desk.client.post(change_url(known), opened | {"credit": "Harbour Desk"})
    known.refresh_from_db()
    assert (known.caption, known.credit) == ("The pier at noon.", "Harbour Desk")


def test_a_photo_whose_file_is_lost_keeps_what_was_typed(desk, tmp_path):
    known = photo()
    typed = values_of(desk, known) | {"caption": "The pier."}
    (tmp_path / known.file.name).unlink()
    response = desk.client.post(change_url(known), typed)
    assert response.context["adminform"].form["caption"].value() == "The pier."
    assert "No such file" in shown(response)


def test_a_photo_without_alternative_text_is_asked_for_it(desk):
    known = photo()
    url, values = change_url(known), values_of(desk, known)
    ask = "It has no alternative text yet"
    assert ask in shown(desk.client.post(url, values, follow=True))
    values["alternative_text"] = "A pier at noon."
    assert ask not in shown(desk.client.post(url, values, follow=True))


def test_a_photo_tells_where_it_is_used_and_then_cannot_go(desk):
    known = photo()
    delete = f"/admin/articles/photo/{known.pk}/delete/"
    assert desk.client.get(delete).status_code == 200
    article = make_article(captions=(Caption("The pier.", photo=known.sha256),))
    page = BeautifulSoup(desk.client.get(change_url(known)).text, "html.parser")
    link = page.select_one(".photo-facts__uses a")
    assert link["href"] == f"/admin/articles/article/{article.pk}/change/"
    assert desk.client.post(delete, {"post": "yes"}).status_code == 403
    assert Photo.objects.exists()


@pytest.mark.parametrize("is_late", [False, True])
def test_words_typed_for_a_photo_that_is_gone_come_back(desk, monkeypatch, is_late):
    def change_behind_another(photo, *noted, **values):
        delete_photo(photo)
        return change_photo(photo, *noted, **values)

    known = photo()
    typed = {"caption": "Typed for an hour.", "credit": "<b>Port Desk</b>"}
    values = values_of(desk, known) | typed | {"_selected_action": "none of a list"}
    if is_late:
        monkeypatch.setattr("articles.desk.photos.change_photo", change_behind_another)
    else:
        delete_photo(known)
    response = desk.client.post(change_url(known), values)
    assert response.status_code == 404
    assert "was deleted while you were writing" in shown(response)
    page = BeautifulSoup(response.text, "html.parser")
    assert {dd.text for dd in page.select("dd")} == set(typed.values())


def test_an_unused_photo_is_deleted(desk):
    known = photo()
    desk.client.post(f"/admin/articles/photo/{known.pk}/delete/", {"post": "yes"})
    assert not Photo.objects.exists()


def test_words_of_a_picture_are_never_markup(desk):
    words = {"headline": HOSTILE, "credit": HOSTILE, "alternative_text": HOSTILE}
    known = photo(name=f"{HOSTILE}.jpg".replace("/", ""), **words)
    sha256 = known.sha256
    article = make_article(captions=(Caption(HOSTILE, photo=sha256),))
    for path in (
        "photo/",
        f"photo/{known.pk}/change/",
        f"article/{article.pk}/change/",
    ):
        page = desk.client.get(f"/admin/articles/{path}").content.decode()
        assert "<b onclick" not in page, path
        assert "&lt;b onclick" in page, path


def test_who_may_see_photos_alone_reads_of_public_stories_alone(
    client, django_user_model
):
    known = photo()
    for status in ("draft", "published"):
        caption = Caption("A pier", photo=known.sha256)
        make_article(status=status, headline=f"A {status} one", captions=(caption,))
    viewer = django_user_model.objects.create_user("archivist", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_photo"))
    client.force_login(viewer)
    page = client.get(change_url(known)).content.decode()
    assert "A published one" in page
    assert "A draft one" not in page


def test_a_photo_is_withdrawn_from_readers_and_given_back(desk, editor):
    known = photo()
    url, values = change_url(known), values_of(desk, known)
    assert "is_withdrawn" not in values
    desk.client.post(url, values | {"is_withdrawn": "on"})
    known.refresh_from_db()
    assert known.is_withdrawn
    page = desk.client.get("/admin/articles/photo/?use=withdrawn")
    assert "withdrawn from readers" in shown(page)
    assert str(known) in shown(page)
    values = values_of(desk, known)
    # Saved unchanged it stays so, with its moment.
    desk.client.post(url, values)
    assert Photo.objects.get().withdrawn_at == known.withdrawn_at
    del values["is_withdrawn"]
    desk.client.post(url, values)
    assert not Photo.objects.get().is_withdrawn
    told = [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]
    assert told == ["Withdrawn from readers.", "Restored to readers."]


def test_whoever_withdraws_a_photo_hears_that_a_public_story_shows_it(desk):
    known = photo()
    url, ticked = change_url(known), values_of(desk, known) | {"is_withdrawn": "on"}
    make_article(captions=(Caption("The pier.", photo=known.sha256),))
    warning = "Readers can still see it, because a public story shows it."
    assert warning in shown(desk.client.post(url, ticked, follow=True))


@pytest.mark.parametrize("is_bulk", [True, False])
@pytest.mark.parametrize("is_shared", [True, False])
def test_whoever_withdraws_a_story_is_led_to_its_pictures(desk, is_bulk, is_shared):
    known = photo()
    caption = Caption("The pier.", photo=known.sha256)
    article = make_article(captions=(caption,))
    if is_shared:
        make_article(captions=(caption,))
    if is_bulk:
        answer = desk.act("withdraw", article)
    else:
        url = f"/admin/articles/article/{article.pk}/change/"
        values = desk.values(article) | {"status": "withdrawn"}
        answer = desk.client.post(url, values, follow=True)
    article.refresh_from_db()
    assert article.status == "withdrawn"
    page = BeautifulSoup(answer.text, "html.parser")
    links = [link["href"] for link in page.select(".messagelist a[href*='use=']")]
    assert links == ([] if is_shared else ["/admin/articles/photo/?use=left"])
    left = desk.client.get("/admin/articles/photo/?use=left").context["cl"].result_list
    assert list(left) == ([] if is_shared else [known])


def test_pictures_left_behind_are_withdrawn_together(desk):
    left, shown_again = photo("navy"), photo("teal")
    for each in (left, shown_again):
        make_article(status="withdrawn", captions=(Caption("A.", photo=each.sha256),))
    page = desk.soup("photo_changelist", use="left")
    form = page.select_one(".photos__left")
    assert "Withdraw the 2 pictures below" in form.button.text
    make_article(captions=(Caption("Again.", photo=shown_again.sha256),))
    values = {}
    for field in form.select("[name]"):
        values.setdefault(field["name"], []).append(field["value"])
    answer = desk.client.post(form["action"], values, follow=True)
    assert "1 picture was withdrawn from readers." in answer.text
    assert list(Photo.objects.exclude(withdrawn_at=None)) == [left]
    assert LogEntry.objects.get().change_message == "Withdrawn from readers."
    assert not desk.soup("photo_changelist", use="left").select(".photos__left")


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
    photos = [photo((9 * n, 0, 0), f"{n}.jpg") for n in range(PER_PAGE + 2)]
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
    ("path", "queries"), [("", 4), ("add/", 2), ("choose/", 3), ("{pk}/change/", 7)]
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
    sentence = "You may choose from the photos but not add any."
    assert refused == {"refusal": sentence, "isBusy": False}
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
    assert desk.client.get(KEEP).status_code == 204
    assert desk.client.post(CHOOSE).status_code == 405


def test_a_picture_beside_another_is_told_to_come_back(desk, monkeypatch):
    monkeypatch.setattr(store_photos, "LONGEST_WAIT", 0.01)
    with store_photos.picture_lock():
        refused = desk.client.post(KEEP, {"file": upload(picture())}).json()
    assert refused["isBusy"]
    assert not Photo.objects.exists()


def test_a_picture_leads_to_its_form_with_the_words_inside_it(desk):
    data = picture(caption="The pier.", credit="Harbour Desk")
    response = desk.client.post(ADD, {"files": upload(data)})
    added = Photo.objects.get()
    assert response.url == change_url(added)
    assert added.added_by.username == "nida"
    values = values_of(desk, added)
    assert (values["caption"], values["credit"]) == ("The pier.", "Harbour Desk")


def test_of_several_files_each_is_kept_or_refused_with_its_sentence(desk):
    files = [
        upload(picture("navy"), "a.jpg"),
        upload(b"%PDF-1.7", "b.jpg"),
        upload(picture("teal"), "c.jpg"),
        upload(HEIC, "d.heic"),
    ]
    said = shown(desk.client.post(ADD, {"files": files}))
    assert {p.original_name for p in Photo.objects.all()} == {
        "a.jpg",
        "c.jpg",
        "d.heic",
    }
    assert said.count("Saved.") == 3
    assert "b.jpg This is a PDF document." in said


def test_the_same_picture_leads_to_the_one_that_is_there(desk):
    known = photo(caption="The pier.")
    data = picture(caption="The pier.")
    response = desk.client.post(ADD, {"files": upload(data, "x.jpg")}, follow=True)
    assert response.redirect_chain == [(change_url(known), 302)]
    assert "This picture is already here." in shown(response)
    assert Photo.objects.count() == 1


def test_no_file_is_asked_for_in_words(desk):
    assert "Fill this in." in shown(desk.client.post(ADD, {}))


def test_a_script_is_told_what_became_of_its_picture(desk):
    data = picture(caption="The pier.", credit="Harbour Desk")
    answer = desk.client.post(KEEP, {"file": upload(data)}).json()
    kept = Photo.objects.get()
    assert answer == {
        "sha256": kept.sha256,
        "name": "pier.jpg",
        "thumbnail": kept.thumbnail,
        "page": change_url(kept),
        "caption": "The pier.",
        "credit": "Harbour Desk",
        "proposedCredit": "",
        "alternativeText": "",
        "mayDescribe": True,
        "sharing": "",
        "isNew": True,
    }
    assert desk.client.post(KEEP, {"file": upload(data)}).json()["isNew"] is False
    refused = desk.client.post(KEEP, {"file": upload(b"words")}).json()
    assert refused["refusal"].startswith("This is not a picture")
    assert desk.client.post(KEEP).json() == {"refusal": "No file arrived."}


def test_a_hostile_file_name_is_only_a_name(desk):
    desk.client.post(KEEP, {"file": upload(picture(), "../../<img src=x>.svg")})
    kept = Photo.objects.get()
    assert "<img" not in kept.file.name + kept.thumbnail
    assert kept.file.name.startswith("photos/")


def test_a_picture_as_it_came_is_an_attachment_for_those_with_the_right(desk):
    signed = picture() + b"jumdc2pa" + bytes.fromhex("00110010800000aa00389b71")
    known, _ = store_photos.save_photo(signed, "pier.jpg")
    address = f"{change_url(known).removesuffix('change/')}arrived/"
    page = desk.client.get(change_url(known)).content.decode()
    assert address in page
    assert "signed for that file alone" in page
    given = desk.client.get(address)
    assert given.getvalue() == signed
    assert given["Content-Disposition"] == 'attachment; filename="pier.jpg"'
    assert given["Content-Type"] == "application/octet-stream"
    assert "no-store" in given["Cache-Control"]
    reporter = client_of(make_account("reporter"))
    assert reporter.get(address).status_code == 403
    assert address not in reporter.get(change_url(known)).content.decode()


def test_a_picture_that_came_before_bytes_were_kept_is_not_found_as_it_came(desk):
    known = photo()
    Photo.objects.update(renditions=[])
    address = f"{change_url(known).removesuffix('change/')}arrived/"
    page = desk.client.get(change_url(known)).content.decode()
    assert address not in page
    assert desk.client.get(address).status_code == 404
