import inspect
import os
import signal
import socket
import sys
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.imports.files import Refused, find_files, modified_at, read_file
from articles.models import Article
from articles.parsing.__main__ import main as parse
from tests.imports.pages import write_page


def test_a_folder_gives_its_text_files_in_order_and_once(tmp_path):
    for name in ("b.txt", "a.TXT", "deep/c.txt", "a.json", ".hidden.txt", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = find_files([tmp_path / "b.txt", tmp_path])
    assert [file.name for file in found.files] == ["b.txt", "a.TXT", "deep/c.txt"]
    assert found.passed_over == [tmp_path / "a.json"]


def test_a_file_that_is_named_is_meant_whatever_its_ending(tmp_path):
    (tmp_path / "page.html").write_text("x")
    found = find_files([tmp_path / "page.html"])
    assert [file.name for file in found.files] == ["page.html"]


def test_a_path_that_leads_nowhere_is_refused_with_the_reason(tmp_path):
    (file,) = find_files([tmp_path / "gone.txt"]).files
    with pytest.raises(Refused, match="No such file"):
        read_file(file.path)


def test_a_file_may_be_as_large_as_allowed_and_no_larger(tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes(b"x" * 100)
    assert len(read_file(path, largest=100)) == 100
    with pytest.raises(Refused, match="larger than 99 bytes"):
        read_file(path, largest=99)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_file_may_have_as_many_lines_as_ten_thousand_pages(tmp_path, end):
    path = tmp_path / "page.txt"
    path.write_bytes(f"a{end}".encode() * 250_000)
    assert read_file(path, largest=99 * 10_000)
    path.write_bytes(f"a{end}".encode() * 250_001)
    with pytest.raises(
        Refused, match="longer than 250,000 lines, more than any newspaper"
    ):
        read_file(path)
    assert read_file(path, largest=20_000_000)


def test_a_folder_without_text_is_refused_rather_than_passed_over(tmp_path):
    (tmp_path / "picture.jpg").touch()
    (file,) = find_files([tmp_path]).files
    with pytest.raises(Refused, match="is a folder without"):
        read_file(file.path)


@pytest.fixture
def impatient():
    """Fail where somebody waits for what never comes."""

    def give_up(*args):
        raise AssertionError("It waits for ever.")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def make_pipe(path):
    os.mkfifo(path)


def make_socket(path):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


def make_link_to_nothing(path):
    path.symlink_to("gone")


def make_link_to_itself(path):
    path.symlink_to(path.name)


def make_link_to_a_pipe(path):
    os.mkfifo(path.with_name("pipe"))
    path.symlink_to("pipe")


def make_link_to_an_endless_file(path):
    path.symlink_to("/dev/zero")


def make_link_to_a_terminal(path):
    path.symlink_to("/dev/tty")


NOT_FILES = {
    make_pipe: "is a pipe, not a file",
    make_socket: "is a socket, not a file",
    make_link_to_nothing: "is a broken link",
    make_link_to_itself: "Too many levels of symbolic links",
    make_link_to_a_pipe: "is a pipe, not a file",
    make_link_to_an_endless_file: "is a device, not a file",
    make_link_to_a_terminal: "is a device, not a file",
}


@pytest.fixture(params=NOT_FILES, ids=lambda make: make.__name__)
def no_file(request, tmp_path, monkeypatch, impatient):
    """What is named like a page and is no file, and why it is refused."""
    folder = tmp_path / "pages"
    write_page(folder)
    # The name of a socket has to be short.
    monkeypatch.chdir(folder)
    request.param(Path("b.txt"))
    return folder / "b.txt", NOT_FILES[request.param]


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["named", "in a folder"])
@pytest.mark.parametrize("is_dry_run", [True, False])
def test_what_is_no_file_is_refused_at_once_and_the_rest_goes_in(
    no_file, way, is_dry_run
):
    path, reason = no_file
    paths = [path.parent] if way == "in a folder" else [path, path.parent / "page.txt"]
    out = StringIO()
    with pytest.raises(CommandError, match="Files refused: 1"):
        call_command("import_articles", *paths, dry_run=is_dry_run, stdout=out)
    assert "1 file read, 1 refused." in out.getvalue()
    assert f"Refused: {path} " in out.getvalue()
    assert reason in out.getvalue()
    assert Article.objects.exists() != is_dry_run


@pytest.mark.django_db
def test_no_picture_is_waited_for(no_file):
    path, reason = no_file
    picture = path.rename(path.with_suffix(".jpg"))
    out = StringIO()
    with pytest.raises(CommandError, match="Files refused: 1"):
        call_command("import_pictures", picture.parent, stdout=out, stderr=StringIO())
    assert picture.is_symlink() or reason in out.getvalue()


def test_no_file_is_looked_into_for_ever(no_file, capsys):
    path, reason = no_file
    err = StringIO()
    with pytest.raises(CommandError, match="Files refused: 1"):
        call_command("inspect_source", path, stdout=StringIO(), stderr=err)
    assert reason in err.getvalue()
    assert parse([str(path)]) == 1
    assert f"{path} " in capsys.readouterr().err


class BecomesPipe(type(Path())):
    """A file that somebody puts a pipe in the place of behind the first look."""

    def stat(self, **options):
        found = super().stat(**options)
        self.unlink()
        os.mkfifo(self)
        return found


def test_a_file_that_becomes_a_pipe_is_not_waited_for(tmp_path, impatient):
    path = BecomesPipe(tmp_path / "page.txt")
    path.write_text("x")
    with pytest.raises(Refused, match="is a pipe"):
        read_file(path)


def test_other_things_of_a_folder_are_passed_over_with_its_other_files(tmp_path):
    write_page(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "again").symlink_to(tmp_path)
    found = find_files([tmp_path])
    assert [file.name for file in found.files] == ["page.txt"]
    assert found.passed_over == [tmp_path / "pipe"]


@pytest.fixture
def little_stack():
    """Let a function call others only a few steps down."""
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 60)
    yield
    sys.setrecursionlimit(usual)


def test_a_folder_may_be_deeper_than_any_stack(tmp_path, little_stack):
    deepest = tmp_path
    for _ in range(200):
        deepest = Path(f"{deepest}/d")
        deepest.mkdir()
    page = write_page(deepest)
    assert [file.path for file in find_files([tmp_path]).files] == [page]
    # What clears up behind the tests would not get there.
    page.unlink()
    os.removedirs(deepest)


@pytest.mark.parametrize("path", ["x" * 300, "page.txt/below.txt", "loop"])
def test_a_path_that_can_be_no_path_is_refused(tmp_path, path):
    write_page(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    (file,) = find_files([tmp_path / path]).files
    with pytest.raises(Refused, match="cannot be read"):
        read_file(file.path)


def test_a_time_that_no_calendar_has_is_no_evidence(tmp_path):
    page = write_page(tmp_path)
    os.utime(page, (0, 2**40))
    assert datetime.now(UTC) - modified_at(page) < timedelta(days=1)


def test_a_file_taken_away_while_it_is_read_is_refused(tmp_path):
    with pytest.raises(Refused, match="disappeared"):
        modified_at(tmp_path / "gone.txt")
