"""The disk whose power bin/bench power cuts keeps what was synced, and no more."""

import shutil
from random import Random

import pytest

from tests.benchmarks import power
from tests.power import recording
from tests.power.disk import Disk
from tests.power.recording import read_recording

LOG = """\
7 openat(AT_FDCWD</srv>, "/srv/data/a", O_RDWR|O_CREAT|O_CLOEXEC, 0666) = 3</srv/data/a>
7 write(3</srv/data/a>, "\\x6f\\x6e\\x65\\x0a", 4) = 4
8 pwrite64(3</srv/data/a>, "\\"two\\"", 5, 4 <unfinished ...>
7 openat(AT_FDCWD</srv>, "/srv/data/none", O_RDONLY) = -1 ENOENT (No such file)
8 <... pwrite64 resumed>) = 5
7 fsync(3</srv/data/a>) = 0
7 openat(AT_FDCWD</srv>, "/srv/data", O_RDONLY|O_CLOEXEC) = 4</srv/data>
7 fsync(4</srv/data>) = 0
7 rename("/srv/data/a", "/srv/data/b") = 0
7 pwrite64(3</srv/data/a>, "three", 5, 4) = 5
7 ftruncate(3</srv/data/b>, 6) = 0
7 write(5</srv/elsewhere>, "four", 4) = 4
"""
CREATED, WRITTEN, SYNCED, NAMED = 1, 3, 4, 6


@pytest.fixture
def calls(tmp_path):
    (tmp_path / "log").write_text(LOG)
    return list(read_recording(tmp_path / "log", "/srv/data"))


def cuts_behind(calls, number, tmp_path):
    """Return what may be on the disk behind so many of the calls."""
    disk = Disk("/srv/data")
    for call in calls[:number]:
        disk.follow(call)
    found = set()
    for seed in range(60):
        folder = tmp_path / str(seed)
        disk.after_cut(Random(seed), folder)
        files = sorted(folder.iterdir())
        found.add(tuple((path.name, path.read_bytes()) for path in files))
        shutil.rmtree(folder)
    return found


def test_only_what_changed_or_synced_the_folder_is_read(calls):
    names = "openat write pwrite64 fsync openat fsync rename pwrite64 ftruncate"
    assert [call.name for call in calls] == names.split()
    assert [call.data for call in calls[1:3]] == [b"one\n", b'"two"']


def test_a_write_that_strace_cut_off_is_not_taken_for_whole(tmp_path):
    (tmp_path / "log").write_text('7 write(3</srv/data/a>, "on"..., 4) = 4\n')
    with pytest.raises(ValueError, match="/srv/data/a"):
        list(read_recording(tmp_path / "log", "/srv/data"))


def test_what_was_not_synced_may_be_there_in_any_part(calls, tmp_path):
    found = cuts_behind(calls, WRITTEN, tmp_path)
    assert () in found
    contents = {files[0][1] for files in found if files}
    assert {b"", b"one\n", b'one\n"two"', b'\0\0\0\0"two"'} <= contents
    assert any(b"one\n" < content < b'one\n"two"' for content in contents)


def test_a_synced_file_is_whole_and_may_have_no_name(calls, tmp_path):
    whole = (("a", b'one\n"two"'),)
    assert cuts_behind(calls, SYNCED, tmp_path) == {(), whole}
    assert cuts_behind(calls, NAMED, tmp_path) == {whole}


def test_a_renaming_happens_whole_or_not_at_all(calls, tmp_path):
    found = cuts_behind(calls, len(calls), tmp_path)
    assert {tuple(name for name, _ in files) for files in found} == {("a",), ("b",)}
    contents = {content for files in found for _, content in files}
    assert {b'one\n"two"', b'one\n"t', b"one\nthree", b"one\nth"} <= contents


def test_without_strace_it_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SystemExit, match="apt-get install strace"):
        recording.record(["true"], "log")


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed.")
@pytest.mark.parametrize(("synchronous", "ends"), [("FULL", 0), ("NORMAL", 1)])
def test_no_answered_act_is_lost_unless_commits_are_not_synced(
    capsys, synchronous, ends
):
    assert power.main(["40", "1", synchronous]) == ends, capsys.readouterr().out
    assert capsys.readouterr().out.count("10 cuts") == 4
