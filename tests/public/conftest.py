import pytest
from bs4 import BeautifulSoup
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from articles.story.story import TagUse
from tests.builders import make_article, make_section
from tests.public.newspaper import make_newspaper


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
    article = make_article(section="World", tags=(TagUse("Gaza"),))
    return [
        "/",
        "/articles/",
        "/sections/world/",
        "/tags/gaza/",
        article.get_absolute_url(),
    ]


@pytest.fixture(scope="module")
def newspaper(rows_of_a_module, tmp_path_factory):
    """Return the addresses of a newspaper's pages by what they show, for a browser."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield make_newspaper()


@pytest.fixture(scope="module")
def site_url(newspaper):
    """Serve the newspaper to all tests of a module: readers change nothing."""
    server = LiveServer("localhost")
    with override_settings(ALLOWED_HOSTS=["localhost"]):
        yield server.url
    server.stop()


@pytest.fixture
def visit(page, complaints):
    """Open an address; that a page is missing is all that the browser may say."""

    def visit(address):
        response = page.goto(address)
        if response.status == 404:
            assert "404" in complaints.pop()
        return page

    return visit
