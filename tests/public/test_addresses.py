import pytest
from bs4 import BeautifulSoup

from tests.builders import make_article, make_section
from tests.public.reading import text_of

pytestmark = pytest.mark.django_db


WRITTEN = [
    "/articles/{}/old/",
    "/articles/{}/old",
    "/articles/{}/old.",
    "/articles/{}/old/).",
    "/articles/{}",
    "/articles/{}/",
    "/articles/{}.",
    "/articles/{}/,",
    "/articles/{}).",
    "/articles/{}”",
    "/articles/{}؟",
    "/s/{}",
    "/s/{}/",
    "/s/{}…",
    "/s/{}。",
]


@pytest.mark.parametrize("address", WRITTEN)
def test_any_slug_none_and_any_mark_at_the_end_lead_there_and_browsers_ask_again(
    client, address
):
    article = make_article()
    response = client.get(address.format(article.code))
    assert response.status_code == 301
    assert response["Location"] == article.get_absolute_url()
    assert response["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("address", ["/articles/{}/x/", "/s/{}"])
def test_code_is_read_in_either_case(client, address):
    article = make_article()
    response = client.get(address.format(article.code.upper()))
    assert response["Location"] == article.get_absolute_url()


def test_slug_may_be_arabic_or_nothing(see):
    arabic = make_article(headline="المبعوث في كابل", language="ar")
    assert text_of(see(arabic.get_absolute_url()), "h1") == ["المبعوث في كابل"]
    signs = make_article(headline="?!")
    assert signs.get_absolute_url().endswith("/-/")
    see(signs.get_absolute_url())


@pytest.mark.parametrize(
    "address",
    [
        "/articles/nothing/x/",
        "/articles/nothing",
        "/articles/nothing/x/y/",
        "/articles/nothing/x.txt/",
        "/s/nothing",
        "/s/a%00b",
        "/tags/a%00b/",
        "/sections/none/",
        "/nothing/",
    ],
)
def test_what_is_not_there_is_a_page_of_its_own(client, address):
    make_section()
    response = client.get(address)
    assert response.status_code == 404
    page = BeautifulSoup(response.text, "html.parser")
    assert text_of(page, "h1") == ["Page not found"]
    assert text_of(page, "nav.menu a") == ["World"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert not page.select("link[rel=canonical]")
