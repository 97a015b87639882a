"""A story goes to the bin and back as a revision; what readers saw never does."""

from dataclasses import replace

import pytest

from articles.models import Article
from articles.store import CannotWrite, Change, write
from articles.store.bin import statuses_before_bin, with_binning
from articles.store.rows import story_of
from tests.builders import HOUR, NOON, make_article
from tests.desk.accounts import make_account

pytestmark = pytest.mark.django_db


def move(article, status, by=None, at=NOON, **words):
    story = replace(story_of(article), status=status, **words)
    write([Change(story, article.pk)], by=by, now=at)
    article.refresh_from_db()


@pytest.mark.parametrize("before", [(), ("published",), ("published", "draft")])
def test_what_readers_saw_is_not_binned(before):
    article = make_article(NOON, status="draft")
    for n, status in enumerate(before):
        move(article, status, at=NOON + n * HOUR)
    if not before:
        move(article, "binned")
        return
    with pytest.raises(CannotWrite, match="withdraw it instead"):
        move(article, "binned", at=NOON + 2 * HOUR)
    article.refresh_from_db()
    assert article.status == before[-1]


def test_withdrawn_story_stays_where_readers_are_told_of_it():
    article = make_article(status="withdrawn")
    with pytest.raises(CannotWrite):
        move(article, "binned")


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_bin_knows_who_moved_a_story_when_and_from_where(status):
    """Also after others have written to it there, and on the second time."""
    ann, bob = make_account("editor", "ann"), make_account("editor", "bob")
    article = make_article(status="in_review")
    move(article, "binned", bob, NOON - 9 * HOUR)
    move(article, status, bob, NOON - 8 * HOUR)
    move(article, "binned", ann, NOON)
    move(article, "binned", bob, NOON + HOUR, kicker="Typed meanwhile")
    (binned,) = with_binning()
    assert (binned.binned_by, binned.binned_at) == ("ann", NOON)
    assert statuses_before_bin([article.pk]) == {article.pk: status}


def test_story_that_was_never_elsewhere_is_a_draft():
    article = make_article(status="binned")
    assert statuses_before_bin([article.pk]) == {article.pk: "draft"}
    assert with_binning().get().binned_by is None


def test_words_about_the_bin_are_no_status():
    article = make_article(status="draft", kicker='"status": "binned"')
    move(article, "binned")
    assert statuses_before_bin([article.pk]) == {article.pk: "draft"}
    assert not Article.objects.outside_bin().exists()
