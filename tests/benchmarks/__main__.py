"""Measure one thing by its name: bin/bench NAME [ARGUMENT…]."""

import os
import sys
from importlib import import_module
from pkgutil import iter_modules

import django

from tests import benchmarks


def main(name=None, *arguments):
    names = {
        module.name.rstrip("_"): module.name
        for module in iter_modules(benchmarks.__path__)
        if not module.name.startswith("_")
    }
    if name in names:
        return import_module(f"tests.benchmarks.{names[name]}").main(list(arguments))
    for known, module in sorted(names.items()):
        said = import_module(f"tests.benchmarks.{module}").__doc__.strip()
        print(f"  bin/bench {known:10} {said.splitlines()[0]}")
    return 0 if name in (None, "--help", "-h") else 2


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    sys.exit(main(*sys.argv[1:]))
