"""Tags, authors and photos keep what two editors change at once."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from articles.models import Author, Photo, Tag
from articles.store import CannotWrite
from articles.store.photos import change_photo
from tests.builders import make_photo
from tests.desk.pictures import photo

pytestmark = pytest.mark.django_db


def opened(desk, row):
    """Return the address of a row's form, and what a browser would send unchanged."""
    address = reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])
    page = BeautifulSoup(desk.client.get(address).text, "html.parser")
    return address, sent_from(page)


def sent_from(page):
    values = {}
    for field in page.select("form[method=post] [name]:not([type=submit])"):
        if field.get("type") == "checkbox" and not field.has_attr("checked"):
            continue
        value = field.get("value", "on" if field.get("type") == "checkbox" else "")
        if field.name == "textarea":
            value = field.text.removeprefix("\n")
        if field.name == "select":
            value = next((o["value"] for o in field.select("[selected]")), "")
        if not field.find_parent(id="logout-form"):
            # As a browser writes the ends of lines.
            values[field["name"]] = "\r\n".join(value.splitlines())
    return values


@pytest.fixture
def tag():
    return Tag.objects.create(
        name="Gaza",
        slug="gaza",
        description="A strip.",
        aliases="Ghazza\nغزة",
        position=3,
    )


def test_what_a_colleague_changed_in_a_tag_stays(desk, tag):
    address, values = opened(desk, tag)
    Tag.objects.update(description="A colleague’s.", is_section=True)
    desk.client.post(address, values | {"slug": "strip"})
    tag.refresh_from_db()
    assert (tag.description, tag.slug) == ("A colleague’s.", "strip")
    assert tag.is_section
    assert tag.aliases == "Ghazza\nغزة"


def test_who_changed_nothing_is_not_refused_for_what_another_did(desk, tag):
    address, values = opened(desk, tag)
    Tag.objects.update(name="Gaza Strip", folded="gaza strip", slug="strip")
    Tag.objects.create(name="Gaza", folded="gaza", slug="gaza")
    assert desk.client.post(address, values).status_code == 302
    tag.refresh_from_db()
    assert (tag.name, tag.slug) == ("Gaza Strip", "strip")


@pytest.mark.parametrize(
    ("field", "typed", "saved", "said"),
    [
        ("description", "Typed.", "Saved.", "Saved."),
        ("aliases", "Ghazza\r\nGhaza", "Ghaza City", "Ghaza City"),
        ("slug", "typed", "saved", "saved"),
    ],
)
def test_a_clash_comes_back_once_with_both_versions(
    desk, tag, field, typed, saved, said
):
    address, values = opened(desk, tag)
    Tag.objects.update(**{field: saved})
    answer = desk.client.post(address, values | {field: typed})
    page = BeautifulSoup(answer.text, "html.parser")
    told = page.select_one(f".field-{field} .errorlist").text
    assert f"Somebody has changed this since you opened it, to: “{said}”." in told
    again = sent_from(page)
    assert again[field] == typed
    tag.refresh_from_db()
    assert getattr(tag, field) == saved
    assert desk.client.post(address, again).status_code == 302
    tag.refresh_from_db()
    assert str(getattr(tag, field)) == typed.replace("\r\n", "\n")


def test_two_who_typed_the_same_do_not_meet(desk, tag):
    address, values = opened(desk, tag)
    Tag.objects.update(description="Same.", is_section=True)
    typed = values | {"description": "Same.", "is_section": "on"}
    assert desk.client.post(address, typed).status_code == 302


def test_an_author_s_kind_comes_back_in_words(desk):
    author = Author.objects.create(name="AFP", folded="afp")
    kinds = [kind for kind in Author.Kind.values if kind != author.kind]
    address, values = opened(desk, author)
    if len(kinds) > 1:
        Author.objects.update(kind=kinds[0])
        page = desk.client.post(address, values | {"kind": kinds[1]})
        assert f"to: “{Author.Kind(kinds[0]).label}”" in page.text
    Author.objects.update(kind=kinds[0])
    assert desk.client.post(address, values).status_code == 302
    author.refresh_from_db()
    assert author.kind == kinds[0]


def test_an_author_s_portrait_is_kept_changed_and_told(desk):
    first, second = (make_photo(f"{n}", headline=f"Face {n}") for n in range(2))
    author = Author.objects.create(name="Nida Khan", portrait=first)
    address, values = opened(desk, author)
    assert values["portrait"] == str(first.pk)
    typed = values | {"biography": "She writes of ports."}
    assert desk.client.post(address, typed).status_code == 302
    author.refresh_from_db()
    assert (author.portrait, author.biography) == (first, "She writes of ports.")
    Author.objects.update(portrait=second)
    page = desk.client.post(address, values | {"portrait": ""})
    assert "to: “Face 1”" in page.text
    address, values = opened(desk, author)
    assert desk.client.post(address, values | {"portrait": ""}).status_code == 302
    author.refresh_from_db()
    assert author.portrait is None


def test_a_photo_s_words_clash_by_field(desk):
    known = photo(caption="The pier.")
    address, values = opened(desk, known)
    change_photo(Photo.objects.get(), caption="The pier at noon.", credit="AFP")
    typed = values | {"caption": "The pier at one.", "creator": "Nida Khan"}
    page = desk.client.post(address, typed)
    assert "to: “The pier at noon.”" in page.text
    known.refresh_from_db()
    assert (known.caption, known.creator) == ("The pier at noon.", "")
    again = sent_from(BeautifulSoup(page.text, "html.parser"))
    assert desk.client.post(address, again).status_code == 302
    known.refresh_from_db()
    assert (known.caption, known.credit, known.creator) == (
        "The pier at one.",
        "AFP",
        "Nida Khan",
    )


def test_a_photo_that_changes_while_its_sizes_are_made_is_no_lost_update():
    known = photo(caption="The pier.")
    read_before = Photo.objects.get()
    change_photo(known, caption="The pier at noon.")
    with pytest.raises(CannotWrite, match="Somebody has changed the same words"):
        change_photo(read_before, caption="The pier at one.")
    assert Photo.objects.get().caption == "The pier at noon."
