"""Show how far a long run is: a bar on a terminal, plain lines elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as ProgressBar
from rich.text import Text

# Takes the files done and all there are.
Progress = Callable[[int, int], None]
# Seconds between two lines in a log.
EVERY = 10


@contextmanager
def showing_progress(
    stream: TextIO, doing: str = "Reading", things: str = "files"
) -> Iterator[Progress]:
    """Give a function that takes the files done and all there are."""
    if not stream.isatty():
        yield _Lines(stream, time.monotonic(), things)
        return
    columns = (
        TextColumn(doing),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
    )
    with ProgressBar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed or 0:,.0f} a second", style="dim")


class _Lines:
    """Writes now and then how many files are done, how fast, and what is left."""

    def __init__(self, stream: TextIO, now: float, things: str) -> None:
        self.stream, self.things = stream, things
        self.began = self.said = now

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if not 0 < done < total or now - self.said < EVERY:
            return
        self.said = now
        rate = done / (now - self.began)
        left = timedelta(seconds=round((total - done) / rate))
        self.stream.write(
            f"{done:,} of {total:,} {self.things}, {rate:,.0f} a second, {left} left.\n"
        )
