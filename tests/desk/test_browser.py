from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from articles.models import Article, Tag
from articles.store import read
from articles.story.story import Caption, Highlight, to_json
from tests.builders import make_article, make_section, make_story
from tests.desk.conftest import press_save
from tests.desk.sources import make_source
from tests.desk.stories import FULL, write_story
from tests.four_stories import NOT_HERE, OWN, REAL, SHARED
from tests.slow import slow_after

# Files of every layout: our own, and the real ones where they are at hand.
FOLDERS = [
    settings.BASE_DIR / "samples",
    settings.BASE_DIR / "tests/parsing/pages",
    OWN,
    REAL,
    SHARED / "layouts",
]
# Each on its own, so that several are read at once; a folder that is not there is one.
FILES = [path for at in FOLDERS for path in sorted(at.rglob("*.txt")) or [at]]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_form(page, article=None):
    screen = f"{article.pk}/change" if article else "add"
    page.goto(f"/admin/articles/article/{screen}/")
    page.locator(".ProseMirror").wait_for()


def type_at_end_of(page, words, text):
    paragraph = page.locator(".ProseMirror p", has_text=words).first
    box = paragraph.bounding_box()
    # Right of the words: what a key does just behind a click, the editor may undo.
    paragraph.click(position={"x": box["width"] - 3, "y": box["height"] - 5})
    page.keyboard.type(text)


def test_story_with_everything_saved_unchanged_stays_as_it_is(at_desk):
    make_section("World")
    article = write_story(FULL)
    before = to_json(read.story(article.pk))
    open_form(at_desk, article)
    press_save(at_desk)
    assert to_json(read.story(article.pk)) == before
    assert article.revisions.count() == 1


@pytest.mark.parametrize("path", slow_after(1, FILES), ids=lambda path: path.stem)
def test_imported_stories_saved_unchanged_stay_as_they_are(at_desk, path):
    if not path.is_file():
        pytest.skip(NOT_HERE)
    call_command("import_articles", path, stdout=StringIO(), stderr=StringIO())
    articles = Article.objects.all()
    assert articles
    for article in articles:
        before = to_json(read.story(article.pk))
        open_form(at_desk, article)
        press_save(at_desk)
        assert to_json(read.story(article.pk)) == before
        assert article.revisions.count() == 1


def test_editor_prints_the_grammar_that_the_store_keeps(at_desk):
    make_section("World")
    article = write_story(FULL)
    before = read.story(article.pk).body
    open_form(at_desk, article)
    type_at_end_of(at_desk, "Ships waited", " Long.")
    press_save(at_desk)
    after = before.replace("Ships waited.", "Ships waited. Long.", 1)
    assert read.story(article.pk).body == after


@pytest.mark.slow
@pytest.mark.parametrize("body", ['<figure data-caption="pier"></figure>', ""])
def test_body_without_words_stays_as_it_is(at_desk, body):
    captions = (Caption("The pier.", key="pier"),)
    article = write_story(make_story(body=body, captions=captions, status="draft"))
    open_form(at_desk, article)
    at_desk.get_by_label("Kicker").fill("Sea")
    press_save(at_desk)
    assert read.story(article.pk).body == body


def test_what_is_typed_arrives(at_desk):
    open_form(at_desk)
    at_desk.get_by_label("Headline").fill("Ferry sails")
    at_desk.locator(".ProseMirror").click()
    at_desk.keyboard.type("It sails ")
    at_desk.get_by_role("button", name="bold").click()
    at_desk.keyboard.type("today")
    at_desk.keyboard.press("Enter")
    at_desk.keyboard.type("And again.")
    at_desk.get_by_role("button", name="box").click()
    press_save(at_desk)
    story = read.story(Article.objects.get().pk)
    assert story.headline == "Ferry sails"
    assert story.body == (
        "<p>It sails <strong>today</strong></p>\n"
        "<aside><p><strong>And again.</strong></p></aside>"
    )


