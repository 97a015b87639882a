"""Two hands at one story, each on a connection of its own."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from articles.models import Article, Author, Revision, Tag
from articles.store import Change, edition, write
from articles.story.story import TagUse
from tests.builders import make_article, make_story

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(hands, action):
    """Let as many threads begin the action in the same moment; return their results."""
    barrier = Barrier(hands)

    def hand(number):
        barrier.wait()
        try:
            return action(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(hand, range(hands)))


def test_of_two_editors_who_opened_one_revision_one_is_told():
    article = make_article()

    def save(number):
        change = Change(make_story(headline=f"Editor {number}"), article.pk, base=1)
        (outcome,) = write([change], by=None, why="edit")
        return outcome.what

    assert Counter(at_once(4, save)) == {"changed": 1, "overtaken": 3}
    assert Revision.objects.filter(article=article).count() == 2


def test_new_stories_with_the_same_new_names_share_their_rows():
    def save(number):
        story = make_story(
            headline=f"Story {number}", bylines=("Nida Khan",), tags=(TagUse("Port"),)
        )
        write([Change(story)], by=None, why="new")

    at_once(4, save)
    assert (Tag.objects.count(), Author.objects.count()) == (1, 1)
    assert Article.objects.filter(tags__name="Port").count() == 4


def test_every_commit_has_an_edition_number_of_its_own():
    at_once(4, lambda number: write([Change(make_story())], by=None, why="new"))
    assert edition.newest_number() == 4
