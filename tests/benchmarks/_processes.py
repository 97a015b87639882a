"""Run processes, and see how long they took and how much memory they held."""

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tests.newcomer import HOUSE

PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class Measured(NamedTuple):
    """What a process printed, its seconds, and the most it and its children held."""

    output: str
    seconds: float
    megabytes: float


def manage(*arguments, **environment):
    """Run manage.py, and fail with what it said if it fails."""
    command = [sys.executable, str(HOUSE / "manage.py"), *map(str, arguments)]
    return measure(command, **environment)


def measure(command, **environment):
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=HOUSE,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    most = 0
    while True:
        try:
            output, _ = process.communicate(timeout=0.1)
            break
        except subprocess.TimeoutExpired:
            most = max(most, sum(map(held, family(process.pid))))
    seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}.")
    return Measured(output, seconds, most / 1e6)


def family(pid):
    """Yield a process and all below it."""
    yield pid
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = thread.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from family(int(child))


def threads(pid):
    """Return how many threads a process has; none when it has ended."""
    with suppress(FileNotFoundError):
        return len(list(Path(f"/proc/{pid}/task").iterdir()))
    return 0


def held(pid):
    """Return the bytes of memory that a process holds by itself."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()
    except OSError:
        return 0
    # What is shared, as programs' code is, counts once, and hardly.
    return (int(pages[1]) - int(pages[2])) * PAGE
