"""Hold finished pages against a constant answer of the same bytes: [SECONDS of each].

Both come from the same server with the same processes and threads, by turns, to readers
who take brotli over 32 connections that stay (wrk, of Debian's package of that name).
Told are the requests a second, how much of the constant answer that is, and what each
one costs of processor time; then the same page when no page is kept.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from tests.benchmarks._processes import family, manage
from tests.benchmarks.pages import find_pages
from tests.newcomer import HOUSE, running

TURNS = 5
CONNECTIONS = 32
# What the server says by itself of an answer and of a connection.
SAID = ("connection", "date", "server")
KINDS = ("front", "list", "story")
TICKS = os.sysconf("SC_CLK_TCK")
SERVE_A_CONSTANT = """
import django
django.setup()
from granian import Granian
from newsroom import serve
program = "tests.benchmarks._constant:application"
serve.Granian = lambda _program, **options: Granian(program, **options)
serve.serve()
"""


class Heard(NamedTuple):
    """Requests a second, the 99th percentile in ms, and processor time of one in ms."""

    speed: float
    slow: float
    cost: float


def main(arguments):
    seconds = int(arguments[0]) if arguments else 5
    if not shutil.which("wrk"):
        print("This is measured with wrk: install the package of that name.")
        return 1
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before.\n")
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="newsroom-bench-"))
        ours = {"DATA_DIR": f"{folder}/data", "PYTHONPATH": str(HOUSE)}
        ours |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        manage("migrate", "-v0", **ours)
        manage("load_demonstration", **ours)
        serve = sys.executable, "-P", "-m", "newsroom.start"
        # The first prepares what the others start with.
        site = stack.enter_context(running(*serve, cwd=folder, **ours))
        unkept = running(*serve, cwd=folder, PAGE_CACHE_MB="0", **ours)
        unkept = stack.enter_context(unkept)
        for kind, address in find_pages(site.url).items():
            if kind in KINDS:
                path = urlsplit(address).path
                with constant(folder, address, ours) as server:
                    compare(kind, path, seconds, server, site)
                show("  not kept", [besiege(unkept, path, seconds, 2)])
    return 0


def constant(folder, address, environment):
    """Serve for ever what is answered now."""
    request = Request(address, headers={"Accept-Encoding": "br"})
    with urlopen(request) as answer:
        headers = [each for each in answer.headers.items() if each[0] not in SAID]
        told = "200 OK", headers, answer.read().hex()
    path = Path(folder, "answer.json")
    path.write_text(json.dumps(told))
    command = sys.executable, "-P", "-c", SERVE_A_CONSTANT
    return running(*command, cwd=folder, ANSWER=str(path), **environment)


def compare(kind, path, seconds, constant, site):
    print(kind)
    turns = [
        (besiege(constant, path, seconds), besiege(site, path, seconds))
        for _ in range(TURNS)
    ]
    constants, pages = zip(*turns, strict=True)
    show("  constant", constants)
    show("  finished", pages)
    parts = sorted(page.speed / same.speed for same, page in turns)
    slower = median(page.slow for page in pages) / median(c.slow for c in constants)
    print(
        f"  finished of constant: {median(parts):.2f} "
        f"({parts[0]:.2f} to {parts[-1]:.2f}), p99 {slower:.2f} times as long"
    )


def show(name, heard):
    speeds = sorted(each.speed for each in heard)
    print(
        f"{name:11} {median(speeds):9,.0f} a second "
        f"({speeds[0]:,.0f} to {speeds[-1]:,.0f}), "
        f"p99 {median(each.slow for each in heard):6.2f} ms, "
        f"{median(each.cost for each in heard):7.3f} ms of processor each",
        flush=True,
    )


def besiege(server, path, seconds, connections=CONNECTIONS):
    """Ask for one page again and again, and return what came of it."""
    before = used(server.process.pid)
    command = [
        *("wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--latency"),
        *("-H", "Accept-Encoding: br", server.url + path),
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        raise SystemExit(f"{server.url}{path}: {said}")
    asked = int(re.search(r"(\d+) requests in", said)[1])
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", said).groups()
    slow = float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    cost = (used(server.process.pid) - before) * 1000 / asked
    return Heard(float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), slow, cost)


def used(pid):
    """Return the seconds of processor time that a process and those below it took."""
    ticks = 0
    for each in family(pid):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS
