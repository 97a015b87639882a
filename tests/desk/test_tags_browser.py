"""Tags and dates in the browser: one click or key answers, and typed names arrive."""

import pytest

from articles.models import Tag
from articles.store import read
from articles.story.moment import Moment
from articles.story.story import TagUse
from tests.builders import NOON, make_article, make_section, make_story
from tests.desk.stories import write_story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SUGGESTED = tuple(TagUse(name, "suggestion") for name in ("Bay", "Cape", "مرفأ"))


@pytest.fixture
def article():
    return write_story(make_story(tags=SUGGESTED))


def open_form(page, article):
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.locator(".ProseMirror").wait_for()


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist .success").wait_for()


def hands(article):
    return [(use.name, use.by) for use in read.story(article.pk).tags]


def test_suggestion_is_accepted_by_a_click_and_dismissed_by_a_key(at_desk, article):
    open_form(at_desk, article)
    at_desk.get_by_label("Accept Bay").click()
    at_desk.get_by_label("Dismiss Cape").focus()
    at_desk.keyboard.press("Space")
    save(at_desk)
    expected = [("Bay", "editor"), ("Cape", "dismissed"), ("مرفأ", "suggestion")]
    assert hands(article) == expected


@pytest.mark.slow
def test_second_answer_takes_the_place_of_the_first(at_desk, article):
    open_form(at_desk, article)
    at_desk.get_by_label("Accept Bay").check()
    at_desk.get_by_label("Dismiss Bay").check()
    assert not at_desk.get_by_label("Accept Bay").is_checked()
    at_desk.get_by_label("Dismiss Bay").uncheck()
    save(at_desk)
    assert dict(hands(article))["Bay"] == "suggestion"


@pytest.mark.slow
def test_all_suggestions_are_accepted_at_once(at_desk, article):
    open_form(at_desk, article)
    at_desk.get_by_label("Dismiss Bay").check()
    at_desk.get_by_role("button", name="Accept all").click()
    save(at_desk)
    assert {by for _, by in hands(article)} == {"editor"}
    assert not at_desk.locator(".suggestion").count()


@pytest.mark.slow
def test_answering_all_twice_takes_it_back(at_desk, article):
    open_form(at_desk, article)
    for _ in range(2):
        at_desk.get_by_role("button", name="Dismiss all").click()
    save(at_desk)
    assert hands(article) == [(use.name, use.by) for use in SUGGESTED]


def type_tag(page, text):
    page.locator(".field-tags .select2-selection").click()
    page.keyboard.type(text)


def test_typed_name_becomes_a_tag(at_desk):
    article = make_article()
    open_form(at_desk, article)
    type_tag(at_desk, "Tide tables")
    offer = at_desk.locator(".select2-results__option", has_text="New tag: Tide tables")
    offer.wait_for()
    at_desk.keyboard.press("Enter")
    save(at_desk)
    assert hands(article) == [("Tide tables", "editor")]


@pytest.mark.slow
def test_tag_that_is_there_is_offered_before_a_new_one(at_desk):
    Tag.objects.create(name="Ports, harbours", slug="ports")
    article = make_article()
    open_form(at_desk, article)
    type_tag(at_desk, "harb")
    at_desk.locator(".select2-results__option", has_text="Ports, harbours").wait_for()
    at_desk.keyboard.press("Enter")
    save(at_desk)
    assert hands(article) == [("Ports, harbours", "editor")]


@pytest.mark.slow
def test_estimated_date_is_confirmed_by_a_click(at_desk):
    estimate = Moment(NOON.date(), "estimated")
    article = write_story(make_story(published=estimate, updated=estimate))
    open_form(at_desk, article)
    at_desk.locator(".field-published").get_by_label("Confirm this date").click()
    save(at_desk)
    story = read.story(article.pk)
    assert (story.published, story.updated) == (Moment(NOON.date()), estimate)


@pytest.mark.slow
def test_chips_and_dates_fit_a_phone(at_desk):
    estimate = Moment(NOON, "estimated")
    long = TagUse(
        "National Committee for the Ordering of Every Quay (NCOEQ)", "suggestion"
    )
    article = write_story(make_story(tags=(*SUGGESTED, long), published=estimate))
    at_desk.set_viewport_size({"width": 320, "height": 740})
    open_form(at_desk, article)
    assert at_desk.evaluate("document.scrollingElement.scrollWidth") <= 320


def test_a_section_is_moved_by_its_handle_and_by_the_keyboard(at_desk, complaints):
    for position, name in enumerate(("World", "City", "Sport"), start=1):
        make_section(name, position)
    at_desk.goto("/admin/articles/tag/")
    rows = at_desk.locator(".menu-section")
    rows.nth(2).locator(".menu-section__handle").drag_to(
        rows.nth(0), target_position={"x": 40, "y": 4}
    )
    at_desk.get_by_text("“Sport” is number 1 of the menu now.").wait_for()
    at_desk.get_by_role("button", name="Move World down").focus()
    at_desk.keyboard.press("Enter")
    at_desk.get_by_text("“World” is number 3 of the menu now.").wait_for()
    assert [tag.name for tag in Tag.objects.in_menu()] == ["Sport", "City", "World"]
    assert not complaints
