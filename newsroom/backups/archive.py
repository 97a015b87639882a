"""The file of a backup: a tar with the hash of each file in it, and its own behind it.

`tar -tf` lists it; `sha256sum -c SHA256SUMS` checks what `tar -xf` unpacked.
"""

import json
import os
import tarfile
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple

DATABASE, SECRET_KEY, PICTURES = "database", "secret_key", "media/"
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
FORMAT = 1
BLOCK = 1 << 20
# Behind the tar: its SHA-256 and the end of the line.
TRAILER = 65


class BackupRefused(Exception):
    """Why there is no backup, or none is restored; a sentence for the operator."""


class Manifest(NamedTuple):
    """What a backup says of itself."""

    made_at: str
    # The kind of database, its migrations, and how many rows each table has.
    database: str
    migrations: list[str]
    rows: dict[str, int]
    # How many files of pictures there are, and which were lost or damaged before.
    files: int
    lost: list[str]

    @property
    def stories(self) -> int:
        return self.rows["articles_article"]


class _Hashing:
    """A file of which what is read or written is hashed, up to a size."""

    def __init__(self, file: IO[bytes], size: int = 0):
        self.file = file
        self.left = size
        self.hash = sha256()

    def read(self, size: int) -> bytes:
        data = self.file.read(min(size, self.left))
        self.left -= len(data)
        self.hash.update(data)
        return data

    def write(self, data: bytes) -> int:
        self.hash.update(data)
        return self.file.write(data)

    def read_rest(self) -> str:
        """Read what nobody has read, and return the hash of the whole."""
        while self.read(BLOCK):
            pass
        return self.hash.hexdigest()


class ArchiveWriter:
    """Writes the file of a backup, a file of the newspaper behind the other."""

    def __init__(self, file: IO[bytes]):
        self.file = file
        self.whole = _Hashing(file)
        self.tar = tarfile.open(fileobj=self.whole, mode="w|")  # noqa: SIM115
        self.sums = TemporaryFile()  # noqa: SIM115

    def __enter__(self) -> "ArchiveWriter":
        return self

    def __exit__(self, *error: object) -> None:
        self.sums.close()

    def add(self, name: str, path: Path) -> str:
        """Add a file, and return its SHA-256."""
        with path.open("rb") as file:
            return self._add(name, file, os.fstat(file.fileno()).st_size)

    def end(self, manifest: Manifest) -> None:
        """Write what the backup says of itself, and wait until the disk has all."""
        text = json.dumps({"format": FORMAT} | manifest._asdict(), indent=1).encode()
        self._add(MANIFEST, BytesIO(text), len(text))
        size = self.sums.tell()
        self.sums.seek(0)
        self._add(SUMS, self.sums, size)
        self.tar.close()
        self.file.write(f"{self.whole.hash.hexdigest()}\n".encode())
        self.file.flush()
        os.fsync(self.file.fileno())

    def _add(self, name: str, file: IO[bytes], size: int) -> str:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        content = _Hashing(file, size)
        self.tar.addfile(member, content)
        # It would remember every file of the newspaper.
        self.tar.members.clear()
        digest = content.hash.hexdigest()
        if name != SUMS:
            self.sums.write(_sum(digest, name))
        return digest


class ArchiveReader:
    """Reads the file of a backup; whatever is not as it was written is refused."""

    def __init__(self, path: Path):
        self.path = path
        # Known when all files were read.
        self.manifest: Manifest

    def files(self) -> Iterator[tuple[str, IO[bytes]]]:
        """Yield the name and content of each file, and check it all on the way."""
        size = self.path.stat().st_size - TRAILER
        with self.path.open("rb") as file:
            whole = _Hashing(file, max(0, size))
            try:
                yield from self._files(whole)
            except (tarfile.TarError, ValueError, TypeError, OverflowError) as error:
                raise self.refused("it is damaged, or is not a backup") from error
            if f"{whole.read_rest()}\n".encode() != file.read():
                raise self.refused("it is damaged, or was cut off")

    def check(self) -> Manifest:
        """Read it all, and return what the backup says of itself."""
        for _name, _content in self.files():
            pass
        return self.manifest

    def refused(self, reason: str) -> BackupRefused:
        return BackupRefused(f"{self.path} is not a sound backup: {reason}.")

    def _files(self, whole: _Hashing) -> Iterator[tuple[str, IO[bytes]]]:
        sums, is_ended, names = sha256(), False, set()
        with tarfile.open(fileobj=whole, mode="r|") as tar:
            for member in tar:
                tar.members.clear()
                if is_ended:
                    raise self.refused("there is something after its end")
                name = self._checked_name(member, names)
                content = _Hashing(tar.extractfile(member), member.size)
                if name == SUMS:
                    is_ended = content.read_rest() == sums.hexdigest()
                    continue
                if name == MANIFEST:
                    self.manifest = self._manifest(content.read(member.size))
                else:
                    yield name, content
                sums.update(_sum(content.read_rest(), name))
        if not is_ended or not {DATABASE, MANIFEST} <= names:
            raise self.refused("its files are not those it lists")

    def _manifest(self, text: bytes) -> Manifest:
        values = dict(json.loads(text))
        if values.pop("format", None) != FORMAT:
            raise self.refused("this version does not know its format")
        return Manifest(**values)

    def _checked_name(self, member: tarfile.TarInfo, names: set[str]) -> str:
        """Return the name of a file that a backup may hold, once."""
        name = member.name
        own = name in (DATABASE, SECRET_KEY, MANIFEST, SUMS)
        plain = member.type == tarfile.REGTYPE and not member.issparse()
        if not plain or name in names or not (own or _is_picture(name)):
            raise self.refused(f"{name!r} does not belong in it")
        names.add(name)
        return name


def _is_picture(name: str) -> bool:
    """Tell whether a name leads to a file below the folder of the pictures."""
    parts = name.removeprefix(PICTURES).split("/")
    strange = any(part in ("", ".", "..") for part in parts)
    return name.startswith(PICTURES) and not strange


def _sum(digest: str, name: str) -> bytes:
    return f"{digest}  {name}\n".encode(errors="surrogateescape")