@pytest.mark.slow
def test_link_without_a_scheme_leads_outside(at_desk):
    article = make_article(body="<p>See timetable</p>")
    open_form(at_desk, article)
    at_desk.locator(".ProseMirror p").dblclick(position={"x": 60, "y": 10})
    at_desk.get_by_role("button", name="insert link").click()
    at_desk.get_by_role("textbox", name="Address").fill("example.com/tide")
    at_desk.get_by_role("button", name="Update", exact=True).click()
    at_desk.locator(".ProseMirror a").wait_for()
    press_save(at_desk)
    link = '<a href="https://example.com/tide">timetable</a>'
    assert read.story(article.pk).body == f"<p>See {link}</p>"


def test_new_caption_gets_a_place_in_the_body(at_desk):
    article = make_article(body="<p>Before.</p><p>After.</p>")
    open_form(at_desk, article)
    at_desk.get_by_role("button", name="Add a caption").click()
    captions = at_desk.get_by_role("group", name="Captions")
    captions.get_by_label("Text:", exact=True).fill("The pier.")
    type_at_end_of(at_desk, "Before", "")
    at_desk.get_by_role("button", name="place a picture", exact=True).click()
    at_desk.get_by_text("Picture: The pier.").wait_for()
    press_save(at_desk)
    story = read.story(article.pk)
    (caption,) = story.captions
    figure = f'<figure data-caption="{caption.key}"></figure>'
    assert story.body == f"<p>Before.</p>\n{figure}\n<p>After.</p>"


@pytest.mark.slow
def test_of_several_captions_the_first_is_offered_for_a_place(at_desk):
    captions = (Caption("The pier.", key="pier"), Caption("The crane.", key="crane"))
    article = write_story(make_story(body="<p>One.</p>", captions=captions))
    open_form(at_desk, article)
    type_at_end_of(at_desk, "One", "")
    at_desk.get_by_role("button", name="place a picture", exact=True).click()
    at_desk.get_by_role("button", name="Update", exact=True).click()
    at_desk.get_by_text("Picture: The pier.").wait_for()
    press_save(at_desk)
    figure = '<figure data-caption="pier"></figure>'
    assert read.story(article.pk).body == f"<p>One.</p>\n{figure}"


@pytest.mark.slow
def test_picture_s_place_is_removed_and_its_caption_stays(at_desk):
    captions = (Caption("The pier.", key="pier"),)
    body = '<p>One.</p><figure data-caption="pier"></figure>'
    article = write_story(make_story(body=body, captions=captions))
    open_form(at_desk, article)
    at_desk.locator(".picture-place").click()
    at_desk.get_by_role("button", name="remove the picture from the text").click()
    press_save(at_desk)
    story = read.story(article.pk)
    assert story.body == "<p>One.</p>"
    assert story.captions == captions


def move_by_button(page, row):
    row.get_by_role("button", name="Move up").click()


def move_by_key(page, row):
    row.get_by_label("Text").click()
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.type("!")
    page.keyboard.press("Backspace")


def move_by_dragging(page, row):
    drag_to_the_first(page, row)
    page.mouse.up()


def drag_to_the_first(page, row):
    row.locator("[data-grip]").hover()
    page.mouse.down()
    box = page.locator("[data-parts=highlights] .part").first.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 2, steps=5)


@pytest.mark.parametrize(
    "move", slow_after(1, [move_by_key, move_by_button, move_by_dragging])
)
def test_highlights_move_and_say_so(at_desk, move):
    highlights = tuple(Highlight(f"Number {n}", f"h{n}") for n in range(3))
    article = write_story(make_story(highlights=highlights))
    open_form(at_desk, article)
    row = at_desk.locator("[data-parts=highlights] .part").nth(1)
    move(at_desk, row)
    at_desk.get_by_text("Highlight 2 moved to 1 of 3").wait_for(state="attached")
    press_save(at_desk)
    moved = (highlights[1], highlights[0], highlights[2])
    assert read.story(article.pk).highlights == moved


