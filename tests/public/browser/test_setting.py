"""How copy is set, in a real browser: from the right, on paper, about its focus."""

import pytest

from tests.slow import slow_after
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.xdist_group("newspaper"),
]

# Elements of a story with a style that letters which join cannot bear.
TORN = """() => [...document.querySelectorAll(".article, .article *")]
  .filter(e => {
    const style = getComputedStyle(e);
    return style.fontStyle !== "normal"
      || !["normal", "0px"].includes(style.letterSpacing);
  })
  .map(e => e.className || e.tagName)"""
# What of a story's copy does not begin at its right side.
LEFT = """() => ["h1", ".article__standfirst", ".kicker", ".article__bylines",
  ".highlights li", ".body p", ".body li", ".figure__caption", ".corrections p"]
  .filter(name => getComputedStyle(document.querySelector(name)).direction !== "rtl")"""


@pytest.mark.parametrize(
    ("width", "kind"),
    slow_after(2, [(320, "arabic"), (1440, "urdu"), (320, "urdu"), (1440, "arabic")]),
)
def test_story_from_right_to_left_is_set_so(page, visit, newspaper, kind, width):
    page.set_viewport_size({"width": width, "height": 800})
    visit(newspaper[kind])
    assert page.evaluate(LEFT) == []
    assert page.evaluate(TORN) == []
    leading = "e => parseFloat(getComputedStyle(e).lineHeight)"
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    copy = page.locator(".body p").first
    assert copy.evaluate(leading) >= 1.85 * copy.evaluate(size)


def test_a_story_begins_in_its_first_window(page, visit, newspaper):
    """Whatever its head holds: a lead of any shape, a long headline, highlights."""
    for width, height in ((360, 640), (768, 1024), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        for kind in ("wordy", "portrait", "tall", "arabic", "urdu"):
            visit(newspaper[kind])
            top = page.locator(".body > p").first.bounding_box()["y"]
            assert top < 900, (kind, width)


def test_columns_and_credits_stand_on_their_own_side(page, visit, newspaper):
    page.set_viewport_size({"width": 1440, "height": 800})
    for kind, is_right in (("arabic", True), ("whole", False)):
        visit(newspaper[kind])
        meta = page.locator(".article__meta").bounding_box()["x"]
        body = page.locator(".body").first.bounding_box()["x"]
        assert (meta > body) == is_right
        quote = page.locator(".body blockquote")
        side = "Right" if is_right else "Left"
        width = quote.evaluate(f"e => getComputedStyle(e).border{side}Width")
        assert width == "4px"


def test_credit_and_names_follow_as_arabic_is_read(page, visit, newspaper):
    page.set_viewport_size({"width": 1440, "height": 800})
    visit(newspaper["arabic"])
    caption = page.locator(".figure--lead .figure__caption")
    text, credit = (
        caption.locator(f".figure__{part}").bounding_box()["x"]
        for part in ("text", "credit")
    )
    assert credit < text
    assert page.locator(".article__bylines").inner_text() == "سميرة حداد، ندى خان"


@pytest.fixture
def paper(page, visit, newspaper):
    """The whole story as a printer has it."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 990})
    return visit(newspaper["whole"])


FURNITURE = [".menu", ".footer", ".next", ".related", ".tags", ".short__copy", ".skip"]
PRINTED = ["h1", ".article__section", ".article__standfirst", ".article__bylines"]
PRINTED += [".article__facts", ".body", ".corrections", ".short", ".masthead__name"]


def test_paper_bears_the_story_and_no_furniture(paper):
    assert [name for name in FURNITURE if not paper.locator(name).count()] == []
    assert [name for name in FURNITURE if paper.locator(name).first.is_visible()] == []
    assert [
        name for name in PRINTED if not paper.locator(name).first.is_visible()
    ] == []
    of_pictures = paper.locator(".figure__credit").all()
    assert {credit.is_visible() for credit in of_pictures} == {True}
    assert "/s/" in paper.locator(".short").inner_text()
    assert paper.evaluate("document.documentElement.scrollWidth") <= 700
    ink = "getComputedStyle(document.body).color"
    assert paper.evaluate(ink) == "rgb(0, 0, 0)"


def test_paper_is_white_by_night(page, paper):
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate(
        "[getComputedStyle(document.body).color, "
        "getComputedStyle(document.body).backgroundColor]"
    )
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_card_is_cut_about_the_focus_and_a_figure_is_not(page, visit, newspaper):
    style = "e => [getComputedStyle(e).objectFit, getComputedStyle(e).objectPosition]"
    visit("/")
    picture = page.locator(".card .picture").first
    assert picture.evaluate(style) == ["cover", "50% 50%"]
    for shape, ratio in (("portrait", 600 / 800), ("tall", 400 / 700)):
        visit(newspaper[shape])
        box = page.locator(".figure .picture").bounding_box()
        assert box["width"] / box["height"] == pytest.approx(ratio, abs=0.01)
        assert box["height"] <= 0.9 * page.viewport_size["height"]


def test_pictures_of_a_gallery_are_as_high_as_each_other(page, visit, newspaper):
    page.set_viewport_size({"width": 1440, "height": 800})
    visit(newspaper["whole"])
    row = page.locator(".gallery__row")
    row.focus()
    scrolled = "document.querySelector('.gallery__row').scrollLeft > 0"
    wait_until(page, scrolled, press="ArrowRight")
    shapes = ("landscape", "portrait")
    heights = {
        row.locator(f".figure--{shape} .picture").bounding_box()["height"]
        for shape in shapes
    }
    assert len(heights) == 1


def test_no_picture_is_shown_wider_than_half_as_wide_again(page, visit, newspaper):
    """Neither at the head nor in the body nor in a row."""
    page.set_viewport_size({"width": 1440, "height": 800})
    visit(newspaper["small"])
    widths = "all => all.map(e => e.getBoundingClientRect().width)"
    shown = page.locator(".article .picture").evaluate_all(widths)
    assert len(shown) == 3
    assert max(shown) == 1.5 * 200
