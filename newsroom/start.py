"""Prepare the newspaper and serve it: the second half of bin/run."""

import argparse
import os
import sys
from pathlib import Path

from newsroom.ctrl_c import quiet_ctrl_c

with quiet_ctrl_c():
    import django
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import CommandError, call_command

    from newsroom.database_timeouts import command_timeouts
    from newsroom.error_messages import errors_in_one_sentence
    from newsroom.health import missing_migrations
    from newsroom.serve import serve
    from newsroom.startup_checks import (
        find_lost_database,
        require_free_port,
        require_readable,
        require_writable,
    )

BASE_DIR = Path(__file__).resolve().parent.parent
# What the newspaper of the samples is called, unless somebody names it.
DEMONSTRATION = "The Sorrel Courier"
# What a command ends with when somebody pressed Ctrl-C.
STOPPED = 130


def main():
    options = read_arguments()
    is_demonstration = not (options.paths or os.environ.get("DATA_DIR"))
    if is_demonstration:
        os.environ["DATA_DIR"] = str(BASE_DIR / "var/demo")
        os.environ["SITE_NAME"] = os.environ.get("SITE_NAME") or DEMONSTRATION
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    with errors_in_one_sentence():
        require_readable(options.paths)
        require_writable(settings.DATA_DIR)
        require_free_port(settings.HOST, settings.PORT)
        django.setup()
        # Behind it no connection is open: no two processes may share one, and the
        # workers are forks.
        with command_timeouts():
            prepare_database()
            prepare_static_files()
            load_stories(options.paths, is_demonstration)
            call_command("make_editor", verbosity=0, new_password=options.new_password)
        serve()


def read_arguments():
    parser = argparse.ArgumentParser("bin/run", description="Run the newspaper.")
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="source files or folders to import; without any, the demonstration",
    )
    parser.add_argument(
        "--new-password", action="store_true", help="give the editor a new password"
    )
    return parser.parse_args()


def prepare_database():
    if lost := find_lost_database():
        sys.exit(lost)
    if missing_migrations():
        call_command("migrate", verbosity=0)


def prepare_static_files():
    """Collect the static files when one is newer than those collected before."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    collected_at = manifest.stat().st_mtime if manifest.exists() else 0
    sources = (
        Path(storage.path(name))
        for finder in get_finders()
        for name, storage in finder.list([])
    )
    if any(source.stat().st_mtime > collected_at for source in sources):
        call_command("collectstatic", interactive=False, verbosity=0)


def load_stories(paths, is_demonstration):
    """Import what was asked for; a refused file does not stop the newspaper."""
    try:
        if paths:
            call_command("import_articles", *paths)
        elif is_demonstration:
            call_command("load_demonstration")
    except CommandError as error:
        if error.returncode == STOPPED:
            raise
        print(error, file=sys.stderr)


if __name__ == "__main__":
    main()
