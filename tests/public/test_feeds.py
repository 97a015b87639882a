"""Feeds hold the full text of what is public, in the forms that their readers parse."""

import json
from datetime import date
from email.utils import parsedate_to_datetime

import feedparser
import pytest
from bs4 import BeautifulSoup
from defusedxml.ElementTree import fromstring

from articles.models import Article
from articles.story.moment import Moment
from articles.story.story import Caption, TagUse
from tests.builders import HOUR, NOON, make_article, make_photo, make_section

pytestmark = pytest.mark.django_db

PLACES = ["/", "/sections/world/", "/tags/gaza/", "/authors/nida-khan/"]
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
MEDIA = "{http://search.yahoo.com/mrss/}"
HOSTILE = "Tom & <b>Ann</b> ]]> “x”"


def story(**parts):
    own = {
        "headline": HOSTILE,
        "body": '<p>One <a href="/articles/">link</a> ]]&gt;.</p><p>Two.</p>',
        "section": "World",
        "tags": (TagUse("Gaza"),),
        "bylines": ("Nida Khan", "AFP"),
    }
    return make_article(**own | parts)


@pytest.fixture
def world(db):
    return make_section()


def rss(client, place="/"):
    answer = client.get(f"{place}feed.xml")
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    return fromstring(answer.content).find("channel")


def json_feed(client, place="/"):
    answer = client.get(f"{place}feed.json")
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    return json.loads(answer.content)


@pytest.mark.parametrize("place", PLACES)
def test_feed_has_the_full_text_and_whole_addresses(client, world, settings, place):
    photo = make_photo(alternative_text="A crane")
    article = story(captions=(Caption("Cranes", "Sami Noor", photo.sha256),))
    story(headline="Hidden", status="in_review")
    site = settings.SITE_URL
    channel, feed = rss(client, place), json_feed(client, place)
    (item,), (other,) = channel.findall("item"), feed["items"]
    assert item.findtext("title") == other["title"] == HOSTILE
    assert item.findtext("guid") == other["id"] == site + article.short_url
    assert item.findtext("link") == other["url"] == site + article.get_absolute_url()
    content = item.findtext(CONTENT)
    assert content == other["content_html"]
    assert f'<a href="{site}/articles/">link</a> ]]&gt;.</p>' in content
    assert "<p>Two.</p>" in content
    assert f'<img src="{site}/media/' in content
    assert "<figcaption>Cranes (Sami Noor)</figcaption>" in content
    assert 'href="/' not in content
    assert 'src="/' not in content
    assert [e.text for e in item.findall(f"{DC}creator")] == ["Nida Khan", "AFP"]
    assert other["authors"][0]["url"] == f"{site}/authors/nida-khan/"
    assert [e.text for e in item.findall("category")] == other["tags"]
    assert other["tags"] == ["World", "Gaza"]
    picture = item.find(f"{MEDIA}content")
    assert picture.get("url") == other["image"]
    assert picture.findtext(f"{MEDIA}credit") == "Sami Noor"
    assert feed["feed_url"] == f"{site}{place}feed.json"
    assert feed["home_page_url"] == channel.findtext("link") == f"{site}{place}"


@pytest.mark.parametrize("place", PLACES)
def test_feed_reader_understands_all_of_it(client, world, settings, place):
    photo = make_photo(alternative_text="A crane")
    article = story(captions=(Caption("Cranes", "Sami Noor", photo.sha256),))
    answer = client.get(f"{place}feed.xml")
    headers = {name.lower(): value for name, value in answer.headers.items()}
    read = feedparser.parse(answer.content, response_headers=headers)
    assert not read.bozo, read.get("bozo_exception")
    assert (read.version, read.encoding) == ("rss20", "utf-8")
    site = settings.SITE_URL
    assert read.feed.link == f"{site}{place}"
    links = {link.rel: link.href for link in read.feed.links}
    assert links["self"] == f"{site}{place}feed.xml"
    (entry,) = read.entries
    assert entry.id == site + article.short_url
    assert entry.link == site + article.get_absolute_url()
    assert entry.title_detail.value == HOSTILE
    assert [author.name for author in entry.authors] == ["Nida Khan", "AFP"]
    assert [tag.term for tag in entry.tags] == ["World", "Gaza"]
    assert entry.published_parsed[:6] == (2026, 3, 14, 12, 0, 0)
    (content,) = entry.content
    assert content.type == "text/html"
    # It leaves out what it takes for dangerous, and finds nothing.
    (item,) = json_feed(client, place)["items"]
    assert parsed(content.value) == parsed(item["content_html"])
    assert [picture["url"] for picture in entry.media_content] == [site + photo.src]


