"""Readers find stories on a page of its own, and only what they may read."""

from dataclasses import replace

import feedparser
import pytest
from django.utils import timezone

from articles.models import Author, Tag
from articles.store import Change, read, write
from articles.store.search import find, page
from articles.story.story import Caption, TagUse
from tests.builders import HOUR, NOON, make_article, make_section

pytestmark = pytest.mark.django_db

# A word that stands in hidden stories alone, and one that stands in none.
HIDDEN, NOWHERE = "zebrafinch", "zebrafonch"


@pytest.fixture
def stories(db):
    make_section()
    make_article(
        headline="Old walls of the harbour",
        body="<p>Fog came in.</p><p>The <strong>sea</strong> &lt;rose&gt; & fell.</p>",
        section="World",
        bylines=("Nida Khan",),
        captions=(Caption("Gulls above the quay", "Reuters"),),
    )
    make_article(NOON - HOUR, headline="Fog", body="<p>Nobody saw the harbour.</p>")
    make_article(NOON - 2 * HOUR, headline="Harbour", tags=(TagUse("Ports"),))


def texts(see, query, selector):
    return [part.get_text(" ", strip=True) for part in see(query).select(selector)]


def headlines(see, query):
    return texts(see, query, ".found__headline")


def test_story_with_the_words_in_its_headline_stands_first_then_the_newer(see, stories):
    found = headlines(see, "/search/?q=harbour")
    assert found == ["Old walls of the harbour", "Harbour", "Fog"]
    assert headlines(see, "/search/?q=fog") == ["Fog", "Old walls of the harbour"]


def test_page_is_no_page_for_search_engines_and_every_other_leads_to_it(see, stories):
    for address in ("/search/", "/search/?q=harbour", "/search/?q=nothing"):
        head = see(address)
        assert head.select('meta[name="robots"]')[0]["content"] == "noindex"
        assert not head.select('link[rel="canonical"]')
    story = read.latest().articles[0].get_absolute_url()
    for address in ("/", "/articles/", "/sections/world/", story):
        assert see(address).select('.masthead a[href="/search/"]')


def test_words_are_marked_and_all_else_is_plain_text(see, stories):
    (story,) = see("/search/?q=walls sea").select(".found")
    assert [mark.get_text() for mark in story.select("mark")] == ["walls", "sea"]
    assert "<rose> & fell" in story.get_text()
    assert not story.select("rose, strong")
    assert "Gulls above" in see("/search/?q=gull").select(".found__extract")[0].text


def test_question_never_becomes_markup(see, stories):
    page = see("/search/?q=%3Cscript%3Ealert(1)%3C/script%3E%22&by=%22%3E%3Cb%3E")
    assert not page.select("main script, main b")
    assert page.select("#q")[0]["value"] == '<script>alert(1)</script>"'


def test_form_and_typed_fields_ask_the_same(see, stories):
    asked = "/search/?q=harbour&section=World&by=khan&after=2025&before=2027"
    typed = "/search/?q=harbour section:world by:khan after:2025 before:2027"
    assert headlines(see, asked) == headlines(see, typed)
    assert headlines(see, asked) == ["Old walls of the harbour"]
    assert headlines(see, '/search/?q="old walls&section=World') == headlines(
        see, typed
    )


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("harbour before:yesterday", "“yesterday” is no date"),
        ("word " * 40, "only its beginning"),
        ("?!", "Type a word"),
        ("zzzzzz", "No story was found"),
    ],
)
def test_what_cannot_be_looked_for_is_said_kindly(client, stories, query, said):
    answer = client.get("/search/", {"q": query})
    assert answer.status_code == 200
    assert said in answer.text


@pytest.mark.parametrize(
    "value",
    ["\x00", "a\x00b", b"\xed\xa0\x80", "%", "'" * 400, '"' * 99, "((((", "\\"],
)
@pytest.mark.parametrize("name", ["q", "by", "before", "from"])
def test_no_question_is_an_error(client, db, name, value):
    answer = client.get("/search/", {"q": "harbour", name: value})
    assert answer.status_code == (404 if name == "from" else 200)


def test_code_and_address_lead_to_their_story(client, stories):
    article = read.latest().articles[0]
    path = article.get_absolute_url()
    for text in (article.code, article.short_url, f"https://x.example{path}", path):
        assert client.get("/search/", {"q": text})["Location"] == path


def test_what_comes_near_is_offered_with_what_it_finds(see, stories):
    links = see("/search/?q=harbor fogg").select(".search__near a")
    assert [link.get_text() for link in links] == ["harbour Fog"]
    assert headlines(see, links[0]["href"]) == ["Old walls of the harbour", "Fog"]


