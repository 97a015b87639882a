"""No stranger's text forges a line of the log or moves the operator's cursor."""

import logging
import os
import subprocess
import sys
import unicodedata
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.imports.reports import FileLine, ImportReport, StoryLine
from articles.imports.undo import undo_run
from articles.models import Article, ImportRun
from newsroom.log_lines import LogLines
from tests.imports.arrivals import write_picture
from tests.imports.pages import write_page
from tests.imports.test_reimport import edit
from tests.newcomer import HOUSE, environment

HOSTILE = [
    "one\n2026-01-01 00:00:00 INFO: Sign-in of nida from 127.0.0.1",
    "one\r\nforged",
    "one\rforged",
    "clear\x1b[2J",
    "clear\x9b2J",
    "ring\x07\x00\x7f\x08",
    "turn\u202egnp.exe\u2066",
    "part\u2028and\u2029part",
    "half\udcff",
    "private\ue000",
]


def unseen(text):
    """Return what a terminal would obey in a line."""
    kinds = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
    return [c for c in text if unicodedata.category(c) in kinds]


@pytest.fixture
def log():
    """The lines of a log as the settings have it."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LogLines(settings.LOGGING["formatters"]["lines"]["fmt"]))
    logger = logging.getLogger("a stranger")
    logger.addHandler(handler)
    yield logger, stream
    logger.removeHandler(handler)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_record_is_one_line(log, text):
    logger, stream = log
    logger.warning("The picture %s of %r was refused: " + text, text, text)
    (line,) = stream.getvalue().splitlines()
    assert line.count("⟨") >= 2
    assert not unseen(line)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_an_error_adds_is_set_in(log, text):
    logger, stream = log
    try:
        raise ValueError(text)
    except ValueError:
        logger.exception("It failed.", stack_info=True)
    first, *lines = stream.getvalue().removesuffix("\n").split("\n")
    assert first.endswith("ERROR: It failed.")
    assert len(lines) > 3
    assert all(line.startswith("  ") for line in lines)
    assert not unseen("".join(lines))


def test_letters_of_any_script_and_joiners_stay_as_they_are(log):
    logger, stream = log
    logger.warning("The story “میناء” می‌خواهم 港口 naïve 👩‍🔬")
    assert stream.getvalue().endswith("The story “میناء” می‌خواهم 港口 naïve 👩‍🔬\n")


def test_every_handler_writes_these_lines():
    handlers = settings.LOGGING["handlers"]
    assert {handler["formatter"] for handler in handlers.values()} == {"lines"}


@pytest.mark.parametrize(
    "name", ["", "django", "django.request", "django.server", "newsroom.door"]
)
def test_every_log_has_these_lines(name):
    logger = logging.getLogger(name)
    while not logger.handlers:
        logger = logger.parent
    own = [h for h in logger.handlers if type(h) is logging.StreamHandler]
    assert own
    assert all(isinstance(handler.formatter, LogLines) for handler in own)


@pytest.fixture
def folder(tmp_path):
    """Sources and pictures with names as only an attacker gives them."""
    for number, text in enumerate(HOSTILE):
        name = text.replace("\x00", "").replace("/", "")
        write_page(tmp_path, f"{name}{number}.txt", f"Ferry {number} sails\n")
        (tmp_path / f"{name}.jpg").write_bytes(b"no picture")
        (tmp_path / f"empty {name}.txt").touch()
    write_picture(tmp_path, "gull\x1b[2Js.jpg", "Gulls\u202e over the quay")
    return tmp_path


def printed(name, *args):
    out, err = StringIO(), StringIO()
    try:
        call_command(name, *args, stdout=out, stderr=err)
    except CommandError as error:
        err.write(str(error))
    return [*out.getvalue().split("\n"), *err.getvalue().split("\n")]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["import_articles", "import_pictures"])
def test_the_names_of_files_are_printed_and_not_obeyed(folder, name):
    lines = printed(name, folder)
    assert sum(line.startswith("Refused: ") for line in lines) == len(HOSTILE)
    assert not unseen("".join(lines))


def test_what_inspecting_prints_is_not_obeyed(folder):
    assert not unseen("".join(printed("inspect_source", folder)))


@pytest.mark.django_db
@pytest.mark.parametrize("text", HOSTILE)
def test_a_report_that_cannot_be_written_is_named_so_too(tmp_path, text):
    report = tmp_path / text.replace("\x00", "") / "report.json"
    (line,) = filter(None, printed("import_articles", tmp_path, "--report", report))
    assert "cannot be written" in line
    assert not unseen(line)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_headline_forges_no_line_of_a_summary(text):
    report = ImportReport()
    story = StoryLine(text, (1, 2), "conflict", "7kq2m", [], conflicts=1)
    report.add(FileLine(text, text, "", stories=[story]))
    (line,) = (each for each in report.as_text().split("\n") if "conflict for" in each)
    assert not unseen(line)


@pytest.mark.django_db
def test_a_headline_forges_no_line_of_what_was_undone(tmp_path):
    printed("import_articles", write_page(tmp_path))
    edit(Article.objects.first(), headline="Mine\u202e\x9b2J")
    told = undo_run(ImportRun.objects.get().pk, timezone.now()).as_text()
    assert "Mine⟨202E⟩" in told
    assert not unseen(told.replace("\n", ""))


@pytest.mark.parametrize("command", ["manage.py inspect_source", "-m articles.parsing"])
def test_a_terminal_without_the_letters_gets_what_it_can_print(tmp_path, command):
    path = write_page(tmp_path, "half\udcff.txt", "Ferry “میناء” sails\n\nIt sails.\n")
    done = subprocess.run(
        [sys.executable, *command.split(), path],
        cwd=HOUSE,
        env=environment(DATA_DIR=str(tmp_path / "data"), PYTHONIOENCODING="ascii"),
        capture_output=True,
    )
    assert done.stderr == b""
    assert done.returncode == 0
    assert b"Ferry" in done.stdout
    assert os.fsdecode(done.stdout).isascii()
    assert Path(path).exists()
