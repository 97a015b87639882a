import pytest
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from tests.public.browser.newspaper import make_newspaper


@pytest.fixture(scope="package")
def newspaper(rows_that_stay, tmp_path_factory):
    """Return the addresses of a newspaper's pages by what they show."""
    media = tmp_path_factory.mktemp("media")
    with rows_that_stay(), override_settings(MEDIA_ROOT=media):
        yield make_newspaper()


@pytest.fixture(scope="package")
def site_url(newspaper):
    """Serve the newspaper to all tests of the package: readers change nothing."""
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
