"""Which files are meant, and what is in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

SUFFIX = ".txt"
LARGEST = 10_000_000


class Refused(Exception):
    """A file that cannot be imported; the message is the reason, as a sentence."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to import; `name` is its path below the folder that was asked for."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the paths lead to; `passed_over` are files of folders that are no text."""

    files: list[FoundFile]
    passed_over: list[Path]


def find_files(paths: Iterable[Path]) -> Found:
    """Return each file once, in the order of the paths; a folder gives its .txt files.

    Whatever is hidden is passed over in silence, and a path that leads nowhere is
    kept: reading it says why.
    """
    files: dict[Path, FoundFile] = {}
    passed_over = []
    for path in paths:
        for file in _below(path):
            if file.path == path or file.path.suffix.lower() == SUFFIX:
                files.setdefault(file.path.absolute(), file)
            else:
                passed_over.append(file.path)
    return Found(list(files.values()), passed_over)


def read_file(path: Path, largest: int = LARGEST) -> bytes:
    """Return the bytes of a file of at most so many bytes."""
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        raise Refused(f"It cannot be read: {error.strerror}.") from error
    if len(data) > largest:
        raise Refused(
            f"It is larger than {largest:,} bytes. No newspaper page is; if this one "
            "must be, raise --largest."
        )
    return data


def modified_at(path: Path) -> datetime:
    """Return when the file was last written, in UTC."""
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC)


def _below(path: Path) -> Iterator[FoundFile]:
    if not path.is_dir():
        yield FoundFile(path, path.name)
        return
    for below in sorted(path.rglob("*")):
        relative = below.relative_to(path)
        is_hidden = any(part.startswith(".") for part in relative.parts)
        if below.is_file() and not is_hidden:
            yield FoundFile(below, relative.as_posix())
