"""The front page holds the newest and a few of each section, and nothing twice."""

import pytest

from articles.models import Photo
from articles.store import read
from articles.store.front import FEW, LATEST, SECONDARY
from articles.story.story import Caption
from tests.builders import HOUR, NOON, make_article, make_section

pytestmark = pytest.mark.django_db

ABOVE = 1 + SECONDARY + LATEST


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


def test_old_section_stands_on_the_front_page_and_an_empty_one_does_not():
    make_section("Harbour")
    make_section("Empty", position=2)
    old = make_article(NOON - 99 * HOUR, section="Harbour")
    for n in range(ABOVE):
        make_article(NOON - n * HOUR)
    assert [(str(t), few) for t, few in read.front().sections] == [("Harbour", [old])]


def test_newest_story_with_a_picture_leads_unless_it_is_old():
    Photo.objects.create(sha256="a1", file="p/a1.jpg", width=3, height=2)
    pictured = {"captions": (Caption("Cranes", "", "a1"),)}
    newest = make_article(NOON)
    assert read.front().lead == newest
    lead = make_article(NOON - HOUR, **pictured)
    make_article(NOON - 2 * HOUR, **pictured)
    assert read.front().lead == lead
    assert read.front().secondary[0] == newest
    for n in range(1, ABOVE):
        make_article(NOON + n * HOUR)
    assert read.front().lead.card_photo is None


def test_front_page_holds_nothing_that_is_not_public():
    make_section()
    for status in ("draft", "in_review", "withdrawn"):
        make_article(status=status, section="World")
    assert read.front().stories == []
