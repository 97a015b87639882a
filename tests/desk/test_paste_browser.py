"""What other programs put on the clipboard arrives as an editor would have typed it.

`clipboards/` holds clipboards of our own words in the markup of each program
and beside each the body that is expected, with what is said to be left out.
"""

import re
from base64 import b64encode
from pathlib import Path

import pytest
from django.templatetags.static import static
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, Photo
from articles.store import read
from articles.story.body import canonical
from tests.builders import make_article
from tests.desk.conftest import press_save
from tests.desk.pictures import picture
from tests.desk.test_photos_browser import DROPPED
from tests.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOLDER = Path(__file__).parent / "clipboards"
BODIES = {path.name.split(".")[0]: path for path in FOLDER.glob("*.body.html")}
LEFT = re.compile(r"\n<!-- left: (.*) -->$")
SAID = {
    "comments": "comments",
    "deleted": "deleted words",
    "hidden": "hidden words",
    "links": "targets of links",
    "pictures": "pictures that stayed where they were",
    "tables": "columns of tables, whose rows are lines now",
}
COPY = """(clipboard) => document.addEventListener("copy", (event) => {
  event.preventDefault()
  for (const [type, text] of Object.entries(clipboard)) {
    event.clipboardData.setData(type, text)
  }
}, { once: true })"""
DROP = """(html) => {
  const transfer = new DataTransfer()
  transfer.setData("text/html", html)
  return transfer
}"""
PASTE = """([transfer, html]) => {
  transfer.setData("text/html", html)
  const event = new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true })
  document.querySelector(".ProseMirror").dispatchEvent(event)
}"""
TYPED = "document.querySelector('textarea[data-editor]').value === '{}'"
HOSTILE = (
    '<body onload="alert(1)" style="color: red">'
    '<p style="color: red" onclick="alert(2)">'
    '<img src=x onerror="alert(3)">One</p><a href="x"style="color: red">two</a>'
    "<style>p { color: red }</style><script>alert(4)</script>"
    '<svg onload="alert(5)"></svg><iframe srcdoc="x"></iframe>'
)
SLICE = 'data-pm-slice="0 0 []"'
PLACE = '<figure data-caption="abcdef"></figure>'
OWN = f'<p {SLICE}>One <a href="/two/">two</a></p>{PLACE}'
# What a page says that pretends to be the desk's own editor.
PRETENDED = (
    f'<p {SLICE} onclick="alert(1)">One <a href="javascript:alert(2)">two</a></p>'
    '<p hidden>secret</p><p class="msoDel">deleted</p>'
    '<figure data-picture="0"></figure>'
)
NESTED = "<ul><li>a<ol><li>b <b>c</b><li>d</ol><li>e</ul>"
LINE = "The ferry sails at noon, with forty sheep and the mail,"
MAIL = f"{LINE}\nand is back at nine.\n\nKind\nregards"


@pytest.fixture
def form(at_desk):
    at_desk.goto(f"/admin/articles/article/{make_article().pk}/change/")
    at_desk.locator(".ProseMirror").wait_for()
    return at_desk


def copy(page, **clipboard):
    """Fill the clipboard as a program does: a page's own writing would be tidied."""
    kinds = {f"text/{kind}": text for kind, text in clipboard.items()}
    page.evaluate(COPY, kinds)
    page.get_by_label("Kicker").click()
    page.keyboard.press("Control+C")


def paste(page, **clipboard):
    copy(page, **clipboard)
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+V")


def empty(page):
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")


def drop(page, html):
    target = page.locator(".ProseMirror")
    box = target.bounding_box()
    at = {"clientX": box["x"] + 40, "clientY": box["y"] + 20}
    transfer = page.evaluate_handle(DROP, html)
    target.dispatch_event("drop", {"dataTransfer": transfer, **at})


def body(page):
    return canonical(page.locator("textarea[data-editor]").input_value())


def said(page):
    return page.locator(".body-news").text_content()


def expected(name):
    """Return the body, and what is said below it."""
    text = BODIES[name].read_text().removesuffix("\n")
    left = LEFT.search(text)
    parts = [part.split() for part in left[1].split(", ")] if left else []
    words = {f"{SAID[kind]} ({number})" for kind, number in parts}
    return LEFT.sub("", text), words


def test_clipboards_of_many_programs_arrive_as_typed(form):
    assert len(BODIES) > 10
    for name in sorted(BODIES):
        html = (FOLDER / f"{name}.html").read_text()
        expected_body, expected_words = expected(name)
        for put in (lambda html: paste(form, html=html), lambda html: drop(form, html)):
            empty(form)
            put(html)
            assert body(form) == expected_body, name
            words = said(form)
            assert all(part in words for part in expected_words), name
            assert bool(words) == bool(expected_words), name
            # The canonical form is read as it is printed: nothing is left to clean.
            assert canonical(expected_body) == expected_body


