"""Which Newsroom this is: pyproject.toml says it, and nothing else does."""

import tomllib
from pathlib import Path
from platform import python_version

from django import get_version

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
VERSION = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["version"]


def describe_versions():
    return f"Newsroom {VERSION}, Django {get_version()}, Python {python_version()}"
