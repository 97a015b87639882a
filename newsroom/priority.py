"""Who comes first at the processor: readers and editors, then all else."""

import os

NICE = 10


def come_behind() -> None:
    """Let readers and editors go first, as a command does that they may wait for."""
    os.nice(NICE)


def come_last() -> None:
    """Take what everybody else leaves of the processor, as long work does alone.

    Nothing that holds a lock may: on a busy machine it would never let go of it.
    """
    if hasattr(os, "SCHED_IDLE"):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    else:
        os.nice(2 * NICE - 1)
