"""Keep a newspaper of this version: python -m tests.releases VERSION."""

import os
import sys
from pathlib import Path

import django


def main(version):
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    from tests.releases import copies, newspaper, state  # noqa: PLC0415

    setup_test_environment()
    call_command("migrate", verbosity=0)
    newspaper.make()
    copies.save(Path(__file__).with_name(version), state.read_state())


if __name__ == "__main__":
    main(*sys.argv[1:])
