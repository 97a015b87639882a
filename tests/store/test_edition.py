"""The edition of a transaction: all its keys under one number, written last."""

from contextlib import suppress

import pytest
from django.db import transaction

from articles.store import edition

pytestmark = pytest.mark.django_db


def test_keys_of_one_transaction_have_one_number():
    with edition.transaction():
        edition.note_changed({"tag:1"})
        with edition.transaction():
            edition.note_changed({"story:1", "tag:1"})
        assert edition.newest_number() == 0
    assert edition.newest_number() == 1
    assert edition.changed_since(0) == {"story:1", "tag:1"}


def test_a_transaction_that_changes_nothing_is_no_edition():
    with edition.transaction():
        pass
    assert edition.newest_number() == 0


@pytest.mark.parametrize("savepoint", [edition.transaction, transaction.atomic])
def test_what_is_rolled_back_changed_nothing(savepoint):
    with edition.transaction():
        edition.note_changed({"tag:1"})
        with suppress(ValueError), savepoint():
            edition.note_changed({"tag:2"})
            raise ValueError
        with savepoint():
            edition.note_changed({"tag:3"})
            transaction.set_rollback(True)
        edition.note_changed({"tag:4"})
    assert edition.changed_since(0) == {"tag:1", "tag:4"}


def test_a_transaction_that_is_rolled_back_is_no_edition():
    with edition.transaction():
        edition.note_changed({"tag:1"})
        transaction.set_rollback(True)
    with edition.transaction():
        edition.note_changed({"tag:2"})
    assert edition.changed_since(0) == {"tag:2"}


def test_nobody_can_note_a_key_that_no_edition_gets():
    with pytest.raises(RuntimeError, match=r"within edition\.transaction"):
        edition.note_changed({"tag:1"})


@pytest.mark.django_db(transaction=True)
def test_no_transaction_that_others_opened_is_taken_for_one_that_ends_so():
    told = pytest.raises(RuntimeError, match=r"open it by edition\.transaction")
    with transaction.atomic(), told, edition.transaction():
        pass
    with edition.transaction():
        edition.note_changed({"tag:1"})
    assert edition.changed_since(0) == {"tag:1"}


def test_a_key_holds_the_longest_slug():
    """SQLite takes any length."""
    key = f"absent:author:{'x' * 100}"
    with edition.transaction():
        edition.note_changed({key})
    assert key in edition.changed_since(0)
