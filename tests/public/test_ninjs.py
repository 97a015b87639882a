"""A story as a news item, held against the IPTC's schema and rules of our own."""

import json
import re
from datetime import UTC, datetime

import jsonschema
import pytest

from articles.models import Article
from articles.story.moment import Moment
from articles.story.story import Caption, Highlight, TagUse
from tests.builders import HOUR, NOON, correct, make_article, make_photo, make_section
from tests.newcomer import HOUSE

# How a page reads does not depend on the database.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

SITE = "http://127.0.0.1:8000"
# It is no part of the project: where somebody has it, it stands beside.
SCHEMA = HOUSE.parent / "shared/schemas/ninjs-schema_3.1.json"
DIGITAL_SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"


@pytest.fixture
def item(client, settings):
    """Return the news item of an article."""
    settings.SITE_URL = SITE

    def item(article):
        answer = client.get(article.json_path)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/json"
        return answer.json()

    return item


@pytest.fixture
def whole():
    """Return a story that has something to say in every property."""
    make_section()
    photo = make_photo(
        headline="Gulls",
        creator="Nida Khan",
        credit="Coast Pictures",
        copyright_notice="© Coast Pictures",
        usage_terms="Once",
        web_statement="https://example.com/licence",
        digital_source_type=DIGITAL_SOURCE,
        alternative_text="Gulls over a quay",
    )
    return make_article(
        kind="opinion",
        kicker="After the storm",
        standfirst="Ships come in.",
        bylines=("Nida Khan", "AFP"),
        dateline="PORT AMBER",
        section="World",
        highlights=(Highlight("One"), Highlight("Two")),
        captions=(
            Caption("Gulls above the mole.", "", photo.sha256, "kk2"),
            Caption("No picture of this is at hand."),
        ),
        body='<p>First, <a href="/articles/">as told</a>: href="/x".</p>'
        "<figure data-caption=kk2></figure><h2>Why</h2><p>Second.</p>",
        corrections=correct("It is nine metres.", "So is the other."),
        updated=Moment(NOON + HOUR),
        tags=(TagUse("Ports"), TagUse("Idea", "suggestion")),
    )


def test_item_says_all_that_the_page_does(item, whole):
    photo = whole.captions.exclude(photo=None).get().photo
    assert item(whole) == {
        "uri": SITE + whole.short_url,
        "standard": {
            "name": "ninjs",
            "version": "3.1",
            "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
        },
        "type": "text",
        "representationType": "full",
        "pubStatus": "usable",
        "firstCreated": "2026-03-14T12:00:00+00:00",
        "versionCreated": "2026-03-14T13:00:00+00:00",
        "language": "en",
        "slugline": whole.slug,
        "headlines": [text("main", whole.headline), text("kicker", whole.kicker)],
        "by": "Nida Khan, AFP",
        "people": [author("Nida Khan", "nida-khan")],
        "organisations": [author("AFP", "afp")],
        "located": "PORT AMBER",
        "descriptions": [
            text("standfirst", "Ships come in."),
            text("highlight", "One"),
            text("highlight", "Two"),
            text("correction", "It is nine metres."),
            text("correction", "So is the other."),
        ],
        "bodies": [
            {
                "role": "main",
                "contentType": "text/html",
                "wordCount": 6,
                "value": f'<p>First, <a href="{SITE}/articles/">as told</a>: '
                'href="/x".</p>\n<h2>Why</h2>\n<p>Second.</p>',
            }
        ],
        "edNote": "2026-03-14T12:00:00+00:00 It is nine metres.\n"
        "2026-03-14T12:00:00+00:00 So is the other.",
        "genres": [
            {"name": "Opinion", "uri": "http://cv.iptc.org/newscodes/genre/Opinion"}
        ],
        "subjects": [
            {"name": "World", "rel": "category", "uri": f"{SITE}/sections/world/"},
            {"name": "Ports", "rel": "keyword", "uri": f"{SITE}/tags/ports/"},
        ],
        "associations": [
            {
                "name": "picture 1",
                "rel": "picture",
                "uri": SITE + photo.src,
                "type": "picture",
                "pubStatus": "usable",
                "by": "Nida Khan",
                "headlines": [text("main", "Gulls")],
                "descriptions": [
                    text("caption", "Gulls above the mole."),
                    text("alternative text", "Gulls over a quay"),
                ],
                "infoSources": [{"name": "Coast Pictures", "role": "credit"}],
                "copyrightNotice": "© Coast Pictures",
                "usageTerms": "Once",
                "rightsInfo": {"linkedRights": "https://example.com/licence"},
                "digitalSourceType": {"uri": DIGITAL_SOURCE},
                "renditions": [{"name": "main", "href": SITE + photo.src}],
            }
        ],
        "altIds": [{"role": "code", "value": whole.code}],
    }


