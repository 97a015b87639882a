"""What was answered is on the disk: every commit, and every file before its row."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.imports.children import run_in_child
from tests.newcomer import HOUSE, environment

# What SQLite calls FULL; less, and the last commits are lost with the power.
SYNCED = {"sqlite": ("PRAGMA synchronous", 2)}
SYNCED |= {"postgresql": ("SHOW synchronous_commit", "on")}


def is_synced(_=None):
    """Tell whether a new connection waits at each commit until the disk has it."""
    question, answer = SYNCED[connection.vendor]
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone() == (answer,)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_every_thread_and_process_syncs_each_commit():
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(is_synced, range(8)))

    def ask():
        assert is_synced()

    assert run_in_child(ask) == 0


@pytest.mark.once
def test_every_command_syncs_each_commit(tmp_path):
    question = "from django.db import connection as c; print(c.cursor().execute({!r})"
    code = f"{question.format(SYNCED['sqlite'][0])}.fetchone())"
    asked = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
        cwd=HOUSE,
        env=environment(DATA_DIR=str(tmp_path)),
        capture_output=True,
        text=True,
    )
    assert asked.stdout == "(2,)\n", asked.stderr
