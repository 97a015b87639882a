"""Cut the power N times in recorded acts, and look what is lost: [N] [SEED] [NORMAL].

Saves, uploads, imports and undoings are recorded with every write, sync and renaming.
At each cut the disk is made of what was synced and of any part of the rest; then SQLite
opens it. Nothing may be damaged, and no act lost that was answered. With NORMAL it is
shown that `synchronous=NORMAL` loses some.
"""

import os
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.benchmarks._processes import measure
from tests.imports.test_batches import write_pages
from tests.newcomer import HOUSE
from tests.power.cuts import ACTS, choose, complaints_after, read_acts
from tests.power.disk import Disk
from tests.power.recording import read_recording, record

FILES = 8


def main(arguments):
    synchronous = "NORMAL" if "NORMAL" in arguments else "FULL"
    numbers = [int(word) for word in arguments if word.isdecimal()]
    count, seed = [*numbers, 200, 1][:2] if len(numbers) != 1 else (*numbers, 1)
    with TemporaryDirectory(prefix="newsroom-power-") as folder:
        began = time.perf_counter()
        calls, facts, moments, disk = record_acts(Path(folder), synchronous)
        syncs = sum(call.name in ("fsync", "fdatasync") for call in calls)
        print(
            f"synchronous={synchronous}: {len(calls):,} calls recorded, {syncs} syncs "
            f"among them, in {time.perf_counter() - began:.0f} s."
        )
        random = Random(seed)
        return report(cut(calls, facts, choose(moments, count, random), disk, random))


def record_acts(folder, synchronous):
    """Record all acts; return what was called, and the disk as it was before."""
    data, pages, log = folder / "data", folder / "pages", folder / "strace"
    pages.mkdir()
    for number, name in enumerate(("before", "first", "second", "third")):
        write_pages(pages / name, range(number * FILES, (number + 1) * FILES))
    answers = data / "answers"
    environment = os.environ | {"DATA_DIR": str(data)}
    program = [sys.executable, "-m", "tests.power"]
    measure([*program, "prepare", pages, answers, synchronous], DATA_DIR=str(data))
    before = Disk.read(data)
    act = [*program, "act", pages, answers, synchronous]
    record(act, log, cwd=HOUSE, env=environment)
    calls = read_recording(log, str(data))
    return *read_acts(calls, str(answers)), before


def cut(calls, facts, moments, disk, random):
    """Follow the calls to each moment, and yield what a cut there leaves wrong."""
    followed = 0
    for moment in moments:
        for call in calls[followed : moment.calls]:
            disk.follow(call)
        followed = moment.calls
        yield moment.act, *complaints_after(disk, facts[: moment.facts], random)


def report(cuts):
    """Print what each cut did wrong, and a line an act; return the exit code."""
    counted, damaged, losing = Counter(), Counter(), Counter()
    for act, damage, lost in cuts:
        counted[act] += 1
        damaged[act] += bool(damage)
        losing[act] += bool(lost)
        for what in damage[:1]:
            print(f"  a cut in {act} damages {what}")
        for fact in lost[-1:]:
            print(
                f"  a cut in {act} loses {fact.act}: not {fact.count}: {fact.question}"
            )
    for act in ACTS:
        print(
            f"  {act:7} {counted[act]:4} cuts, {damaged[act]} with damage, "
            f"{losing[act]} with an answered act lost"
        )
    return 1 if damaged.total() or losing.total() else 0
