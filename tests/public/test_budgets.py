"""What a phone pays for a page, which other pages and pictures make no dearer."""

from dataclasses import replace
from hashlib import sha256

import brotli
import pytest
from bs4 import BeautifulSoup

from articles.imports.demonstration import load_demonstration
from articles.models import Article
from articles.pictures.renditions import WIDTHS
from articles.store import Change, write
from articles.store.rows import story_of
from articles.story.story import Caption
from newsroom.compression import CODINGS
from tests.builders import make_photo
from tests.newcomer import HOUSE

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# As browsers ask for them; by gzip they are a tenth larger.
BUDGETS = {"front": 7000, "list": 6000, "story": 4000}


def figures(*words):
    return sha256(repr(words).encode()).hexdigest()


@pytest.fixture
def newspaper(tmp_path):
    """Fill a newspaper with the samples, and give a picture to every story."""
    samples = tmp_path / "samples"
    (samples / "pictures").mkdir(parents=True)
    for path in (HOUSE / "samples").iterdir():
        if path.name != "pictures":
            (samples / path.name).symlink_to(path)
    load_demonstration(samples)
    changes = []
    for article in Article.objects.with_parts():
        photo = make_photo(figures(article.pk), 1920, 1280, renditions=sizes(article))
        caption = Caption(article.headline, "Nida Khan", photo.sha256)
        story = replace(story_of(article), captions=(caption,))
        changes.append(Change(story, article.pk, article.revision))
    write(changes, by=None, why="test")


def sizes(article):
    return [
        {
            "type": f"image/{kind}",
            "width": width,
            "height": width * 2 // 3,
            "name": f"photos/ab/{figures(article.pk, kind, width)}.{ending}",
            "use": "page",
        }
        for kind, ending in (("avif", "avif"), ("webp", "webp"), ("jpeg", "jpg"))
        for width in WIDTHS
    ]


def test_pages_stay_within_their_budgets(client, newspaper):
    addresses = {"front": "/", "list": "/articles/"}
    newest = Article.objects.published().order_by("-published_at").first()
    addresses["story"] = newest.get_absolute_url()
    paid = {kind: cost(client, address) for kind, address in addresses.items()}
    assert {kind for kind in paid if paid[kind] > BUDGETS[kind]} == set(), paid


def cost(client, address):
    """Return the bytes of a page, of a story's without those of its own words."""
    page = client.get(address, headers={"accept-encoding": "gzip, deflate, br"})
    text = brotli.decompress(page.content).decode()
    body = BeautifulSoup(text, "html.parser").select(".body")
    own = CODINGS["br"]("".join(part.get_text() for part in body).encode())
    return len(page.content) - len(own)


def test_page_asks_nobody_else_for_anything_and_for_few_things_at_first(
    client, newspaper
):
    story = Article.objects.published().first().get_absolute_url()
    for address in ("/", "/articles/", story, "/nothing/"):
        page = BeautifulSoup(client.get(address).text, "html.parser")
        asked = [tag["src"] for tag in page.select("[src]:not([loading=lazy])")]
        asked += [tag["href"] for tag in page.select("link[rel~=stylesheet]")]
        asked += [tag["href"] for tag in page.select("link[rel~=icon]")]
        assert all(url.startswith(("/static/", "/media/")) for url in asked)
        # The page itself is one more.
        assert len(asked) + 1 <= 12
