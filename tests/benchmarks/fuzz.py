"""Read N files in disorder from the first seed on: [N] [SEED].

Whatever is wrong with how one is read is printed with the command that reads it alone.
"""

import os
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from typing import NamedTuple

from tests.parsing.mutations import mutate
from tests.parsing.verdicts import Verdict, judge

CHUNK = 100
MOST = 20


class Judged(NamedTuple):
    """A file by its seed and what was done to it, and how long it took to be read."""

    seed: int
    name: str
    seconds: float
    verdict: Verdict


def main(arguments):
    count, first = [*map(int, arguments), *(200_000, 0)[len(arguments) :]]
    began = time.perf_counter()
    wrong, slowest = [], Judged(first, "", 0, Verdict([]))
    done = stories = refused = rate = 0
    for file in _judged(first, count):
        done += 1
        stories += file.verdict.stories
        refused += file.verdict.is_refused
        slowest = max(slowest, file, key=lambda judged: judged.seconds)
        wrong += [file] if file.verdict.faults else []
        rate = done / (time.perf_counter() - began)
        if done % 10_000 == 0:
            print(f"{done:,} of {count:,}, {rate:,.0f} files/s, {len(wrong)} wrong")
    print(
        f"{done:,} files, {rate:,.0f} files/s, {stories:,} stories, "
        f"{refused:,} refused, {len(wrong)} wrong."
    )
    print(f"The slowest took {slowest.seconds:.2f} s: {slowest.name}")
    for file in wrong[:MOST]:
        print(f"  bin/bench fuzz 1 {file.seed}: {file.verdict.faults[0]}")
    return 1 if wrong else 0


def _judged(first, count):
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        chunks = (
            range(at, min(at + CHUNK, first + count))
            for at in range(first, first + count, CHUNK)
        )
        yield from chain.from_iterable(pool.map(judge_all, chunks))


def judge_all(seeds):
    return list(map(judge_one, seeds))


def judge_one(seed):
    name, data = mutate(seed)
    began = time.perf_counter()
    try:
        verdict = judge(data)
    except Exception as error:  # noqa: BLE001
        verdict = Verdict([f"raised {type(error).__name__}: {error}"])
    return Judged(seed, name, time.perf_counter() - began, verdict)
