"""Make a picture's files, those of a large one in a process of its own.

Some encoders hold Python's one lock to their end, for a large photo a second in which a
server answers nobody. What it takes of memory goes with the process, which comes behind
all that readers and editors wait for.
"""

import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from articles.pictures.metadata import Embedded
from articles.pictures.open import NotAPicture, Picture, count_pixels
from articles.pictures.renditions import Rendition
from newsroom.priority import lower_priority

# A smaller picture is made about as soon as a process has begun.
SMALL_PIXELS = 500_000
HOUSE = Path(__file__).parents[2]
BEGIN = "from articles.pictures.making import make_what_comes as make; make()"

Opening = Callable[[bytes], Picture]
Making = Callable[[Picture, Embedded, tuple[int, int]], list[Rendition]]


class NotMade(Exception):
    """The process that was to make the files was killed or failed."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a photo notes of a picture, and the files made of it."""

    width: int
    height: int
    embedded: Embedded
    files: list[Rendition]


@dataclass(frozen=True, slots=True)
class Job:
    """How to open bytes and what to make of them; `words` replace embedded ones."""

    opening: Opening
    making: Making
    words: Mapping[str, str]
    focus: tuple[int, int]

    def do(self, data: bytes) -> Made:
        """Open the bytes and make the files; raise NotAPicture if they are none."""
        picture = self.opening(data)
        words = replace(picture.embedded, **self.words)
        files = self.making(picture, words, self.focus)
        return Made(picture.width, picture.height, picture.embedded, files)


def make(data: bytes, job: Job) -> Made:
    """Do the job here, or elsewhere where it is a long one."""
    return job.do(data) if count_pixels(data) < SMALL_PIXELS else _elsewhere(data, job)


def _elsewhere(data: bytes, job: Job) -> Made:
    try:
        run = subprocess.run(  # noqa: S603 (nobody's words are in it)
            [sys.executable, "-c", BEGIN],
            cwd=HOUSE,
            input=pickle.dumps((data, job)),
            stdout=subprocess.PIPE,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        raise NotMade from error
    made: Made | NotAPicture = pickle.loads(run.stdout)  # noqa: S301 (from ourselves)
    if isinstance(made, NotAPicture):
        raise made
    return made


def make_what_comes() -> None:
    """Do the job that comes on stdin; Ctrl-C is for who waits for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    lower_priority()
    data, job = pickle.load(sys.stdin.buffer)  # noqa: S301 (from ourselves)
    try:
        made = job.do(data)
    except NotAPicture as refused:
        made = refused
    pickle.dump(made, sys.stdout.buffer)
