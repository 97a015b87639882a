"""Read files in other processes, so that a large import uses the whole machine."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread
from types import TracebackType

from articles.imports.files import RawFile, Refused
from articles.imports.stories import ReadFile, ReadingTask, read_source
from articles.parsing import NotText
from newsroom.process_priority import run_when_idle

# Fewer files are read before other processes have begun.
FEWEST_FILES = 100
CHUNK = 16

ReadResult = ReadFile | Refused


class FileReaders:
    """Reads the files of a run, in other processes where there are many."""

    def __init__(self, task: ReadingTask, total: int) -> None:
        self.task = task
        self.pool: ProcessPoolExecutor | None = None
        if total > FEWEST_FILES:
            # As many as there are cores; what is forked may be locked.
            spawn = get_context("spawn")
            self.pool = ProcessPoolExecutor(
                os.cpu_count(), spawn, _begin_process, (task,)
            )

    def __enter__(self) -> "FileReaders":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.pool:
            self.pool.shutdown(cancel_futures=True)

    def submit(self, files: Sequence[RawFile]) -> Callable[[], list[ReadResult]]:
        """Begin to read the files; call what is returned to wait for all of them.

        For a file that is no page the result is the Refused that says why.
        """
        if self.pool is None:
            return lambda: [_read(file, self.task) for file in files]
        chunks = [files[at : at + CHUNK] for at in range(0, len(files), CHUNK)]
        with _ignoring_ctrl_c():
            futures = [self.pool.submit(_read_chunk, chunk) for chunk in chunks]
        return lambda: [read for future in futures for read in future.result()]


@contextmanager
def _ignoring_ctrl_c() -> Iterator[None]:
    """Begin processes that never hear Ctrl-C: it is for the writer, who ends them.

    What is pressed meanwhile the writer hears behind it.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# What this process, if it is one of the pool's, reads all its files for.
_tasks: list[ReadingTask] = []


def _begin_process(task: ReadingTask) -> None:
    """Keep the task, and give way to those who save or read a page meanwhile.

    Also behind the writer, who holds what editors wait for.
    """
    _tasks.append(task)
    run_when_idle()
    Thread(target=_end_with_writer, daemon=True).start()


def _end_with_writer() -> None:
    """Stay behind no writer that was killed, waiting for files that nobody sends."""
    if writer := parent_process():
        writer.join()
        os._exit(1)


def _read_chunk(files: Sequence[RawFile]) -> list[ReadResult]:
    return [_read(file, _tasks[-1]) for file in files]


def _read(file: RawFile, task: ReadingTask) -> ReadResult:
    try:
        return read_source(file, task)
    except (NotText, Refused) as reason:
        return Refused(str(reason))
    # Whatever one file brings to light, the others go on.
    except Exception as fault:  # noqa: BLE001
        name = type(fault).__name__
        return Refused(
            f"exposes a fault in Newsroom ({name}: {fault}): report it with the file, "
            "and leave the file out."
        )
