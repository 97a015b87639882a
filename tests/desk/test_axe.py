"""No screen of the desk shuts an editor out, by day or by night."""

from dataclasses import replace

import pytest

from articles.models import Author, BulkAction, Doubt, Tag
from articles.models.sources import KILL
from articles.store import Change, write
from articles.store.bulk_actions import write_as_one
from articles.store.roles import give_role
from tests.builders import make_article, make_section
from tests.desk.conftest import LOOKS
from tests.desk.pictures import photo
from tests.desk.sources import make_source
from tests.desk.stories import FULL, write_story
from tests.slow import slow_after

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def article(editor):
    make_section("World")
    article = write_story(FULL)
    make_source(article, doubts=3)
    make_source(article)
    changed = replace(
        FULL, kicker="Sea", highlights=FULL.highlights[::-1], captions=FULL.captions[1:]
    )
    for headline in ("Harbour is open", "Harbour reopens"):
        story = replace(changed, headline=headline)
        write([Change(story, article.pk)], by=editor, why="edited")
    story = replace(story, status="withdrawn")
    write_as_one([Change(story, article.pk)], editor, "withdrawn at the desk")
    article.refresh_from_db()
    return article


def test_screens_for_editors_shut_nobody_out(at_desk, article, shuts_nobody_out):
    make_source(make_article(headline="Doubtful"), doubts=1)
    source = make_source(make_article(headline="Killed", status="in_review"))
    Doubt.objects.create(source=source, line=1, code=KILL, text="It is killed.")
    file, action = article.sources.first().file, BulkAction.objects.get()
    tag, author = Tag.objects.first(), Author.objects.first()
    for path in (
        "",
        "articles/article/",
        "articles/article/add/",
        f"articles/article/{article.pk}/change/",
        f"articles/article/{article.pk}/history/",
        f"articles/article/{article.pk}/history/1/",
        f"articles/article/{article.pk}/history/3/who/",
        f"articles/article/{article.pk}/compare/?old=1",
        "articles/bulkaction/",
        f"articles/bulkaction/{action.pk}/change/",
        f"articles/bulkaction/{action.pk}/undo/",
        "articles/sourcefile/",
        f"articles/sourcefile/{file.pk}/change/",
        f"articles/importrun/{source.file.run_id}/change/",
        "articles/tag/add/",
        f"articles/tag/{tag.pk}/change/",
        f"articles/author/{author.pk}/change/",
    ):
        at_desk.goto(f"/admin/{path}")
        shuts_nobody_out()
    at_desk.goto("/admin/articles/article/?status__exact=in_review")
    at_desk.locator("#result_list .action-select").first.check()
    at_desk.locator("[name=action]").select_option("set_facts")
    at_desk.get_by_role("button", name="Go", exact=True).click()
    at_desk.get_by_label("Language").fill("ar")
    shuts_nobody_out()
    at_desk.get_by_role("button", name="Show what would change").click()
    at_desk.locator(".confirmation__values").wait_for()
    shuts_nobody_out()


@pytest.mark.parametrize(("width", "scheme"), slow_after(1, LOOKS))
def test_every_other_screen_shuts_nobody_out(
    at_desk, article, editor, audit, complaints, width, scheme
):
    """Those of each address of the desk that no test holds against axe elsewhere."""
    give_role(editor, "administrator")
    draft = make_article(None, headline="Draft", status="draft")
    binned = make_article(None, headline="Binned", status="binned")
    source = make_source(make_article(headline="Killed", status="in_review"))
    Doubt.objects.create(source=source, line=1, code=KILL, text="It is killed.")
    tag, author = Tag.objects.create(name="Spare"), Author.objects.create(name="Spare")
    shown = photo()
    at_desk.set_viewport_size({"width": width, "height": 900})
    at_desk.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = []
    for path in (
        "password_change/",
        "articles/",
        "articles/binnedarticle/",
        f"articles/article/{binned.pk}/change/",
        f"articles/article/{draft.pk}/erase/",
        f"articles/article/{source.article_id}/change/",
        "articles/tag/",
        f"articles/tag/{tag.pk}/history/",
        f"articles/tag/{tag.pk}/delete/",
        "articles/author/",
        "articles/author/add/",
        f"articles/author/{author.pk}/history/",
        f"articles/author/{author.pk}/delete/",
        f"articles/photo/{shown.pk}/history/",
        f"articles/photo/{shown.pk}/delete/",
        "articles/person/",
        "articles/person/add/",
        f"articles/person/{editor.pk}/change/",
        f"articles/person/{editor.pk}/history/",
        "articles/erasure/",
        "articles/importrun/",
    ):
        assert at_desk.goto(f"/admin/{path}").ok, path
        found += [f"{path}: {each}" for each in audit(at_desk)]
    assert not found, "\n".join(found)
    # Who signs in has a name already, and the browser would like to see it once more.
    complaints[:] = [said for said in complaints if "Password forms" not in said]


def test_login_shuts_nobody_out(page, complaints, shuts_nobody_out):
    page.goto("/admin/")
    shuts_nobody_out()
    page.get_by_label("Username").fill("nobody")
    page.get_by_label("Password").fill("nothing")
    page.get_by_role("button", name="Sign in").click()
    page.locator(".errornote").wait_for()
    shuts_nobody_out()
    # The click that sent the form has the focus, and the browser says so.
    complaints[:] = [said for said in complaints if "Autofocus" not in said]


@pytest.mark.slow
def test_what_is_marked_can_still_be_read(at_desk, article, audit):
    at_desk.emulate_media(reduced_motion="reduce")
    at_desk.goto(f"/admin/articles/article/{article.pk}/change/")
    at_desk.locator(".ProseMirror").wait_for()
    at_desk.locator(".line .piece--headline").first.hover()
    at_desk.locator(".field-headline.is-marked").wait_for()
    for scheme in ("light", "dark"):
        at_desk.emulate_media(color_scheme=scheme)
        assert not audit(at_desk)
