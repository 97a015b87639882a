"""Pictures come in at the desk: each is kept or refused with its sentence."""

import pytest

from articles.models import Photo
from tests.desk.pictures import change_url, photo, picture, shown, upload, values_of

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/photo/add/"
KEEP = "/admin/articles/photo/keep/"


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
    ]
    said = shown(desk.client.post(ADD, {"files": files}))
    assert {p.original_name for p in Photo.objects.all()} == {"a.jpg", "c.jpg"}
    assert said.count("Kept.") == 2
    assert "b.jpg This is a PDF document." in said


def test_the_same_picture_leads_to_the_one_that_is_there(desk):
    known = photo(caption="The pier.")
    data = picture(caption="The pier.")
    response = desk.client.post(ADD, {"files": upload(data, "x.jpg")}, follow=True)
    assert response.redirect_chain == [(change_url(known), 302)]
    assert "This picture is already here." in shown(response)
    assert Photo.objects.count() == 1


def test_no_file_is_asked_for_in_words(desk):
    assert "This field is required." in shown(desk.client.post(ADD, {}))


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
        "alternativeText": "",
        "isNew": True,
    }
    assert desk.client.post(KEEP, {"file": upload(data)}).json()["isNew"] is False
    refused = desk.client.post(KEEP, {"file": upload(b"words")}).json()
    assert refused["refusal"].startswith("This is no picture")
    assert desk.client.post(KEEP).json() == {"refusal": "No file arrived."}


def test_a_hostile_file_name_is_only_a_name(desk):
    desk.client.post(KEEP, {"file": upload(picture(), "../../<img src=x>.svg")})
    kept = Photo.objects.get()
    assert "<img" not in kept.file.name + kept.thumbnail
    assert kept.file.name.startswith("photos/")
