"""The processor: readers and editors come first, then everything else."""

import os

NICE = 10


def lower_priority() -> None:
    """Let readers and editors go first, as a command does that they may wait for."""
    os.nice(NICE)


def run_when_idle() -> None:
    """Use only processor time that nobody else wants, as very long work does.

    Never while holding a lock: on a busy machine it would never be released.
    """
    if hasattr(os, "SCHED_IDLE"):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    else:
        os.nice(2 * NICE - 1)
