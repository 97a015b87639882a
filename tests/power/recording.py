"""Record what a process asks of the disk, by strace, and read the recording."""

import re
import shutil
import subprocess
from codecs import escape_decode
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

CALLS = (
    "open openat creat write writev pwrite64 pwritev pwritev2 lseek truncate ftruncate "
    "fallocate sendfile copy_file_range fsync fdatasync rename renameat renameat2 link "
    "linkat symlink symlinkat unlink unlinkat mkdir mkdirat rmdir"
).split()
# A longer string is cut off by strace,, not a file is written in longer pieces.
LONGEST = 65_536
MISSING = "strace is needed to record writes and syncs: apt-get install strace"

LINE = re.compile(r"(?P<thread>\d+) +(?P<name>\w+)\((?P<words>.*)\) += (?P<result>.+)")
UNFINISHED = re.compile(r"(?P<thread>\d+) +(?P<begun>.*) <unfinished \.\.\.>")
RESUMED = re.compile(r"(?P<thread>\d+) +<\.\.\. \w+ resumed>(?P<rest>.*)")
HANDLE = re.compile(r"(?P<number>\d+)<(?P<path>[^>]*)>")
STRING = re.compile(r'"((?:[^"\\]+|\\.)*)"')


class Call(NamedTuple):
    """One call that changed or synced a file of the recorded folder."""

    name: str
    paths: tuple[str, ...]
    handle: int
    data: bytes
    numbers: tuple[int, ...]
    result: int
    words: str


def record(command, log, **how):
    """Run a command and record it; fail with what it said if it fails."""
    if not shutil.which("strace"):
        raise SystemExit(MISSING)
    names = f"trace={','.join(CALLS)}"
    strace = ["strace", "-f", "-y", "-x", "-s", str(LONGEST), "--seccomp-bpf"]
    strace += ["-e", names, "-o", str(log), *map(str, command)]
    run = subprocess.run(strace, capture_output=True, text=True, **how)
    if run.returncode:
        raise SystemExit(f"The recorded acts failed:\n{run.stderr[-2000:]}")


def read_recording(log, root):
    """Yield the calls that changed or synced what lies under a folder, in order."""
    for line in whole_lines(log):
        if root in line and (found := LINE.fullmatch(line)):
            call = read_call(**found.groupdict())
            if call and any(path.startswith(root) for path in call.paths):
                yield call


def whole_lines(log):
    """Yield a line a call, at its end: two threads' calls may have interrupted one."""
    begun = defaultdict(str)
    with Path(log).open(encoding="latin-1") as file:
        for line in map(str.rstrip, file):
            if found := UNFINISHED.fullmatch(line):
                begun[found["thread"]] = f"{found['thread']} {found['begun']}"
            elif found := RESUMED.fullmatch(line):
                yield begun.pop(found["thread"]) + found["rest"]
            else:
                yield line


def read_call(thread, name, words, result):
    """Return a call that came to something; what failed changed nothing."""
    if result.startswith("-"):
        return None
    strings = STRING.findall(words)
    handles = HANDLE.findall(STRING.sub("", words))
    bare = STRING.sub("", HANDLE.sub("", words))
    numbers = tuple(map(int, re.findall(r"(?<![\w.])\d+\b", bare)))
    given = re.match(r"\d+", result)
    if name in ("write", "pwrite64"):
        (number, path), data = handles[0], escape_decode(strings[0])[0]
        if len(data) != numbers[0] or '"...' in words:
            raise ValueError(f"strace cut a write to {path} off.")
        return Call(name, (path,), int(number), data, numbers, int(given[0]), words)
    paths = tuple(strings) or tuple(path for _, path in handles)
    handle = int(handles[0][0]) if handles else -1
    return Call(name, paths, handle, b"", numbers, int(given[0]), words)