@pytest.mark.slow
def test_a_row_whose_dragging_is_given_up_stays(at_desk):
    highlights = (Highlight("One", "h1"), Highlight("Two", "h2"))
    article = write_story(make_story(highlights=highlights))
    open_form(at_desk, article)
    rows = at_desk.locator("[data-parts=highlights] .part")
    drag_to_the_first(at_desk, rows.nth(1))
    at_desk.keyboard.press("Escape")
    at_desk.mouse.up()
    press_save(at_desk)
    assert read.story(article.pk).highlights == highlights


@pytest.mark.slow
def test_tag_is_found_by_typing(at_desk):
    Tag.objects.create(name="Ports, harbours", slug="ports")
    article = make_article()
    open_form(at_desk, article)
    at_desk.locator(".field-tags .select2-selection").click()
    at_desk.keyboard.type("harb")
    at_desk.locator(".select2-results__option", has_text="Ports, harbours").click()
    press_save(at_desk)
    assert [use.name for use in read.story(article.pk).tags] == ["Ports, harbours"]


@pytest.mark.slow
def test_new_tag_is_made_beside_the_story(at_desk):
    article = make_article()
    open_form(at_desk, article)
    with at_desk.expect_popup() as popup:
        at_desk.get_by_role("link", name="Add another tag").click()
    popup.value.get_by_label("Name").press_sequentially("Ports, harbours")
    popup.value.get_by_role("button", name="Save").click()
    at_desk.locator(".select2-selection__choice").wait_for()
    press_save(at_desk)
    assert [use.name for use in read.story(article.pk).tags] == ["Ports, harbours"]


@pytest.fixture
def warnings(at_desk):
    """The warnings before leaving, each answered with yes."""
    warnings = []

    def leave(dialog):
        warnings.append(dialog.type)
        dialog.accept()

    at_desk.on("dialog", leave)
    return warnings


def change_body(page):
    type_at_end_of(page, "The harbour", " Wide.")


def change_body_and_undo(page):
    change_body(page)
    page.get_by_role("button", name="undo").click()


def change_kicker(page):
    page.get_by_label("Kicker").fill("Sea")


def add_highlight(page):
    page.get_by_role("button", name="Add a highlight").click()


def save_nothing_whole(page):
    page.get_by_label("Headline").fill("")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".errornote").wait_for()
    page.locator(".ProseMirror").click()


@pytest.mark.parametrize(
    ("do", "expected"),
    slow_after(
        2,
        [
            (press_save, []),
            (change_body, ["beforeunload"]),
            (lambda page: page.get_by_label("Kicker").click(), []),
            (change_body_and_undo, []),
            (change_kicker, ["beforeunload"]),
            (add_highlight, ["beforeunload"]),
            (save_nothing_whole, ["beforeunload"]),
        ],
    ),
)
def test_leaving_is_warned_of_only_when_something_would_be_lost(
    at_desk, warnings, do, expected
):
    open_form(at_desk, make_article())
    do(at_desk)
    at_desk.goto("/admin/")
    assert warnings == expected


# A link in running text may be as high as its line; select2's field is its frame.
EXEMPT = ".skip-to-content-link, [aria-hidden=true], .ProseMirror a, [role=searchbox]"
SMALL_TARGETS = """(exempt) => [...document.querySelectorAll(
    "a, button, input, select, summary, textarea")]
  .filter((target) => !target.matches(exempt))
  .map((target) => [target.getBoundingClientRect(), target.outerHTML])
  .filter(([box]) => box.width > 0 && Math.min(box.width, box.height) < 24)
  .map(([box, html]) => `${box.width} x ${box.height}: ${html}`)
"""


@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 1440])
def test_every_target_is_at_least_24_pixels_wide_and_high(at_desk, width):
    make_section("World")
    article = write_story(FULL)
    make_source(article, doubts=2)
    at_desk.set_viewport_size({"width": width, "height": 900})
    for path in ("", f"{article.pk}/change/"):
        at_desk.goto(f"/admin/articles/article/{path}", wait_until="networkidle")
        small = at_desk.evaluate(SMALL_TARGETS, EXEMPT)
        assert not small, "\n".join(small)
