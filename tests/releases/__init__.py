"""Newspapers of released versions: every later version takes them on, losing nothing.

Each release has a folder with the database of one small newspaper, as that version
wrote it on SQLite and on PostgreSQL, and what stood in it (`state.py`). The folders
are never changed. For the next release, at its commit:

    python -m tests.releases 0.2.0
    python -W ignore -m tests.postgres python -m tests.releases 0.2.0

The newspaper (`newspaper.py`) is made with the code of that day; the tests read no more
than the folder and `sources/`, where new folders may come, not a file ever changes.
"""
