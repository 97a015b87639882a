"""What is pointed at on one side of the desk is marked on the other, nothing else."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from articles.models import SourceStory
from articles.store import read
from articles.story.story import Caption, to_json
from tests.builders import make_story
from tests.desk.conftest import EDITORS_ARE_OPEN
from tests.desk.sources import make_source
from tests.desk.stories import write_story
from tests.four_stories import NOT_HERE, OWN, REAL
from tests.imports.pages import write_page
from tests.slow import slow_after
from tests.waiting import wait_until

FOLDERS = [
    settings.BASE_DIR / "samples",
    OWN,
    REAL,
]
FILES = [path for at in FOLDERS for path in sorted(at.rglob("*.txt")) or [at]]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VALUES = """() => new URLSearchParams(
  new FormData(document.getElementById("article_form"))).toString()"""
MARKED = """() => ({
  lines: [...document.querySelectorAll(".line.is-marked")].map((line) => line.value),
  blocks: [...document.querySelectorAll(".ProseMirror > .is-marked")]
    .map((block) => block.innerText),
  rows: [...document.querySelectorAll(".part.is-marked")]
    .map((row) => row.querySelector("[name$=-text]").value),
  fields: [...document.querySelectorAll(":is(.form-row, .fieldBox).is-marked")]
    .map((row) => row.querySelector("label").textContent.replace(":", "")),
})"""
# Every piece of the story in turn: its field, its text, and what its pointing marks.
POINT_AT_EACH = f"""() => {{
  const marked = {MARKED}
  const pieces = document.querySelectorAll(".piece[data-field]")
  return [...pieces].map((piece, screenX) => {{
    piece.dispatchEvent(new MouseEvent("mouseover", {{ bubbles: true, screenX }}))
    return {{ field: piece.dataset.field, text: piece.textContent, ...marked() }}
  }})
}}"""


def import_page(folder, name="page.txt", **options):
    page = write_page(folder, name, **options)
    call_command("import_articles", page, stdout=StringIO(), stderr=StringIO())
    return SourceStory.objects.get(file__name=page.name, position=1).article


def open_form(page, article):
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 1440, "height": 700})
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    wait_until(page, EDITORS_ARE_OPEN)


def squeeze(text):
    return "".join(text.split())


def marked(page):
    return page.evaluate(MARKED)


def point(page, locator):
    locator.hover()
    page.locator(".is-marked").first.wait_for()
    return marked(page)


@pytest.mark.parametrize("path", slow_after(1, FILES), ids=lambda path: path.stem)
def test_every_piece_marks_the_place_that_holds_its_words(at_desk, path):
    if not path.is_file():
        pytest.skip(NOT_HERE)
    call_command("import_articles", path, stdout=StringIO(), stderr=StringIO())
    for source in SourceStory.objects.exclude(article=None):
        before = to_json(read.story(source.article.pk))
        open_form(at_desk, source.article)
        values = at_desk.evaluate(VALUES)
        pointed = at_desk.evaluate(POINT_AT_EACH)
        assert pointed
        for one in pointed:
            check(one, source)
        assert at_desk.evaluate(VALUES) == values
        assert to_json(read.story(source.article.pk)) == before


def check(one, source):
    kind = one["field"].split()[0]
    text = squeeze(one["text"])
    own = {line for line, field, _length in source.pieces if field == one["field"]}
    assert set(one["lines"]) == own, one
    places = {"body": one["blocks"], "caption": one["rows"], "highlight": one["rows"]}
    if kind in places:
        (place,) = places.pop(kind)
        assert text in squeeze(place), one
        assert not one["fields"], one
        assert not (one["rows"] if kind == "body" else one["blocks"]), one
    elif kind == "credit":
        assert len(one["rows"]) == 1, one
    else:
        names = {"byline": "Bylines", "short_url": "Short address at the source"}
        name = names.get(kind, kind.capitalize())
        several = {"updated": ["Published", "Updated"], "crawled_on": []}
        expected = several.get(kind, [name])
        assert one["fields"] == expected, one
        assert not one["blocks"], one


def test_pointing_at_a_field_marks_its_lines_and_brings_them_into_view(
    at_desk, tmp_path
):
    article = import_page(tmp_path)
    open_form(at_desk, article)
    found = point(at_desk, at_desk.locator(".field-headline label"))
    assert found["lines"] == [1, 8]
    last = at_desk.locator(".ProseMirror > p").last
    assert point(at_desk, last)["lines"] == [22]
    wait_until(
        at_desk,
        """() => {
          const pane = document.querySelector(".source").getBoundingClientRect()
          const line = document.querySelector(".line.is-marked").getBoundingClientRect()
          return line.top >= pane.top && line.bottom <= pane.bottom
        }""",
    )


@pytest.mark.slow
def test_pointing_at_a_row_marks_its_line(at_desk, tmp_path):
    open_form(at_desk, import_page(tmp_path))
    row = at_desk.locator('[data-parts="highlights"] .part').nth(1)
    assert point(at_desk, row.locator("textarea"))["lines"] == [11]


@pytest.mark.slow
def test_mark_goes_when_the_pointer_goes(at_desk, tmp_path):
    open_form(at_desk, import_page(tmp_path))
    point(at_desk, at_desk.locator(".piece--headline").first)
    at_desk.locator(".source__heading").hover()
    at_desk.locator(".is-marked").first.wait_for(state="detached")


@pytest.mark.slow
def test_what_has_the_focus_marks_as_what_is_pointed_at(at_desk, tmp_path):
    open_form(at_desk, import_page(tmp_path))
    at_desk.get_by_label("Headline").focus()
    assert marked(at_desk)["lines"] == [1, 8]
    at_desk.get_by_role("link", name="dateline").first.focus()
    found = marked(at_desk)
    assert (found["lines"], found["fields"]) == ([13], ["Dateline"])


@pytest.mark.slow
def test_caret_in_the_body_marks_the_line_of_its_block(at_desk, tmp_path):
    open_form(at_desk, import_page(tmp_path))
    at_desk.locator(".ProseMirror > p").nth(1).click()
    at_desk.locator(".source__heading").hover()
    at_desk.locator(".line.is-marked").wait_for()
    assert marked(at_desk)["lines"] == [15]
    at_desk.keyboard.press("Control+Home")
    wait_until(at_desk, "() => document.querySelector('.line.is-marked')?.value === 13")


def test_name_of_a_field_takes_the_caret_to_its_place_by_keyboard(at_desk, tmp_path):
    open_form(at_desk, import_page(tmp_path))
    values = at_desk.evaluate(VALUES)
    at_desk.get_by_role("link", name="body 3").focus()
    at_desk.keyboard.press("Enter")
    wait_until(
        at_desk,
        "() => document.activeElement.matches('.ProseMirror') &&"
        " getSelection().anchorNode?.textContent.includes('Ferries run <script>')",
    )
    assert at_desk.evaluate(VALUES) == values


@pytest.mark.slow
def test_link_into_a_folded_group_opens_it(at_desk, tmp_path):
    article = write_story(make_story(source_short_url="https://s.example/x"))
    source = make_source(article)
    source.pieces = [[2, "short_url", 15]]
    source.save()
    open_form(at_desk, article)
    at_desk.get_by_role("link", name="short address").click()
    at_desk.locator("#id_source_short_url:focus").wait_for()


@pytest.mark.slow
def test_two_credits_without_captions_mark_a_row_each(at_desk):
    captions = (Caption("", "Supplied", key="k1"), Caption("", "Supplied", key="k2"))
    article = write_story(make_story(captions=captions))
    source = make_source(article)
    source.file.content = b"\nPhoto/Supplied\nSupplied\n"
    source.pieces = [[2, "mark", 6], [2, "credit 1", 8], [3, "credit 2", 8]]
    source.file.save()
    source.save()
    open_form(at_desk, article)
    keys = []
    for piece in at_desk.locator(".piece--credit").all():
        piece.hover()
        row = at_desk.locator(".part.is-marked")
        keys.append(row.locator("[name$=-key]").input_value())
    assert keys == ["k1", "k2"]


@pytest.mark.slow
def test_marks_follow_the_words_when_the_story_changed(at_desk, tmp_path):
    article = import_page(tmp_path)
    open_form(at_desk, article)
    first = at_desk.locator(".ProseMirror > p").first
    first.click(position={"x": 2, "y": 8})
    at_desk.keyboard.press("Control+Home")
    at_desk.keyboard.type("A wholly new paragraph that stands in no source at all.")
    at_desk.keyboard.press("Enter")
    found = point(at_desk, at_desk.locator("[data-field='body 1'].piece"))
    (block,) = found["blocks"]
    assert block.startswith("The harbour reopened on Saturday")
    at_desk.keyboard.press("Control+Home")
    at_desk.locator(".ProseMirror > p").first.hover()
    at_desk.locator(".is-marked").first.wait_for(state="detached")


@pytest.mark.slow
def test_paragraph_that_is_gone_marks_nothing(at_desk, tmp_path):
    article = import_page(tmp_path)
    open_form(at_desk, article)
    at_desk.locator(".ProseMirror").focus()
    at_desk.keyboard.press("Control+A")
    at_desk.keyboard.type("Nothing of it stayed.")
    found = point(at_desk, at_desk.locator("[data-field='body 1'].piece"))
    assert (found["lines"], found["blocks"]) == ([13], [])


STORM = "A storm closed the harbour for days."
SHIPS = "Then the ships waited outside."
BOTH = f"{STORM} {SHIPS}"


RECOGNISED = [
    ([["One."], ["Two."]], ["Two.", "One."], [[1], [0]]),
    ([["One."], ["One."]], ["One.", "One."], [[0], [1]]),
    ([["Short."]], ["Other."], [[]]),
    ([[""]], [""], [[]]),
    ([[STORM, SHIPS]], [f"{STORM}\u00a0\n{SHIPS}"], [[0]]),
    ([[STORM] * 2], [STORM], [[0]]),
    ([[BOTH]], [STORM, SHIPS], [[0, 1]]),
    ([[STORM], [SHIPS]], [BOTH], [[0], [0]]),
    ([[STORM], [SHIPS]], [SHIPS, STORM.replace("harbour", "port")], [[1], [0]]),
    ([["The old pier stood empty"]], ["Quite other words stand here"], [[]]),
]


@pytest.mark.slow
def test_texts_are_recognised_by_their_words(at_desk):
    at_desk.goto("/admin/")
    for readings, texts, expected in RECOGNISED:
        found = at_desk.evaluate(
            """async ([readings, texts]) => {
              const { recognise } = await import("/static/desk/recognise.js")
              return recognise(readings, texts)
            }""",
            [readings, texts],
        )
        assert found == expected, (readings, texts)


@pytest.mark.slow
def test_box_in_the_list_and_box_on_the_line_say_the_same(at_desk):
    article = write_story(make_story())
    make_source(article, doubts=2)
    open_form(at_desk, article)
    at_desk.locator(".doubts input").first.check()
    assert at_desk.locator(".line input").first.is_checked()
    at_desk.locator(".line input").nth(1).check()
    assert at_desk.locator(".doubts input").nth(1).is_checked()
    at_desk.locator(".line input").first.uncheck()
    at_desk.get_by_role("button", name="Save", exact=True).click()
    at_desk.locator(".messagelist .success").wait_for()
    assert article.sources.get().doubts.open().count() == 1


@pytest.mark.slow
def test_pane_scrolls_on_its_own_beside_the_story_and_below_it_on_a_tablet(
    at_desk, tmp_path
):
    open_form(at_desk, import_page(tmp_path))
    source = at_desk.locator(".source")
    assert source.evaluate("e => getComputedStyle(e).position") == "sticky"
    at_desk.set_viewport_size({"width": 1024, "height": 700})
    assert source.evaluate("e => getComputedStyle(e).position") == "static"
    form = at_desk.locator("#article_form").bounding_box()
    assert source.bounding_box()["y"] >= form["y"] + form["height"]


def test_doubts_come_first_on_a_phone(at_desk):
    article = write_story(make_story())
    make_source(article, doubts=1)
    open_form(at_desk, article)
    at_desk.set_viewport_size({"width": 360, "height": 740})
    tops = [
        at_desk.locator(selector).bounding_box()["y"]
        for selector in (".doubts", "#article_form", ".source")
    ]
    assert tops == sorted(tops)
    at_desk.get_by_role("link", name="Source", exact=True).click()
    wait_until(
        at_desk,
        "() => document.querySelector('.source').getBoundingClientRect().top < 200",
    )
