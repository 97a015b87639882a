"""Addresses that once had a page lead to where it is now."""

import pytest

from articles.models import FormerAddress, Tag
from articles.store import edition
from articles.store.addresses import keep_addresses, write_addresses
from articles.story.story import TagUse
from tests.builders import NOON, make_article, make_section
from tests.desk.accounts import client_of, make_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return client_of(make_account("chief", "today"))


def save_tag(chief, tag, **values):
    """Save a tag at the desk, with these values in place of its own."""
    tag.refresh_from_db()
    own = {"name": tag.name, "slug": tag.slug, "position": tag.position}
    own |= {"is_section": "on", "is_in_menu": "on"} if tag.is_section else {}
    address = f"/admin/articles/tag/{tag.pk}/change/"
    assert chief.post(address, own | values).status_code == 302


def keep(*addresses):
    with edition.transaction():
        write_addresses(FormerAddress(**address) for address in addresses)


def leads(client, address):
    response = client.get(address)
    if response.status_code == 301:
        assert response["Cache-Control"] == "no-cache"
        assert client.get(response["Location"]).status_code == 200
        return response["Location"]
    return response.status_code


def test_renamed_section_is_found_at_every_address_it_had(client, chief):
    world = make_section()
    for slug in ("abroad", "globe"):
        save_tag(chief, world, slug=slug)
    for old in ("world", "abroad"):
        assert leads(client, f"/sections/{old}/") == "/sections/globe/"
        assert leads(client, f"/tags/{old}") == "/sections/globe/"
        for feed in ("feed.xml", "feed.json"):
            new = f"/sections/globe/{feed}"
            assert leads(client, f"/sections/{old}/{feed}") == new
            assert leads(client, f"/tags/{old}/{feed}") == new
    save_tag(chief, world, slug="world")
    assert leads(client, "/sections/world/") == 200
    assert leads(client, "/sections/globe/") == "/sections/world/"


def test_renamed_tag_is_found_and_a_new_one_takes_its_address(client, chief):
    make_article(tags=(TagUse("Gaza"),))
    gaza = Tag.objects.get(name="Gaza")
    save_tag(chief, gaza, slug="غزة")
    assert leads(client, "/tags/gaza/") == "/tags/%D8%BA%D8%B2%D8%A9/"
    assert leads(client, "/sections/gaza/") == "/tags/%D8%BA%D8%B2%D8%A9/"
    make_article(tags=(TagUse("gaza!"),))
    Tag.objects.filter(name="gaza!").update(slug="gaza")
    assert leads(client, "/tags/gaza/") == 200


def test_tag_that_another_takes_in_is_found_there_with_all_its_addresses(client, chief):
    make_article(tags=(TagUse("Ports"),))
    make_article(tags=(TagUse("Harbours"),))
    ports, harbours = (Tag.objects.get(name=name) for name in ("Ports", "Harbours"))
    save_tag(chief, harbours, slug="havens")
    save_tag(chief, ports, aliases="Harbours")
    save_tag(chief, ports, slug="port")
    for old in ("harbours", "havens", "ports"):
        assert leads(client, f"/tags/{old}/") == "/tags/port/"


def test_nobody_learns_of_a_tag_by_a_name_that_readers_never_saw(client, chief):
    make_article(status="draft", tags=(TagUse("Operation Gull"),))
    make_article(tags=(TagUse("Army"),))
    army, gull = (Tag.objects.get(name=name) for name in ("Army", "Operation Gull"))
    save_tag(chief, gull, slug="gull")
    save_tag(chief, army, aliases="Operation Gull")
    for old in ("operation-gull", "gull"):
        assert client.get(f"/tags/{old}/").content == client.get("/tags/x/").content


def test_former_address_of_a_tag_that_no_public_story_has_is_none(client):
    make_article(tags=(TagUse("Gaza"),), status="draft")
    with edition.transaction():
        keep_addresses("old", Tag.objects.get())
    assert leads(client, "/tags/old/") == 404
    assert leads(client, "/tags/old/feed.xml") == 404


def test_old_site_s_addresses_lead_to_stories_and_pages(client):
    article = make_article(NOON)
    hidden = make_article(status="draft")
    keep(
        {"path": "/news/7", "code": article.code},
        {"path": "/story.php?id=8&lang=%C3%A9", "code": article.code},
        {"path": "/خبر", "code": article.code},
        {"path": "?p=9", "code": article.code},
        {"path": "/secret", "code": hidden.code},
        {"path": "/archive.html", "page": "/articles/"},
        {"path": "/tags/harbour", "code": article.code},
    )
    story = article.get_absolute_url()
    for address, target in {
        "/news/7": story,
        "/news/7/?utm_source=mail&fbclid=x": story,
        "/story.php?lang=é&id=8": story,
        "/story.php?id=8": 404,
        "/story.php": 404,
        "/%D8%AE%D8%A8%D8%B1/": story,
        "/%D8%AE%D8%A8%D8": 404,
        "/?p=9": story,
        "/?p=10": 200,
        "/secret": 404,
        "/archive.html?x=1": "/articles/",
        "/tags/harbour/": story,
        # A story is no feed.
        "/tags/harbour/feed.xml": 404,
        "/a%00b": 404,
        "/" + "x" * 3_000: 404,
    }.items():
        assert leads(client, address) == target, address


@pytest.mark.parametrize("address", ["/admin/articles/none/", "/media/none.jpg"])
def test_only_addresses_of_readers_lead_on(client, address):
    keep({"path": address.rstrip("/"), "page": "/articles/"})
    assert client.get(address).status_code != 301


def test_address_that_leads_on_costs_two_statements_and_one_that_does_not_as_many(
    client, django_assert_num_queries
):
    make_section()
    article = make_article()
    keep({"path": "/news/7", "code": article.code})
    # The story, with all its parts.
    with django_assert_num_queries(6):
        client.get("/news/7")
    # The address, and the menu.
    with django_assert_num_queries(2):
        client.get("/news/8")