def test_hostile_clipboards_do_nothing_and_the_policy_has_no_complaint(form):
    empty(form)
    paste(form, html=HOSTILE)
    assert body(form) == "<p>One</p>\n<p>two</p>"
    assert "targets of links (1)" in said(form)


def test_only_what_the_desk_s_own_editor_copies_is_not_cleaned(form):
    own = f'<p>One <a href="/two/">two</a></p>\n{PLACE}'
    for html, expected_body in (
        (OWN, own),
        # So Windows hands it over.
        (f"<html>\r\n<body>\r\n<!--StartFragment-->{OWN}</body>\r\n</html>", own),
        (OWN.replace("/two/", "javascript:alert(1)"), f"<p>One two</p>\n{PLACE}"),
        (PRETENDED, "<p>One two</p>"),
    ):
        empty(form)
        paste(form, html=html)
        assert body(form) == expected_body
    assert "hidden words (1)" in said(form)
    assert "deleted words (1)" in said(form)


def test_a_list_within_a_list_stays_there_and_tab_makes_one(form):
    empty(form)
    paste(form, html=NESTED)
    inner = "<ol><li><p>b <strong>c</strong></p></li><li><p>d</p></li></ol>"
    outer = f"<ul><li><p>a</p>{inner}</li><li><p>e</p></li></ul>"
    assert body(form) == outer
    form.locator(".ProseMirror").get_by_text("e", exact=True).click()
    form.keyboard.press("Tab")
    nested = f"<ul><li><p>a</p>{inner}<ul><li><p>e</p></li></ul></li></ul>"
    assert body(form) == nested
    form.keyboard.press("Shift+Tab")
    assert body(form) == outer
    form.keyboard.press("Tab")
    # From there it leads on, as it must from any field.
    form.keyboard.press("Tab")
    assert not form.evaluate("document.activeElement.matches('.ProseMirror')")
    assert body(form) == nested


def test_plain_text_keeps_its_paragraphs(form):
    for text, expected_body in (
        (MAIL, f"<p>{LINE} and is back at nine.</p>\n<p>Kind<br>regards</p>"),
        ("One.\r\nTwo\u00ad.", "<p>One.</p>\n<p>Two.</p>"),
    ):
        empty(form)
        paste(form, plain=text)
        assert body(form) == expected_body
    form.get_by_label("Standfirst").click()
    copy(form, plain="The fer\u00adry\u200b sails")
    form.get_by_label("Standfirst").fill("")
    form.keyboard.press("Control+V")
    assert form.get_by_label("Standfirst").input_value() == "The ferry sails"


def test_pictures_become_photos_with_a_caption_where_they_were_pasted(form):
    source = f"data:image/jpeg;base64,{b64encode(picture()).decode()}"
    figure = f'<figure><img src="{source}"><figcaption>The pier.</figcaption></figure>'
    far = '<img src="https://example.org/crane.jpg">'
    empty(form)
    paste(form, html=f"<p>Before.</p>{figure}<p>After{far}.</p>")
    form.get_by_text("Added to the photos.").wait_for()
    assert "(1)" in said(form)
    press_save(form)
    story = read.story(Article.objects.get().pk)
    (caption,) = story.captions
    place = f'<figure data-caption="{caption.key}"></figure>'
    assert story.body == f"<p>Before.</p>\n{place}\n<p>After.</p>"
    assert (caption.text, caption.photo) == ("The pier.", Photo.objects.get().sha256)


def test_pictures_of_one_paste_are_counted_and_known_by_their_names(form):
    module = static("desk/clean_paste.js")
    clean = f"""async (html) => {{
      const {{ pictures, left }} = (await import('{module}')).cleanPaste(html)
      return [pictures.length, left]
    }}"""
    html = '<img src="data:image/png;base64,iVBORw0KGgo=">' * 45
    assert form.evaluate(clean, html) == [40, {"tooMany": 5}]
    # The Finder names no type of a HEIC picture.
    files = [["pier.HEIC", list(picture()), ""], ["pier.txt", [0], ""]]
    empty(form)
    form.evaluate(PASTE, [form.evaluate_handle(DROPPED, files), ""])
    form.get_by_text("Added to the photos.").wait_for()
    assert body(form).count("<figure") == 1
    assert "files that are no pictures (1)" in said(form)


