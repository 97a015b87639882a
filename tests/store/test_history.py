"""Whether the public ever saw a story, from its revisions and the clock alone."""

import json
from dataclasses import replace
from datetime import UTC, timedelta
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Article, Revision
from articles.store import Change, write
from articles.store.history import ever_public, last_seen, missed
from articles.story.moment import Moment
from articles.story.story import from_json, was_public_within
from tests.builders import HOUR, NOON, make_story
from tests.strategies import FEW

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LATER = NOON + 10 * DAY


def make_past(*steps):
    """Return the article whose revisions were made at those hours after noon."""
    pk = None
    for hours, parts in steps:
        story = make_story(**{"published": Moment(NOON - DAY)} | parts)
        (outcome,) = write([Change(story, pk)], by=None, now=NOON + hours * HOUR)
        pk = outcome.article_id
    return Article.objects.get(pk=pk)


def was(*steps, at=LATER):
    article = make_past(*steps)
    return article.pk in ever_public([article.pk], at)


SHOWN, DRAFT = {}, {"status": "draft"}
TOMORROW = {"published": Moment(NOON + DAY)}
EMBARGO = {"embargo_until": NOON + DAY}
EXPIRED = {"expires_at": NOON - HOUR}


PASTS = pytest.mark.parametrize(
    ("steps", "is_public"),
    [
        ([(0, DRAFT)], False),
        ([(0, {"status": "in_review"}), (1, {"status": "withdrawn"})], False),
        ([(0, SHOWN)], True),
        ([(0, SHOWN), (1, DRAFT)], True),
        ([(0, DRAFT), (1, SHOWN), (2, {"status": "withdrawn"}), (3, DRAFT)], True),
        # Scheduled or under embargo: public only if nobody stopped it before.
        ([(0, TOMORROW), (1, DRAFT)], False),
        ([(0, TOMORROW), (25, DRAFT)], True),
        ([(0, EMBARGO), (1, DRAFT)], False),
        ([(0, EMBARGO), (25, DRAFT)], True),
        ([(0, TOMORROW | EMBARGO), (24, DRAFT)], False),
        ([(0, EXPIRED), (1, DRAFT)], False),
        ([(0, {"expires_at": NOON + HOUR}), (5, DRAFT)], True),
        # An old date makes no past: it came out when it was written.
        ([(0, DRAFT), (1, {"published": Moment(NOON - 9 * DAY)}), (2, DRAFT)], True),
    ],
)


@PASTS
def test_past_is_what_readers_could_have_read(steps, is_public):
    assert was(*steps) == is_public


WITHDRAWN = {"status": "withdrawn"}
KINDS = [SHOWN, DRAFT, TOMORROW, EMBARGO, EXPIRED, WITHDRAWN]


@PASTS
def test_withdrawn_is_missed_if_readers_could_ever_read_it(steps, is_public):
    article = make_past(*steps, (200, WITHDRAWN))
    assert missed(LATER).contains(article) == is_public
    assert article.was_public == is_public
    silent = WITHDRAWN | {"is_silent": True}
    assert not missed(LATER).contains(make_past(*steps, (200, silent)))


@PASTS
def test_what_expires_by_an_edit_is_missed_if_readers_could_ever_read_it(
    steps, is_public
):
    article = make_past(*steps, (200, {"expires_at": NOON + 199 * HOUR}))
    assert missed(LATER).contains(article) == is_public


@pytest.mark.parametrize(
    ("parts", "hours", "is_missed"),
    [
        ({"expires_at": NOON + HOUR}, 0, False),
        ({"expires_at": NOON + HOUR}, 1, True),
        ({"expires_at": NOON + HOUR, "embargo_until": NOON + 2 * HOUR}, 9, False),
        ({"expires_at": NOON + HOUR} | TOMORROW, 50, False),
        ({"expires_at": NOON + 30 * HOUR} | TOMORROW, 50, True),
        (EXPIRED, 9, False),
        (DRAFT | EXPIRED, 9, False),
        (SHOWN, 9, False),
    ],
)
def test_expired_is_missed_if_readers_could_read_it_before(parts, hours, is_missed):
    article = make_past((0, parts))
    assert missed(NOON + hours * HOUR).contains(article) == is_missed


@pytest.mark.parametrize("hidden", [DRAFT, TOMORROW, EMBARGO], ids=str)
def test_what_waits_is_hidden_whatever_it_was_before(hidden):
    article = make_past((0, SHOWN), (1, hidden))
    assert article.was_public
    assert not missed(NOON + 2 * HOUR).contains(article)


@PASTS
def test_migrations_find_the_same_past(steps, is_public):
    article = make_past(*steps, (200, WITHDRAWN))
    rows = Revision.objects.filter(article=article).order_by("number")
    past = list(rows.values_list("number", "made_at", "story"))
    was_public = import_module("articles.migrations.0045_note_public_past").was_public
    assert was_public([(at, json.loads(story)) for _, at, story in past]) == is_public
    last_public = import_module("articles.migrations.0054_fill_seen_before").last_public
    assert last_public(past) == article.seen_before


@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=6), st.integers(0, 60))
@settings(FEW)
def test_last_seen_is_the_newest_revision_that_was_public_at_all(kinds, hours):
    steps = [(9 * n, parts) for n, parts in enumerate(kinds)]
    article, now = make_past(*steps), NOON + (9 * len(kinds) + hours) * HOUR
    rows = list(article.revisions.order_by("number"))
    ends = [row.made_at for row in rows[1:]] + [now]
    public = [
        row.number
        for row, end in zip(rows, ends, strict=True)
        if was_public_within(from_json(row.story), row.made_at, end, UTC)
    ]
    assert last_seen(article, now) == (public[-1] if public else None)
    before = [number for number in public if number < article.revision]
    assert article.seen_before == (before[-1] if before else None)


def test_future_has_not_been():
    assert not was((0, TOMORROW), at=NOON + HOUR)
    assert was((0, TOMORROW), at=NOON + DAY + HOUR)


@pytest.mark.parametrize("hours", range(0, 60, 7))
def test_past_agrees_with_what_published_means(hours):
    """Ask every hour what the public may read: one yes is a public past."""
    parts = {"published": Moment(NOON + 5 * HOUR), "embargo_until": NOON + 9 * HOUR}
    article = make_past((0, parts | {"expires_at": NOON + 30 * HOUR}))
    moments = [NOON + n * HOUR for n in range(hours)]
    seen = any(Article.objects.published(at).exists() for at in moments)
    end = moments[-1] + timedelta(microseconds=1) if moments else NOON
    assert (article.pk in ever_public([article.pk], end)) == seen


def test_story_replaced_by_another_has_the_past_of_both():
    article = make_past((0, SHOWN), (1, DRAFT))
    story = replace(make_story(**DRAFT), headline="Another")
    write([Change(story, article.pk)], by=None)
    assert ever_public([article.pk]) == {article.pk}
