"""Four stories, end to end: two files go in, and the pages show what they say."""

import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from articles.imports.run import import_sources
from articles.imports.stories import ImportOptions
from articles.models import Article, SourceStory
from articles.store import read
from articles.story.story import to_json
from tests.four_stories import FOLDERS, OWN, REAL, SHARED, needs_real_pages
from tests.newcomer import HOUSE

# The real ones, or one case that says why it is skipped.
FILES = [
    *sorted(OWN.glob("*.txt")),
    *(sorted(REAL.glob("*.txt")) or [pytest.param(REAL, marks=needs_real_pages)]),
]
LAYOUTS = sorted(SHARED.glob("layouts/*.txt"))

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def readings(path):
    """Return what the parser's command prints of the file's stories."""
    command = [sys.executable, "-m", "articles.parsing", str(path)]
    printed = subprocess.run(command, cwd=HOUSE, capture_output=True, check=True)
    (source,) = json.loads(printed.stdout)["sources"]
    return source["articles"]


def import_file(path):
    """Import the file and return its articles in the file's order."""
    import_sources(
        [path], ImportOptions(), crawled_at=datetime(2026, 2, 2, 9, tzinfo=UTC)
    )
    return [source.article for source in SourceStory.objects.order_by("position")]


def words(element):
    return " ".join(element.get_text(" ").split()) if element else ""


def texts(elements):
    return [words(element) for element in elements]


def expected_body(reading):
    """Return kind and words of everything below the highlights, in its order.

    But for pictures, none of which is at hand: their captions end the story.
    """
    for block in reading["body"]:
        yield block["kind"], " ".join(block["text"].split())


KINDS = {"p": "paragraph", "h2": "subheading", "ul": "list", "aside": "box"}


def printed_body(story):
    """Return the same of a page: the dateline is compared on its own."""
    for dateline in story.select(".body__place"):
        dateline.extract()
    for child in story.select(".body > *"):
        yield KINDS.get(child.name, child.name), words(child)


@pytest.mark.parametrize("path", [*FILES, *LAYOUTS], ids=lambda path: path.stem)
def test_a_public_page_shows_the_story_as_the_parser_read_it(client, path):
    for article, reading in zip(import_file(path), readings(path), strict=True):
        doubts = {doubt["code"] for doubt in reading["warnings"]}
        if not reading["headline"] or "one-paragraph" in doubts:
            assert article.status == "in_review"
            continue
        page = client.get(article.get_absolute_url())
        story = BeautifulSoup(page.text, "html.parser").find("article")
        assert words(story.h1) == reading["headline"]
        dateline = f"{reading['dateline']}:" if reading["dateline"] else ""
        assert words(story.select_one(".body__place")) == dateline
        assert texts(story.select(".highlights li")) == reading["highlights"]
        figures = story.select("figure")
        assert [words(f.select_one(".figure__text")) for f in figures] == [
            c["text"] or "" for c in reading["captions"]
        ]
        assert [words(f.select_one(".figure__credit")) for f in figures] == [
            c["credit"] or "" for c in reading["captions"]
        ]
        assert list(printed_body(story)) == list(expected_body(reading))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_furniture_stands_in_a_story(path):
    for article in import_file(path):
        story = to_json(read.story(article.pk))
        for furniture in ("Short Url", "Follow\\n", "Updated 2", "sec ago"):
            assert furniture not in story


@pytest.mark.parametrize("folder", FOLDERS)
def test_two_files_give_four_stories_with_all_their_parts(folder):
    import_sources([folder], ImportOptions())
    stories = [read.story(article.pk) for article in Article.objects.published()]
    assert len(stories) == 4
    assert {story.dateline for story in stories} <= {"ISLAMABAD", "PORT SORREL"}
    assert sum(len(story.highlights) for story in stories) == 8
    assert sum(len(story.captions) for story in stories) == 3
    assert all(caption.credit for story in stories for caption in story.captions)
