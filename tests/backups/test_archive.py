"""Whatever is not as a backup wrote it is refused in a sentence."""

import tarfile
from hashlib import sha256
from io import BytesIO

import pytest

from newsroom.backups.archive import (
    ArchiveReader,
    ArchiveWriter,
    BackupRefused,
    Manifest,
)

pytestmark = pytest.mark.once

MANIFEST = Manifest("2026-03-14", "SQLite", ["articles.0001"], {"t": 1}, 1, [])
FILES = {
    "media/photos/ab/cd/picture.jpg": b"A picture." * 90,
    "database": b"A database." * 90,
    "secret_key": b"A secret.",
}


@pytest.fixture
def archive(tmp_path):
    """A small backup, as it is written."""
    path = tmp_path / "backup.tar"
    with path.open("wb") as file, ArchiveWriter(file) as writer:
        for number, (name, data) in enumerate(FILES.items()):
            (tmp_path / str(number)).write_bytes(data)
            assert writer.add(name, tmp_path / str(number)) == sha256(data).hexdigest()
        writer.end(MANIFEST)
    return path


def rebuilt(path, members):
    """Write an archive of other members by hand, with lists and hashes that fit."""
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w|") as tar:
        for member, data in members:
            member.size = len(data)
            tar.addfile(member, BytesIO(data))
    path.write_bytes(
        out.getvalue() + f"{sha256(out.getvalue()).hexdigest()}\n".encode()
    )
    return path


def members_of(path):
    with tarfile.open(path) as tar:
        return [(member, tar.extractfile(member).read()) for member in tar]


def refusal(path):
    with pytest.raises(BackupRefused) as refused:
        ArchiveReader(path).check()
    assert str(refused.value).startswith(f"{path} is not a sound backup: ")
    return str(refused.value)


def test_what_was_written_is_read(archive):
    reader = ArchiveReader(archive)
    assert {name: file.read(1 << 20) for name, file in reader.files()} == FILES
    assert reader.manifest == MANIFEST
    assert ArchiveReader(archive).check() == MANIFEST


def test_any_byte_that_changed_is_noticed(archive):
    whole = archive.read_bytes()
    behind = range(len(whole) - 70, len(whole))
    for place in (*range(0, len(whole), 61), *behind):
        data = bytearray(whole)
        data[place] ^= 1 << place % 8
        archive.write_bytes(data)
        refusal(archive)


def test_an_archive_that_was_cut_short_is_noticed(archive):
    whole = archive.read_bytes()
    for size in (*range(0, len(whole), 509), len(whole) - 1):
        archive.write_bytes(whole[:size])
        refusal(archive)


def test_something_behind_its_end_is_noticed(archive):
    archive.write_bytes(archive.read_bytes() + b"\n")
    refusal(archive)


def test_an_archive_made_by_hand_as_a_backup_is_made_is_read(archive):
    assert ArchiveReader(rebuilt(archive, members_of(archive))).check() == MANIFEST


def hostile(name="media/more.jpg", **values):
    member = tarfile.TarInfo(name)
    for attribute, value in values.items():
        setattr(member, attribute, value)
    return member


@pytest.mark.parametrize(
    "member",
    [
        hostile(),
        hostile("media/../../../etc/cron.d/x"),
        hostile("media/.."),
        hostile("media//x"),
        hostile("media/"),
        hostile("../x"),
        hostile("/etc/passwd"),
        hostile("newsroom.sqlite3"),
        hostile("database"),
        hostile(type=tarfile.SYMTYPE, linkname="/etc/passwd"),
        hostile(type=tarfile.LNKTYPE, linkname="secret_key"),
        hostile(type=tarfile.DIRTYPE),
        hostile(type=tarfile.FIFOTYPE),
        hostile(type=tarfile.CHRTYPE),
        hostile(type=tarfile.GNUTYPE_SPARSE),
        hostile(pax_headers={"path": "media/../../x"}),
    ],
    ids=lambda member: f"{member.name} {member.type} {member.pax_headers}",
)
@pytest.mark.parametrize("place", [0, 3, 5])
def test_a_file_that_no_backup_wrote_is_refused_wherever_it_stands(
    archive, member, place
):
    members = members_of(archive)
    members.insert(place, (member, b""))
    refusal(rebuilt(archive, members))


@pytest.mark.parametrize("number", range(5))
def test_a_file_that_is_missing_or_other_is_noticed(archive, number):
    members = members_of(archive)
    (member, data) = members.pop(number)
    refusal(rebuilt(archive, members))
    members.insert(number, (member, b"Other." + data))
    refusal(rebuilt(archive, members))


@pytest.mark.parametrize(
    "text", [b"", b"[]", b"null", b'{"format": 1}', b'{"format": 2}', b"\xff"]
)
def test_what_a_backup_says_of_itself_must_be_known(archive, text):
    members = members_of(archive)
    lines = members[4][1].decode().splitlines(keepends=True)[:-1]
    lines.append(f"{sha256(text).hexdigest()}  manifest.json\n")
    members[3:] = [(members[3][0], text), (members[4][0], "".join(lines).encode())]
    refusal(rebuilt(archive, members))
