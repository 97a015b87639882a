"""Show how far a long run is: a bar on a terminal, plain lines elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn as Bar
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

EVERY = 500


@contextmanager
def showing_progress(stream: TextIO) -> Iterator[Callable[[int, int], None]]:
    """Give a function to tell the files done and all there are."""
    if not stream.isatty():
        yield lambda done, total: _line(stream, done, total)
        return
    columns = (
        TextColumn("Reading"),
        Bar(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _line(stream: TextIO, done: int, total: int) -> None:
    if done and done < total and done % EVERY == 0:
        stream.write(f"{done:,} of {total:,} files read.\n")
