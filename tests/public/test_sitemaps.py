"""Sitemaps name every public page once, and when it truly changed."""

import gzip
from dataclasses import replace
from datetime import date, timedelta

import pytest
from defusedxml.ElementTree import fromstring
from django.utils import timezone

from articles.models import Article, Tag
from articles.store import Change, read, sitemap, write
from articles.story.moment import Moment
from articles.story.story import TagUse
from tests.builders import HOUR, NOON, make_article, make_section, make_story
from tests.public.addresses import sitemaps

pytestmark = pytest.mark.django_db

CORE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
DAY = timedelta(days=1)


@pytest.fixture
def at(monkeypatch):
    """Let the pages be read at a moment."""

    def at(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return at


def read_xml(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    return fromstring(answer.content)


def entries(client, address, site="http://127.0.0.1:8000"):
    """Return the paths in a sitemap, each with its last change."""
    found = [
        (url.findtext(f"{CORE}loc"), url.findtext(f"{CORE}lastmod"))
        for url in read_xml(client, address)
    ]
    assert all(loc.startswith(f"{site}/") for loc, _ in found)
    assert len(dict(found)) == len(found)
    return {loc.removeprefix(site): lastmod for loc, lastmod in found}


def files(client, kind=""):
    """Return the paths of the files of the sitemap, or of those of a kind of page."""
    return [path for path in entries(client, "/sitemap.xml") if kind in path]


def entries_of(client, kind):
    found = {}
    for path in files(client, kind):
        found |= entries(client, path)
    return found


def change(article, now, **parts):
    story = replace(read.story(article.pk), **parts)
    write([Change(story, article.pk)], by=None, now=now)


def write_at(now, **parts):
    (outcome,) = write([Change(make_story(**parts))], by=None, now=now)
    return Article.objects.get(pk=outcome.article_id)


def test_sitemap_names_each_public_page_once_and_no_other(client):
    make_section("World")
    make_section("Empty")
    shown = make_article(
        section="World", tags=(TagUse("Gaza"), TagUse("كراچي")), bylines=("Nida Khan",)
    )
    make_article(
        status="in_review", section="World", tags=(TagUse("Secret"),), bylines=("Mole",)
    )
    make_article(tags=(TagUse("Guessed", "suggestion"),))
    found = [path for file in files(client) for path in entries(client, file)]
    second = Article.objects.published().latest("pk")
    assert sorted(found) == sorted(
        [
            "/",
            "/articles/",
            "/corrections/",
            "/sections/world/",
            "/sections/empty/",
            shown.get_absolute_url(),
            second.get_absolute_url(),
            "/tags/gaza/",
            "/tags/%D9%83%D8%B1%D8%A7%DA%86%D9%8A/",
            "/authors/nida-khan/",
        ]
    )
    for path in found:
        assert client.get(path).status_code == 200, path


def test_last_change_is_the_latest_that_readers_saw(client, at):
    world = make_section()
    article = write_at(
        NOON + HOUR, section="World", tags=(TagUse("Gaza"),), bylines=("Nida Khan",)
    )
    lists = ["/", "/articles/", "/sections/world/"]

    def told():
        stories = entries_of(client, "stories")
        found = {stories[article.get_absolute_url()]}
        found |= {entries(client, "/sitemap-lists.xml")[path] for path in lists}
        for kind in ("tags", "authors"):
            found |= set(entries_of(client, kind).values())
        (moment,) = found
        return moment

    assert told() == "2026-03-14T13:00:00Z"
    suggested = (TagUse("Gaza"), TagUse("Ports", "suggestion"))
    change(article, NOON + 2 * HOUR, tags=suggested)
    assert told() == "2026-03-14T13:00:00Z"
    change(article, NOON + 3 * HOUR + timedelta(seconds=1.5), kicker="Ports")
    assert told() == "2026-03-14T15:00:01Z"
    # What readers cannot see yet is dated by its coming out.
    change(article, NOON + 4 * HOUR, published=Moment(NOON + 6 * HOUR))
    at(NOON + 6 * HOUR)
    assert told() == "2026-03-14T18:00:00Z"
    change(article, NOON + 7 * HOUR, embargo_until=NOON + 8 * HOUR)
    at(NOON + 9 * HOUR)
    assert told() == "2026-03-14T20:00:00Z"
    assert world


def test_list_without_a_story_tells_no_change(client):
    make_section()
    assert set(entries(client, "/sitemap-lists.xml").values()) == {None}


def test_story_stays_in_its_part(client, monkeypatch):
    first = make_article()
    monkeypatch.setattr(sitemap, "SIZE", first.pk)
    second = make_article(NOON - HOUR)
    one, two = files(client, "stories")
    assert [*entries(client, one)] == [first.get_absolute_url()]
    assert [*entries(client, two)] == [second.get_absolute_url()]
    change(first, NOON, status="withdrawn")
    assert entries(client, one) == {}
    assert [*entries(client, two)] == [second.get_absolute_url()]
    for none in ("stories-3", "stories-0", "stories-01", "tags-1", "photos-1"):
        assert client.get(f"/sitemap-{none}.xml").status_code == 404


def test_empty_newspaper_has_a_sitemap_of_its_lists(client):
    assert [*entries(client, "/sitemap.xml")] == ["/sitemap-lists.xml"]
    assert [*entries(client, "/sitemap-lists.xml")] == [
        "/",
        "/articles/",
        "/corrections/",
    ]
    assert len(read_xml(client, "/sitemap-news.xml")) == 0


@pytest.mark.parametrize("count", [1, 25])
def test_sitemap_asks_as_often_for_many(client, django_assert_num_queries, count):
    for n in range(count):
        name = (f"Name {n}",)
        make_section(f"Place{n}")
        make_article(NOON - n * HOUR, tags=(TagUse(*name),), bylines=name)
    asked = dict.fromkeys(sitemaps(), 2) | {"/sitemap.xml": 3}
    for path, queries in (asked | {"/sitemap-news.xml": 1}).items():
        with django_assert_num_queries(queries):
            read_xml(client, path)


def test_sitemap_is_asked_for_again_at_no_cost(client, at):
    at(NOON + HOUR)
    for n in range(20):
        make_article(NOON - n * HOUR)
    for path in sitemaps():
        first = client.get(path, headers={"Accept-Encoding": "gzip"})
        if "stories" in path or "news" in path:
            assert b"</urlset>" in gzip.decompress(first.content)
        assert first["Cache-Control"] == "public, no-cache"
        again = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_news_are_those_of_two_days_as_they_are_printed(client, at, settings):
    settings.SITE_NAME = "Gazette & Post (Harbour)"
    at(NOON + HOUR)
    minute = make_article(NOON, headline="Tom & <b>Ann</b>", language="en-GB")
    day = make_article(published=Moment(date(2026, 3, 14)), language="zh-tw")
    make_article(published=Moment(date(2026, 3, 13), "estimated"))
    make_article(NOON - 2 * DAY + HOUR)
    make_article(NOON + 2 * HOUR)
    make_article(NOON, status="in_review")
    make_article(NOON, embargo_until=NOON + 2 * HOUR)
    urls = read_xml(client, "/sitemap-news.xml")
    assert [
        [
            url.findtext(f"{CORE}loc"),
            *(url.findtext(f".//{NEWS}{name}") for name in ("name", "language")),
            *(
                url.findtext(f".//{NEWS}{name}")
                for name in ("publication_date", "title")
            ),
        ]
        for url in urls
    ] == [
        [
            f"{settings.SITE_URL}{minute.get_absolute_url()}",
            "Gazette & Post",
            "en",
            "2026-03-14T12:00:00+00:00",
            "Tom & <b>Ann</b>",
        ],
        [
            f"{settings.SITE_URL}{day.get_absolute_url()}",
            "Gazette & Post",
            "zh-tw",
            "2026-03-14",
            day.headline,
        ],
    ]


def test_news_are_so_many_at_most(client, at, monkeypatch):
    monkeypatch.setattr(sitemap, "NEWS_SIZE", 2)
    at(NOON + HOUR)
    for n in range(3):
        make_article(NOON - n * HOUR)
    assert len(read_xml(client, "/sitemap-news.xml")) == 2


def test_news_are_others_when_one_gets_old(client, at):
    make_article(NOON)
    at(NOON + 2 * DAY - HOUR)
    assert len(read_xml(client, "/sitemap-news.xml")) == 1
    at(NOON + 2 * DAY)
    with read.noting() as keys:
        assert len(read_xml(client, "/sitemap-news.xml")) == 0
    assert "news" in keys
    changes, _ = read.changes_to_come(NOON + 2 * DAY - HOUR)
    assert (NOON + 2 * DAY, {"news"}) in changes
    changes, _ = read.changes_to_come(NOON + 2 * DAY)
    assert [changed for _, changed in changes] == [{"today"}]


def test_tag_that_is_no_section_any_more_is_told_as_a_tag(client):
    make_article(section=make_section().name, tags=(TagUse("World"),))
    assert entries_of(client, "tags") == {}
    Tag.objects.update(is_section=False, is_in_menu=False)
    assert [*entries_of(client, "tags")] == ["/tags/world/"]
