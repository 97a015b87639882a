"""The pages in a real browser: narrow and wide, by day and by night, enlarged."""

import pytest

from tests.public.browser.newspaper import LONG
from tests.slow import slow_after
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.xdist_group("newspaper"),
]

# Styles of a reader's own; a policy refuses them in the page, but not in the browser.
RESTYLE = """styles => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  document.adoptedStyleSheets = [sheet];
}"""
SPACING = """* { letter-spacing: .12em !important; line-height: 1.5 !important;
  word-spacing: .16em !important } p { margin-block-end: 2em !important }"""
# Text that lies outside the window or is cut off by what it stands in; a gallery and
# the menu are drawn along, and the skip link shows with the focus.
LOST = """() => [...document.querySelectorAll("body *:not(.skip)")]
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .filter(e => e.checkVisibility() && !e.closest(".gallery__row, .menu__list"))
  .filter(e => {
    const box = e.getBoundingClientRect();
    const hides = getComputedStyle(e).overflowY !== "visible";
    return box.left < 0 || box.right > innerWidth + 1
      || hides && e.scrollHeight > e.clientHeight + 1;
  })
  .map(e => e.className || e.tagName)"""


# Links in running text may be as low as the line; a card as a whole is its link.
SMALL = """() => [...document.querySelectorAll("a, button")]
  .filter(e => !e.matches(".body a, .skip") && e.checkVisibility())
  .map(e => e.closest(".card__headline") ? e.closest(".card") : e)
  .filter(e => Math.min(e.offsetWidth, e.offsetHeight) < 24)
  .map(e => e.textContent)"""
SETTINGS = [(320, ""), (320, SPACING), (640, "html { font-size: 200% }")]
MORE = [(360, ""), (768, ""), (1440, ""), (1920, ""), (1280, SPACING)]


@pytest.mark.parametrize(
    "settings",
    slow_after(1, [SETTINGS, MORE]),
    ids=["narrow, spaced and enlarged", "of any width"],
)
def test_nothing_is_lost_however_a_page_is_set(page, visit, newspaper, settings):
    for address in newspaper.values():
        visit(address)
        for width, styles in settings:
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate(RESTYLE, styles)
            where = (address, width, styles)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, where
            assert page.evaluate(LOST) == [], where
            assert page.evaluate(SMALL) == [], where


@pytest.mark.parametrize(
    ("scheme", "paper"), [("light", "rgb(254, 252, 248)"), ("dark", "rgb(21, 20, 18)")]
)
def test_paper_is_light_by_day_and_dark_by_night(page, visit, newspaper, scheme, paper):
    page.emulate_media(color_scheme=scheme)
    body = visit("/").locator("body")
    assert body.evaluate("e => getComputedStyle(e).backgroundColor") == paper


# Whether the element in focus has a ring, stands in the window, and nothing covers it.
FOCUS = """() => {
  const e = document.activeElement;
  if (e === document.body) return null;
  const [box] = e.getClientRects(), style = getComputedStyle(e);
  const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
  const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
  const top = document.elementFromPoint(x, y);
  const shows = style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2;
  return [e.outerHTML.slice(0, 99), shows && (e.contains(top) || top.contains(e))];
}"""


@pytest.mark.parametrize("width", slow_after(1, [360, 1440]))
@pytest.mark.parametrize("kind", slow_after(2, ["front", "whole", "missing"]))
def test_focus_is_seen_wherever_it_goes(page, visit, newspaper, kind, width):
    page.set_viewport_size({"width": width, "height": 600})
    visit(newspaper[kind])
    seen = []
    for _ in range(200):
        page.keyboard.press("Tab")
        if (focus := page.evaluate(FOCUS)) is None:
            break
        seen.append(focus)
    assert len(seen) > 5
    assert [name for name, is_seen in seen if not is_seen] == []


HERE = ".menu [aria-current]"
IS_IN_SIGHT = f"""() => {{
  const box = document.querySelector("{HERE}").getBoundingClientRect();
  const middle = (box.left + box.right) / 2;
  return middle > 0 && middle < innerWidth;
}}"""
DRAWN = "document.querySelector('.menu__list').scrollLeft"
AT_REST = "() => document.getAnimations().length === 0"


