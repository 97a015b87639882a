"""The newspaper as it is served: the real server over real sockets, with an editor."""

import json
import socket
import sys
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings

from tests.newcomer import HOUSE, call, running

PREPARE = """
import json
import django
django.setup()
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from tests.builders import make_article

call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
editor = get_user_model().objects.create_superuser("nida", password="quay side gulls")
client = Client()
client.force_login(editor)
session = client.cookies[settings.SESSION_COOKIE_NAME].value
print(json.dumps({"session": session, "path": make_article().get_absolute_url()}))
"""
TOKEN = "a" * 32


class Served:
    """A running server with one article and an editor who is signed in."""

    def __init__(self, site, session, path):
        self.site = site
        self.address = ("127.0.0.1", int(site.url.rpartition(":")[2]))
        self.path = path
        name = settings.SESSION_COOKIE_NAME
        self.cookie = f"Cookie: {name}={session}; csrftoken={TOKEN}"

    def connect(self, patience=60):
        return socket.create_connection(self.address, timeout=patience)

    def begin(self, text):
        """Send the beginning of a request, and return the connection."""
        connection = self.connect()
        connection.sendall(as_bytes(text))
        return connection

    def ask(self, text, is_all=False):
        """Return all that is answered until the server hangs up, or a whole answer."""
        with closing(self.begin(text)) as connection:
            if is_all:
                connection.shutdown(socket.SHUT_WR)
            return read_answer(connection)


def as_bytes(text):
    return text if isinstance(text, bytes) else text.replace("\n", "\r\n").encode()


def read_answer(connection):
    """Return the first answer and whatever has come with it, without its body's end."""
    answer = b""
    while piece := connection.recv(65536):
        answer += piece
        head, found, body = answer.partition(b"\r\n\r\n")
        if found and b" 100 " not in head[:16] and len(body) >= length(head):
            break
    return answer


def length(head):
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def prepare(folder, **environment):
    """Make a newspaper of one article, and return the environment it is served in."""
    environment |= {
        "DATA_DIR": str(Path(folder, "data")),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "PYTHONPATH": str(HOUSE),
    }
    prepared = call(sys.executable, "-c", PREPARE, cwd=folder, **environment)
    assert prepared.returncode == 0, prepared.stderr
    return environment, json.loads(prepared.stdout)


@contextmanager
def serving(prepared, **environment):
    ours, made = prepared
    command = (sys.executable, "-m", "newsroom.serve")
    folder = Path(ours["DATA_DIR"]).parent
    with running(*command, cwd=folder, **ours, **environment) as site:
        yield Served(site, **made)
