"""Gather files to be read together: few enough to hold, none with a name twice."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from articles.imports.files import FoundFile, Refused, modified_at, read_file
from articles.imports.reading import RawFile

# So many are read, and then written in as many batches as the pace allows.
MOST_FILES, MOST_BYTES = 250, 4_000_000


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


def in_batches(files: Iterable[RawFile]) -> Iterator[list[RawFile]]:
    """Yield the files in their order; of one name or the same bytes, one a batch.

    So what a batch brings is never known from the batch itself.
    """
    batch = _Batch()
    for file in files:
        while not batch.takes(file):
            yield batch.files
            batch = _Batch()
        batch.add(file)
    if batch.files:
        yield batch.files


class _Batch:
    def __init__(self) -> None:
        self.files: list[RawFile] = []
        self.bytes = 0
        self.marks: set[str] = set()

    def takes(self, file: RawFile) -> bool:
        is_new = self.marks.isdisjoint((file.name, file.sha256))
        is_small = self.bytes + len(file.data) <= MOST_BYTES
        return not self.files or (is_new and is_small and len(self.files) < MOST_FILES)

    def add(self, file: RawFile) -> None:
        self.files.append(file)
        self.bytes += len(file.data)
        self.marks |= {file.name, file.sha256}
