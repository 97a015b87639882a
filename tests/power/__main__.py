"""Prepare a newspaper, or act on it: prepare|act PAGES ANSWERS FULL|NORMAL."""

import os
import sys
from importlib import import_module

import django
from django.conf import settings

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    options = settings.DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("FULL", sys.argv.pop())
    # Nobody collects the static files for some forms that nobody looks at.
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    django.setup()
    import_module("tests.power.acts").main(*sys.argv[1:])
