import os
import tempfile
from pathlib import Path

from django.core.management.utils import get_random_secret_key

from newsroom.durable_files import sync


def get_secret_key(path: Path):
    """Return the key in a file, which is made the first time."""
    if not path.exists():
        make_secret_key(path)
    return path.read_text()


def make_secret_key(path: Path):
    """Write a whole key or none: of several processes the first one wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp gives mode 0600; a link, unlike a rename, never replaces a key.
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "w") as file:
        file.write(get_random_secret_key())
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    finally:
        Path(draft).unlink()
        sync(path.parent)
