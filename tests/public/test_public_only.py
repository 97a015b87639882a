"""Crawl the whole site from `/`: it holds what is public, and nothing else."""

import re
from dataclasses import replace
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from defusedxml.ElementTree import fromstring
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, resolve
from django.utils import timezone

from articles.models import Article
from articles.store import Change, lists, read, write
from articles.story.story import Caption, Correction, Highlight, Rewording, TagUse
from tests.builders import HOUR, NOON, correct, make_article, make_section
from tests.public.addresses import OF_PROGRAMS, public_addresses

# What is public is asked by statements that are tested on both databases.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.xdist_group("crawl"),
]

# What is served beside the pages: the desk and its previews, the operator's questions,
# files.
NO_PAGES = {"admin", "preview", "healthz", "metrics", "media"}
SECRET = "Unpublished"
TEXT = re.compile(r"text/|application/([\w.-]+\+)?(json|xml)")


WRONG = (Rewording("body", f"{SECRET} before", f"{SECRET} after"),)


def hidden(**parts):
    """Return a story of which every word readers could meet is marked."""
    copy = {
        "headline": f"{SECRET} headline",
        "kicker": f"{SECRET} kicker",
        "standfirst": f"{SECRET} standfirst",
        "dateline": f"{SECRET} place",
        "bylines": (f"{SECRET} author",),
        "highlights": (Highlight(f"{SECRET} highlight"),),
        "captions": (Caption(f"{SECRET} caption", f"{SECRET} credit"),),
        "body": f"<p>{SECRET} body</p>",
        "section": "World",
        "tags": (TagUse("Gaza"), TagUse(f"{SECRET} tag")),
        "corrections": correct(f"{SECRET} note"),
    }
    return make_article(**copy | parts)


def hide_each_way():
    now = timezone.now()
    return [
        hidden(status="draft"),
        hidden(status="in_review"),
        hidden(published_at=now + HOUR),
        hidden(embargo_until=now + HOUR),
        hidden(expires_at=now - HOUR),
        hidden(status="withdrawn"),
        *map(withdrawn_since, (True, False)),
    ]


def withdrawn_since(is_silent):
    """Return a story that readers knew."""
    article = hidden()
    story = replace(read.story(article.pk), status="withdrawn", is_silent=is_silent)
    write([Change(story, article.pk)], by=None)
    article.refresh_from_db()
    return article


def gone(article):
    return article.was_public and not article.is_silent


@pytest.fixture(scope="module", autouse=True)
def few_stories_fill_a_page():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lists, "SIZE", 4)
        yield


@pytest.fixture(scope="module")
def unpublished(rows_of_a_module):
    """What is hidden on a site whose lists have three pages."""
    make_section()
    make_section("Harbour", position=2)
    for n in range(9):
        section = "World" if n % 2 else ""
        make_article(
            NOON - n * HOUR,
            section=section,
            tags=(TagUse("Gaza"),),
            bylines=("Nida Khan",),
            # The words that were wrong are for the desk: some must not be repeated.
            corrections=(Correction("Put right", NOON - n * HOUR, WRONG),),
        )
    return hide_each_way()


@pytest.fixture(scope="module")
def answers(unpublished):
    return crawl(Client())


def words(response):
    """Return what an answer says in words, and so nothing of a picture."""
    is_text = TEXT.match(response["Content-Type"])
    return response.content.decode() if is_text else ""


def links(address, response):
    """Return the paths on this site that a page names, whatever names them."""
    if address == "/favicon.ico":
        return set()
    if "Location" in response:
        return {urljoin(address, response["Location"])}
    if urlsplit(address).path.startswith("/sitemap"):
        locs = fromstring(response.content).findall(".//{*}loc")
        return {unquote(loc.text).removeprefix(settings.SITE_URL) for loc in locs}
    # A feed names stories and pages, which pages name, too.
    is_page = response["Content-Type"].startswith("text/html")
    page = BeautifulSoup(words(response) if is_page else "", "html.parser")
    named = [e["href"] for e in page.select("a[href], link[href]")]
    named += [e["src"] for e in page.select("[src]")]
    shared = page.select('meta[property="og:image"]')
    named += [e["content"].removeprefix(settings.SITE_URL) for e in shared]
    whole = [urljoin(f"http://site{address}", name) for name in named]
    parts = [urlsplit(name) for name in whole]
    return {
        f"{url.path}?{url.query}" if url.query else url.path
        for url in parts
        if url.hostname == "site" and not url.path.startswith(("/static/", "/media/"))
    }


def crawl(client):
    """Return the answers of every address that can be reached from the front page.

    And from those that are typed, or cut.
    """
    code = Article.objects.published().first().code
    typed = {f"/articles/{code}", f"/articles/{code}/x", f"/s/{code}."}
    typed |= {f"/search/?q={words}" for words in ("harbour", "headline", "gazza")}
    typed |= {"/sitemap.xml", "/sitemap-news.xml", *OF_PROGRAMS}
    answers, known = {}, {"/", *typed}
    while new := known - answers.keys():
        for address in new:
            answers[address] = client.get(address)
            known |= links(address, answers[address])
    return answers


def public_routes(resolver=None, prefix=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if route.split("/")[0] in NO_PAGES:
            continue
        if hasattr(pattern, "url_patterns"):
            yield from public_routes(pattern, route)
        else:
            yield route


def test_crawler_meets_every_route_and_nothing_but_pages(answers):
    reached = {resolve(urlsplit(address).path).route for address in answers}
    assert reached == set(public_routes())
    assert {answer.status_code for answer in answers.values()} == {200, 301}


def test_list_of_addresses_has_every_route(unpublished):
    listed = {resolve(urlsplit(address).path).route for address in public_addresses()}
    assert listed == set(public_routes())


def test_crawler_meets_every_published_story_and_no_other(answers):
    for article in Article.objects.published():
        assert answers[article.get_absolute_url()].status_code == 200
    for address, answer in answers.items():
        assert SECRET.lower() not in address.lower()
        assert SECRET.lower() not in words(answer).lower(), address


def test_nobody_finds_an_unpublished_story_by_its_address(client, unpublished):
    for article in unpublished:
        slug, short = article.get_absolute_url(), article.short_url
        code, item = f"/articles/{article.code}", article.json_path
        others = f"{code}/-/", f"{code}/-.json", code, f"{code})."
        for address in (slug, item, *others, short, f"{short}.png"):
            answer = client.get(address)
            assert answer.status_code == (410 if gone(article) else 404)
            assert "Location" not in answer
            assert SECRET not in answer.content.decode()
    assert client.get("/tags/unpublished-tag/").status_code == 404
    assert client.get("/authors/unpublished-author/").status_code == 404


def test_story_goes_from_every_page_when_it_is_withdrawn(client, answers):
    article = make_article(NOON + HOUR, headline=f"{SECRET} soon", section="World")
    assert SECRET in client.get("/sections/world/").content.decode()
    Article.objects.filter(pk=article.pk).update(status="withdrawn")
    pages = {address for address, answer in answers.items() if words(answer)}
    own = {article.get_absolute_url(), article.json_path, article.short_url}
    for address in pages | own:
        assert SECRET not in words(client.get(address)), address