def test_filters_that_leave_nothing_are_told_with_what_is_there_without_them(
    see, stories
):
    links = see("/search/?q=harbour&section=World&before=2020").select(
        ".search__near a"
    )
    assert [link.get_text(strip=True) for link in links] == [
        '1 story without “before:"2020"”'
    ]
    assert headlines(see, links[0]["href"]) == ["Old walls of the harbour"]


def test_pages_go_on_where_the_one_before_ended(see, monkeypatch, stories):
    monkeypatch.setattr(page, "SIZE", 1)
    address, found = "/search/?q=harbour", []
    while address:
        shown = see(address)
        found += [part.get_text() for part in shown.select(".found__headline")]
        (following,) = shown.select('a[rel="next"]') or [{"href": ""}]
        address = following["href"] and f"/search/{following['href']}"
    assert found == ["Old walls of the harbour", "Harbour", "Fog"]
    assert see("/search/").select(".search__form")


def test_count_of_a_frequent_word_is_capped_and_the_newest_are_ranked(
    see, monkeypatch, stories
):
    monkeypatch.setattr(find, "MOST", 2)
    assert "More than" in see("/search/?q=harbour").select(".search__count")[0].text
    assert headlines(see, "/search/?q=harbour") == ["Old walls of the harbour", "Fog"]
    before = headlines(see, "/search/?q=harbour before:2026-03-15")
    assert before == ["Old walls of the harbour", "Fog"]


def test_feed_has_the_newest_stories_that_a_search_finds(client, see, stories):
    (link,) = see("/search/?q=harbour&section=World").select('link[title$="RSS"]')[1:]
    feed = feedparser.parse(client.get(link["href"]).content)
    assert [entry.title for entry in feed.entries] == ["Old walls of the harbour"]
    item = client.get("/search/feed.json", {"q": "fog"}).json()
    assert [i["title"] for i in item["items"]] == ["Old walls of the harbour", "Fog"]
    assert client.get("/search/feed.xml").status_code == 404


def hide(**parts):
    copy = {
        "headline": HIDDEN,
        "body": f"<p>{HIDDEN}</p>",
        "dateline": HIDDEN,
        "bylines": (HIDDEN,),
        "captions": (Caption(HIDDEN, HIDDEN),),
        "tags": (TagUse(HIDDEN),),
        "section": "World",
    }
    return make_article(**copy | parts)


def hide_each_way():
    now = timezone.now()
    article = hide(headline=f"{HIDDEN} withdrawn")
    story = replace(read.story(article.pk), status="withdrawn")
    write([Change(story, article.pk)], by=None)
    hide(status="draft")
    hide(status="in_review")
    hide(published_at=now + HOUR)
    hide(embargo_until=now + HOUR)
    hide(expires_at=now - HOUR)
    return article


def test_no_door_of_search_tells_of_a_hidden_story(client, stories):
    """What is told of a word in hidden stories alone is told of one in none."""
    article = hide_each_way()
    assert Tag.objects.filter(name=HIDDEN).exists()
    assert Author.objects.filter(name=HIDDEN).exists()
    doors = [
        "{}",
        "zebrafinsh {}",
        "harbour {}",
        "{} section:world",
        "{} before:2020",
        "harbour section:world -{}",
        "tag:{} harbour",
        "by:{}",
        "credit:{}",
        "place:{}",
        "zeb*{}",
        "{}*",
    ]
    for door in doors:
        hidden, nowhere = (
            client.get("/search/", {"q": door.format(word)}).text.replace(word, "")
            for word in (HIDDEN, NOWHERE)
        )
        assert hidden == nowhere, door
    page = client.get("/search/", {"q": article.code})
    assert page.status_code == 200
    assert "No story was found" in page.text
    # What is nearest to what was typed is a hidden word.
    assert HIDDEN not in client.get("/search/", {"q": "zebrafinsh"}).text
    feed = client.get("/search/feed.json", {"q": HIDDEN}).json()
    assert feed["items"] == []


def test_page_costs_as_many_questions_for_many_stories_as_for_few(
    client, django_assert_num_queries, stories
):
    """It asks for the menu, the languages, the keys, the words and whole stories."""
    with django_assert_num_queries(9):
        client.get("/search/?q=harbour")
    for number in range(30):
        make_article(headline=f"Harbour {number}", bylines=("Nida Khan",))
    with django_assert_num_queries(9):
        client.get("/search/?q=harbour")
