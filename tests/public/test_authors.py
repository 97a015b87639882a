import pytest

from articles.models import Author
from articles.store.photos import withdraw_photo
from tests.builders import HOUR, NOON, make_article, make_photo
from tests.public.reading import headlines, text_of

pytestmark = pytest.mark.django_db

BIOGRAPHY = "Nida Khan writes of ports.\n\nShe lives by one."


@pytest.fixture
def author():
    make_article(headline="New", bylines=("Nida Khan", "AFP"))
    make_article(NOON - HOUR, headline="Old", bylines=("NIDA KHAN",))
    make_article(headline="Another's", bylines=("AFP",))
    make_article(headline="Hidden", bylines=("Nida Khan",), status="in_review")
    return Author.objects.get(name="Nida Khan")


def portray(author, **values):
    photo = make_photo(**values)
    Author.objects.filter(pk=author.pk).update(portrait=photo, biography=BIOGRAPHY)
    return photo


def test_author_has_a_page_with_portrait_biography_and_stories(see, author):
    portray(author, alternative_text="A woman at a quay", credit="Sami Noor")
    page = see("/authors/nida-khan/")
    assert text_of(page, "h1") == ["Nida Khan"]
    assert text_of(page, ".author__biography p") == [
        "Nida Khan writes of ports.",
        "She lives by one.",
    ]
    assert page.select_one(".author img")["alt"] == "A woman at a quay"
    assert text_of(page, ".author figcaption bdi") == ["Sami Noor"]
    assert headlines(page) == ["New", "Old"]
    description = page.select_one("meta[name=description]")["content"]
    assert description.startswith("Nida Khan writes of ports.")


def test_author_without_more_has_a_plain_page_and_so_has_an_agency(see, author):
    page = see("/authors/nida-khan/")
    assert not page.select(".author")
    assert set(headlines(see("/authors/afp/"))) == {"New", "Another's"}


def test_bylines_lead_to_their_authors(see, author):
    story = author.bylines.get(article__headline="New").article
    links = see(story.get_absolute_url()).select(".article__bylines a[rel=author]")
    assert [a["href"] for a in links] == ["/authors/nida-khan/", "/authors/afp/"]


def test_withdrawn_portrait_is_not_shown(see, author):
    withdraw_photo(portray(author), NOON)
    page = see("/authors/nida-khan/")
    assert text_of(page, ".author__biography p")
    assert not page.select(".author img")


def test_author_of_no_public_story_has_no_page(client):
    author = Author.objects.create(name="Sami Noor", biography="He waits.")
    assert client.get(author.get_absolute_url()).status_code == 404
    make_article(bylines=("Sami Noor",), embargo_until=NOON + 9_999_999 * HOUR)
    assert client.get(author.get_absolute_url()).status_code == 404
    assert client.get("/authors/nobody/").status_code == 404
    make_article(bylines=("Sami Noor",))
    assert client.get(author.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Nida Khan", "nida-khan"),
        ("سميرة حداد", "سميرة-حداد"),
        ("Мария Петрова", "мария-петрова"),
        ("สมชาย ใจดี", "สมชาย-ใจดี"),
        ("नीदा खान", "नीदा-खान"),
    ],
)
def test_address_of_an_author_keeps_its_script(client, name, slug):
    (byline,) = make_article(bylines=(name,)).bylines.all()
    assert byline.author.slug == slug
    assert client.get(byline.author.get_absolute_url()).status_code == 200


def test_names_that_make_one_slug_get_two():
    (article, other) = (make_article(bylines=(n,)) for n in ("Nida Khan", "Nida-Khan"))
    slugs = [a.bylines.get().author.slug for a in (article, other)]
    assert slugs[0] == "nida-khan"
    assert slugs[1].startswith("nida-khan-")
    nameless = make_article(bylines=("★", "☆")).bylines.all()
    assert len({byline.author.slug for byline in nameless} - {""}) == 2
