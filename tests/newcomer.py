"""A copy of the house, used as somebody would who has only just unpacked it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

HOUSE = Path(__file__).parent.parent
# What the tests themselves stand in the environment, a newcomer does not have.
OURS = ("DATABASE_URL", "DATA_DIR", "DJANGO_", "FORBID_SKIPS", "PYTEST_", "SITE_")


# How long anything may take on the busiest machine: only so that a fault ends.
PATIENCE = 3600


def copy_house(to):
    """Copy what git would: a clone knows only commits, and git may not be there."""
    ignored = (HOUSE / ".gitignore").read_text().split()
    ignore = shutil.ignore_patterns(".git", *(name.rstrip("/") for name in ignored))
    return shutil.copytree(HOUSE, to, ignore=ignore)


def lend_venv(house):
    """Give a house this one's virtual environment, as if it had been installed."""
    venv = house / ".venv"
    venv.mkdir()
    for part in (HOUSE / ".venv").iterdir():
        (venv / part.name).symlink_to(part)
    (venv / "requirements.txt").unlink(missing_ok=True)
    shutil.copy(house / "requirements.txt", venv)


def environment(**changes):
    here = str(HOUSE / ".venv/bin")
    path = [place for place in os.environ["PATH"].split(":") if place != here]
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(OURS)
    }
    return kept | {"PATH": ":".join(path)} | changes


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def call(*command, cwd, user=None, **changes):
    """Run a command to its end, and return its exit code, output and errors."""
    return subprocess.run(
        command,
        cwd=cwd,
        user=user,
        env=environment(**changes),
        capture_output=True,
        text=True,
    )


def manage(*arguments, module="manage.py", **changes):
    """Run a command in a process of its own; return its code and its one sentence."""
    done = subprocess.run(
        [sys.executable, *module.split(), *arguments],
        cwd=HOUSE,
        env=environment(**changes),
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr
    (sentence,) = done.stderr.splitlines()
    assert sentence.endswith(".")
    return done.returncode, sentence


class Site:
    """A running bin/run, what it has printed, and the pages it serves."""

    def __init__(self, process, url, output):
        self.process = process
        self.url = url
        self.output = output

    def get(self, path, headers=()):
        request = Request(self.url + path, headers=dict(headers))
        return urlopen(request, timeout=PATIENCE)

    def stop(self):
        """Press Ctrl-C, which reaches every process of the terminal's job."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(timeout=PATIENCE)


@contextmanager
def running(*command, cwd, port=None, **changes):
    port = port or free_port()
    log = Path(cwd, f"{port}.log")
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=environment(PORT=str(port), **changes),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(url, process, log)
        yield Site(process, url, log.read_text())
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=PATIENCE)


def wait_for(url, process, log):
    """Wait until a site is healthy; the first time it installs everything before."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            return urlopen(f"{url}/healthz").close()
        except URLError:
            time.sleep(0.1)
    raise AssertionError(f"The site never answered:\n{log.read_text()}")
