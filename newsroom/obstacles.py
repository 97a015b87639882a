"""What keeps a newspaper from starting, each said in one clear sentence."""

import os
import socket
import sys
import tempfile
from contextlib import contextmanager

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from environs import EnvError


@contextmanager
def said_in_one_sentence():
    """End the program with what went wrong, and without a traceback."""
    try:
        yield
    except (EnvError, ImproperlyConfigured) as error:
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(f"The database does not answer: {error}")
    except OSError as error:
        sys.exit(f"{error.filename}: {error.strerror}. DATA_DIR must be writable.")


def require_readable(paths):
    for path in paths:
        if not path.exists():
            sys.exit(f"{path} cannot be read: there is no such file or folder.")
        if not os.access(path, os.R_OK):
            sys.exit(f"{path} cannot be read: its permissions forbid it.")


def require_writable(folder):
    folder.mkdir(parents=True, exist_ok=True)
    tempfile.TemporaryFile(dir=folder).close()


def require_free_port(host, port):
    """Try the port, since granian would share one with another granian in silence."""
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        sys.exit(
            f"Port {port} of {host} cannot be had ({error.strerror}): "
            "name another one in PORT."
        )
