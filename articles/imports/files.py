"""Find the files that paths lead to, and read them."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO
from unicodedata import category

LARGEST = 10_000_000
NOT_FILES = ((stat.S_ISFIFO, "pipe"), (stat.S_ISSOCK, "socket"))
# Control characters, halves of characters, lines and directions that end nowhere.
UNPRINTED = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@dataclass(frozen=True, slots=True)
class FileKind:
    """What files a command is for; `too_large` says what their size means.

    `shortest_lines` are the bytes a line has at least, all lines taken together.
    """

    endings: tuple[str, ...]
    description: str
    too_large: str
    shortest_lines: int = 0


TEXT = FileKind(
    (".txt",),
    "a .txt file",
    "more than any newspaper page; if this one must be read, raise --largest "
    "of import_articles.",
    # Blank ones counted; a million lines of a letter keep an import from all other
    # files for minutes.
    shortest_lines=40,
)


class Refused(Exception):
    """A file that cannot be imported; the message goes on behind the file's name."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to import; `name` is its path below the folder that was asked for."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file as it came, before anything is read from it; messages name its path.

    `facts` is what stands of it beside the files, `heard` what an earlier run was told
    of it, and `is_read_again` asks to read it even if it is known.
    """

    path: str
    name: str
    data: bytes
    sha256: str
    modified_at: datetime | None
    facts: Mapping[str, str] = field(default_factory=dict)
    heard: dict[str, Any] = field(default_factory=dict)
    is_read_again: bool = False


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """What the paths lead to; `passed_over` are files of folders of another kind."""

    files: list[FoundFile]
    passed_over: list[Path]


def find_files(paths: Iterable[Path], kind: FileKind = TEXT) -> FoundFiles:
    """Return each file once, in the order of the paths; a folder gives those of a kind.

    Whatever is hidden is passed over in silence, and so are links to other folders.
    What is no file is kept, be it a pipe or a link to nothing: reading it says why.
    """
    passed_over: list[Path] = []
    return FoundFiles(list(each_file(paths, kind, passed_over.append)), passed_over)


def each_file(
    paths: Iterable[Path],
    kind: FileKind = TEXT,
    pass_over: Callable[[Path], object] = lambda path: None,
) -> Iterator[FoundFile]:
    """Yield the files as `find_files` does, however many there are."""
    named = {os.path.realpath(path): path for path in paths}
    folders: list[str] = []
    for where, path in named.items():
        if not os.path.isdir(path):  # noqa: PTH112 (a path may be no path at all)
            yield FoundFile(path, storable(path.name))
            continue
        is_empty = True
        for name in _below(str(path)):
            at = f"{where}/{name}"
            if at in named or at.startswith(tuple(folders)):
                continue
            if name.lower().endswith((*kind.endings, "/")):
                is_empty = False
                yield FoundFile(path / name, storable(name))
            else:
                pass_over(path / name)
        if is_empty:
            yield FoundFile(path, storable(path.name))
        folders.append(f"{where}/")


def would_find(paths: Iterable[Path], file: Path, kind: FileKind = TEXT) -> bool:
    """Tell whether the paths give this file, or would if it stood where it is named.

    Links, spelling and case decide nothing: the file system says which file it is.
    """
    paths = list(paths)
    identity = _identity(file)
    return _would_be_found(paths, file, kind) or any(
        _identity(found.path) == identity for found in each_file(paths, kind)
    )


def _identity(path: Path) -> tuple[int, int] | str:
    """Return what all names of a file share; of one that is not there, its path."""
    try:
        at = path.stat()
    except OSError:
        return os.path.realpath(path)
    return at.st_dev, at.st_ino


def _would_be_found(paths: Iterable[Path], file: Path, kind: FileKind) -> bool:
    """Tell whether a new file of this name and place would be found in a folder."""
    if not file.name.lower().endswith(kind.endings):
        return False
    folders = {_identity(path) for path in paths if path.is_dir()}
    names = Path(os.path.realpath(file)).parts
    below = range(1, len(names))
    return any(
        _identity(Path(*names[:at])) in folders
        and not any(name.startswith(".") for name in names[at:])
        for at in below
    )


def raw_files(
    found: Iterable[FoundFile], largest: int, refuse: Callable[[str, str], None]
) -> Iterator[RawFile]:
    """Read the files; those that cannot be are refused."""
    for file in found:
        try:
            data = read_file(file.path, largest)
            at = modified_at(file.path)
        except Refused as reason:
            refuse(str(file.path), str(reason))
        else:
            digest = sha256(data).hexdigest()
            yield RawFile(str(file.path), file.name, data, digest, at)


def read_file(path: Path, largest: int = LARGEST, kind: FileKind = TEXT) -> bytes:
    """Return the bytes of a file of at most so many bytes."""
    try:
        with _open(path) as file:
            data = _read(file, largest + 1)
    except IsADirectoryError as error:
        raise Refused(_why_empty(path, kind)) from error
    except OSError as error:
        if isinstance(error, FileNotFoundError) and path.is_symlink():
            raise Refused("is a broken link; check it.") from error
        raise Refused(f"cannot be read ({error.strerror}); check the path.") from error
    if len(data) > largest:
        raise Refused(f"is larger than {largest:,} bytes, {kind.too_large}")
    if kind.shortest_lines:
        most = max(largest, LARGEST) // kind.shortest_lines
        if max(data.count(b"\n"), data.count(b"\r")) > most:
            raise Refused(f"is longer than {most:,} lines, {kind.too_large}")
    return data


def _open(path: Path) -> BinaryIO:
    """Open a file, and nothing else, for what is no file may be waited for for ever.

    What is a pipe only when it is opened does not keep anybody waiting, either.
    """
    _require_file(path.stat().st_mode)
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    try:
        _require_file(os.fstat(handle).st_mode)
    except BaseException:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def _require_file(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError
    if not stat.S_ISREG(mode):
        kind = next((name for test, name in NOT_FILES if test(mode)), "device")
        raise Refused(f"is a {kind}, not a file; name a regular file.")


def _read(file: BinaryIO, most: int) -> bytes:
    """Read at most so many bytes; to ask for all of them would set them all aside."""
    size = os.fstat(file.fileno()).st_size
    # Some files of the system have nothing to read yet, and give None.
    data = file.read(min(size + 1, most)) or b""
    return data if len(data) <= size else data + (file.read(most - len(data)) or b"")


def _why_empty(folder: Path, kind: FileKind) -> str:
    """Say why a folder gives no file: it stays shut, or has none of the kind."""
    if not os.access(folder, os.R_OK | os.X_OK):
        return "is a folder that cannot be opened; check its permissions."
    return f"is a folder without {kind.description}; name its files instead."


def modified_at(path: Path) -> datetime:
    """Return when the file was last written, in UTC; a clock gone mad says just now."""
    try:
        return datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    except (OverflowError, ValueError):
        return datetime.now(UTC)
    except OSError as error:
        raise Refused(
            f"disappeared while it was being read ({error.strerror})."
        ) from error


def storable(name: str) -> str:
    """Return a file's name with `?` for what no database may be sent.

    >>> storable("gulls\\x1b[2J.jpg")
    'gulls?[2J.jpg'
    """
    if name.isprintable():
        return name
    return "".join("?" if category(c) in UNPRINTED else c for c in name)


def _below(folder: str) -> Iterator[str]:
    """Yield the names of the files below; one with "/" is a folder that stays shut."""
    waiting = [("", folder)]
    while waiting:
        name, path = waiting.pop()
        if name and not name.endswith("/"):
            yield name
            continue
        try:
            with os.scandir(path) as entries:
                found = sorted(entries, key=lambda entry: entry.name, reverse=True)
        except OSError:
            if name:
                yield name
            continue
        waiting += (
            (f"{name}{entry.name}{'/' * is_folder}", entry.path)
            for entry in found
            for is_folder in [entry.is_dir(follow_symlinks=False)]
            if not entry.name.startswith(".")
            # A link in a circle leads to none; os.path says so, the entry would raise.
            if not (entry.is_symlink() and os.path.isdir(entry.path))  # noqa: PTH112
        )
