"""Make a picture's files, those of a large one in a process of its own.

Some encoders hold Python's one lock to their end, for a large photo a second in which a
server answers nobody. What it takes of memory goes with the process, which has
a lower priority than all that readers and editors wait for.
"""

import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryFile

from articles.pictures.metadata import Metadata
from articles.pictures.open import NotAPicture, Picture, count_pixels
from articles.pictures.renditions import Rendition
from newsroom.process_priority import lower_priority

# A smaller picture is made about as soon as a process has begun.
SMALL_PIXELS = 500_000
ROOT = Path(__file__).parents[2]
BEGIN = "from articles.pictures.jobs import run_job_from_stdin as run; run()"

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
    """Run the job here, or in a process of its own if it is a long one."""
    if count_pixels(data) < SMALL_PIXELS:
        return job.run(data)
    return _run_in_process(data, job)


def _run_in_process(data: bytes, job: Job) -> PictureFiles:
    # Through a pipe megabytes go in thousands of pieces, each taking that one lock.
    with TemporaryFile() as asked, TemporaryFile() as answered:
        try:
            pickle.dump((data, job), asked, protocol=5)
            asked.seek(0)
            subprocess.run(  # noqa: S603 (nobody's words are in it)
                [sys.executable, "-c", BEGIN],
                cwd=ROOT,
                stdin=asked,
                stdout=answered,
                check=True,
            )
        except (OSError, subprocess.CalledProcessError) as error:
            raise JobFailed from error
        answered.seek(0)
        made: PictureFiles | NotAPicture = pickle.load(answered)  # noqa: S301 (ours)
    if isinstance(made, NotAPicture):
        raise made
    return made


def run_job_from_stdin() -> None:
    """Run the job that comes on stdin; Ctrl-C is for the process that waits for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    lower_priority()
    data, job = pickle.load(sys.stdin.buffer)  # noqa: S301 (from ourselves)
    try:
        made = job.run(data)
    except NotAPicture as refused:
        made = refused
    pickle.dump(made, sys.stdout.buffer)
