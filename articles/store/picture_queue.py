"""One picture after another: to open a large one takes most of a gigabyte."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from articles.store.names import CannotWrite

# Whoever waits holds a thread, of which a server has a few for all its readers.
LONGEST_WAIT = 3.0

_open = Lock()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait for the picture that is open, or ask the editor to come back."""
    if not _open.acquire(timeout=LONGEST_WAIT):
        raise CannotWrite(
            "Other pictures are being opened, and nothing was changed. Send it again "
            "in a moment."
        )
    try:
        yield
    finally:
        _open.release()
