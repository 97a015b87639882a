"""What search engines are told, held against the terms that schema.org has."""

import json

import pytest

from articles.models import Author
from articles.public.structured_data import DIGITAL_SOURCES
from articles.story.moment import Moment
from articles.story.story import Caption, TagUse
from tests.builders import HOUR, NOON, correct, make_article, make_photo, make_section
from tests.public.schema_terms import TERMS

# How a page reads does not depend on the database.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

SITE = "http://127.0.0.1:8000"
DIGITAL_SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
KNOWN = json.loads(TERMS.read_text(encoding="utf-8"))


@pytest.fixture
def told(see, settings):
    """Return what a page tells of each type of thing; every term of it is known."""
    settings.SITE_URL = SITE

    def told(page):
        address = page if isinstance(page, str) else page.get_absolute_url()
        (element,) = see(address).select("script[type='application/ld+json']")
        data = json.loads(element.get_text())
        assert data["@context"] == "https://schema.org"
        check_terms(data["@graph"])
        return {thing["@type"]: thing for thing in data["@graph"]}

    return told


def check_terms(value):
    match value:
        case list():
            for part in value:
                check_terms(part)
        case dict():
            assert set(value) - {"@type"} <= set(KNOWN["types"][value["@type"]])
            check_terms(list(value.values()))
        case _:
            assert value not in ("", None)


def test_a_story_is_told_as_it_stands_on_its_page(told):
    make_section()
    article = make_article(
        kind="opinion",
        section="World",
        bylines=("Nida Khan", "AFP"),
        dateline="PORT AMBER",
        standfirst="Ships come in again, and those by the sea count what it took.",
        tags=(TagUse("Ports"), TagUse("Idea", "suggestion")),
        updated=Moment((NOON + 24 * HOUR).date()),
        corrections=correct("It is nine metres.", at=NOON + HOUR),
    )
    publisher = {
        "@type": "NewsMediaOrganization",
        "name": "Newsroom",
        "url": f"{SITE}/",
        "logo": f"{SITE}/static/icon-512.png",
        "correctionsPolicy": f"{SITE}/corrections/",
    }
    assert told(article) == {
        "OpinionNewsArticle": {
            "@type": "OpinionNewsArticle",
            "headline": "Harbour reopens after the storm",
            "description": article.standfirst,
            "url": SITE + article.get_absolute_url(),
            "mainEntityOfPage": SITE + article.get_absolute_url(),
            "datePublished": "2026-03-14T12:00:00+00:00",
            "dateModified": "2026-03-15",
            "author": [
                author("Person", "Nida Khan", "nida-khan"),
                author("Organization", "AFP", "afp"),
            ],
            "publisher": publisher,
            "articleSection": "World",
            "keywords": ["Ports"],
            "inLanguage": "en",
            "dateline": "PORT AMBER",
            "correction": [
                {
                    "@type": "CorrectionComment",
                    "text": "It is nine metres.",
                    "datePublished": "2026-03-14T13:00:00+00:00",
                }
            ],
            "isAccessibleForFree": True,
        },
        "BreadcrumbList": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                step(1, "Newsroom", item=f"{SITE}/"),
                step(2, "World", item=f"{SITE}/sections/world/"),
                step(3, "Harbour reopens after the storm"),
            ],
        },
    }


def author(type_, name, slug):
    return {"@type": type_, "name": name, "url": f"{SITE}/authors/{slug}/"}


def test_page_of_an_author_tells_who_that_is(told):
    make_article(bylines=("Nida Khan", "AFP"))
    agency = told("/authors/afp/")["ProfilePage"]["mainEntity"]
    assert agency == author("Organization", "AFP", "afp")
    photo = make_photo()
    Author.objects.filter(name="Nida Khan").update(
        biography="She writes of ports.", portrait=photo
    )
    page = told("/authors/nida-khan/")
    assert page["ProfilePage"]["mainEntity"] == {
        **author("Person", "Nida Khan", "nida-khan"),
        "description": "She writes of ports.",
        "image": SITE + photo.src,
    }
    assert page["BreadcrumbList"]["itemListElement"][1:] == [step(2, "Nida Khan")]


