"""A click fills in the day that the source prints, and questions can be answered."""

import pytest

from tests.builders import make_article
from tests.desk.sources import print_line

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_printed_day_is_one_click_and_a_doubtful_time_one_more(
    at_desk, shuts_nobody_out, settings
):
    settings.TIME_ZONE = "Asia/Beirut"
    article = make_article(None, status="in_review")
    print_line(article, "Posted 03/10/2024 by the desk", "date-unread")
    at_desk.goto(f"/admin/articles/article/{article.pk}/change/")
    published = at_desk.locator(".field-published")
    published.get_by_role("button", name="3 October 2024").click()
    assert published.get_by_label("Day").input_value() == "2024-10-03"
    embargo = at_desk.locator(".field-embargo_until")
    embargo.get_by_label("Day").fill("2026-10-24")
    embargo.get_by_label("Time").fill("23:30")
    at_desk.get_by_role("button", name="Save", exact=True).click()
    embargo.get_by_label("the second 23:30").check()
    shuts_nobody_out()
    at_desk.get_by_role("button", name="Save", exact=True).click()
    at_desk.locator(".messagelist .success").wait_for()
    article.refresh_from_db()
    assert f"{article.published_on} {article.embargo_until:%R}" == "2024-10-03 21:30"
