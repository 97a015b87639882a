"""Run every part of the tests, and say in the last lines what each one found."""

import argparse
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from tests import deadline
from tests.chromium import find_chromium

CHECKS = (
    "ruff check .",
    "ruff format --check .",
    "mypy",
    "python manage.py makemigrations --check --dry-run",
)
# Which tests a part has; what touches no database counts as `once` (conftest.py).
PARTS = {
    "SQLite": "not browser",
    "PostgreSQL": "not browser and not once",
    "Browser": "browser",
}
# Properties are tried with a few examples each time, and with many when there is time.
ORDINARY = ("not slow", "newsroom")
SLOW = ("(slow or hypothesis)", "thorough")
PYTEST = "pytest --numprocesses=auto --dist=loadgroup --durations=10".split()
POSTGRES = "python -W ignore -m tests.postgres".split()
CHROMIUM = ("chromium-headless-shell", "chromium")
NOTHING_CHOSEN, NOTHING = 5, "no test was chosen"


@dataclass(frozen=True)
class Result:
    """What a part found: `words` where that is no number of tests.

    What was skipped is held by its reasons, what was late by its names.
    """

    words: str = ""
    is_bad: bool = False
    passed: int = 0
    failed: int = 0
    skipped: tuple[str, ...] = ()
    late: tuple[str, ...] = ()

    def __str__(self):
        skipped = f"{len(self.skipped)} skipped"
        late = f", {len(self.late)} not run for want of time" if self.late else ""
        counts = f"{self.passed} passed, {self.failed} failed, {skipped}{late}"
        return self.words or counts


def main(words):
    options, words = arguments().parse_known_args(words)
    # Ctrl-C reaches what runs, too, which then ends in its own order.
    stopped = []
    signal.signal(signal.SIGINT, lambda *_: stopped.append(True))
    began, load = time.monotonic(), os.getloadavg()[0]
    end = time.time() + options.minutes * 60
    results = {}
    if options.slow:
        # What cuts the power of a recorded disk (tests/power) is skipped without it.
        have("strace", partial(shutil.which, "strace"))
    else:
        print("== Style", flush=True)
        results["Style"] = check_style()
    for number, part in enumerate(PARTS):
        print(f"== {part}", flush=True)
        until = time.time() + (end - time.time()) / (len(PARTS) - number)
        results[part] = (
            Result("not run because of Ctrl-C", is_bad=True)
            if stopped
            else run_part(part, options, words, until)
        )
    print(closing(results, began, load))
    return any(result.is_bad for result in results.values())


def arguments():
    parser = argparse.ArgumentParser(
        "bin/test",
        allow_abbrev=False,
        description="Check the style, and run the tests on SQLite, on PostgreSQL and "
        "in a browser. Further arguments go to pytest: bin/test -k dateline.",
    )
    parser.add_argument(
        "--slow",
        action="store_true",
        help="also run the tests that are left out because they take long",
    )
    parser.add_argument(
        "--minutes",
        type=float,
        default=float(deadline.FOR_EVER),
        help="start no test after so many minutes, and say which were not run; each "
        "run begins with other ones",
    )
    return parser


def check_style():
    running = {c: subprocess.Popen(c.split(), env=environment()) for c in CHECKS}
    found = [check for check, process in running.items() if process.wait()]
    if found:
        return Result(f"not clean, says {' and '.join(found)}", is_bad=True)
    return Result("clean")


def run_part(part, options, words, until):
    which, profile = SLOW if options.slow else ORDINARY
    chosen = ["-m", f"{which} and {PARTS[part]}", *words]
    # Before anything is installed or started for it.
    if words and is_nothing(chosen):
        print("No test of this part was chosen.", flush=True)
        return Result(NOTHING)
    if part == "Browser" and not any(have(p, find_chromium) for p in CHROMIUM):
        is_bad = bool(os.environ.get("FORBID_SKIPS"))
        return Result("not run because Chromium is not installed", is_bad)
    changes, server = {deadline.VARIABLE: str(until)}, []
    if part == "PostgreSQL" and "DATABASE_URL" in os.environ:
        changes["DATABASE_URL"] = os.environ["DATABASE_URL"]
    elif part == "PostgreSQL":
        server = POSTGRES
    with TemporaryDirectory() as folder:
        told = Path(folder, "told.xml")
        ours = [f"--junit-xml={told}", f"--hypothesis-profile={profile}"]
        if options.slow:
            # The largest group of tests would be the first each time.
            ours.append("--no-loadscope-reorder")
        command = [*server, *PYTEST, *ours, *chosen]
        code = subprocess.call(command, env=environment(**changes))
        return read_result(told, code, is_narrowed=bool(words))


def is_nothing(chosen):
    command = ["pytest", "--collect-only", "--quiet", *chosen]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.call(command, env=environment(), **quiet) == NOTHING_CHOSEN


def have(program, find):
    """Look for a program, and where it can be had by root, say so and install it."""
    if not find() and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in ("apt-get update", f"apt-get install --yes {program}"):
            print(f"{program} is not installed. As root: {command}", flush=True)
            subprocess.call(command.split(), stdout=subprocess.DEVNULL)
    return bool(find())


def environment(**changes):
    """Return what a part finds around it: a database only where one is named."""
    kept = {name: v for name, v in os.environ.items() if name != "DATABASE_URL"}
    return kept | {"DJANGO_SETTINGS_MODULE": "tests.settings"} | changes


def read_result(told, code, is_narrowed):
    """Return what pytest told; words after bin/test may leave a part without a test."""
    if code == NOTHING_CHOSEN:
        return Result(NOTHING, is_bad=not is_narrowed)
    if not told.exists():
        return Result(f"broken off: pytest ended with {code}", is_bad=True)
    passed, failed, skipped, late = 0, 0, [], []
    for case in ElementTree.parse(told).iter("testcase"):
        skip = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif skip is None:
            passed += 1
        elif deadline.NO_TIME in skip.get("message", ""):
            late.append(f"{case.get('classname')}::{case.get('name')}")
        else:
            skipped.append(skip.get("message", ""))
    return Result("", code != 0, passed, failed, tuple(skipped), tuple(late))


def closing(results, began, load):
    """Return the last lines: what each part found, and how busy the machine was."""
    minutes, seconds = divmod(round(time.monotonic() - began), 60)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = usage.ru_utime + usage.ru_stime
    found = results.values()
    skipped = [reason for r in found for reason in r.skipped]
    lines = [
        "== What was tested",
        *(f"{n} × skipped: {reason}" for reason, n in Counter(skipped).items()),
        *(f"Not run for want of time: {name}" for r in found for name in r.late),
        *(f"{part}: {result}." for part, result in results.items()),
        (
            f"It took {minutes} min {seconds} s, {processor:.0f} s of processor time "
            f"on {os.cpu_count()} cores; the load average was {load:.1f} when it began "
            f"and {os.getloadavg()[0]:.1f} when it ended."
        ),
        str(
            Result(
                passed=sum(r.passed for r in found),
                failed=sum(r.failed for r in found),
                skipped=tuple(skipped),
            )
        ),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