def test_what_is_told_of_a_story_agrees_with_its_page(told, see):
    article = make_article(updated=Moment(NOON + HOUR), standfirst="At last. " * 9)
    story, page = told(article)["NewsArticle"], see(article.get_absolute_url())
    times = [time["datetime"] for time in page.select(".article__facts time")]
    assert [story["datePublished"], story["dateModified"]] == times
    assert story["headline"] == page.h1.get_text()
    assert story["url"] == page.select_one("link[rel=canonical]")["href"]
    description = page.select_one("meta[name=description]")["content"]
    assert story["description"] == description


def step(position, name, **item):
    return {"@type": "ListItem", "position": position, "name": name, **item}


@pytest.mark.parametrize(
    ("kind", "type_"), [("news", "NewsArticle"), ("analysis", "AnalysisNewsArticle")]
)
def test_a_story_is_of_the_type_of_its_kind(told, kind, type_):
    assert type_ in told(make_article(kind=kind))


def test_an_estimated_date_is_not_told(told):
    story = told(make_article(published=Moment(NOON, "estimated")))["NewsArticle"]
    assert "datePublished" not in story
    assert "dateModified" not in story


def test_pictures_are_told_with_whose_they_are(told):
    share = {"use": "share", "type": "image/jpeg", "width": 1200, "height": 630}
    square = {"use": "square", "type": "image/webp", "height": 1}
    lead = make_photo(
        renditions=[
            share | {"name": f"photos/{'a' * 32}.jpg"},
            *(
                square | {"width": width, "name": f"photos/{width}{'0' * 29}.webp"}
                for width in (480, 320)
            ),
        ],
        credit="Coast Pictures",
        creator="Nida Khan; AFP",
        copyright_notice="© Coast Pictures",
        web_statement="https://example.com/licence",
        licensor_url="https://example.com/buy",
        digital_source_type=f"{DIGITAL_SOURCE}compositeWithTrainedAlgorithmicMedia",
    )
    other = make_photo(
        "b1",
        web_statement="Ask us",
        digital_source_type=f"{DIGITAL_SOURCE}humanEdits",
    )
    captions = (
        Caption("In the body", "", other.sha256, "kk2"),
        Caption("Words alone"),
        Caption("Cranes", "", lead.sha256),
        Caption("The same", "", lead.sha256),
    )
    body = "<p>Text.</p><figure data-caption=kk2></figure>"
    story = told(make_article(captions=captions, body=body))["NewsArticle"]
    assert story["image"] == [
        SITE + lead.share["url"],
        SITE + lead.url_of({"name": f"photos/480{'0' * 29}.webp"}),
        {
            "@type": "ImageObject",
            "contentUrl": SITE + lead.src,
            "caption": "Cranes",
            "creditText": "Coast Pictures",
            "creator": [
                {"@type": "Person", "name": "Nida Khan"},
                {"@type": "Organization", "name": "AFP"},
            ],
            "copyrightNotice": "© Coast Pictures",
            "license": "https://example.com/licence",
            "acquireLicensePage": "https://example.com/buy",
            "digitalSourceType": "CompositeWithTrainedAlgorithmicMediaDigitalSource",
        },
        {
            "@type": "ImageObject",
            "contentUrl": SITE + other.src,
            "caption": "In the body",
        },
    ]


def test_every_way_in_which_a_picture_came_to_be_is_one_of_the_vocabulary():
    assert set(DIGITAL_SOURCES.values()) == set(KNOWN["digitalSourceType"])


def test_front_page_tells_who_publishes_the_site(told):
    site = told("/")["WebSite"]
    assert (site["name"], site["url"], site["inLanguage"]) == (
        "Newsroom",
        f"{SITE}/",
        "en",
    )
    assert site["publisher"]["@type"] == "NewsMediaOrganization"


def test_lists_tell_the_way_to_them(told, addresses):
    names = [["All stories"], ["Corrections"], ["World"], ["Gaza"]]
    for address, name in zip(addresses[1:5], names, strict=True):
        items = told(address)["BreadcrumbList"]["itemListElement"]
        assert [item["name"] for item in items] == ["Newsroom", *name]


def test_no_words_end_the_element_or_open_another(told, client):
    headline = "</script><script>alert(1)</script><!-- & \u2028"
    article = make_article(headline=headline)
    assert told(article)["NewsArticle"]["headline"] == article.headline
    page = client.get(article.get_absolute_url()).content.decode()
    assert "<script>" not in page
    assert "<!--" not in page
