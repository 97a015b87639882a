import fcntl

import pytest
from django.db import connection
from django.utils import timezone

from articles.imports.lock import CACHE, Busy, import_lock, is_running
from articles.store.import_runs import begin_run

# On PostgreSQL imports take turns, so there is nothing to tell.
pytestmark = [pytest.mark.once, pytest.mark.django_db]


@pytest.fixture
def lock(tmp_path, monkeypatch):
    """The lock beside a database in a file."""
    path = tmp_path / "newsroom.sqlite3"
    path.touch()
    monkeypatch.setitem(connection.settings_dict, "NAME", str(path))
    return path.with_name("newsroom.sqlite3-import")


def test_a_second_import_is_told_who_is_running(lock):
    told = pytest.raises(Busy, match=r"process \d+, since \d\d:\d\d:\d\d")
    with import_lock(), told, import_lock():
        pass


def test_the_next_import_may_begin_when_one_has_ended_or_was_killed(lock):
    with import_lock():
        pass
    lock.write_text("process 1, since 00:00:00")
    with import_lock():
        assert "process 1," not in lock.read_text()


def test_while_one_import_runs_it_is_not_the_one_that_was_broken_off(lock):
    broken_off, running = (begin_run(timezone.now()) for _ in range(2))
    with import_lock():
        assert [is_running(run) for run in (broken_off, running)] == [False, True]
    assert not is_running(running)


def test_who_only_asks_keeps_no_import_from_beginning_and_nobody_from_asking(
    lock, monkeypatch
):
    broken_off = begin_run(timezone.now())
    with lock.open("a+") as asking:
        fcntl.flock(asking, fcntl.LOCK_SH)
        assert not is_running(broken_off)
        monkeypatch.setattr(
            "articles.imports.lock.sleep", lambda _: fcntl.flock(asking, fcntl.LOCK_UN)
        )
        with import_lock():
            assert "process" in lock.read_text()


def test_who_only_asks_goes_on_with_little_memory(lock):
    broken_off, before = begin_run(timezone.now()), cache_size()
    assert not is_running(broken_off)
    assert cache_size() == before
    with import_lock():
        assert cache_size() == -CACHE


def cache_size():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        return cursor.fetchone()[0]
