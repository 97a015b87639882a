"""How often somebody may try to sign in."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from articles.models import SignInCount
from articles.store.sign_ins import (
    LATELY,
    MOST_DELETED,
    MOST_OF_ACCOUNT,
    MOST_OF_ADDRESS,
    MOST_OF_BOTH,
    WINDOW,
    add_failure,
    count_attempt,
    count_failures,
    forget_attempt,
)
from tests.builders import NOON

pytestmark = pytest.mark.django_db

MOMENT = timedelta(seconds=1)


def attempts(number, account="nida", address="203.0.113.7", at=NOON):
    """Return what is answered to each of so many attempts that fail."""
    return [count_attempt(account, address, at) for _ in range(number)]


def test_address_is_held_back_when_it_tries_many_accounts():
    for n in range(MOST_OF_ADDRESS):
        assert attempts(1, account=f"ann{n}") == [None]
    assert attempts(1, account="bob") == [NOON + WINDOW]
    assert attempts(1, account="bob", address="203.0.113.8") == [None]


def test_who_is_held_back_costs_a_look_and_no_writing(django_assert_num_queries):
    attempts(MOST_OF_BOTH)
    with django_assert_num_queries(1):
        assert attempts(1) == [NOON + WINDOW]


def test_account_is_held_back_when_many_addresses_try_it():
    for n in range(MOST_OF_ACCOUNT):
        assert attempts(1, address=f"10.0.0.{n}") == [None]
    assert attempts(1, address="203.0.113.7") == [NOON + WINDOW]
    assert attempts(1, account="ann") == [None]


def test_strangers_lock_no_editor_out_who_was_there_lately():
    home = "nida", "198.51.100.4"
    count_attempt(*home, NOON - WINDOW)
    forget_attempt(*home, NOON - WINDOW)
    for n in range(MOST_OF_ACCOUNT):
        attempts(1, address=f"10.0.0.{n}")
    assert count_attempt(*home, NOON) is None
    assert attempts(1, address="203.0.113.9") == [NOON + WINDOW]


def test_editor_who_was_there_lately_has_no_more_guesses_than_others():
    home = "nida", "198.51.100.4"
    count_attempt(*home, NOON - WINDOW)
    forget_attempt(*home, NOON - WINDOW)
    answers = [count_attempt(*home, NOON) for _ in range(MOST_OF_BOTH + 1)]
    assert answers == [None] * MOST_OF_BOTH + [NOON + WINDOW]


def test_to_have_been_there_long_ago_is_not_lately():
    home = "nida", "198.51.100.4"
    count_attempt(*home, NOON - LATELY)
    forget_attempt(*home, NOON - LATELY)
    for n in range(MOST_OF_ACCOUNT):
        attempts(1, address=f"10.0.0.{n}")
    assert count_attempt(*home, NOON) == NOON + WINDOW


def test_an_own_account_buys_no_guesses_at_others():
    """Signing in now and then does not clear what an address did."""
    for n in range(MOST_OF_ADDRESS):
        assert attempts(1, account=f"ann{n}") == [None]
        if attempts(1, account="own") == [None]:
            forget_attempt("own", "203.0.113.7", NOON)
    assert attempts(1, account="bob") == [NOON + WINDOW]


def test_window_ends_and_refused_attempts_do_not_make_it_longer():
    assert attempts(MOST_OF_BOTH) == [None] * MOST_OF_BOTH
    until = NOON + WINDOW
    assert attempts(3, at=until - MOMENT) == [until] * 3
    assert attempts(1, at=until) == [None]


def test_unknown_address_counts_for_the_account_alone():
    most = MOST_OF_ACCOUNT
    assert attempts(most, address="") == [None] * most
    assert attempts(1, address="") == [NOON + WINDOW]
    assert attempts(1, account="ann", address="") == [None]


def test_what_says_nothing_any_more_is_deleted():
    home = "nida", "198.51.100.4"
    count_attempt(*home, NOON)
    forget_attempt(*home, NOON)
    for n in range(20):
        attempts(1, account=f"ann{n}", address=f"10.0.0.{n}")
    assert MOST_DELETED > 60
    attempts(1, account="bob", at=NOON + 2 * WINDOW)
    assert SignInCount.objects.count() == 4
    assert SignInCount.objects.exclude(succeeded_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_attempts_at_the_same_moment_are_all_counted():
    def attempt(_):
        try:
            return count_attempt("nida", "203.0.113.7", NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(attempt, range(16)))
    assert answers.count(None) == MOST_OF_BOTH


@pytest.mark.django_db(transaction=True)
def test_failures_there_ever_were_are_all_counted_and_never_forgotten():
    def fail(_):
        try:
            add_failure(NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(fail, range(16)))
    attempts(1, at=NOON + 2 * LATELY)
    assert count_failures() == 16
