import pytest

from tests.public.reading import text_of

# How a page reads does not depend on the database.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_every_page_has_one_headline_one_main_and_the_skip_link_first(see, addresses):
    for address in addresses:
        page = see(address)
        assert len(page.select("h1")) == len(page.select("main")) == 1
        assert page.select_one("a")["href"] == "#main"
        assert page.html["lang"] == "en"
        names = [nav["aria-label"] for nav in page.select("nav")]
        assert len(names) == len(set(names))


def test_every_page_has_a_title_a_canonical_address_and_an_icon_of_its_own(
    see, addresses, settings
):
    pages = [see(address) for address in addresses]
    assert len({page.title.get_text() for page in pages}) == len(pages)
    for address, page in zip(addresses, pages, strict=True):
        canonical = page.select_one("link[rel=canonical]")["href"]
        assert canonical == f"{settings.SITE_URL}{address}"
        assert page.select_one("meta[name=robots]")["content"] == (
            "max-image-preview:large"
        )
        assert page.select_one("link[rel=icon]")["href"].endswith(".svg")
        assert not page.select("style, [style]")
        (data,) = page.select("script:not([type=module][src])")
        assert data["type"] == "application/ld+json"


def test_page_asks_for_one_style_and_at_most_one_script(see, addresses):
    for address in addresses:
        page = see(address)
        styles = [link["href"] for link in page.select("link[rel=stylesheet]")]
        assert styles == ["/static/site.css"]
        assert len(page.select("script[src]")) <= 1


def test_foot_says_where_to_write_to_if_anybody_may(client, see, settings):
    assert "Contact" not in text_of(see("/"), ".footer a")
    settings.CONTACT = "mailto:desk@news.example"
    (link,) = see("/").find_all("a", string="Contact")
    assert link["href"] == settings.CONTACT
    page = client.get("/nothing/").text
    assert 'href="mailto:desk@news.example"' in page


def test_section_stands_in_the_menu_of_every_page_and_a_tag_does_not(see, addresses):
    for address in addresses:
        assert text_of(see(address), "nav.menu a") == ["World"]
