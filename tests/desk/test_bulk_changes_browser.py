"""A bulk withdrawal is undone by what the screens say; a colleague's words stay."""

from dataclasses import replace

import pytest

from articles.models import Article
from articles.store import Change, read, write
from tests.builders import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_editor_undoes_a_bulk_withdrawal(
    at_desk, django_user_model, shuts_nobody_out, complaints
):
    stories = [make_article(headline=f"Story {n}") for n in range(3)]
    at_desk.goto("/admin/articles/article/")
    at_desk.locator("#action-toggle").check()
    at_desk.locator("[name=action]").select_option("withdraw")
    at_desk.get_by_role("button", name="Go", exact=True).click()
    at_desk.get_by_role("button", name="Yes: Withdraw").click()
    undo = at_desk.get_by_role("link", name="Undo this")
    undo.wait_for()
    assert not Article.objects.published()

    omar = django_user_model.objects.create_user("omar")
    first, second, _ = (read.story(story.pk) for story in stories)
    changes = [
        Change(replace(first, status="in_review"), stories[0].pk),
        Change(replace(second, kicker="Sea"), stories[1].pk),
    ]
    write(changes, by=omar, why="edited at the desk")
    undo.click()
    at_desk.get_by_text("2 will appear on the site").wait_for()
    at_desk.get_by_text("Stays: status. Saved since by omar.").wait_for()
    shuts_nobody_out()
    at_desk.get_by_role("button", name="Yes: Undo").click()
    at_desk.get_by_text("2 articles changed.").wait_for()
    at_desk.get_by_text("What stays, as somebody had changed it since").wait_for()
    shuts_nobody_out()
    found = Article.objects.order_by("pk").values_list("status", "kicker")
    assert list(found) == [("in_review", ""), ("published", "Sea"), ("published", "")]

    at_desk.get_by_role("link", name="Story 2").click()
    at_desk.get_by_role("link", name="History").click()
    at_desk.get_by_role("link", name="undone: withdrawn at the desk").click()
    at_desk.get_by_role("heading", name="Undone: withdrawn at the desk").wait_for()
    assert not complaints
