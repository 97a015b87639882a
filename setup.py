"""Newsroom is an application: it runs from its folder, and pip builds nothing of it."""

import sys

sys.exit("Newsroom is an application, not a package: run bin/run, or see README.md.")
