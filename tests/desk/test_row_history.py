"""The past of photos, tags and authors: each change by its fields, and putting back."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Author, Photo, RowChange, Tag
from articles.store.photos import change_photo
from articles.store.row_changes import fields_of
from tests.desk.accounts import client_of, make_account
from tests.desk.pictures import photo
from tests.strategies import FEW

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(db):
    return client_of(make_account("chief", "lina"))


def form_of(client, row):
    page = client.get(f"/admin/articles/{row._meta.model_name}/{row.pk}/change/")
    form = page.context["adminform"].form
    fields = [(b.html_name, b.value()) for b in form]
    hidden = [(b.html_initial_name, b.value()) for b in form]
    return {n: "" if v is None else v for n, v in [*fields, *hidden] if v is not False}


def save(client, row, **values):
    """Save the form of a row with some values; None is a box without its tick."""
    sent = form_of(client, row) | values
    sent = {name: value for name, value in sent.items() if value is not None}
    address = f"/admin/articles/{row._meta.model_name}/{row.pk}/change/"
    assert client.post(address, sent).status_code == 302
    row.refresh_from_db()


def past(client, row):
    address = f"/admin/articles/{row._meta.model_name}/{row.pk}/history/"
    return BeautifulSoup(client.get(address).text, "html.parser")


def put_back(client, page, label):
    """Press the newest button of a field."""
    title = next(h for h in page.select("h3") if h.text == label)
    form = title.parent.form
    button = form.button
    sent = {field["name"]: field["value"] for field in form.select("input")}
    sent[button["name"]] = button["value"]
    return client.post(form["action"], sent, follow=True)


def words(element):
    return " ".join(element.get_text().split())


@pytest.fixture
def tag():
    return Tag.objects.create(name="Gaza", slug="gaza", description="A strip.")


def test_who_changed_what_in_a_tag_is_listed_and_put_back(client, tag):
    save(client, tag, description="A strip on the sea.", is_section="on")
    page = past(client, tag)
    assert "lina · edited at the desk" in words(page.h2).replace("lina ", "lina · ")
    assert [h.text for h in page.select("h3")] == ["Description", "Section"]
    assert [words(p) for p in page.select(".conflict__words")] == [
        "A [before only: strip.]",
        "A [after only: strip on the sea.]",
        "[before only: no]",
        "[after only: yes]",
    ]
    put_back(client, page, "Description")
    tag.refresh_from_db()
    assert (tag.description, tag.is_section) == ("A strip.", True)
    newest = tag.changes.first()
    assert newest.why.startswith("restored as before ")
    assert (newest.by.username, newest.after) == ("lina", {"description": "A strip."})
    put_back(client, past(client, tag), "Section")
    tag.refresh_from_db()
    assert tag.is_section is False


def test_what_a_tag_took_in_is_told(client, tag):
    Tag.objects.create(name="Strip", slug="strip")
    save(client, tag, aliases="Strip")
    reasons = list(tag.changes.values_list("why", flat=True))
    assert reasons == ["took in the tag “Strip”", "edited at the desk"]


def test_a_name_that_another_tag_has_by_now_is_not_put_back(client, tag):
    save(client, tag, name="Strip")
    Tag.objects.create(name="Gaza", slug="gaza-2")
    answer = put_back(client, past(client, tag), "Name")
    tag.refresh_from_db()
    assert tag.name == "Strip"
    assert answer.context["messages"]
    assert tag.changes.count() == 1


def test_words_and_crop_of_a_photo_are_put_back_by_the_store(client):
    row = photo(headline="Pier")
    save(client, row, caption="Two ships.", focal_x=10)
    change_photo(row, None, "described in a story", alternative_text="A pier.")
    save(client, row, is_withdrawn="on")
    assert [each.after for each in row.changes.all()] == [
        {"is_withdrawn": True},
        {"alternative_text": "A pier."},
        {"caption": "Two ships.", "focal_x": 10},
    ]
    for label in ("Withdrawn from readers", "Caption"):
        put_back(client, past(client, row), label)
    row = Photo.objects.get()
    assert (row.is_withdrawn, row.caption, row.focal_x) == (False, "", 10)
    assert row.alternative_text == "A pier."


def test_portrait_and_kind_of_an_author_are_put_back(client):
    author = Author.objects.create(name="Ana Ruiz", biography="Writes.")
    portrait = photo()
    save(client, author, kind="agency", portrait=portrait.pk)
    page = past(client, author)
    assert str(portrait) in page.text
    for label in ("Kind", "Portrait"):
        put_back(client, past(client, author), label)
    author.refresh_from_db()
    assert (author.kind, author.portrait) == ("person", None)


def test_only_who_may_change_a_row_puts_back(client, tag):
    save(client, tag, description="Another.")
    change = tag.changes.get()
    address = f"/admin/articles/tag/{tag.pk}/history/{change.pk}/put-back/"
    reporter = client_of(make_account("reporter"))
    assert not past(reporter, tag).select("button[name=field]")
    assert reporter.post(address, {"field": "description"}).status_code == 403
    for field in ("name", "pk", ""):
        assert client.post(address, {"field": field}).status_code == 404
    assert client.get(address).status_code == 405
    assert RowChange.objects.count() == 1


@given(st.lists(st.sampled_from(["", "A strip.", "On the sea."]), max_size=4))
@settings(FEW, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_past_of_a_row_adds_up_to_what_it_is(client, texts):
    Tag.objects.all().delete()
    tag = Tag.objects.create(name="Gaza", slug="gaza")
    for text in texts:
        save(client, tag, description=text)
    said = fields_of(tag)
    for change in tag.changes.all():
        assert {name: said[name] for name in change.after} == change.after
        said |= change.before
    assert said["description"] == ""
