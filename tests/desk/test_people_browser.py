"""The screens of people, and those that ask before much is changed, as they look."""

import pytest

from articles.store.roles import give_role
from tests.builders import make_article
from tests.slow import slow_after

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(at_desk, editor):
    give_role(editor, "administrator")
    return at_desk


def add_somebody(page):
    page.goto("/admin/articles/person/add/")
    page.get_by_label("Username").fill("ann")
    page.get_by_label("Reporter").check()
    page.get_by_role("button", name="Save").click()
    page.locator("code").wait_for()


def withdraw_all(page):
    page.goto("/admin/articles/article/")
    page.locator(".action-select").first.check()
    page.locator("select[name=action]").select_option("withdraw")
    page.locator("button[name=index]").click()
    page.get_by_text("1 leaves the site").wait_for()


def erase(page):
    page.locator("[name=reason]").fill("The court said so.")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("To erase it").wait_for()


@pytest.mark.parametrize(
    ("width", "scheme"),
    slow_after(1, [(360, "light"), (1440, "dark"), (360, "dark"), (1440, "light")]),
)
def test_screens_of_people_and_of_questions_shut_nobody_out(
    office, audit, scheme, width
):
    article = make_article()
    office.set_viewport_size({"width": width, "height": 900})
    office.emulate_media(color_scheme=scheme, reduced_motion="reduce")

    def check(where):
        found = audit(office)
        assert not found, "\n".join([where, *found])
        wide = office.evaluate("document.scrollingElement.scrollWidth")
        assert wide <= width, where

    add_somebody(office)
    check("link")
    link = office.locator("code").inner_text().partition("/admin/")[2]
    office.goto("/admin/articles/person/")
    check("people")
    office.get_by_role("link", name="ann").click()
    office.get_by_role("button", name="Make a link").wait_for()
    check("person")
    withdraw_all(office)
    check("question")
    office.goto(f"/admin/articles/article/{article.pk}/erase/")
    check("erase")
    erase(office)
    check("erase, asked twice")
    office.goto(f"/admin/{link}")
    office.get_by_label("New password:").wait_for()
    check("password")
