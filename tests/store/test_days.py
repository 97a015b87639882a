"""A newspaper that moves to another zone keeps its days, and reckons their begin."""

from datetime import UTC, date, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from articles.models import Article, Byline, SortingZone, Tagging
from articles.store import Change, edition, write
from articles.store.days import check_zone, reckon_days
from articles.story.moment import Moment
from articles.story.story import TagUse
from tests.builders import NOON, make_article, make_story

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 14)
PARTS = [
    {"published": Moment(DAY), "tags": (TagUse("Port"),), "bylines": ("AFP",)},
    {"published": Moment(DAY, "estimated"), "updated": Moment(date(2026, 3, 15))},
    {"published": Moment(NOON), "updated": Moment(DAY)},
    {"published": None, "updated": Moment(DAY), "status": "in_review"},
]


@pytest.fixture(autouse=True)
def zone(settings):
    """Where the newspaper is; its days were first reckoned there."""

    def move(name):
        settings.TIME_ZONE = name

    move("America/New_York")
    SortingZone.objects.update_or_create(pk=1, defaults={"name": settings.TIME_ZONE})
    return move


def sorted_by():
    columns = "published_at", "published_on", "updated_at", "updated_on", "listed_at"
    listed = [
        list(model.objects.order_by("pk").values_list("listed_at", flat=True))
        for model in (Tagging, Byline)
    ]
    return list(Article.objects.order_by("pk").values_list(*columns)), *listed


def run():
    out = StringIO()
    call_command("reckon_days", stdout=out, stderr=StringIO())
    return out.getvalue()


def test_days_begin_in_the_new_zone_as_if_they_had_been_written_there(zone):
    articles = [make_article(**parts) for parts in PARTS]
    minute = make_article(published=Moment(NOON))
    zone("Asia/Tokyo")
    assert run() == "The days of 4 articles begin as in Asia/Tokyo.\n"
    midnight = datetime(2026, 3, 14, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert Article.objects.get(pk=articles[0].pk).published_at == midnight
    assert Article.objects.get(pk=minute.pk).published_at == NOON
    reckoned = sorted_by()
    Article.objects.all().delete()
    for parts in PARTS:
        make_article(**parts)
    make_article(published=Moment(NOON))
    assert sorted_by() == reckoned


def test_moving_there_and_back_changes_nothing(zone):
    for parts in PARTS:
        make_article(**parts)
    before = sorted_by()
    for name in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York"):
        zone(name)
        run()
    assert sorted_by() == before


def test_check_says_when_it_is_due_and_which_command_does_it(zone):
    make_article(published=Moment(NOON))
    zone("Pacific/Pago_Pago")
    assert check_zone() == [], "no article has a day yet"
    zone("America/New_York")
    make_article(**PARTS[0])
    assert check_zone() == []
    zone("Asia/Tokyo")
    (due,) = check_zone()
    assert "America/New_York" in due.msg
    assert "reckon_days" in due.hint
    run()
    assert check_zone() == []


def test_first_days_of_all_begin_where_the_site_is(zone):
    zone("Asia/Tokyo")
    make_article(published=Moment(NOON))
    for parts in PARTS[1:]:
        make_article(**parts)
        assert check_zone() == []
    zone("America/New_York")
    (due,) = check_zone()
    assert "Asia/Tokyo" in due.msg


@pytest.mark.parametrize("is_new", [True, False])
def test_it_is_due_if_the_site_moves_back_after_a_day_was_written(zone, is_new):
    article = make_article(**PARTS[0])
    make_article(**PARTS[1])
    zone("Asia/Tokyo")
    make_article(published=Moment(NOON))
    zone("America/New_York")
    assert check_zone() == [], "only a minute was written in between"
    zone("Asia/Tokyo")
    story = make_story(**PARTS[0] | {"headline": "Another"})
    write([Change(story, None if is_new else article.pk)], by=None, why="test")
    zone("America/New_York")
    (due,) = check_zone()
    assert "several zones" in due.msg
    run()
    assert check_zone() == []


def test_one_that_was_broken_off_is_due_still_and_is_finished_by_the_next(
    zone, monkeypatch
):
    monkeypatch.setattr("articles.store.days.AT_ONCE", 1)
    for parts in PARTS:
        make_article(**parts)
    zone("Asia/Tokyo")
    assert next(reckon_days()) == 1
    assert check_zone()
    zone("America/New_York")
    (due,) = check_zone()
    assert "several zones" in due.msg
    zone("Asia/Tokyo")
    run()
    assert check_zone() == []
    begins = set(Article.objects.values_list("updated_at", flat=True)) - {None}
    assert {at.astimezone(UTC).hour for at in begins} == {15}


def test_no_article_costs_a_question_of_its_own(zone, django_assert_max_num_queries):
    for parts in PARTS * 5:
        make_article(**parts)
    zone("Asia/Tokyo")
    with django_assert_max_num_queries(30):
        run()


def test_pages_are_known_to_have_changed(zone):
    article = make_article(**PARTS[0])
    make_article(**PARTS[0] | {"status": "draft"})
    zone("Asia/Tokyo")
    before = edition.newest_number()
    run()
    tag = Tagging.objects.first().tag_id
    own = {f"story:{article.pk}", f"absent:story:{article.code}"}
    own |= {f"author:{article.bylines.get().author_id}", f"tag:{tag}"}
    lists = {"latest", "search", "sitemap"}
    assert edition.changed_since(before) == own | lists
