"""One picture after another: to open a large one takes most of a gigabyte."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from articles.store.names import CannotWrite

# Whoever waits holds a thread, of which a server has a few for all its readers.
LONGEST_WAIT = 3.0
BETWEEN_TRIES = 0.05


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait for the picture that is open, or ask the editor to come back.

    The lock is a file's, since a server has several processes; the system lets go of
    it when one is killed.
    """
    last = time.monotonic() + LONGEST_WAIT
    with (settings.DATA_DIR / "picture-lock").open("w") as lock:
        while not _is_ours(lock.fileno()):
            if time.monotonic() > last:
                raise CannotWrite(
                    "Other pictures are being opened, and nothing was changed. Send it "
                    "again in a moment."
                )
            time.sleep(BETWEEN_TRIES)
        yield


def _is_ours(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
