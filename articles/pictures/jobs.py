"""Make a picture's files, those of a large one in a process of its own.

Some encoders hold Python's one lock to their end, for a large photo a second in which a
server answers nobody. What it takes of memory goes with the process, which has
a lower priority than all that readers and editors wait for. HEIC is read in no other
process at all: bytes made for it end the one in which its decoder runs.
"""

import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import TypeVar

from articles.pictures.metadata import Metadata
from articles.pictures.open import (
    NotAPicture,
    Picture,
    count_pixels,
    damaged,
    is_heif,
    open_picture,
    read_metadata,
)
from articles.pictures.renditions import Rendition
from newsroom.process_priority import lower_priority

# A smaller picture is made about as soon as a process has begun.
SMALL_PIXELS = 500_000
ROOT = Path(__file__).parents[2]
BEGIN = "from articles.pictures.jobs import run_job_from_stdin as run; run()"

# With these a system ends a process whose program went wrong.
CRASHES = {signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGFPE, signal.SIGILL}

Made = TypeVar("Made")
Opening = Callable[[bytes], Picture]
Making = Callable[[Picture, Metadata, tuple[int, int]], list[Rendition]]


class JobFailed(Exception):
    """The process that was to make the files was killed or failed."""


@dataclass(frozen=True, slots=True)
class PictureFiles:
    """The files made of a picture, and what a photo notes of it."""

    width: int
    height: int
    metadata: Metadata
    files: list[Rendition]


@dataclass(frozen=True, slots=True)
class Job:
    """How to open bytes, what to make of them, and what replaces their metadata."""

    opening: Opening
    making: Making
    words: Mapping[str, str]
    focus: tuple[int, int]

    def run(self, data: bytes) -> PictureFiles:
        """Open the bytes and make the files; raise NotAPicture if they are none."""
        picture = self.opening(data)
        words = replace(picture.metadata, **self.words)
        files = self.making(picture, words, self.focus)
        return PictureFiles(picture.width, picture.height, picture.metadata, files)


def run_job(data: bytes, job: Job) -> PictureFiles:
    """Run the job here, or in a process of its own if it is a long one or of HEIC."""
    if not is_heif(data) and count_pixels(data) < SMALL_PIXELS:
        return job.run(data)
    return _run_in_process(job.run, data)


def check_picture(data: bytes) -> None:
    """Open a picture to its last point; raise NotAPicture if it is none."""
    run_job(data, Job(open_picture, _make_nothing, {}, (50, 50)))


def _make_nothing(*_picture: object) -> list[Rendition]:
    return []


def read_words(data: bytes) -> Metadata:
    """Return the words inside a picture; raise NotAPicture if it is none."""
    if is_heif(data):
        return _run_in_process(read_metadata, data)
    return read_metadata(data)


def _run_in_process(function: Callable[[bytes], Made], data: bytes) -> Made:
    # Through a pipe megabytes go in thousands of pieces, each taking that one lock.
    with TemporaryFile() as asked, TemporaryFile() as answered:
        try:
            pickle.dump((function, data), asked, protocol=5)
            asked.seek(0)
            subprocess.run(  # noqa: S603 (nobody's words are in it)
                [sys.executable, "-c", BEGIN],
                cwd=ROOT,
                stdin=asked,
                stdout=answered,
                check=True,
            )
        except (OSError, subprocess.CalledProcessError) as error:
            if -getattr(error, "returncode", 0) in CRASHES:
                raise damaged() from error
            raise JobFailed(
                "The picture could not be opened, most likely for lack of memory."
            ) from error
        answered.seek(0)
        made: Made | NotAPicture = pickle.load(answered)  # noqa: S301 (ours)
    if isinstance(made, NotAPicture):
        raise made
    return made


def run_job_from_stdin() -> None:
    """Run the job that comes on stdin; Ctrl-C is for the process that waits for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    lower_priority()
    function, data = pickle.load(sys.stdin.buffer)  # noqa: S301 (from ourselves)
    try:
        made = function(data)
    except NotAPicture as refused:
        made = refused
    pickle.dump(made, sys.stdout.buffer)
