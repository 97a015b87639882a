"""Which files are meant, and what is in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

SUFFIX = ".txt"
LARGEST = 10_000_000


class Refused(Exception):
    """A file that cannot be imported; the message goes on behind the file's name."""


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

    Whatever is hidden is passed over in silence. A path that leads to no file is kept:
    reading it says why.
    """
    files: dict[Path, FoundFile] = {}
    passed_over: list[Path] = []
    for path in paths:
        below = list(_below(path)) if path.is_dir() else []
        found = [file for file in below if _is_text(file.path)]
        passed_over += [file.path for file in below if not _is_text(file.path)]
        for file in found or [FoundFile(path, path.name)]:
            files.setdefault(file.path.absolute(), file)
    return Found(list(files.values()), passed_over)


def read_file(path: Path, largest: int = LARGEST) -> bytes:
    """Return the bytes of a file of at most so many bytes."""
    if path.is_dir():
        raise Refused(f"is a folder without any {SUFFIX} file; name its files instead.")
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        raise Refused(f"cannot be read ({error.strerror}); check the path.") from error
    if len(data) > largest:
        raise Refused(
            f"is larger than {largest:,} bytes, as no newspaper page is; if this one "
            "must be read, raise --largest."
        )
    return data


def modified_at(path: Path) -> datetime:
    """Return when the file was last written, in UTC."""
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC)


def _is_text(path: Path) -> bool:
    return path.suffix.lower() == SUFFIX


def _below(folder: Path) -> Iterator[FoundFile]:
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        is_hidden = any(part.startswith(".") for part in relative.parts)
        if path.is_file() and not is_hidden:
            yield FoundFile(path, relative.as_posix())
