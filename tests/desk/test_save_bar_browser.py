"""The state of a story and its buttons, in sight of whoever writes."""

import pytest

from articles.models import Article
from articles.store import read
from articles.story.story import Highlight
from tests.builders import make_article
from tests.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# How much of the focused control lies behind the bar, but for the body, in which a
# browser follows the caret; where the bar ends, and how much it covers.
HIDDEN = """() => {
  const bar = document.querySelector(".save-bar").getBoundingClientRect()
  const focused = document.activeElement
  if (focused.closest(".save-bar, .ProseMirror")) return 0
  return focused.getBoundingClientRect().bottom - bar.top
}"""
BAR = """() => {
  const bar = document.querySelector(".save-bar").getBoundingClientRect()
  return [bar.bottom, bar.height]
}"""


def open_story(page, article):
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.locator(".ProseMirror").wait_for()


@pytest.mark.parametrize("width", [360, 1440])
def test_bar_is_in_sight_and_hides_nothing_that_has_the_focus(at_desk, width):
    at_desk.set_viewport_size({"width": width, "height": 640})
    open_story(at_desk, make_article(status="draft"))
    bottom, height = at_desk.evaluate(BAR)
    assert bottom == 640
    assert height < 640 / 3
    at_desk.get_by_label("Headline").focus()
    seen = 0
    while not at_desk.evaluate("document.activeElement.name === '_save'"):
        at_desk.keyboard.press("Tab")
        assert at_desk.evaluate(HIDDEN) <= 0
        seen += 1
    assert seen > 10


def test_keys_save_and_the_page_stays_where_it_was(at_desk):
    article = make_article(body="<p>Long.</p>" * 60, status="draft")
    open_story(at_desk, article)
    kicker = at_desk.get_by_label("Kicker")
    kicker.fill("Sea")
    at_desk.mouse.wheel(0, 300)
    wait_until(at_desk, "() => scrollY === 300")
    at_desk.keyboard.press("Control+s")
    at_desk.get_by_text("Saved.").wait_for()
    wait_until(at_desk, "() => scrollY === 300")
    assert at_desk.evaluate("document.activeElement.name") == "kicker"
    assert Article.objects.get().kicker == "Sea"


# Where the caret stands, once all is drawn: in the window, and in its field.
PLACE = """async () => {
  for (const _ of "12") await new Promise(requestAnimationFrame)
  const { id, selectionStart, selectionEnd, editor } = document.activeElement
  if (!editor) {
    const { top } = document.activeElement.getBoundingClientRect()
    return [Math.round(top), id, selectionStart, selectionEnd]
  }
  const { from, to } = editor.state.selection
  return [Math.round(editor.view.coordsAtPos(from).top), "body", from, to]
}"""


def save_by_key(page):
    """Save, and return where the caret stood before and stands now."""
    before = page.evaluate(PLACE)
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    wait_until(page, "() => document.activeElement !== document.body")
    return before, page.evaluate(PLACE)


def test_the_caret_stands_after_a_save_where_it_stood(at_desk):
    highlights = (Highlight("Nine ships"), Highlight("Two boats"))
    body = "<p>Long line.</p>" * 60
    article = make_article(body=body, highlights=highlights, status="draft")
    open_story(at_desk, article)
    at_desk.locator(".ProseMirror p").nth(40).click()
    at_desk.keyboard.press("Home")
    at_desk.keyboard.press("ArrowRight")
    at_desk.keyboard.type("o")
    before, after = save_by_key(at_desk)
    assert after == before
    assert 0 < after[0] < 720
    at_desk.keyboard.type("n")
    at_desk.get_by_label("Headline").focus()
    at_desk.keyboard.press("Home")
    at_desk.keyboard.press("Shift+ArrowRight")
    before, after = save_by_key(at_desk)
    assert after == before == [after[0], "id_headline", 0, 1]
    # A row that goes takes the numbers of those behind it along.
    rows = at_desk.locator("[data-parts=highlights] .part")
    rows.nth(0).get_by_role("checkbox").check()
    rows.nth(1).locator("textarea").focus()
    at_desk.keyboard.press("ArrowRight")
    before, after = save_by_key(at_desk)
    assert before[1:] == ["id_highlights-1-text", 1, 1]
    assert after[1:] == ["id_highlights-0-text", 1, 1]
    at_desk.locator(".field-tags .select2-search__field").focus()
    save_by_key(at_desk)
    at_desk.keyboard.type("Ports")
    at_desk.get_by_role("option", name="New tag: Ports").wait_for()
    assert "<p>Lonong line.</p>" in read.story(article.pk).body


def test_keys_save_nothing_from_behind_a_dialog(at_desk):
    article = make_article(status="draft")
    open_story(at_desk, article)
    at_desk.get_by_label("Kicker").fill("Sea")
    at_desk.get_by_role("button", name="Add a caption").click()
    at_desk.get_by_role("button", name="Choose an existing photo").click()
    at_desk.get_by_role("dialog").wait_for()
    at_desk.keyboard.press("Control+s")
    at_desk.keyboard.press("Escape")
    at_desk.keyboard.press("Meta+s")
    at_desk.locator(".save-bar .success").wait_for()
    assert article.revisions.count() == 1 + 1


def test_a_draft_goes_out_by_one_click(at_desk):
    article = make_article(status="draft")
    open_story(at_desk, article)
    at_desk.get_by_role("button", name="Publish").click()
    at_desk.get_by_text("Readers see it now").wait_for()
    assert Article.objects.published().get() == article


def test_what_hinders_publishing_goes_from_the_bar_as_it_is_settled(at_desk):
    at_desk.goto("/admin/articles/article/add/")
    at_desk.locator(".ProseMirror").wait_for()
    bar = at_desk.locator("[data-hindrances]")
    assert bar.locator("li:visible").all_inner_texts() == ["no headline", "no body"]
    at_desk.get_by_label("Headline").fill("Tide turns")
    assert bar.locator("li:visible").all_inner_texts() == ["no body"]
    at_desk.locator(".ProseMirror").press_sequentially("T")
    bar.wait_for(state="hidden")
    at_desk.keyboard.press("Backspace")
    bar.wait_for()


def test_a_change_of_what_readers_have_read_is_named_by_one_click(
    at_desk, shuts_nobody_out
):
    article = make_article(body="<p>The storm took 14 boats.</p>")
    open_story(at_desk, article)
    headline = at_desk.get_by_label("Headline")
    headline.fill("Harbour shut")
    at_desk.keyboard.press("Control+s")
    question = at_desk.get_by_role("group", name="Not saved yet")
    question.get_by_text("You changed the headline").wait_for()
    assert question.evaluate("group => group === document.activeElement")
    shuts_nobody_out()
    at_desk.get_by_text("Correction …").click()
    at_desk.get_by_label("Correction:", exact=True).fill("The harbour was never open.")
    shuts_nobody_out()
    at_desk.get_by_role("button", name="Save as a correction").click()
    at_desk.get_by_text("Readers see the new headline now").wait_for()
    assert at_desk.get_by_label("Correction of").input_value() == (
        "The harbour was never open."
    )
    shuts_nobody_out()
    headline.fill("Harbour open")
    with at_desk.expect_navigation():
        at_desk.get_by_role("button", name="an update").click()
    story = read.story(article.pk)
    assert (story.headline, len(story.corrections)) == ("Harbour open", 1)
