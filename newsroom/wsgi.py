import os
from contextlib import suppress

from django.core.wsgi import get_wsgi_application
from django.db import Error

from newsroom.sqlite_file import pin_database_file

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django_application = get_wsgi_application()
pin_database_file()

# Its parts are Django's, which is set up by now.
from articles.store.photos import delete_unfinished_photos  # noqa: E402
from newsroom.door import Door  # noqa: E402

# The server starts in any case; the next start tries again.
with suppress(Error, OSError):
    delete_unfinished_photos()
application = Door(django_application)
