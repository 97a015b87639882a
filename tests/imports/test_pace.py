"""Batches end soon, and leave the database free for who waits."""

from itertools import accumulate
from time import monotonic

import pytest
from django.db import connection

from articles.imports import pace, run
from articles.imports.pace import (
    FEWEST_STORIES,
    FIRST_STORIES,
    LONGEST_BATCH,
    Pace,
    pause_after,
)
from articles.models import Article
from tests.imports.test_batches import write_pages
from tests.imports.test_run import run as run_import

# Seconds after which SQLite looks again, as its source says.
LOOKS = [0.001, 0.002, 0.005, 0.01, 0.015, 0.02, 0.025, 0.025, 0.025, 0.05, 0.05]


def one(story):
    return 1


def after(*batches):
    """Return the pace after batches of so many stories and seconds."""
    found = Pace()
    for stories, seconds in batches:
        found.adapt(stories, seconds)
    return found.stories


def test_a_batch_that_took_long_is_followed_by_smaller_ones():
    assert after((FIRST_STORIES, 1.25 * LONGEST_BATCH)) == FIRST_STORIES * 4 // 5
    assert after((FIRST_STORIES, 1000.0)) == FEWEST_STORIES


def test_batches_grow_while_they_end_early_and_at_most_by_half():
    assert after((FIRST_STORIES, LONGEST_BATCH / 2)) == 2 * FIRST_STORIES
    assert after((FIRST_STORIES, 0.0)) == 2 * FIRST_STORIES


def test_batches_settle_where_they_take_as_long_as_they_may():
    """Each takes 30 ms for its statements and one for each story."""
    found = Pace()
    for _ in range(30):
        found.adapt(found.stories, 0.03 + found.stories / 1000)
    assert 60 <= found.stories <= 70


def test_the_few_files_at_the_end_say_nothing():
    assert after((1, 0.04)) == FIRST_STORIES


def test_one_huge_file_is_soon_forgotten():
    assert after((1, 60.0)) == FEWEST_STORIES
    assert (
        after((1, 60.0), (FEWEST_STORIES, 0.02), (2 * FEWEST_STORIES, 0.03))
        == 4 * FEWEST_STORIES
    )


def test_files_stay_whole_and_in_order():
    found = Pace()
    sizes = [FIRST_STORIES - 1, 1, 1, 5 * FIRST_STORIES, 2]
    assert list(found.batches(sizes, int)) == [
        [FIRST_STORIES - 1, 1],
        [1],
        [5 * FIRST_STORIES],
        [2],
    ]


def test_the_pace_of_the_moment_counts():
    found = Pace()
    batches = found.batches([1] * 3 * FIRST_STORIES, one)
    assert len(next(batches)) == FIRST_STORIES
    found.adapt(FIRST_STORIES, LONGEST_BATCH / 2)
    assert len(next(batches)) == 2 * FIRST_STORIES


@pytest.mark.parametrize("held", [n / 100 for n in range(1, 60)])
def test_who_waits_for_sqlite_finds_it_free_behind_the_batch(held):
    """Whenever they began to wait, one of their looks is in the pause."""
    ends = held + pause_after(held)
    for began in (held * n / 97 for n in range(97)):
        looks = accumulate([*LOOKS, *[0.1] * 10], initial=began)
        assert any(held <= look <= ends for look in looks)


@pytest.mark.django_db(transaction=True)
def test_on_sqlite_there_is_a_pause_between_batches():
    found = Pace()
    with found.batch(1):
        pass
    ended = monotonic()
    with found.batch(1):
        began = monotonic()
    if connection.vendor == "sqlite":
        assert began - ended >= pause_after(0.0) - 0.01


@pytest.mark.django_db(transaction=True)
def test_files_read_together_are_written_in_several_transactions(tmp_path, monkeypatch):
    monkeypatch.setattr(pace, "FIRST_STORIES", 4)
    monkeypatch.setattr(pace, "FEWEST_STORIES", 4)
    monkeypatch.setattr(pace, "LONGEST_BATCH", 0.0)
    sizes = []
    import_batch = run.import_batch

    def noting(which, files, of):
        sizes.append(len(files))
        return import_batch(which, files, of)

    monkeypatch.setattr(run, "import_batch", noting)
    run_import(write_pages(tmp_path, range(7)))
    assert sizes == [2, 2, 2, 1]
    assert Article.objects.count() == 8
