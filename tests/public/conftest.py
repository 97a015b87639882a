import pytest
from bs4 import BeautifulSoup

from articles.story.story import TagUse
from tests.builders import correct, make_article, make_section


@pytest.fixture
def see(client):
    """Return the page at an address, as a reader's browser takes it apart."""

    def see(address):
        response = client.get(address)
        assert response.status_code == 200, address
        return BeautifulSoup(response.text, "html.parser")

    return see


@pytest.fixture
def addresses(db):
    """Return the address of one page of each kind."""
    make_section()
    article = make_article(
        section="World",
        tags=(TagUse("Gaza"),),
        bylines=("Nida Khan",),
        corrections=correct("It was Monday."),
    )
    return [
        "/",
        "/articles/",
        "/corrections/",
        "/sections/world/",
        "/tags/gaza/",
        "/authors/nida-khan/",
        article.get_absolute_url(),
    ]