def parsed(html):
    return BeautifulSoup(html, "html.parser")


def test_minute_is_told_a_day_as_a_day_and_an_estimate_never(client, world):
    story(updated=Moment(NOON + HOUR))
    story(published=Moment(date(2026, 3, 13)))
    story(published=Moment(date(2026, 3, 12), "estimated"))
    items, others = rss(client).findall("item"), json_feed(client)["items"]
    assert parsedate_to_datetime(items[0].findtext("pubDate")) == NOON
    assert others[0]["date_published"] == "2026-03-14T12:00:00+00:00"
    assert others[0]["date_modified"] == "2026-03-14T13:00:00+00:00"
    assert [item.findtext("pubDate") for item in items[1:]] == [None, None]
    assert [item.findtext(f"{DC}date") for item in items[1:]] == ["2026-03-13", None]
    assert not any("date_published" in item for item in others[1:])


def test_characters_that_xml_forbids_break_no_feed(client, world):
    article = story()
    Article.objects.filter(pk=article.pk).update(headline="A\x0bB\x01", language="ur")
    (item,) = rss(client).findall("item")
    assert item.findtext("title") == "A B"
    assert item.findtext(CONTENT).startswith('<div lang="ur" dir="rtl">')


@pytest.mark.parametrize("ending", ["xml", "json"])
def test_feed_is_asked_for_again_at_no_cost(client, world, ending):
    story(published=Moment(date(2026, 3, 13)))
    first = client.get(f"/feed.{ending}")
    again = client.get(f"/feed.{ending}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_pages_name_their_own_feeds(see, world):
    article = story()
    for at in (*PLACES, article.get_absolute_url()):
        place = at if at in PLACES else "/"
        page = see(at)
        links = page.select("link[rel=alternate][type*=rss], link[type*='feed+json']")
        assert [a["href"] for a in links] == [f"{place}feed.xml", f"{place}feed.json"]
        assert (
            page.select_one(".footer a[href$='feed.xml']")["href"] == links[0]["href"]
        )


def test_what_has_no_page_has_no_feed(client, world):
    hidden = story(status="in_review")
    for place in ("/tags/gaza/", "/authors/nida-khan/", "/tags/none/"):
        assert client.get(f"{place}feed.xml").status_code == 404
    assert rss(client, "/sections/world/").findall("item") == []
    assert client.get("/tags/world/feed.xml")["Location"] == "/sections/world/feed.xml"
    assert hidden.headline not in client.get("/feed.json").text


@pytest.mark.parametrize("count", [1, 25])
def test_feed_asks_as_often_for_many(client, world, django_assert_num_queries, count):
    for n in range(count):
        story(published=Moment(NOON - n * HOUR))
    with django_assert_num_queries(9):
        assert len(json_feed(client)["items"]) == min(count, 20)


def test_no_moment_is_made_up_and_no_caption_is_lost(client):
    """A story that is dated by a day says no minute, so nor does its feed."""
    make_article(published=Moment(NOON.date()), captions=(Caption("Boats", "AFP"),))
    rss = client.get("/feed.xml").text
    assert "lastBuildDate" not in rss
    assert "Boats (AFP)" in client.get("/feed.json").json()["items"][0]["content_html"]
    make_article()
    assert "<lastBuildDate>" in client.get("/feed.xml").text
