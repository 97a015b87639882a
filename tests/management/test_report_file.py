"""A report destroys nothing: no source, and no report before it is whole."""

import json
import os
import resource
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.imports.files import TEXT
from articles.management.report_file import (
    check_report,
    write_report,
    writing_details,
)
from articles.models import ImportRun
from tests.imports.arrivals import write_picture
from tests.imports.children import run_in_child
from tests.imports.pages import write_page


@dataclass
class Told:
    """A line of a report, or all of one."""

    name: str = "page.txt"

    def as_json(self):
        return {"told": self.name}


@pytest.fixture
def pages(tmp_path):
    """A folder with a page and a picture, and their bytes as they must stay."""
    folder = tmp_path / "pages"
    write_page(folder, "page.txt")
    write_picture(folder, "gulls.jpg")
    before = contents(folder)
    yield folder
    after = contents(folder)
    assert {name: after.get(name) for name in before} == before


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.exists()}


def by_itself(source):
    return source


def by_a_detour(source):
    return source.parent / ".." / source.parent.name / source.name


def by_a_path_from_here(source):
    return Path(os.path.relpath(source))


def by_a_link(source):
    return linked(source, source.parent.parent / "report.json")


def by_a_link_of_a_folder(source):
    return linked(source.parent, source.parent.parent / "elsewhere") / source.name


def by_a_hard_link(source):
    link = source.parent.parent / "report.json"
    link.hardlink_to(source)
    return link


def by_a_link_among_the_sources(source):
    """Take a source for the report's place, which is outside and not there yet."""
    report = source.parent.parent / "report.json"
    linked(report, source.with_name(f"linked{source.suffix}"))
    return report


def by_a_new_name_among_the_sources(source):
    return source.with_name(f"report{source.suffix.upper()}")


def linked(there, here):
    here.symlink_to(there)
    return here


WAYS = [
    by_itself,
    by_a_detour,
    by_a_path_from_here,
    by_a_link,
    by_a_link_of_a_folder,
    by_a_hard_link,
    by_a_link_among_the_sources,
    by_a_new_name_among_the_sources,
]
COMMANDS = {"import_articles": "page.txt", "import_pictures": "gulls.jpg"}


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("is_dry_run", [True, False])
def test_a_report_over_a_source_is_refused_before_any_work(
    pages, command, way, is_dry_run
):
    report = way(pages / COMMANDS[command])
    with pytest.raises(CommandError, match="files to be read") as refused:
        call_command(command, pages, report=report, dry_run=is_dry_run)
    # Django prints the name of the class before the sentence.
    assert refused.type is CommandError
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("way", WAYS[:6])
def test_a_report_over_a_source_that_is_named_is_refused(pages, way):
    page = pages / "page.txt"
    with pytest.raises(CommandError, match="files to be read"):
        check_report(way(page), [page], TEXT)


def test_a_report_over_a_named_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="files to be read"):
        check_report(tmp_path / "new.txt", [tmp_path / "new.txt"], TEXT)


@pytest.mark.parametrize(
    "place", ["pages/report.json", "pages/.reports/report.txt", "report.txt"]
)
def test_a_report_that_no_import_would_take_for_a_source_is_written(tmp_path, place):
    write_page(tmp_path / "pages")
    report = tmp_path / place
    report.parent.mkdir(exist_ok=True)
    check_report(report, [tmp_path / "pages"], TEXT)
    assert not report.exists()
    write_report(report, Told())
    assert json.loads(report.read_text()) == {"told": "page.txt"}


@pytest.mark.parametrize(
    "place", [".", "no-such-folder/report.json", "file/report.json", "loop", "pipe"]
)
def test_a_report_that_has_no_place_is_refused_at_once(tmp_path, place):
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CommandError, match="cannot be written"):
        check_report(tmp_path / place, [], TEXT)


@pytest.mark.parametrize("place", ["/dev/null", "/proc/report.json"])
def test_a_device_is_no_place_and_stays_what_it_is(place):
    with pytest.raises(CommandError, match="cannot be written"):
        check_report(Path(place), [], TEXT)


@pytest.mark.parametrize(
    "name", ["newsroom.sqlite3", "newsroom.sqlite3-wal", "secret_key", "media/a.json"]
)
def test_a_report_over_the_newspaper_itself_is_refused(tmp_path, settings, name):
    settings.DATA_DIR = tmp_path
    own = tmp_path / name
    own.parent.mkdir(exist_ok=True)
    own.touch()
    with pytest.raises(CommandError, match="newspaper's own files"):
        check_report(own, [], TEXT)
    check_report(tmp_path / "report.json", [], TEXT)


@pytest.fixture
def report(tmp_path):
    """A report of an earlier run."""
    path = tmp_path / "report.json"
    path.write_text("earlier")
    return path


def test_the_report_before_stays_until_the_new_one_is_whole(report):
    with writing_details(report) as (line, end):
        line(Told())
        assert report.read_text() == "earlier"
        end(Told("all"))
        assert report.read_text() == "earlier"
    whole = {"files": [{"name": "page.txt"}], "told": "all"}
    assert json.loads(report.read_text()) == whole
    assert list(report.parent.iterdir()) == [report]


def test_a_run_without_files_has_a_report_too(report):
    with writing_details(report) as (_, end):
        end(Told("all"))
    assert json.loads(report.read_text()) == {"files": [], "told": "all"}


def test_a_run_broken_off_reports_what_it_came_to(report):
    def break_off():
        with writing_details(report) as (line, _):
            line(Told())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert json.loads(report.read_text()) == {"files": [{"name": "page.txt"}]}
    assert list(report.parent.iterdir()) == [report]


def test_a_run_that_never_began_leaves_the_report_before(report):
    with pytest.raises(KeyboardInterrupt), writing_details(report):
        raise KeyboardInterrupt
    assert report.read_text() == "earlier"
    assert list(report.parent.iterdir()) == [report]


def test_a_disk_that_takes_no_more_is_said_and_leaves_the_report_before(report):
    """The system's limit on the size of a file stands for a full disk."""

    def write_details():
        with writing_details(report) as (line, end):
            for _ in range(1000):
                line(Told())
            end(Told())

    def write_much():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        with pytest.raises(CommandError, match="File too large"):
            write_details()
        with pytest.raises(CommandError, match="File too large"):
            write_report(report, Told("x" * 10_000))

    assert run_in_child(write_much) == 0
    assert report.read_text() == "earlier"
    assert list(report.parent.iterdir()) == [report]


def test_a_link_stays_a_link_and_a_private_report_private(report):
    report.chmod(0o600)
    link = linked(report, report.with_name("link.json"))
    write_report(link, Told())
    assert link.is_symlink()
    assert report.stat().st_mode & 0o777 == 0o600
    assert json.loads(report.read_text()) == {"told": "page.txt"}


@pytest.mark.django_db
def test_a_name_that_no_encoding_has_stands_in_the_report(pages, tmp_path):
    Path(os.fsdecode(os.fsencode(pages) + b"/gulls\xff.png")).touch()
    report = tmp_path / "report.json"
    call_command(
        "import_articles", pages, report=report, stdout=StringIO(), stderr=StringIO()
    )
    told = json.loads(report.read_text())["passed_over"]
    assert str(pages / "gulls\udcff.png") in told
