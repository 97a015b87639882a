"""What a newspaper needs before it starts, and what is said where it is missing."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from newsroom.startup_checks import find_lost_database
from tests.newcomer import free_port, manage
from tests.troubles import elsewhere

TABLELESS = {
    "import_articles": ["samples"],
    "import_pictures": ["samples"],
    "undo_import": [],
    "make_editor": [],
    "load_demonstration": [],
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", TABLELESS)
def test_without_tables_a_command_says_which_makes_them_and_leaves_no_file(
    tmp_path, settings, name
):
    settings.MEDIA_ROOT = tmp_path / "media"
    is_sqlite = connection.vendor == "sqlite"
    empty = str(tmp_path / "empty.sqlite3") if is_sqlite else "postgres"
    said = rf"{re.escape(empty)} has no tables yet: run `manage\.py migrate` first\.$"
    with elsewhere(NAME=empty), pytest.raises(CommandError, match=said):
        call_command(name, *TABLELESS[name], stdout=StringIO(), stderr=StringIO())
    assert not list(tmp_path.iterdir())


@pytest.mark.once
def test_a_newspaper_without_tables_is_not_served(tmp_path):
    place = {"DATA_DIR": str(tmp_path), "PORT": str(free_port())}
    code, sentence = manage(module="-m newsroom.serve", **place)
    assert code == 1
    assert sentence.endswith("no tables yet: run `manage.py migrate` first.")
    assert not (tmp_path / "newsroom.sqlite3").exists()


@pytest.mark.parametrize("start", ["newsroom.start", "newsroom.serve"])
def test_an_address_of_another_machine_is_said(tmp_path, start):
    place = {"DATA_DIR": str(tmp_path), "SITE_URL": "https://news.example"}
    code, sentence = manage(module=f"-m {start}", HOST="192.0.2.1", **place)
    assert code == 1
    assert sentence == "HOST is no address of this machine: 192.0.2.1."


@pytest.mark.once
@pytest.mark.parametrize("start", ["manage.py migrate", "-m newsroom.start"])
def test_no_empty_newspaper_is_begun_where_pictures_are(tmp_path, start):
    picture = tmp_path / "media/photos/ab/harbour.avif"
    picture.parent.mkdir(parents=True)
    picture.touch()
    code, sentence = manage(module=start, DATA_DIR=str(tmp_path), PORT=str(free_port()))
    assert code == 1
    assert "There are a newspaper's pictures in" in sentence
    assert "or move the pictures away to start a new newspaper" in sentence
    assert not (tmp_path / "newsroom.sqlite3").exists()


@pytest.mark.django_db(transaction=True)
def test_an_empty_database_is_no_home_for_pictures(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    is_sqlite = connection.vendor == "sqlite"
    empty = str(tmp_path / "empty.sqlite3") if is_sqlite else "postgres"
    assert not find_lost_database()
    with elsewhere(NAME=empty):
        assert not find_lost_database()
    (tmp_path / "harbour.avif").touch()
    assert not find_lost_database()
    with elsewhere(NAME=empty):
        assert find_lost_database()
        with pytest.raises(CommandError, match="missing or empty"):
            call_command("migrate")
