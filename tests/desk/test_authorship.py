"""Who wrote this? At the desk: each sentence with its line, or with who typed it."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.desk.questions import TOOK_SOURCE
from articles.models import Article, ImportRun, Revision
from articles.store import Change, read, write
from articles.store.history import MOST_IN_A_ROW, versions_until
from articles.story.story import to_json
from tests.builders import NOON, make_article, make_section, make_story
from tests.desk.accounts import client_of, make_account
from tests.desk.conftest import Desk
from tests.desk.sources import make_source
from tests.desk.stories import FULL, write_story

pytestmark = pytest.mark.django_db


def words(element):
    return " ".join(element.text.split())


def notes_of(desk, article, number=None):
    """Return by its words what is said of each sentence of a version."""
    number = number or Article.objects.get(pk=article.pk).revision
    page = desk.soup("article_who", article.pk, number)
    return {
        words(link).rstrip("123456789"): words(page.select_one(link["href"]))
        for link in page.select(".origins__sentence")
    }


def save(article, by, why="edited at the desk", **parts):
    story = replace(read.story(article.pk), **parts)
    write([Change(story, article.pk)], by=by, why=why, now=NOON)


@pytest.fixture
def imported():
    """A story that an import made of a file of five lines."""
    run = ImportRun.objects.create(started_at=NOON)
    story = make_story(
        headline="Harbour reopens",
        bylines=("AFP",),
        dateline="PORT CITY",
        body="<p>The harbour reopened.</p>",
        status="draft",
    )
    (outcome,) = write(
        [Change(story)], by=run, why="imported from harbour.txt", now=NOON
    )
    article = Article.objects.get(pk=outcome.article_id)
    make_source(article)
    return article


def test_each_sentence_names_its_line_or_its_editor(desk, editor, imported):
    save(imported, editor, body="<p>The harbour reopened. Nobody waited.</p>")
    found = notes_of(desk, imported)
    run = ImportRun.objects.order_by("pk")[0]
    read_so = f"of harbour.txt 14 March 2026, 12:00 · Import {run.pk} · Version 1"
    assert found == {
        "Harbour reopens": f"Line 2 {read_so}",
        "AFP": f"Line 3 {read_so}",
        "PORT CITY": f"Line 4 {read_so}",
        "The harbour reopened.": f"Line 4 {read_so}",
        "Nobody waited.": "nida 14 March 2026, 12:00 · edited at the desk · Version 2",
    }


def test_a_sentence_of_two_names_both_with_their_words(desk, editor, imported):
    save(imported, editor, headline="Harbour never reopens")
    found = notes_of(desk, imported)["Harbour never reopens"]
    assert found.startswith("Harbour … reopens Line 2 of harbour.txt")
    assert "never nida" in found


def test_what_was_put_back_or_cut_says_who_did(desk, editor, imported):
    save(imported, editor, body="<p>Gulls came to the old harbour.</p>")
    other = make_account("editor", "omar")
    first = "<p>The harbour reopened.</p>"
    save(imported, other, "restored from version 1", body=first)
    save(imported, editor, kicker="Sea and gulls")
    save(imported, other, kicker="Sea gulls")
    found = notes_of(desk, imported)
    assert "Put back: omar" in found["The harbour reopened."]
    assert "Version 3" in found["The harbour reopened."]
    assert found["Sea gulls"].startswith("nida ")
    assert "Cut or moved: omar" in found["Sea gulls"]


def test_words_that_an_editor_took_from_a_source_have_their_line(desk, editor):
    article = make_article(headline="Storm shuts a port")
    make_source(article)
    save(article, editor, str(TOOK_SOURCE), headline="Harbour reopens")
    assert notes_of(desk, article)["Harbour reopens"] == (
        "Line 2 of harbour.txt nida 14 March 2026, 12:00 · "
        "took the source’s version · Version 2"
    )


def test_every_word_of_a_full_story_is_shown_and_marked_up_by_nobody(desk):
    make_section("World")
    article = write_story(FULL)
    page = desk.soup("article_who", article.pk, 1)
    shown = words(page.select_one(".origins"))
    for part in (
        *(FULL.headline, FULL.kicker, FULL.standfirst, *FULL.bylines, FULL.dateline),
        *(caption.text for caption in FULL.captions),
        *(caption.credit for caption in FULL.captions),
        *(highlight.text for highlight in FULL.highlights),
        "What <script>alert(1)</script> means",
        "Two & three",
    ):
        assert part in shown
    assert not page.select(".origins script, .origins [style]")


def test_one_click_leads_there_from_each_screen_of_a_story(desk, editor):
    article = make_article(status="draft")
    save(article, editor, kicker="Sea")
    address = f"/admin/articles/article/{article.pk}/history/2/who/"
    for screen in ("article_change", "article_history"):
        page = desk.soup(screen, article.pk)
        assert page.find("a", string="Who wrote this?")["href"] == address
    first = address.replace("/2/", "/1/")
    assert first in desk.get("article_version", article.pk, 1).text
    assert first in desk.client.get(f"/preview/{article.code}/1/").text
    assert address in desk.client.get(f"/preview/{article.code}/").text
    assert address in desk.client.get(first).text


def test_a_reporter_reads_it_and_is_led_to_no_file(imported):
    reporter = Desk(client_of(make_account("reporter")))
    page = reporter.soup("article_who", imported.pk, 1)
    assert "Line 2 of harbour.txt" in words(page)
    assert not page.select("[href*=sourcefile], [href*=importrun]")
    assert reporter.get("article_who", imported.pk, 2).status_code == 404
    assert reporter.get("article_who", 10**6, 1).status_code == 404


def test_the_line_is_where_the_link_leads(desk, imported):
    page = desk.soup("article_who", imported.pk, 1)
    link = page.select_one(".origin a[href*=sourcefile]")
    address, anchor = link["href"].split("#")
    assert "Harbour reopens" in desk.client.get(address).text
    assert f'id="{anchor}"' in desk.client.get(address).text


def make_past(article, number):
    """Give an article so many revisions, each of which adds a word to the kicker."""
    story = read.story(article.pk)
    Revision.objects.bulk_create(
        Revision(
            article=article,
            number=n,
            story=to_json(replace(story, kicker=f"Sea {n}")),
            made_at=NOON,
            why=f"save {n}",
        )
        for n in range(2, number + 1)
    )
    Article.objects.filter(pk=article.pk).update(revision=number)


def test_ten_thousand_versions_cost_what_a_hundred_do(
    desk, imported, django_assert_num_queries
):
    make_past(imported, MOST_IN_A_ROW)
    with CaptureQueriesContext(connection) as short:
        desk.get("article_who", imported.pk, MOST_IN_A_ROW)
    Revision.objects.filter(article=imported, number__gt=1).delete()
    make_past(imported, 4 * MOST_IN_A_ROW)
    with django_assert_num_queries(len(short)):
        page = desk.soup("article_who", imported.pk, 4 * MOST_IN_A_ROW)
    numbers = [row.number for row in versions_until(imported.pk, 10_000)]
    assert numbers[0] == 1
    assert len(numbers) < MOST_IN_A_ROW + 10
    assert "Line 2 of harbour.txt" in words(page)


def test_of_a_very_long_story_fewer_versions_are_read(imported, monkeypatch):
    make_past(imported, 9)
    monkeypatch.setattr("articles.store.history.MOST_CHARACTERS_IN_A_ROW", 1)
    assert [row.number for row in versions_until(imported.pk, 9)] == [1, 3, 7, 9]


def test_of_a_long_past_what_is_not_known_is_said_and_where_to_ask(
    desk, imported, monkeypatch
):
    monkeypatch.setattr("articles.store.history.MOST_IN_A_ROW", 2)
    make_past(imported, 9)
    assert [row.number for row in versions_until(imported.pk, 9)] == [1, 2, 6, 8, 9]
    story = replace(read.story(imported.pk), kicker="Sea 9", standfirst="Gulls came.")
    rows = Revision.objects.filter(article=imported, number__gte=4)
    rows.update(story=to_json(story))
    said = [notes_of(desk, imported, number)["Gulls came."] for number in (9, 6, 5, 4)]
    assert said == [
        "In one of the versions 3 to 6 · Who wrote version 6?",
        "In one of the versions 4 to 5 · Who wrote version 5?",
        "In one of the versions 3 to 4 · Who wrote version 4?",
        "No account 14 March 2026, 12:00 · save 4 · Version 4",
    ]
