"""An undo that is broken off and begun again ends as if never broken off."""

import os
import signal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.imports import pace
from articles.models import Article, ImportRun
from articles.store import import_runs
from tests.imports.children import (
    at_each_step,
    end_of,
    everything,
    fork,
    run_in_child,
    wipe,
)
from tests.imports.test_batches import own_page, write_page, write_pages
from tests.imports.test_killed import die_at
from tests.imports.test_reimport import edit
from tests.slow import slow_after

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Files of five stories, and a pace of two at once."""
    monkeypatch.setattr(pace, "FIRST_STORIES", 2)
    monkeypatch.setattr(pace, "FEWEST_STORIES", 2)
    monkeypatch.setattr(pace, "LONGEST_BATCH", 0.0)
    return write_pages(tmp_path, range(5), foot="")


def command(*arguments):
    out = StringIO()
    arguments = map(str, arguments)
    call_command(*arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def import_twice(folder):
    """Import stories that are read, edited, changed and never seen."""
    wipe()
    for later in (5, 6):
        (folder / f"{later}.txt").unlink(missing_ok=True)
    write_pages(folder, range(5), foot="")
    command("import_articles", folder)
    edit(Article.objects.first(), headline="Mine")
    for number in (1, 2):
        text = own_page(number, foot="").replace("two days", "three days")
        write_page(folder, f"{number}.txt", text)
    for number in (5, 6):
        write_page(folder, f"{number}.txt", own_page(number, foot=""))
    command("import_articles", folder, "--status", "in_review")


def undo_all():
    for run in ImportRun.objects.all():
        if not run.undone_at or run.is_half_undone:
            command("undo_import", run.pk)


def found():
    runs = ImportRun.objects.order_by("pk").values_list("undo_report", "undo_reached")
    told = [(report["stories"], reached) for report, reached in runs]
    return everything() | {"undone": told}


@pytest.mark.parametrize("number", slow_after(1, [3, 20]))
def test_killed_at_any_step_and_begun_again_it_is_as_if_never_killed(folder, number):
    import_twice(folder)
    steps = []
    with at_each_step(steps.append):
        undo_all()
    clean = found()
    outcomes = [{"withdrawn": 5}, {"taken back": 2, "deleted": 2}]
    assert clean["undone"] == [(outcome, None) for outcome in outcomes]

    def dying(point):
        with at_each_step(die_at(point)):
            undo_all()

    last = len(steps) - 1
    for point in sorted({1 + n * last // (number - 1) for n in range(number)}):
        import_twice(folder)
        killed = run_in_child(lambda point=point: dying(point))
        assert killed == -signal.SIGKILL, f"step {point} of {len(steps)}"
        assert run_in_child(undo_all) == 0
        assert found() == clean, f"killed at step {point} of {len(steps)}"


def test_beside_an_undo_another_is_refused_and_an_import_is_right(folder, monkeypatch):
    """On SQLite an import, too, is told who it is; on PostgreSQL it takes turns."""
    command("import_articles", folder)
    number = ImportRun.objects.get().pk
    adapt = pace.Pace.adapt

    def stop_behind_the_first_batch(self, *arguments):
        adapt(self, *arguments)
        monkeypatch.setattr(pace.Pace, "adapt", adapt)
        os.kill(os.getpid(), signal.SIGSTOP)

    def undoing():
        monkeypatch.setattr(pace.Pace, "adapt", stop_behind_the_first_batch)
        command("undo_import", number)

    process = fork(undoing)
    os.waitpid(process, os.WUNTRACED)
    monkeypatch.setattr(import_runs, "PATIENCE", 0.0)
    assert "half undone" in command("undo_import")
    by_whom = "by another process|Run the same command again when it has finished"
    with pytest.raises(CommandError, match=by_whom):
        command("undo_import", number)
    if connection.vendor == "postgresql":
        command("import_articles", folder)
    else:
        with pytest.raises(CommandError, match="the undo of one, is writing to this"):
            command("import_articles", folder)
    os.kill(process, signal.SIGCONT)
    assert end_of(process) == 0
    command("import_articles", folder)
    assert Article.objects.published().count() == 5
    assert Article.objects.filter(sources__is_taken=True).count() == 5
