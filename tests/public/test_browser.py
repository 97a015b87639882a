"""The pages in a real browser: narrow and wide, by day and by night."""

import pytest

from articles.story.story import Caption, Highlight, TagUse
from tests.builders import NOON, make_article, make_section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwe"


@pytest.fixture
def addresses(live_server):
    for position, name in enumerate(("World", "Harbour", "Business", LONG[:40])):
        make_section(name, position)
    make_article()
    article = make_article(
        NOON.replace(hour=13),
        headline=f"{LONG} reaches the harbour",
        kicker="After the storm",
        standfirst="Ships come in again, and those by the sea count what it took.",
        bylines=("Nida Khan", "AFP"),
        dateline="PORT AMBER",
        section="World",
        highlights=(Highlight(LONG), Highlight("Two")),
        captions=(Caption("Cranes", f"Photo courtesy: {LONG}"), Caption("B", key="k2")),
        body=f"<p>A <a href='https://example.com/{LONG * 2}'>link</a>: {LONG * 2}</p>"
        "<figure data-caption=k2></figure><h2>What the sea took</h2>"
        "<ul><li>Cranes</li></ul><ol><li>Boats</li></ol>"
        "<blockquote><p>A wall.</p></blockquote><aside><p>How it stood.</p></aside>",
        tags=(TagUse(LONG), TagUse("Ports")),
    )
    arabic = make_article(NOON.replace(hour=14), headline="المبعوث", language="ar")
    return [
        "/",
        "/articles/",
        "/sections/world/",
        "/tags/ports/",
        article.get_absolute_url(),
        arabic.get_absolute_url(),
    ]


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_no_page_is_wider_than_its_window(page, addresses, width):
    page.set_viewport_size({"width": width, "height": 800})
    for address in addresses:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


# The contrast of every element that has words of its own with what lies behind it.
FAINT = """() => {
  const light = colour => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255);
    const [r, g, b] = parts.map(
      part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = element => {
    const colour = getComputedStyle(element).backgroundColor;
    return colour === "rgba(0, 0, 0, 0)" ? behind(element.parentElement) : colour;
  };
  const contrast = element => {
    const pair = [getComputedStyle(element).color, behind(element)].map(light);
    return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
  };
  return [...document.body.querySelectorAll("*")]
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .filter(e => contrast(e) < 4.5)
    .map(e => e.className || e.tagName);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_by_day_and_by_night(page, addresses, scheme):
    page.emulate_media(color_scheme=scheme)
    for address in addresses:
        page.goto(address)
        assert page.evaluate(FAINT) == [], address
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(21, 20, 18)") == (scheme == "dark")


# Links in running text may be as low as the line; the skip link shows with the focus.
SMALL = """() => [...document.querySelectorAll("a:not(.body a):not(.skip)")]
  .filter(link => link.getBoundingClientRect().height < 24)
  .map(link => link.textContent)"""


def test_links_are_large_enough_for_a_finger(page, addresses):
    for address in addresses:
        page.goto(address)
        assert page.evaluate(SMALL) == [], address


def test_first_key_shows_the_way_past_the_menu(page, addresses):
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.bounding_box()["height"] >= 24
    assert page.evaluate("document.activeElement.matches(':focus-visible')")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_arabic_story_is_set_from_the_right(page, addresses):
    page.goto(addresses[-1])
    assert page.locator("h1").evaluate("e => getComputedStyle(e).direction") == "rtl"


def test_page_that_is_not_there_is_readable_too(page, complaints):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto("/nothing/")
    assert page.get_by_role("heading", name="This page is not here").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert "404" in complaints.pop()