def author(name, slug):
    return {"name": name, "rel": "author", "uri": f"{SITE}/authors/{slug}/"}


def text(role, value):
    return {"role": role, "contentType": "text/plain", "value": value}


def test_what_nobody_said_is_left_out(item):
    day = Moment(NOON.date())
    article = make_article(published=day, updated=Moment(NOON + HOUR, "estimated"))
    assert set(item(article)) == {
        "uri",
        "standard",
        "type",
        "representationType",
        "pubStatus",
        "language",
        "slugline",
        "headlines",
        "bodies",
        "altIds",
    }
    assert "firstCreated" not in item(make_article(published=Moment(NOON, "estimated")))


def test_a_time_before_there_were_zones_is_told_as_programs_read_it(item, settings):
    settings.TIME_ZONE = "America/New_York"
    article = make_article(datetime(1850, 5, 1, 17, tzinfo=UTC))
    assert item(article)["firstCreated"] == "1850-05-01T17:00:00+00:00"


@pytest.mark.skipif(
    not SCHEMA.exists(), reason=f"The IPTC's {SCHEMA.name} is not here."
)
def test_items_are_as_the_schema_says(item, whole):
    formats = jsonschema.FormatChecker(formats=())
    formats.checks("date-time", ValueError)(has_zone)
    formats.checks("uri")(re.compile(r"https?://[!-~]+").fullmatch)
    schema = jsonschema.Draft202012Validator(
        json.loads(SCHEMA.read_text(encoding="utf-8")), format_checker=formats
    )
    arabic = make_article(
        headline="قارب", language="ar", section="World", tags=(TagUse("مرفأ"),)
    )
    for article in (whole, arabic, make_article(kind="analysis", headline="؟")):
        schema.validate(item(article))
    assert not schema.is_valid(item(whole) | {"headline": "Of ninjs 1"})
    assert not schema.is_valid(item(whole) | {"firstCreated": "2026-03-14"})


def has_zone(text):
    return datetime.fromisoformat(text).tzinfo is not None


def test_a_page_leads_to_its_item_and_each_way_of_writing_it_to_one(client, see):
    article = make_article()
    page = see(article.get_absolute_url())
    link = page.select_one("link[rel=alternate][type='application/json']")
    assert link["href"] == article.json_path
    canonical = page.select_one("link[rel=canonical]")["href"]
    told = client.get(article.json_path)["Link"]
    assert told == f'<{canonical}>; rel="canonical"'
    assert article.json_path == f"{article.get_absolute_url()[:-1]}.json"
    for code, slug in ((article.code.upper(), article.slug), (article.code, "old")):
        answer = client.get(f"/articles/{code}/{slug}.json")
        assert (answer.status_code, answer.url) == (301, article.json_path)
    assert client.post(article.json_path).status_code == 405


def test_an_item_has_an_etag_and_costs_few_statements(
    client, whole, django_assert_num_queries
):
    with django_assert_num_queries(5):
        answer = client.get(whole.json_path)
    seen = {"if-none-match": answer["ETag"]}
    assert client.get(whole.json_path, headers=seen).status_code == 304


def test_an_item_goes_with_its_story(client):
    article = make_article()
    assert client.get(article.json_path).status_code == 200
    Article.objects.update(status="withdrawn")
    assert client.get(article.json_path).status_code in {404, 410}
