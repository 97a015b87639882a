"""A dry run does all that a run does, keeps nobody waiting and leaves nothing."""

import os
import signal
import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from articles.imports import dry_run
from articles.imports.lock import import_lock
from articles.models import Article, ImportRun
from articles.store.import_runs import begin_run
from tests.imports.children import at_each_step, everything, run_in_child
from tests.imports.pages import write_page
from tests.imports.test_batches import own_page

pytestmark = pytest.mark.django_db(transaction=True)
on_sqlite = pytest.mark.once


@pytest.fixture
def folder(tmp_path):
    """Two files, one of them imported in an older version, by run 1."""
    write_page(tmp_path, "a.txt", own_page(1))
    call("import_articles", tmp_path)
    write_page(tmp_path, "a.txt", own_page(1).replace("no boat", "one boat"))
    write_page(tmp_path, "b.txt", own_page(2))
    return tmp_path


def call(name, *args, **options):
    options = {"stdout": StringIO(), "stderr": StringIO()} | options
    if name == "import_articles":
        args += ("--crawled-at", "2026-03-20")
    call_command(name, *map(str, args), **options)
    return options["stdout"].getvalue()


def dry_runs(folder):
    """Do every dry run that writes on its way, and return what each says."""
    run = ImportRun.objects.first().pk
    return [
        call("import_articles", folder, "--dry-run"),
        call("undo_import", run, "--dry-run"),
    ]


def test_a_dry_run_says_what_the_run_then_does_and_leaves_nothing(folder):
    before = everything()
    imported, undone = dry_runs(folder)
    assert everything() == before
    assert "1 created, 1 changed" in imported
    assert imported.startswith(call("import_articles", folder))
    assert "2 withdrawn" in undone


def database():
    """Return SQLite's file; a test that asks PostgreSQL for it would make one here."""
    assert connection.vendor == "sqlite", "This test is SQLite's alone."
    return Path(connection.settings_dict["NAME"])


def beside_database():
    """Return the names of all files there but those that the last connection clears."""
    names = {path.name for path in database().parent.iterdir()}
    return names - {f"{database().name}{end}" for end in ("-wal", "-shm", "-import")}


@pytest.fixture
def other():
    """Another program's connection, which waits for nobody."""
    with closing(sqlite3.connect(database(), timeout=0)) as other:
        yield other


@on_sqlite
def test_others_write_all_the_while_on_sqlite(folder, other):
    steps = []

    def write(step):
        other.execute("UPDATE articles_edition SET number = number + 1")
        other.commit()
        steps.append(step)

    before = other.execute("SELECT max(number) FROM articles_edition").fetchone()[0]
    with at_each_step(write):
        dry_runs(folder)
    after = other.execute("SELECT max(number) FROM articles_edition").fetchone()[0]
    assert after - before == len(steps) > 40


@on_sqlite
def test_a_copy_is_made_beside_somebody_who_writes(folder, other):
    other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE articles_edition SET number = number + 1")
    imported, _ = dry_runs(folder)
    assert "1 created, 1 changed" in imported


@on_sqlite
def test_a_dry_run_goes_on_beside_an_import_and_knows_that_it_goes_on(folder):
    with import_lock():
        assert "1 created" in call("import_articles", folder, "--dry-run")
        run = begin_run(timezone.now())
        with pytest.raises(CommandError, match="is still running"):
            call("undo_import", run.pk, "--dry-run")


@on_sqlite
def test_nothing_stays_beside_the_database(folder):
    before = beside_database()
    dry_runs(folder)
    assert beside_database() == before
    with pytest.raises(CommandError, match="Files refused"):
        call("import_articles", folder / "gone.txt", "--dry-run")
    assert beside_database() == before


@on_sqlite
@pytest.mark.parametrize("point", [1, 10, 40])
def test_a_dry_run_that_is_killed_leaves_nothing(folder, point):
    before, stories = beside_database(), everything()

    def die(step):
        if step == point:
            os.kill(os.getpid(), signal.SIGKILL)

    def die_within():
        with at_each_step(die):
            call("import_articles", folder, "--dry-run")

    assert run_in_child(die_within) == -signal.SIGKILL
    assert beside_database() == before
    assert everything() == stories


@on_sqlite
def test_what_was_killed_while_it_copied_is_cleared_away(folder):
    left = database().with_name(f"{dry_run.COPY_PREFIX}left")
    young = database().with_name(f"{dry_run.COPY_PREFIX}young")
    left.touch()
    young.touch()
    os.utime(left, (0, 0))
    dry_runs(folder)
    assert not left.exists()
    young.unlink()


@on_sqlite
@pytest.mark.parametrize("name", ["import_articles", "undo_import"])
def test_room_is_looked_for_first(folder, monkeypatch, name):
    monkeypatch.setattr(dry_run, "SPARE_BYTES", 10**18)
    before = beside_database()
    argument = folder if name == "import_articles" else ImportRun.objects.get().pk
    with pytest.raises(CommandError, match=r"1,000,000,000,000 MB to spare"):
        call(name, argument, "--dry-run")
    assert beside_database() == before


@on_sqlite
def test_a_copy_never_takes_the_room_that_the_newspaper_needs(folder, monkeypatch):
    """The disk has room for the copy, and for a few pages that the run adds."""

    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    class Usage:
        free = database().stat().st_size + dry_run.SPARE_BYTES + 20_000

    monkeypatch.setattr(dry_run.shutil, "disk_usage", lambda folder: Usage)
    for number in range(20):
        write_page(folder, f"more-{number}.txt", own_page(number + 3))
    before = everything()
    with pytest.raises(CommandError, match="disk is full"):
        call("import_articles", folder, "--dry-run")
    assert everything() == before


@pytest.fixture
def somebody():
    """Another connection to the database, which waits for a moment only."""
    other = connection.copy()
    with other.cursor() as cursor:
        short = "SET lock_timeout = 100"
        cursor.execute(
            short if other.vendor == "postgresql" else "PRAGMA busy_timeout = 100"
        )
    yield other
    other.close()


def test_it_says_what_it_holds_and_holds_no_more(folder, somebody):
    """A story that it would change is held on PostgreSQL, and nothing on SQLite."""
    story = Article.objects.get(headline__startswith="Harbour 1").pk
    look = f"SELECT 1 FROM articles_article WHERE id = {story}"
    touch = f"UPDATE articles_article SET id = id WHERE id = {story}"
    waited = []

    def try_to_save(step):
        waited.append((has_to_wait(somebody, look), has_to_wait(somebody, touch)))

    said = StringIO()
    with at_each_step(try_to_save):
        call("import_articles", folder, "--dry-run", stderr=said)
    is_held = connection.vendor == "postgresql"
    assert set(waited) == (
        {(False, False), (False, True)} if is_held else {(False,) * 2}
    )
    assert ("one transaction from start to finish" in said.getvalue()) == is_held


def has_to_wait(somebody, statement):
    try:
        with somebody.cursor() as cursor:
            cursor.execute(statement)
    except OperationalError:
        return True
    return False
