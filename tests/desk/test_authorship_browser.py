"""Who wrote this? A sentence is pointed at, and its line or its writer is seen."""

from dataclasses import replace

import pytest

from articles.store import Change, read, write
from tests.builders import make_article
from tests.desk.sources import make_source

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_editor_points_at_a_sentence_and_sees_its_line_or_its_writer(
    at_desk, editor, complaints
):
    article = make_article(headline="Storm shuts a port", body="<p>It is shut.</p>")
    source = make_source(article)
    story = replace(
        read.story(article.pk),
        headline="Harbour reopens",
        body="<p>The harbour reopened. Nobody waited.</p>",
    )
    write([Change(story, article.pk)], by=source.file.run, why="imported again")
    story = replace(story, body="<p>The harbour reopened. Somebody waited.</p>")
    write([Change(story, article.pk)], by=editor, why="edited at the desk")

    at_desk.goto(f"/admin/articles/article/{article.pk}/change/")
    at_desk.get_by_role("link", name="Who wrote this?").click()
    marked = at_desk.locator(".origins__notes .is-marked")
    at_desk.get_by_role("link", name="Somebody waited.").hover()
    marked.get_by_text("nida").wait_for()
    at_desk.get_by_role("link", name="The harbour reopened.").focus()
    at_desk.mouse.move(0, 0)
    marked.get_by_text("Line 4").wait_for()
    at_desk.keyboard.press("Tab")
    marked.get_by_text("nida").wait_for()
    marked.hover()
    assert at_desk.locator(".origins__sentence.is-marked").inner_text() == (
        "Somebody waited.2"
    )
    at_desk.keyboard.press("Enter")
    at_desk.wait_for_url("**/who/#origin-2-2")
    at_desk.get_by_role("link", name="Line 2", exact=True).click()
    at_desk.locator(".line:target", has_text="Harbour reopens").wait_for()
    assert not complaints
