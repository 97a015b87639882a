"""The screens of people, and those that ask before much is changed, as they look."""

import pytest

from articles.store.roles import give_role
from tests.builders import make_article

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
    page.get_by_text("1 will leave the site").wait_for()


def erase(page):
    page.locator("[name=reason]").fill("The court said so.")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("To erase it").wait_for()


def test_screens_of_people_and_of_questions_shut_nobody_out(office, shuts_nobody_out):
    article = make_article()
    add_somebody(office)
    shuts_nobody_out("link")
    link = office.locator("code").inner_text().partition("/admin/")[2]
    office.goto("/admin/articles/person/")
    shuts_nobody_out("people")
    office.get_by_role("link", name="ann").click()
    office.get_by_role("button", name="Create a link").wait_for()
    shuts_nobody_out("person")
    withdraw_all(office)
    shuts_nobody_out("question")
    office.goto(f"/admin/articles/article/{article.pk}/erase/")
    shuts_nobody_out("erase")
    erase(office)
    shuts_nobody_out("erase, asked twice")
    office.goto(f"/admin/{link}")
    office.get_by_label("New password:").wait_for()
    shuts_nobody_out("password")
