"""An import that is broken off and run again gives what one clean run gives."""

import os
import signal
import time
from io import StringIO
from multiprocessing import active_children
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.imports import run, workers
from articles.imports.run import import_sources
from articles.imports.stories import ImportOptions
from articles.imports.undo import list_last_runs
from articles.models import Article, ImportRun
from articles.store import import_runs
from tests.imports.children import (
    at_each_step,
    disk_full,
    end_of,
    everything,
    fork,
    run_in_child,
    server_gone,
    wipe,
)
from tests.imports.pages import write_page
from tests.imports.test_batches import own_page
from tests.slow import slow_after

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Files of three batches, with a next story that gets better and a near copy."""
    monkeypatch.setattr(run, "MOST_FILES", 2)
    for number in range(5):
        page = own_page(number)
        if number > 2:
            page = page.replace("the larger ferries.", "the larger ferries.\n\nSoon.")
        write_page(tmp_path, f"{number}.txt", page)
    write_page(tmp_path, "5.txt", own_page(1).replace("Harbour 1", "Port one"))
    return tmp_path


def import_all(folder):
    call_command("import_articles", str(folder), stdout=StringIO(), stderr=StringIO())


def count_steps(folder):
    steps = []
    with at_each_step(steps.append):
        import_all(folder)
    return len(steps)


def die_at(point):
    def act(step):
        if step == point:
            os.kill(os.getpid(), signal.SIGKILL)

    return act


@pytest.fixture
def clean(folder):
    """What one clean run leaves; the database is empty again."""
    import_all(folder)
    found = everything()
    assert found["suspicions"]
    wipe()
    return found


@pytest.mark.parametrize("number", slow_after(1, [4, 24]))
def test_killed_at_any_step_and_run_again_it_is_as_if_never_killed(
    folder, clean, number
):
    steps = count_steps(folder)
    assert everything() == clean
    points = sorted({1 + n * (steps - 1) // (number - 1) for n in range(number)})
    assert len(points) >= number - 4

    def dying(point):
        with at_each_step(die_at(point)):
            import_all(folder)

    for point in points:
        wipe()
        killed = run_in_child(lambda point=point: dying(point))
        assert killed == -signal.SIGKILL, f"step {point} of {steps}"
        assert run_in_child(lambda: import_all(folder)) == 0
        assert everything() == clean, f"killed at step {point} of {steps}"


def test_an_import_whose_connection_is_cut_says_so_and_goes_on_later(folder, clean):
    """On PostgreSQL the server ends it, on SQLite the disk is full."""
    fail, why = disk_full, "The database failed: "
    if connection.vendor == "postgresql":
        fail, why = server_gone, "The database does not answer: "

    def cut(step):
        if step == 60:
            fail()

    def failing():
        with at_each_step(cut), pytest.raises(CommandError) as failed:
            import_all(folder)
        assert why in str(failed.value)
        assert "run the same command again" in str(failed.value)

    assert run_in_child(failing) == 0
    assert everything() != clean
    assert run_in_child(lambda: import_all(folder)) == 0
    assert everything() == clean


def test_two_imports_of_one_folder_at_once_give_what_one_gives(folder, clean):
    """On PostgreSQL they take turns; on SQLite the second is told who is running."""

    def stop_early(step):
        time.sleep(0.01)
        if step == 20:
            os.kill(os.getpid(), signal.SIGSTOP)

    def importing():
        with at_each_step(stop_early):
            import_all(folder)

    def refused():
        with pytest.raises(CommandError, match="Run the same command"):
            import_all(folder)

    first = fork(importing)
    os.waitpid(first, os.WUNTRACED)
    others = []
    if connection.vendor == "postgresql":
        others.append(fork(lambda: import_all(folder)))
    else:
        assert run_in_child(refused) == 0
    os.kill(first, signal.SIGCONT)
    assert {end_of(process) for process in (first, *others)} == {0}
    assert everything() == clean


def test_an_import_that_goes_on_is_not_undone_and_one_that_died_is(folder, monkeypatch):
    def stop_behind_a_batch(done, total):
        if done:
            os.kill(os.getpid(), signal.SIGSTOP)

    def importing():
        import_sources([folder], ImportOptions(), progress=stop_behind_a_batch)

    def undo():
        call_command("undo_import", str(ImportRun.objects.get().pk), stdout=StringIO())

    process = fork(importing)
    os.waitpid(process, os.WUNTRACED)
    monkeypatch.setattr(import_runs, "PATIENCE", 0.0)
    assert next(list_last_runs()).endswith("still running")
    with pytest.raises(CommandError, match="is still running: stop it"):
        undo()
    os.kill(process, signal.SIGKILL)
    assert end_of(process) == -signal.SIGKILL
    monkeypatch.setattr(import_runs, "PATIENCE", 60.0)
    assert next(list_last_runs()).endswith("broken off")
    undo()
    assert not Article.objects.published()


def test_no_reader_stays_behind_an_import_that_is_killed(tmp_path, folder, monkeypatch):
    monkeypatch.setattr(workers, "FEWEST_FILES", 0)
    told = tmp_path / "readers"

    def stop_behind_a_batch(done, total):
        if done:
            told.write_text(" ".join(str(p.pid) for p in active_children()))
            os.kill(os.getpid(), signal.SIGSTOP)

    def importing():
        import_sources([folder], ImportOptions(), progress=stop_behind_a_batch)

    process = fork(importing)
    os.waitpid(process, os.WUNTRACED)
    readers = told.read_text().split()
    assert readers
    assert any(map(is_running, readers))
    os.kill(process, signal.SIGKILL)
    assert end_of(process) == -signal.SIGKILL
    until = time.monotonic() + 300
    while any(map(is_running, readers)):
        assert time.monotonic() < until, "A reader is still there."
        time.sleep(0.05)


def test_ctrl_c_is_for_no_reader_however_early(folder, monkeypatch):
    """A terminal sends it to all processes, also to those that have only begun."""
    monkeypatch.setattr(workers, "FEWEST_FILES", 0)
    submit = workers.FileReaders.submit

    def submit_and_press(readers, files):
        reads = submit(readers, files)
        for child in active_children():
            os.kill(child.pid, signal.SIGINT)
        return reads

    monkeypatch.setattr(workers.FileReaders, "submit", submit_and_press)
    report = import_sources([folder], ImportOptions())
    assert report.read == len(list(folder.iterdir()))


def is_running(process):
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] not in "XZ"
