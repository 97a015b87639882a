"""Which stories stand in a list, on the front page and below another story."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, Tag, Tagging
from articles.store import Change, lists, read, write
from articles.store.lists import ABOVE, FEW, Position, page_of
from articles.story.moment import Moment
from articles.story.story import Caption, TagUse
from tests.builders import (
    HOUR,
    NOON,
    make_article,
    make_photo,
    make_section,
    make_story,
)
from tests.strategies import SOME_MOMENT

pytestmark = pytest.mark.django_db

HANDS = ("editor", "import", "suggestion", "dismissed")
LATEST = datetime(3001, 1, 1, tzinfo=UTC)
TAGS = tuple(TagUse(hand.title(), hand) for hand in HANDS)


def listed(article):
    """Return where the article is listed, and each of its tags by who put it."""
    article.refresh_from_db()
    taggings = Tagging.objects.filter(content_object=article)
    return article.listed_at, dict(taggings.values_list("put_by", "listed_at"))


def expected(at):
    return at, {"editor": at, "import": at, "suggestion": None, "dismissed": None}


def test_story_and_the_tags_that_readers_see_are_listed_while_it_is_published():
    article = make_article(tags=TAGS)
    assert listed(article) == expected(NOON)
    later = NOON + timedelta(days=1)
    for status, at, where in [
        ("published", later, later),
        ("withdrawn", later, None),
        ("published", NOON, NOON),
        ("in_review", None, None),
    ]:
        moment = at and Moment(at)
        story = make_story(tags=TAGS, status=status, published=moment)
        write([Change(story, article.pk)], by=None)
        assert listed(article) == expected(where)


def test_tag_that_is_accepted_is_listed_then():
    article = make_article(tags=(TagUse("Gaza", "suggestion"),))
    gaza = Tagging.objects.get().tag
    assert read.tagged(gaza).articles == []
    write([Change(make_story(tags=(TagUse("Gaza"),)), article.pk)], by=None)
    assert read.tagged(gaza).articles == [article]


def test_tags_of_an_older_version_are_listed_by_the_update():
    articles = [make_article(tags=TAGS), make_article(status="withdrawn", tags=TAGS)]
    before = [listed(article) for article in articles]
    Tagging.objects.update(listed_at=None)
    import_module("articles.migrations.0013_fill_listed_at").fill(apps, None)
    assert [listed(article) for article in articles] == before


def test_what_the_lists_believe_makes_nothing_public():
    article = make_article(tags=TAGS[:1])
    Article.objects.update(status="withdrawn")
    tag = Tagging.objects.get().tag
    assert listed(article) == (None, {"editor": NOON})
    assert read.tagged(tag).articles == read.latest().articles == []


@pytest.mark.parametrize("count", [0, 1, 3, 10, 40])
def test_no_story_stands_twice_and_none_of_the_newest_is_missing(count):
    make_section("World")
    make_section("Harbour", position=2)
    made = [
        make_article(NOON - n * HOUR, section=("World", "Harbour", "")[n % 3])
        for n in range(count)
    ]
    front = read.front()
    shown = front.stories
    assert len(shown) == len(set(shown))
    assert set(made[:ABOVE]) <= set(shown)
    below = made[ABOVE:]
    for tag, stories in front.sections:
        assert stories == [a for a in below if a.section == tag][:FEW]


# The day and the minutes about its begin, which is another in another zone.
ABOUT_A_DAY = [
    Moment(NOON.date()),
    *[Moment(NOON + n * HOUR) for n in (-26, -12, -8, -1, 0)],
]


@given(
    st.lists(SOME_MOMENT | st.sampled_from(ABOUT_A_DAY), max_size=6),
    st.sampled_from(["Pacific/Kiritimati", "America/New_York", "UTC"]),
)
def test_any_moments_are_listed_once_in_the_order_in_which_they_are_sorted(
    moments, zone
):
    with pytest.MonkeyPatch.context() as patch, override_settings(TIME_ZONE=zone):
        patch.setattr(lists, "SIZE", 2)
        Article.objects.all().delete()
        changes = [Change(make_story(published=moment, **GAZA)) for moment in moments]
        pks = [outcome.article_id for outcome in write(changes, by=None, why="test")]
        dated = zip((m.instant(ZoneInfo(zone)) for m in moments), pks, strict=True)
        wanted = [pk for _, pk in sorted(dated, reverse=True)]
        gaza = Tag.objects.filter(name="Gaza").first()
        for listing in [lists.all_articles(), lists.articles_of_tag(gaza)]:
            found, page = [], page_of(listing, now=LATEST)
            found += page.articles
            while page.older and len(found) <= len(wanted):
                before = Position.parse(str(page.older))
                page = page_of(listing, before=before, now=LATEST)
                found += page.articles
            assert [article.pk for article in found] == wanted


def test_old_section_stands_on_the_front_page_and_an_empty_one_does_not():
    make_section("Harbour")
    make_section("Empty", position=2)
    old = make_article(NOON - 99 * HOUR, section="Harbour")
    for n in range(ABOVE):
        make_article(NOON - n * HOUR)
    assert [(str(t), few) for t, few in read.front().sections] == [("Harbour", [old])]


def test_newest_story_with_a_picture_leads_unless_it_is_old():
    make_photo()
    pictured = {"captions": (Caption("Cranes", "", "a1"),)}
    newest = make_article(NOON)
    assert read.front().lead == newest
    lead = make_article(NOON - HOUR, **pictured)
    make_article(NOON - 2 * HOUR, **pictured)
    assert read.front().lead == lead
    assert read.front().secondary[0] == newest
    assert len(read.front().secondary) == 2
    for n in range(1, ABOVE):
        make_article(NOON + n * HOUR)
    assert read.front().lead.card_photo is None


def test_front_page_holds_nothing_that_is_not_public():
    make_section()
    for status in ("draft", "in_review", "withdrawn"):
        make_article(status=status, section="World")
    assert read.front().stories == []


GAZA = {"tags": (TagUse("Gaza"),)}
PORTS = {"tags": (TagUse("Gaza"), TagUse("Ports"))}


def nearby(article):
    return read.nearby(read.article(article.code))


def test_next_is_the_one_behind_it_in_its_section():
    make_section()
    article = make_article(section="World")
    other = make_article(NOON - HOUR)
    assert nearby(article).next == other
    behind = make_article(NOON - 2 * HOUR, section="World")
    make_article(NOON + HOUR, section="World")
    assert nearby(article).next == behind


def test_of_stories_of_one_moment_the_earlier_row_is_next():
    first, second = make_article(), make_article()
    assert nearby(second).next == first
    assert nearby(first).next is None


def test_related_are_those_with_most_tags_in_common_then_the_newest():
    behind = make_article(NOON - 9 * HOUR)
    article = make_article(NOON - 8 * HOUR, **PORTS)
    both = make_article(NOON, **PORTS)
    newer = make_article(NOON + 2 * HOUR, **GAZA)
    older = make_article(NOON + HOUR, **GAZA)
    make_article(NOON + 3 * HOUR)
    found = nearby(article)
    assert (found.next, found.related) == (behind, [both, newer, older])


def test_stories_in_the_language_of_the_story_come_first():
    make_section()
    world, arabic = {"section": "World"}, {"language": "ar"}
    own = make_article(NOON - 4 * HOUR, language="en-GB")
    tagged = make_article(NOON - 3 * HOUR, **PORTS, **arabic)
    beside = make_article(NOON - 2 * HOUR, **world, **arabic)
    article = make_article(NOON - HOUR, **world, **PORTS, language="en")
    fellow = make_article(NOON, **world)
    found = nearby(article)
    assert (found.next, found.related) == (own, [fellow, tagged, beside])
    near = make_article(NOON - 5 * HOUR, **world)
    assert nearby(article).next == near


def test_section_fills_what_tags_leave_and_nothing_stands_twice():
    make_section()
    section = [make_article(NOON - n * HOUR, section="World") for n in range(9)]
    tagged = make_article(NOON - 20 * HOUR, section="World", **GAZA)
    article = make_article(NOON - HOUR / 2, section="World", **GAZA)
    found = nearby(article)
    assert found.next == section[1]
    assert found.related == [tagged, section[0], section[2], section[3]]


@pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn"])
def test_what_is_not_public_is_neither_next_nor_related(status):
    make_section()
    make_article(NOON - HOUR, status=status, section="World", **GAZA)
    found = nearby(make_article(section="World", **GAZA))
    assert (found.next, found.related) == (None, [])


def test_suggested_or_dismissed_tag_relates_nothing():
    article = make_article(**GAZA)
    for by in ("suggestion", "dismissed"):
        make_article(NOON + HOUR, tags=(TagUse("Gaza", by),))
    assert nearby(article).related == []
    suggested = make_article(NOON + HOUR, tags=(TagUse("Gaza", "suggestion"),))
    assert nearby(suggested).related == []


def test_common_tag_keeps_no_story_away_that_shares_a_rare_one(monkeypatch):
    monkeypatch.setattr(lists, "CANDIDATES", 8)
    article = make_article(**PORTS)
    make_article(NOON - HOUR)
    both = make_article(NOON - 2 * HOUR, **PORTS)
    newer = [make_article(NOON + n * HOUR, **GAZA) for n in range(1, 9)]
    assert nearby(article).related == [both, *newer[:-4:-1]]


def test_story_with_more_tags_than_are_weighed_has_its_page():
    many = tuple(TagUse(f"Tag {number}") for number in range(lists.TAGS + 5))
    article = make_article(tags=many)
    other = make_article(NOON + HOUR, tags=many[:1])
    assert nearby(article).related == [other]
