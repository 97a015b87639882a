"""A draft goes to the bin, comes back, and goes for good, by what the screens say."""

import pytest

from articles.models import Article, Erasure
from articles.store.roles import give_role
from tests.builders import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_draft_goes_to_the_bin_comes_back_and_is_erased(
    at_desk, editor, complaints, shuts_nobody_out
):
    give_role(editor, "administrator")
    article = make_article(None, headline="Pier", status="draft")
    form = f"/admin/articles/article/{article.pk}/change/"
    at_desk.goto(form)
    at_desk.get_by_label("Headline").fill("Typed last")
    at_desk.get_by_role("button", name="Move to the bin").click()
    at_desk.get_by_text("Moved to the bin.").wait_for()
    shuts_nobody_out("after the move")
    assert not at_desk.get_by_role("link", name="Typed last").count()
    at_desk.get_by_role("button", name="Restore").click()
    at_desk.get_by_text("Restored, with all its versions.").wait_for()
    at_desk.get_by_role("button", name="Publish", exact=True).wait_for()
    assert Article.objects.get().status == "draft"

    at_desk.get_by_role("button", name="Move to the bin").click()
    at_desk.get_by_text("Moved to the bin.").wait_for()
    at_desk.goto("/admin/articles/binnedarticle/")
    shuts_nobody_out()
    at_desk.get_by_role("link", name="Typed last").click()
    at_desk.get_by_text("Moved there by nida").wait_for()
    shuts_nobody_out()
    at_desk.get_by_role("button", name="Restore").click()
    at_desk.get_by_text("Restored. Not yet shown to readers.").wait_for()

    at_desk.get_by_role("button", name="Move to the bin").click()
    at_desk.get_by_text("Moved to the bin.").wait_for()
    at_desk.goto("/admin/articles/binnedarticle/")
    at_desk.locator(".action-select").check()
    at_desk.locator("[name=action]").select_option("erase_chosen")
    at_desk.get_by_role("button", name="Go", exact=True).click()
    at_desk.get_by_label("Why").fill("Nobody needs it.")
    shuts_nobody_out("why")
    at_desk.get_by_role("button", name="Continue").click()
    at_desk.get_by_label("type how many").fill("1")
    shuts_nobody_out("how many")
    at_desk.get_by_role("button", name="Yes, erase them for good").click()
    at_desk.get_by_text("1 story erased for good.").wait_for()
    assert not Article.objects.exists()
    assert Erasure.objects.get().code == article.code
