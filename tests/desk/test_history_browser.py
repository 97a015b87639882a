"""An earlier headline is found, and one caption put back, by what the screens say."""

from dataclasses import replace

import pytest

from articles.store import Change, read, write
from articles.story.story import Caption
from tests.builders import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CAPTIONS = (Caption("The pier", "AFP", key="pier"), Caption("A ship", key="ship"))


def test_an_editor_finds_a_headline_and_puts_one_caption_back(
    at_desk, editor, complaints
):
    article = make_article(headline="Harbour shut", captions=CAPTIONS)
    story = replace(read.story(article.pk), headline="Harbour open", captions=())
    write([Change(story, article.pk)], by=editor, why="edited at the desk")

    at_desk.goto(f"/admin/articles/article/{article.pk}/change/")
    at_desk.get_by_role("link", name="History").click()
    line = at_desk.locator(".version", has_text="headline and captions")
    line.get_by_role("link", name="Changes").click()
    at_desk.get_by_role("heading", name="Compare two versions").wait_for()
    marked = at_desk.locator("del")
    assert "shut" in marked.first.inner_text()

    caption = at_desk.get_by_role("group", name="Caption").filter(has_text="The pier")
    caption.get_by_role("button", name="Put this back").click()
    at_desk.get_by_role("button", name="a typo", exact=True).click()
    at_desk.get_by_text("Saved. Readers see the change now.").wait_for()
    story = read.story(article.pk)
    assert (story.headline, story.captions) == ("Harbour open", CAPTIONS[:1])

    at_desk.get_by_role("link", name="History").click()
    newest = at_desk.locator(".version").first
    assert "restored from version 1: captions" in newest.inner_text()
    at_desk.get_by_role("link", name="Form", exact=True).first.click()
    at_desk.get_by_role("heading", name="Version 3").wait_for()
    at_desk.locator("h1").click()
    at_desk.keyboard.press("ArrowLeft")
    at_desk.get_by_role("heading", name="Version 2").wait_for()
    at_desk.go_back()
    at_desk.get_by_role("heading", name="Version 3").wait_for()
    at_desk.get_by_role("link", name="Page", exact=True).last.click()
    at_desk.get_by_role("heading", name="Harbour shut").wait_for()
    assert not complaints
