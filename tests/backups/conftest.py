from contextlib import closing

import pytest
from django.db import connection
from django.db.utils import ConnectionHandler

from newsroom.backups.databases import database_of
from newsroom.secret_key import get_secret_key


class Place:
    """Where a newspaper is or will be: its folder, and a database of its own."""

    def __init__(self, folder, settings, connection):
        self.folder = folder
        self.settings = settings
        self.connection = connection
        self.database = database_of(connection)

    def enter(self):
        """Let all that is done now be done here."""
        self.settings.DATA_DIR = self.folder
        self.settings.MEDIA_ROOT = self.folder / "media"
        self.folder.mkdir(exist_ok=True)
        get_secret_key(self.folder / "secret_key")
        return self

    def files(self):
        """Return the files of the pictures and the secret key, by name."""
        names = [*self.folder.glob("media/**/*"), self.folder / "secret_key"]
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in names
            if path.is_file()
        }

    def all(self, question):
        with self.connection.cursor() as cursor:
            cursor.execute(question)
            return sorted(cursor.fetchall())

    def is_untouched(self):
        """Tell whether nothing but a fresh secret key is here."""
        return self.database.is_empty() and [
            path.name for path in self.folder.iterdir()
        ] == ["secret_key"]


@pytest.fixture
def here(transactional_db, settings, tmp_path):
    """The newspaper of the test's own database."""
    return Place(tmp_path / "here", settings, connection).enter()


@pytest.fixture
def there(here, settings, tmp_path):
    """An empty place, with another database of the same kind."""
    folder = tmp_path / "there"
    name = str(folder / "newsroom.sqlite3")
    if connection.vendor == "postgresql":
        name = f"{connection.settings_dict['NAME']}_restored"
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}"')
    handler = ConnectionHandler({"default": connection.settings_dict | {"NAME": name}})
    with closing(handler["default"]) as other:
        yield Place(folder, settings, other)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
