"""Imports in processes of their own, which may die at any step."""

import os
import traceback
from contextlib import contextmanager
from itertools import count
from unittest.mock import patch

from django.core.management import call_command
from django.db import connection, connections

from articles.models import Article, Conflict, Doubt, Edition, SourceFile, Suspicion
from articles.store import bulk, read
from articles.story.story import to_json


def fork(work):
    """Run work in another process, and return that process's number."""
    connections.close_all()
    if process := os.fork():
        return process
    try:
        work()
    except BaseException:  # noqa: BLE001
        try:
            traceback.print_exc()
        finally:
            # Where nothing can be written, too: the parent waits for the end.
            os._exit(1)
    os._exit(0)


def end_of(process):
    """Return how a process ended: its exit code, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def run_in_child(work):
    return end_of(fork(work))


@contextmanager
def at_each_step(act):
    """Call act with the number of each step: a statement, a copy of rows, a commit."""
    steps = count(1)
    insert, commit = bulk.insert, connection._commit

    def step(do):
        def stepping(*args, **options):
            act(next(steps))
            return do(*args, **options)

        return stepping

    def statement(execute, *args):
        return step(execute)(*args)

    with (
        connection.execute_wrapper(statement),
        patch.object(bulk, "insert", step(insert)),
        patch.object(connection, "_commit", step(commit)),
    ):
        yield


def wipe():
    """Empty the database, and its file of the pages that are free now."""
    call_command("flush", verbosity=0, interactive=False)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")


def disk_full():
    """Let the database have no more room than it has now."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")


def server_gone():
    """Let the server end this connection, as it does when it is stopped."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


def everything():
    """Return what an import left, as values: no numbers of rows, codes or times."""
    connections.close_all()
    stories = [
        (
            to_json(read.story(article.pk)),
            sorted(article.sources.values_list("file__name", "position", "is_taken")),
            article.revisions.count(),
        )
        for article in Article.objects.all()
    ]
    suspicions = Suspicion.objects.values_list("article__headline", "other__headline")
    return {
        "stories": sorted(stories),
        "files": sorted(SourceFile.objects.values_list("name", "sha256")),
        "doubts": sorted(Doubt.objects.values_list("source__file__name", "line")),
        "conflicts": Conflict.objects.count(),
        "suspicions": sorted(suspicions),
        "pages": Edition.objects.filter(key__in=["latest", ""]).count(),
    }
