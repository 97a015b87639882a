"""No screen of the desk shuts an editor out, by day or by night."""

import pytest

from articles.models import Author, Tag
from tests.builders import make_article, make_section
from tests.desk.sources import make_source
from tests.desk.stories import FULL, write_story
from tests.slow import slow_after

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def article():
    make_section("World")
    article = write_story(FULL)
    make_source(article, doubts=3)
    make_source(article)
    return article


@pytest.mark.parametrize(
    ("width", "scheme"),
    slow_after(2, [(360, "light"), (1440, "dark"), (360, "dark"), (1440, "light")]),
)
def test_screens_for_editors_shut_nobody_out(at_desk, article, audit, scheme, width):
    make_source(make_article(headline="Doubtful"), doubts=1)
    at_desk.set_viewport_size({"width": width, "height": 900})
    at_desk.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    file = article.sources.first().file
    tag, author = Tag.objects.first(), Author.objects.first()
    for path in (
        "",
        "articles/article/",
        "articles/article/add/",
        f"articles/article/{article.pk}/change/",
        f"articles/article/{article.pk}/history/",
        "articles/sourcefile/",
        f"articles/sourcefile/{file.pk}/change/",
        f"articles/tag/{tag.pk}/change/",
        f"articles/author/{author.pk}/change/",
    ):
        at_desk.goto(f"/admin/{path}", wait_until="networkidle")
        found = audit(at_desk)
        assert not found, "\n".join([path, *found])
        assert at_desk.evaluate("document.scrollingElement.scrollWidth") <= width, path


@pytest.mark.parametrize("scheme", slow_after(1, ["light", "dark"]))
def test_login_shuts_nobody_out(page, complaints, audit, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto("/admin/", wait_until="networkidle")
    assert not audit(page)
    page.get_by_label("Username").fill("nobody")
    page.get_by_label("Password").fill("nothing")
    page.get_by_role("button", name="Sign in").click()
    page.locator(".errornote").wait_for()
    assert not audit(page)
    # The click that sent the form has the focus, and the browser says so.
    complaints[:] = [said for said in complaints if "Autofocus" not in said]


def test_what_is_marked_can_still_be_read(at_desk, article, audit):
    for scheme in ("light", "dark"):
        at_desk.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        at_desk.goto(f"/admin/articles/article/{article.pk}/change/")
        at_desk.locator(".ProseMirror").wait_for()
        at_desk.locator(".line .piece--headline").first.hover()
        at_desk.locator(".field-headline.is-marked").wait_for()
        assert not audit(at_desk)
