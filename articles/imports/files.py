"""Which files are meant, and what is in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import category

LARGEST = 10_000_000
# Control signs, halves of characters, lines and directions that end nowhere.
UNPRINTED = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@dataclass(frozen=True, slots=True)
class Kind:
    """What files a command is for; `too_large` says what their size means."""

    endings: tuple[str, ...]
    called: str
    too_large: str


TEXT = Kind(
    (".txt",),
    "a .txt file",
    "as no newspaper page is; if this one must be read, raise --largest.",
)


class Refused(Exception):
    """A file that cannot be imported; the message goes on behind the file's name."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to import; `name` is its path below the folder that was asked for."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the paths lead to; `passed_over` are files of folders of another kind."""

    files: list[FoundFile]
    passed_over: list[Path]


def find_files(paths: Iterable[Path], kind: Kind = TEXT) -> Found:
    """Return each file once, in the order of the paths; a folder gives those of a kind.

    Whatever is hidden is passed over in silence. A path that leads to no file is kept:
    reading it says why.
    """
    files: dict[Path, FoundFile] = {}
    passed_over: list[Path] = []
    for path in paths:
        below = list(_below(path)) if path.is_dir() else []
        found = [file for file in below if _is_of(kind, file.path)]
        passed_over += [file.path for file in below if not _is_of(kind, file.path)]
        for file in found or [FoundFile(path, shown(path.name))]:
            files.setdefault(file.path.absolute(), file)
    return Found(list(files.values()), passed_over)


def read_file(path: Path, largest: int = LARGEST, kind: Kind = TEXT) -> bytes:
    """Return the bytes of a file of at most so many bytes."""
    if path.is_dir():
        raise Refused(f"is a folder without {kind.called}; name its files instead.")
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        raise Refused(f"cannot be read ({error.strerror}); check the path.") from error
    if len(data) > largest:
        raise Refused(f"is larger than {largest:,} bytes, {kind.too_large}")
    return data


def modified_at(path: Path) -> datetime:
    """Return when the file was last written, in UTC."""
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC)


def shown(name: str) -> str:
    """Return a file's name with `?` for what no terminal or database may be sent.

    >>> shown("gulls\\x1b[2J.jpg")
    'gulls?[2J.jpg'
    """
    return "".join("?" if category(sign) in UNPRINTED else sign for sign in name)


def _is_of(kind: Kind, path: Path) -> bool:
    return path.suffix.lower() in kind.endings


def _below(folder: Path) -> Iterator[FoundFile]:
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        is_hidden = any(part.startswith(".") for part in relative.parts)
        if path.is_file() and not is_hidden:
            yield FoundFile(path, shown(relative.as_posix()))