@pytest.mark.slow
def test_words_go_on_where_they_are_pasted_and_a_list_stands_alone(form):
    for html, expected_body in (
        ("in <b>May</b> ", "<p>One in <strong>May</strong>two</p>"),
        ("<p>a</p><p>b</p>", "<p>One a</p>\n<p>btwo</p>"),
        ("<ul><li>a</ul>", "<p>One</p>\n<ul><li><p>a</p></li></ul>\n<p>two</p>"),
        ("<h1>a</h1><p>b</p>", "<p>One</p>\n<h2>a</h2>\n<p>btwo</p>"),
    ):
        empty(form)
        form.keyboard.type("two")
        form.keyboard.press("Home")
        form.keyboard.type("One ")
        wait_until(form, TYPED.format("<p>One two</p>"))
        transfer = form.evaluate_handle("new DataTransfer()")
        form.evaluate(PASTE, [transfer, html])
        assert body(form) == expected_body


@pytest.mark.slow
def test_a_picture_s_file_is_taken_where_it_is_dropped_or_pasted(form):
    target = form.locator(".ProseMirror")
    box = target.bounding_box()
    at = {"clientX": box["x"] + 40, "clientY": box["y"] + 20}
    dropped = form.evaluate_handle(DROPPED, [["pier.jpg", list(picture())]])
    target.dispatch_event("drop", {"dataTransfer": dropped, **at})
    pasted = form.evaluate_handle(DROPPED, [["mole.jpg", list(picture("red"))]])
    form.evaluate(PASTE, [pasted, '<img src="https://example.org/mole.jpg">'])
    form.get_by_text("Added to the photos.").nth(1).wait_for()
    assert body(form).count("<figure") == 2
    assert said(form) == ""
    # Some programs add a picture of the words.
    form.evaluate(PASTE, [pasted, "<p>Some words.</p>"])
    assert body(form).count("<figure") == 2
    assert "Some words." in body(form)


@pytest.mark.slow
def test_the_caret_stands_behind_a_link(form):
    empty(form)
    form.keyboard.type("See timetable")
    form.keyboard.press("Control+Shift+ArrowLeft")
    form.get_by_role("button", name="insert link").click()
    form.get_by_role("textbox", name="Address").fill("example.com/tide")
    form.get_by_role("button", name="Update", exact=True).click()
    wait_until(form, "document.querySelector('.ProseMirror-focused a') !== null")
    form.keyboard.type(" today")
    link = '<a href="https://example.com/tide">timetable</a>'
    assert body(form) == f"<p>See {link} today</p>"


@pytest.mark.slow
def test_two_megabytes_are_pasted_in_one_go(form):
    start, end = "<!--StartFragment-->", "<!--EndFragment-->"
    html = (FOLDER / "word-windows.html").read_text()
    story = html[html.index(start) : html.index(end)]
    empty(form)
    paste(form, html=story * (2_000_000 // len(story)))
    assert body(form).count("<h2>") == 2_000_000 // len(story)


def test_what_never_ends_is_read_in_a_moment(form):
    """Searched anew from each of its letters it would hold the window for minutes."""
    for html in (
        "<p>One</p><" + "a" * 1_000_000,
        f"<p {SLICE}>One</p><" + "a" * 1_000_000,
        # Browsers nest elements no deeper than 512, so nothing here overflows.
        "<div>" * 10_000 + "One",
        "<blockquote><b>" * 10_000 + "One",
    ):
        empty(form)
        paste(form, html=html)
        assert form.locator(".ProseMirror").inner_text().strip() == "One"


# Markup of any program, in any order and never closed.
PIECES = [
    *"<p> </p> <div> </div> <b> </b> <i> </i> <del> </del> <ul> </ul> <ol>".split(),
    *"</ol> <li> </li> <li><p> <table> <tr> <td> </td> </table> <br> <br><br>".split(),
    *"<h1> </h1> <blockquote> </blockquote> <aside> </aside> <sup> </sup>".split(),
    *"<pre> </pre> </span> </a> <o:p> <figure> <figcaption> &nbsp; words 6".split(),
    *"< > & \" ' <style> <p\tclass=MsoQuote> <div\trole=heading> <!-- -->".split(" "),
    '<b style="font-weight:400">',
    '<span style="display:none">',
    "<span style='white-space:pre'>",
    "<span style='mso-list:Ignore'>1.",
    "<p style='mso-list:l0 level1 lfo1'>",
    '<a href="https://example.org/">',
    '<a href="x">',
    "<![if !supportLists]>",
    '<img src="x">',
    "\n\n",
]


@pytest.mark.slow
def test_whatever_is_pasted_is_of_the_grammar(form):
    module = static("desk/clean_paste.js")
    clean = f"async (html) => (await import('{module}')).cleanPaste(html).html"
    pieces = st.lists(st.sampled_from(PIECES), max_size=40)

    @given(pieces.map(" ".join))
    def check(html):
        printed = form.evaluate(clean, html)
        assert canonical(printed).replace("\n", "") == printed

    check()
