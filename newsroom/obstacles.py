"""End with one clear sentence what could not go well anyway."""

import os
import socket
import sys
import tempfile


def require_readable(paths):
    for path in paths:
        if not path.exists():
            sys.exit(f"{path} cannot be read: there is no such file or folder.")
        if not os.access(path, os.R_OK):
            sys.exit(f"{path} cannot be read: its permissions forbid it.")


def require_writable(folder):
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        sys.exit(
            f"{folder} cannot be written ({error.strerror}): "
            "name another folder in DATA_DIR."
        )


def require_free_port(host, port):
    """Try the port, since granian would share one with another granian in silence."""
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        sys.exit(
            f"Port {port} of {host} cannot be had ({error.strerror}): "
            "name another one in PORT."
        )
