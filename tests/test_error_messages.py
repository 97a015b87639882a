"""What keeps a command from its work is said in a sentence, never in a traceback."""

import os
import resource
import signal
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError, connection

from articles.models import ImportRun
from newsroom import start
from newsroom.error_messages import errors_in_one_sentence, explain
from tests.imports.arrivals import write_picture
from tests.imports.children import run_in_child
from tests.imports.pages import PAGE, write_page
from tests.newcomer import HOUSE, call, environment, free_port, manage
from tests.troubles import UNREADABLE, UNWRITABLE, elsewhere

WRITING = ["import_articles", "import_pictures", "undo_import"]


SETTINGS = {
    "no number": ({"PORT": "eighty"}, "PORT must be a whole number"),
    "no hours": ({"TIME_ZONE": "Mars/Olympus"}, "TIME_ZONE must be the name"),
    "no address": ({"DATABASE_URL": "nowhere"}, "DATABASE_URL must be like postgres"),
    "no folder": ({"DATA_DIR": "/dev/null/x"}, "DATA_DIR must be writable"),
    "no server": ({"DATABASE_URL": f"postgres://127.0.0.1:{free_port()}/x"}, "refused"),
    "no database": ({}, "no tables yet: run `manage.py migrate` first."),
}


@pytest.mark.once
@pytest.mark.parametrize("case", SETTINGS)
def test_every_command_says_what_is_wrong_around_it(case, tmp_path):
    changes, expected = SETTINGS[case]
    changes = {"DATA_DIR": str(tmp_path)} | changes
    code, sentence = manage("undo_import", **changes)
    assert code == 1
    assert "CommandError" not in sentence
    assert expected in sentence


@pytest.mark.once
def test_commands_of_django_say_so_too(tmp_path):
    (tmp_path / "newsroom.sqlite3").write_bytes(b"\x99" * 8192)
    code, sentence = manage("migrate", DATA_DIR=str(tmp_path))
    assert code == 1
    assert "It is damaged: restore a backup" in sentence


def test_a_mail_that_cannot_be_sent_is_not_the_disk_s_fault(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    with pytest.raises(SystemExit) as ended, errors_in_one_sentence():
        call_command("sendtestemail", "ann@news.example")
    sentence = f"No mail was sent by 127.0.0.1, port {settings.EMAIL_PORT}: "
    assert str(ended.value).startswith(sentence)


def arguments(name, folder):
    return [ImportRun.objects.get().pk] if name == "undo_import" else [folder]


def call_quietly(name, *args, **options):
    call_command(name, *args, stdout=StringIO(), stderr=StringIO(), **options)


@pytest.fixture
def imported(tmp_path):
    """A folder that was imported, and changed since.

    One story is long: even a revision of it finds no room in a database that is full.
    """
    lines = "\n\n".join(f"Ship {n} left the harbour at noon." for n in range(200))
    text = PAGE.replace("\n\n\n\n\nA crane", f"\n\n{lines}\n\n\n\n\nA crane")
    page = write_page(tmp_path, text=text)
    call_quietly("import_articles", tmp_path)
    page.write_text(page.read_text().replace("no boat", "one boat"))
    caption = "A crane is checked for damage at Port Meridian on March 13, 2026."
    write_picture(tmp_path, "crane.jpg", caption)
    return tmp_path


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("trouble", UNWRITABLE)
@pytest.mark.parametrize("name", ["import_articles", "undo_import"])
def test_a_database_in_trouble_is_said(imported, name, trouble):
    args = arguments(name, imported)
    with trouble(), pytest.raises(CommandError) as failed:
        call_quietly(name, *args)
    assert str(failed.value).startswith("The database ")
    assert str(failed.value).count(". ") >= 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("trouble", UNREADABLE)
@pytest.mark.parametrize("name", WRITING)
def test_a_dry_run_and_a_list_say_so_too(imported, name, trouble):
    args = arguments(name, imported)
    with trouble(), pytest.raises(CommandError, match="The database "):
        call_quietly(name, *args, dry_run=True)
    with trouble(), pytest.raises(CommandError, match="The database "):
        call_quietly("undo_import")


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_a_full_disk_at_the_lock_file_is_said(imported):
    """The system's limit on the size of a file stands for a full disk."""

    def import_all():
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        with pytest.raises(CommandError, match=r"File too large\. Make room there"):
            call_quietly("import_articles", imported)

    assert run_in_child(import_all) == 0


def test_a_fault_of_the_program_keeps_its_traceback():
    with pytest.raises(ProgrammingError), errors_in_one_sentence():
        raise ProgrammingError("syntax error")


def test_ctrl_c_is_no_fault(capsys):
    with pytest.raises(SystemExit) as end, errors_in_one_sentence():
        raise KeyboardInterrupt
    assert end.value.code == 130
    assert capsys.readouterr().err == "Stopped.\n"


# What Python runs before a program: it presses Ctrl-C when Django is imported.
PRESS = """
import signal, sys
# Whatever runs the tests may ignore it.
signal.signal(signal.SIGINT, signal.default_int_handler)
class Press:
    def find_spec(self, name, path=None, target=None):
        if name == "django":
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Press())
"""


@pytest.mark.once
@pytest.mark.parametrize(
    "program", ["manage.py check", "-m newsroom.start", "-m newsroom.serve"]
)
def test_ctrl_c_while_a_program_begins_ends_it_without_a_word(tmp_path, program):
    (tmp_path / "sitecustomize.py").write_text(PRESS)
    place = {"PYTHONPATH": str(tmp_path), "DATA_DIR": str(tmp_path / "data")}
    done = call(sys.executable, *program.split(), cwd=HOUSE, **place)
    assert done.returncode == -signal.SIGINT
    assert done.stdout + done.stderr == ""


def test_ctrl_c_in_an_import_stops_bin_run_too(monkeypatch):
    def stop(*args):
        raise CommandError("Stopped", returncode=130)

    monkeypatch.setattr(start, "call_command", stop)
    with pytest.raises(SystemExit) as end, errors_in_one_sentence():
        start.load_stories(["page.txt"], is_demonstration=False)
    assert end.value.code == 130


@pytest.mark.once
def test_whoever_reads_no_further_is_no_fault(tmp_path):
    """Of what is printed `head` takes the first lines and goes."""
    command = [sys.executable, "manage.py", "inspect_source", "samples"]
    read, write = os.pipe()
    os.close(read)
    with open(write, "wb") as shut:  # noqa: PTH123
        done = subprocess.run(
            command,
            cwd=HOUSE,
            env=environment(DATA_DIR=str(tmp_path)),
            stdout=shut,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.stderr == ""
    assert done.returncode == 1


@pytest.mark.django_db(transaction=True)
def test_a_hint_of_the_client_is_left_out():
    """Its sentence stays whole; who asks for help is told what to do here."""
    nowhere = {"HOST": "127.0.0.1", "PORT": "1", "NAME": "/nowhere/x"}
    with elsewhere(**nowhere), pytest.raises(OperationalError) as failed:
        connection.cursor()
    sentence = explain(failed.value)
    assert sentence.startswith("The database does not answer: ")
    assert "\n" not in sentence
    assert "Is the server running" not in sentence