def test_menu_begins_at_the_section_of_the_page_and_is_drawn_freely(page, visit):
    page.set_viewport_size({"width": 360, "height": 640})
    visit(f"/sections/{LONG[:40].lower()}/")
    assert page.evaluate(IS_IN_SIGHT)
    assert page.evaluate(DRAWN) > 100
    wait_until(page, AT_REST)
    page.evaluate(f"{DRAWN} = 0")
    page.evaluate(NEXT_FRAME)
    assert page.evaluate(DRAWN) == 0


@pytest.mark.parametrize("width", slow_after(1, [360, 1440]))
def test_colours_of_the_readers_own_leave_every_mark(page, visit, newspaper, width):
    page.emulate_media(forced_colors="active")
    page.set_viewport_size({"width": width, "height": 800})
    visit(newspaper["whole"])
    border = "all => all.map(e => parseFloat(getComputedStyle(e).borderBottomWidth))"
    assert page.locator(HERE).evaluate_all(border) == [2]
    others = page.locator(".menu a:not([aria-current])").evaluate_all(border)
    assert set(others) == {0}
    assert page.get_by_role("button", name="Copy").evaluate_all(border) == [1]
    page.locator(".short a").focus()
    assert page.evaluate(FOCUS)[1]
    visit(newspaper["long"])
    assert page.locator(".kind").first.inner_text() == "Analysis"
    button = visit("/admin/login/").locator("[type=submit]")
    assert button.evaluate_all(border) == [1]


def test_first_key_shows_the_way_past_the_menu(page, visit, newspaper):
    visit("/")
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["height"] >= 24
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


# What moved although the reader did nothing, as browsers reckon it.
SHIFT = """() => new Promise(resolve => {
  let shift = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) shift += entry.value;
  }).observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(shift)));
})"""

AT_THE_END = """() => Math.ceil(scrollY + innerHeight)
  >= document.documentElement.scrollHeight"""
NEXT_FRAME = "() => new Promise(requestAnimationFrame)"
ALL_PICTURES = "() => [...document.images].every(image => image.complete)"


@pytest.mark.parametrize("width", slow_after(1, [360, 1440]))
def test_nothing_moves_when_pictures_come(page, visit, newspaper, width):
    page.set_viewport_size({"width": width, "height": 800})
    for kind in ("front", "whole", "portrait", "tall", "section"):
        visit(newspaper[kind])
        while not page.evaluate(AT_THE_END):
            page.mouse.wheel(0, 700)
            page.evaluate(NEXT_FRAME)
        wait_until(page, ALL_PICTURES)
        assert page.evaluate(SHIFT) == 0, kind


# How many characters stand on a line of a paragraph, the last one left out.
LINE = """paragraph => {
  const range = document.createRange(), text = paragraph.lastChild;
  const tops = [...text.data].map((_, i) => {
    range.setStart(text, i);
    range.setEnd(text, i + 1);
    return range.getBoundingClientRect().top;
  });
  return tops.filter(top => top < tops.at(-1)).length / (new Set(tops).size - 1);
}"""


@pytest.mark.parametrize("width", slow_after(1, [768, 1920, 1024, 1440]))
def test_line_of_copy_is_as_long_as_eyes_like_it(page, visit, newspaper, width):
    page.set_viewport_size({"width": width, "height": 800})
    visit(newspaper["long"])
    assert 58 <= page.locator(".body p").first.evaluate(LINE) <= 78


def test_page_works_whole_without_script(browser, site_url, newspaper):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}{newspaper['whole']}")
    assert page.get_by_role("link", name="/s/").is_visible()
    assert not page.get_by_role("button").count()
    assert page.get_by_role("listitem").filter(has_text="The panorama").is_visible()
    following = page.locator(".next .card__headline")
    headline = following.inner_text()
    following.get_by_role("link").click()
    assert page.get_by_role("heading", level=1).inner_text() == headline
    context.close()


def test_button_copies_the_short_address_and_says_so(page, visit, newspaper):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(newspaper["whole"])
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("status").get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".short a").inner_text()
