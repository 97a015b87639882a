"""The site's own settings, with its data in a folder that goes with the tests."""

import os
import tempfile

data_dir = tempfile.TemporaryDirectory(prefix="newsroom-tests-")
os.environ["DATA_DIR"] = data_dir.name
# On a busy machine, several hands at one thing may wait long for each other.
os.environ.setdefault("DATABASE_WAIT", "60")
os.environ.setdefault("DATABASE_LIMIT", "0")
os.environ |= {
    "SECURITY_CONTACT": "security@news.example",
    "SECURITY_EXPIRES": "2100-01-01",
}

from newsroom.settings import *

UNSYNCED = " PRAGMA synchronous=OFF;"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in service: in memory, two connections are not two of anything.
    DATABASES["default"]["TEST"] = {"NAME": f"{data_dir.name}/test.sqlite3"}
    # What is committed reaches the system, not the disk: no test cuts its power.
    DATABASES["default"]["OPTIONS"]["init_command"] += UNSYNCED
# Files are served from where they lie: no test waits for collectstatic.
STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# The slow hash protects passwords; the tests have none to protect.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
