"""Write in batches that end soon, so that nobody who saves waits long for one."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import TypeVar

from django.db import connection

from articles.store import edition, import_runs

# Seconds for which a batch may hold the database.
LONGEST_BATCH = 0.1
FIRST_STORIES = 64
# A smaller batch saves no time: that of its statements is the same for any number.
FEWEST_STORIES = 32
# SQLite has no queue. Who waits looks again after 1, 2, 5, 10, 15, 20, 25, 25, 25, 50,
# 50 and then each 100 milliseconds, and finds the database free only if it is so for
# longer than that.
SHORTEST_PAUSE, LONGEST_PAUSE = 0.025, 0.1

Item = TypeVar("Item")


class Pace:
    """How many stories a batch may have, by how long the last ones took."""

    def __init__(self) -> None:
        self.stories = FIRST_STORIES
        self._free_until = 0.0

    def batches(
        self, items: Iterable[Item], stories_of: Callable[[Item], int]
    ) -> Iterator[list[Item]]:
        """Yield the items in their order; one that has too many stories comes alone."""
        batch: list[Item] = []
        count = 0
        for item in items:
            stories = stories_of(item)
            if batch and count + stories > self.stories:
                yield batch
                batch, count = [], 0
            batch.append(item)
            count += stories
        if batch:
            yield batch

    @contextmanager
    def batch(self, stories: int) -> Iterator[None]:
        """Open the transaction of a batch, when those who wait have had their turn.

        Within a transaction of somebody else nobody can have one.
        """
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            sleep(max(0.0, self._free_until - monotonic()))
        with edition.transaction():
            import_runs.wait_for_other_imports()
            began = monotonic()
            yield
        ended = monotonic()
        self.adapt(stories, ended - began)
        self._free_until = ended + pause_after(ended - began)

    def adapt(self, stories: int, seconds: float) -> None:
        """Let the next batches be smaller or larger, as this one was late or early."""
        if seconds > LONGEST_BATCH:
            fit = int(min(stories, self.stories) * LONGEST_BATCH / seconds)
            self.stories = max(FEWEST_STORIES, fit)
        # The last files of a folder are few, and say nothing.
        elif stories > self.stories // 2:
            fit = int(stories * LONGEST_BATCH / max(seconds, LONGEST_BATCH / 2))
            self.stories = max(self.stories, fit)


def pause_after(seconds: float) -> float:
    """Return how long the database is free after it was held for so many seconds."""
    return min(max(seconds / 2, SHORTEST_PAUSE), LONGEST_PAUSE)
