"""A disk that is followed call by call, and may lose its power behind any of them.

What was synced stays: a file's content by a sync of the file, its name by a sync of the
folder. Of the rest any part may be there: writes whole, torn between sectors, or not at
all, in any order; names old or new. A real file system keeps more than that, and its
makers promise no more.
"""

from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512


@dataclass(eq=False)
class File:
    synced: bytes = b""
    now: bytearray = field(default_factory=bytearray)
    # (offset, bytes) of a write or (size, None) of a cut, since the last sync.
    pending: list = field(default_factory=list)

    def write(self, offset, data):
        self.now.extend(bytes(max(0, offset + len(data) - len(self.now))))
        self.now[offset : offset + len(data)] = data
        self.pending.append((offset, data))

    def truncate(self, size):
        self.now = resized(self.now, size)
        self.pending.append((size, None))

    def sync(self):
        self.synced = bytes(self.now)
        self.pending.clear()

    def after_cut(self, chance):
        content = bytearray(self.synced)
        for offset, data in self.pending:
            if data is None:
                content = resized(content, offset) if chance.happens() else content
                continue
            for at, piece in chance.pieces(data):
                start = offset + at
                content.extend(bytes(max(0, start + len(piece) - len(content))))
                content[start : start + len(piece)] = piece
        return bytes(content)


@dataclass(eq=False)
class Folder:
    synced: dict = field(default_factory=dict)
    now: dict = field(default_factory=dict)


class Chance:
    """Which part of what was not synced is there: none, all, or any of it."""

    def __init__(self, random):
        self.random = random
        self.likelihood = random.choice([0, 1, 0.5])

    def happens(self):
        return self.random.random() < self.likelihood

    def pieces(self, data):
        """Yield the pieces of a write that are there, each with its place."""
        if self.likelihood in (0, 1) or self.random.random() < 0.5:
            return [(0, data)] if self.happens() else []
        if self.random.random() < 0.5:
            return [(0, data[: self.random.randrange(len(data) + 1)])]
        sectors = range(0, len(data), SECTOR)
        return [(at, data[at : at + SECTOR]) for at in sectors if self.happens()]


def resized(content, size):
    return content[:size] + bytes(max(0, size - len(content)))


class Disk:
    """The files and folders under a root, as the calls so far have left them."""

    def __init__(self, root):
        self.root = str(root)
        self.top = Folder()
        self.handles = {}
        # Names that were given or taken, (folder, name, File, Folder or None) each,
        # and of which no folder was synced since.
        self.pending = []

    @classmethod
    def read(cls, root):
        """Return the disk of a folder that has lain there long enough."""
        disk = cls(root)
        for path in sorted(Path(root).rglob("*")):
            folder, name = disk.place(str(path))
            if path.is_dir():
                folder.now[name] = folder.synced[name] = Folder()
            else:
                content = path.read_bytes()
                file = File(content, bytearray(content))
                folder.now[name] = folder.synced[name] = file
        return disk

    def place(self, path):
        """Return the folder in which a path is named, and the name."""
        *folders, name = path.removeprefix(self.root).strip("/").split("/")
        folder = self.top
        for part in folders:
            folder = folder.now[part]
        return folder, name

    def at(self, path):
        if path == self.root:
            return self.top
        folder, name = self.place(path)
        return folder.now.get(name)

    def follow(self, call):
        getattr(self, f"on_{call.name}")(call)

    def on_openat(self, call):
        path = call.paths[0]
        file = self.at(path)
        if file is None:
            file = File()
            self.name((*self.place(path), file))
        elif "O_TRUNC" in call.words:
            file.truncate(0)
        is_at_end = "O_APPEND" in call.words
        self.handles[call.result] = [file, 0, is_at_end]

    on_open = on_openat

    def on_lseek(self, call):
        self.handles[call.handle][1] = call.result

    def on_write(self, call):
        file, at, is_at_end = self.handles[call.handle]
        at = len(file.now) if is_at_end else at
        file.write(at, call.data[: call.result])
        self.handles[call.handle][1] = at + call.result

    def on_pwrite64(self, call):
        file = self.handles[call.handle][0]
        file.write(call.numbers[1], call.data[: call.result])

    def on_ftruncate(self, call):
        self.handles[call.handle][0].truncate(call.numbers[0])

    def on_fsync(self, call):
        thing = self.handles[call.handle][0]
        if isinstance(thing, File):
            thing.sync()
            return
        synced = [n for n in self.pending if thing in (folder for folder, *_ in n)]
        self.pending = [names for names in self.pending if names not in synced]
        for names in synced:
            apply(names, "synced")

    on_fdatasync = on_fsync

    def on_mkdir(self, call):
        self.name((*self.place(call.paths[0]), Folder()))

    def on_rename(self, call):
        before, after = map(self.place, call.paths)
        self.name((*before, None), (*after, self.at(call.paths[0])))

    def on_link(self, call):
        self.name((*self.place(call.paths[1]), self.at(call.paths[0])))

    def on_unlink(self, call):
        self.name((*self.place(call.paths[0]), None))

    on_rmdir = on_unlink

    def name(self, *names):
        """Give or take names, of a renaming two at once."""
        apply(names, "now")
        self.pending.append(names)

    def after_cut(self, random, to):
        """Make a folder of what is on the disk if the power goes now."""
        chance = Chance(random)
        there = [names for names in self.pending if chance.happens()]
        entries = {}
        for names in there:
            for folder, name, thing in names:
                entries.setdefault(folder, dict(folder.synced))[name] = thing
        make(self.top, entries, chance, Path(to))


def apply(names, when):
    for folder, name, thing in names:
        entries = getattr(folder, when)
        if thing is None:
            entries.pop(name, None)
        else:
            entries[name] = thing


def make(folder, entries, chance, to):
    to.mkdir(exist_ok=True)
    for name, thing in entries.get(folder, folder.synced).items():
        if isinstance(thing, Folder):
            make(thing, entries, chance, to / name)
        elif thing is not None:
            (to / name).write_bytes(thing.after_cut(chance))
