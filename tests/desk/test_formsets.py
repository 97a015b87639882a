"""Captions get their pictures in the article's form, and only through its Story."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from articles.desk import articles
from articles.models import Photo, Revision
from articles.store import CannotWrite, read
from articles.store.photos import change_photo, delete_photo
from articles.store.roles import give_role
from articles.story.story import Caption
from tests.builders import make_article
from tests.desk.conftest import Desk
from tests.desk.pictures import photo, picture, shown, upload

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def with_caption(**parts):
    return make_article(captions=(Caption("The pier.", key="pier", **parts),))


def captions_of(article):
    return read.story(article.pk).captions


def test_a_row_shows_the_picture_it_has(desk):
    known = photo(alternative_text="A pier at noon.")
    soup = desk.soup("article_change", with_caption(photo=known.sha256).pk)
    (shown,) = soup.select('[data-parts="captions"] [data-picture] img')
    assert shown["src"] == known.thumbnail
    assert shown["alt"] == "A pier at noon."
    assert soup.select_one("#article_form")["enctype"] == "multipart/form-data"


def test_saving_unchanged_keeps_the_picture(desk):
    article = with_caption(photo=photo().sha256)
    before = captions_of(article)
    assert desk.save(desk.values(article), article).status_code == 302
    assert captions_of(article) == before
    assert article.revisions.count() == 1


@pytest.mark.parametrize("credit", ["", "AFP"])
def test_an_empty_credit_shows_whose_the_photo_is_and_stays_empty(desk, credit):
    known = photo(credit="Harbour Desk")
    article = with_caption(credit=credit, photo=known.sha256)
    soup = desk.soup("article_change", article.pk)
    field = soup.select_one("[name=captions-0-credit]")
    assert field.get("value", "") == credit
    assert field["placeholder"] == "Harbour Desk (the photo’s credit)"
    desk.save(desk.values(article), article)
    assert captions_of(article)[0].credit == credit
    assert article.revisions.count() == 1


def test_creator_of_the_file_is_proposed_where_there_is_no_credit(desk):
    nameless, credited = photo(), photo("teal", creator="Zia", credit="Harbour Desk")
    known = photo("olive", creator="Nida Rauf")
    proposed = {}
    for shown_photo, credit in (
        (nameless, ""),
        (credited, ""),
        (known, "AFP"),
        (known, ""),
    ):
        article = with_caption(photo=shown_photo.sha256, credit=credit)
        row = desk.soup("article_change", article.pk).select_one("[data-proposal]")
        proposed[shown_photo, credit] = not row.has_attr("hidden")
    assert list(proposed.values()) == [False, False, False, True]
    assert row.button["data-take-credit"] == row.bdi.text == "Nida Rauf"
    desk.save(desk.values(article), article)
    assert captions_of(article)[0].credit == ""
    known.refresh_from_db()
    assert known.credit == ""
    page = desk.soup("photo_change", known.pk).select_one("[data-proposal]")
    assert page.bdi.text == "Nida Rauf"
    assert not desk.soup("photo_change", credited.pk).select("[data-proposal]")


def test_what_removes_a_row_says_so_beside_what_removes_its_picture(desk):
    article = with_caption(photo=photo().sha256)
    row = desk.soup("article_change", article.pk).select_one(".part__photo").parent
    names = [label.text for label in row.select(".part__remove label")]
    assert names == ["Remove the picture only", "Remove the caption"]
    assert row.select_one("[data-take-away]").text == names[0]


@pytest.mark.django_db(transaction=True)
def test_alternative_text_beside_the_picture_is_written_to_the_photo(desk):
    known = photo(alternative_text="A pier.")
    _other, article = (with_caption(photo=known.sha256) for _ in range(2))
    row = desk.soup("article_change", article.pk).select_one(".part__alternative")
    assert row.textarea.text.strip() == "A pier."
    assert row.p.text == "It belongs to the photo, which 1 other story shows."
    assert row.textarea["aria-describedby"] == row.p["id"]
    values = desk.values(article)
    desk.save(values | {"captions-0-alternative_text": "A pier at noon."}, article)
    known.refresh_from_db()
    assert known.alternative_text == "A pier at noon."
    assert article.revisions.count() == 1
    assert LogEntry.objects.get(object_id=known.pk).user.username == "nida"


@pytest.mark.django_db(transaction=True)
def test_alternative_text_left_as_it_was_overwrites_no_other(desk):
    known = photo(alternative_text="A pier.")
    article = with_caption(photo=known.sha256)
    values = desk.values(article)
    change_photo(known, alternative_text="A pier at noon.")
    desk.save(values | {"captions-0-text": "At noon."}, article)
    known.refresh_from_db()
    assert known.alternative_text == "A pier at noon."


@pytest.mark.django_db(transaction=True)
def test_alternative_text_that_a_colleague_changed_too_is_given_back(desk):
    known = photo(alternative_text="A pier.")
    article = with_caption(photo=known.sha256)
    values = desk.values(article) | {"captions-0-alternative_text": "A pier at one."}
    change_photo(known, alternative_text="A pier at noon.")
    assert desk.save(values, article).status_code == 302
    known.refresh_from_db()
    assert known.alternative_text == "A pier at noon."
    page = desk.soup("article_change", article.pk)
    said = page.select_one(".messagelist .warning").text
    assert "“A pier at one.” was not saved" in said
    assert "Somebody has changed the same words" in said
    assert "A pier at noon." in page.select_one(".part__alternative textarea").text


@pytest.mark.django_db(transaction=True)
def test_alternative_text_that_cannot_be_written_is_given_back(desk, monkeypatch):
    article = with_caption(photo=photo().sha256)

    def fail(*args, **words):
        raise CannotWrite("The disk is full.")

    monkeypatch.setattr(articles, "change_photo", fail)
    values = desk.values(article)
    desk.save(values | {"captions-0-alternative_text": "Typed long."}, article)
    said = shown(desk.get("article_changelist"))
    assert "“Typed long.” was not saved. The disk is full." in said


@pytest.mark.django_db(transaction=True)
def test_alternative_text_that_a_busy_database_refuses_is_given_back(desk, monkeypatch):
    article = with_caption(photo=photo().sha256)

    def fail(*args, **words):
        raise OperationalError("database is locked")

    monkeypatch.setattr(articles, "change_photo", fail)
    values = desk.values(article) | {"captions-0-text": "At noon."}
    saved = desk.save(values | {"captions-0-alternative_text": "Typed long."}, article)
    assert saved.status_code == 302
    assert captions_of(article)[0].text == "At noon."
    said = shown(desk.get("article_changelist"))
    assert "“Typed long.” was not saved. The database could not take it" in said


def test_two_texts_for_one_photo_are_asked_about(desk):
    known = photo(alternative_text="A pier.").sha256
    captions = [Caption(text, photo=known) for text in ("The pier.", "Again.")]
    article = make_article(captions=captions)
    values = desk.values(article) | {"captions-0-alternative_text": "One text."}
    page = desk.save(values | {"captions-1-alternative_text": "Another."}, article)
    assert page.status_code == 200
    assert "a different text was typed there" in shown(page)
    texts = BeautifulSoup(page.text, "html.parser").select(
        "[data-alternative] textarea"
    )
    assert [text.text.strip() for text in texts][:2] == ["One text.", "Another."]
    values |= {"captions-1-alternative_text": " One text."}
    assert desk.save(values, article).status_code == 302


@pytest.mark.parametrize("removal", ["without_photo", "DELETE"])
@pytest.mark.django_db(transaction=True)
def test_alternative_text_of_a_picture_that_goes_is_the_photo_s_all_the_same(
    desk, removal
):
    known = photo(alternative_text="A pier.")
    article = with_caption(photo=known.sha256)
    values = desk.values(article) | {"captions-0-alternative_text": "A pier at noon."}
    desk.save(values | {f"captions-0-{removal}": "on"}, article)
    assert known.sha256 not in [c.photo for c in read.story(article.pk).captions]
    known.refresh_from_db()
    assert known.alternative_text == "A pier at noon."


def test_alternative_text_of_a_photo_that_one_may_not_describe_stays(
    client, django_user_model
):
    reporter = django_user_model.objects.create_user("zia", is_staff=True)
    give_role(reporter, "reporter")
    client.force_login(reporter)
    desk, known = Desk(client), photo()
    own = make_article(
        status="draft", captions=(Caption("The pier.", photo=known.sha256),)
    )
    Revision.objects.filter(article=own).update(by=reporter)
    assert desk.soup("article_change", own.pk).select_one("textarea[readonly]")
    values = desk.values(own) | {"captions-0-alternative_text": "Mine."}
    assert "You may not describe this photo." in shown(desk.save(values, own))
    desk.save(values | {"captions-0-DELETE": "on"}, own)
    known.refresh_from_db()
    assert known.alternative_text == ""


def test_a_file_in_a_row_becomes_its_picture(desk):
    article = with_caption()
    values = desk.values(article)
    data = picture(caption="From the file.", credit="Harbour Desk")
    desk.save(values | {"captions-0-upload": upload(data)}, article)
    kept = Photo.objects.get()
    assert kept.added_by.username == "nida"
    assert captions_of(article) == (Caption("The pier.", "", kept.sha256, "pier"),)


def test_a_file_alone_makes_a_caption_of_its_words(desk):
    article = make_article()
    data = picture(caption="The pier.", credit="Harbour Desk")
    values = desk.values(article) | {"captions-0-upload": upload(data)}
    desk.save(values, article)
    (caption,) = captions_of(article)
    assert (caption.text, caption.credit) == ("The pier.", "")
    assert caption.photo == Photo.objects.get().sha256


def test_a_picture_survives_what_is_wrong_elsewhere_in_the_form(desk):
    article = with_caption()
    wrong = {"headline": "", "captions-0-upload": upload(picture())}
    response = desk.save(desk.values(article) | wrong, article)
    assert response.status_code == 200
    kept = Photo.objects.get()
    row = response.context["adminform"].form.captions.forms[0]
    assert row["photo"].value() == kept.sha256
    assert row.shown_photo == kept
    assert captions_of(article) == (Caption("The pier.", key="pier"),)


def test_a_picture_survives_somebody_else_s_newer_version(desk):
    article = with_caption()
    values = desk.values(article)
    desk.save(values | {"kicker": "Sea"}, article)
    late = values | {"captions-0-upload": upload(picture())}
    assert desk.save(late, article).status_code == 302
    (caption,) = captions_of(article)
    assert caption.photo == Photo.objects.get().sha256
    assert read.story(article.pk).kicker == "Sea"


def test_a_picture_that_a_colleague_removed_and_deleted_refuses_no_words(desk):
    article = with_caption()
    values = desk.values(article) | {"captions-0-upload": upload(picture())}
    desk.save(values, article)
    opened = desk.values(article)
    desk.save(opened | {"captions-0-without_photo": "on"}, article)
    delete_photo(Photo.objects.get())
    assert desk.save(opened | {"kicker": "Typed"}, article).status_code == 302
    (caption,) = captions_of(article)
    assert (caption.text, caption.photo) == ("The pier.", "")
    assert read.story(article.pk).kicker == "Typed"


def test_a_file_that_is_no_picture_is_refused_in_its_row(desk):
    article = with_caption()
    values = desk.values(article) | {"captions-0-upload": upload(b"%PDF-1.7")}
    response = desk.save(values, article)
    row = response.context["adminform"].form.captions.forms[0]
    assert "This is a PDF document." in row.errors["upload"][0]
    assert "This is a PDF document." in response.content.decode()
    assert not Photo.objects.exists()


def test_a_file_in_a_row_that_goes_is_not_kept(desk):
    article = with_caption()
    gone = {"captions-0-DELETE": "on", "captions-0-upload": upload(picture())}
    desk.save(desk.values(article) | gone, article)
    assert captions_of(article) == ()
    assert not Photo.objects.exists()


def test_a_chosen_photo_is_placed(desk):
    article, known = with_caption(), photo()
    desk.save(desk.values(article) | {"captions-0-photo": known.sha256}, article)
    assert captions_of(article)[0].photo == known.sha256


def test_a_photo_that_is_not_there_is_refused(desk):
    article = with_caption()
    values = desk.values(article) | {"captions-0-photo": "0" * 64}
    response = desk.save(values, article)
    assert "This photo no longer exists." in response.content.decode()


def test_a_picture_is_taken_away_and_stays_among_the_photos(desk):
    article = with_caption(photo=photo().sha256)
    values = desk.values(article) | {"captions-0-without_photo": "on"}
    desk.save(values, article)
    assert captions_of(article) == (Caption("The pier.", key="pier"),)
    assert Photo.objects.exists()


def test_who_may_add_no_photos_is_told_so_in_the_row(client, django_user_model):
    user = django_user_model.objects.create_user("guest", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="change_article"))
    client.force_login(user)
    desk, article = Desk(client), with_caption()
    values = desk.values(article) | {"captions-0-upload": upload(picture())}
    page = desk.save(values, article).content.decode()
    assert "You may choose from the photos but not add any." in page
    assert not Photo.objects.exists()


def test_the_form_reads_all_its_pictures_at_once(desk):
    photos = [photo((9 * n, 0, 0)) for n in range(12)]
    captions = [Caption(f"Pier {p.pk}.", photo=p.sha256) for p in photos]
    asked = set()
    for count in (1, 12):
        article = make_article(captions=tuple(captions[:count]))
        with CaptureQueriesContext(connection) as queries:
            desk.get("article_change", article.pk)
        asked.add(len(queries))
    assert len(asked) == 1
