"""The house holds its arrows: each room uses only rooms below it."""

import ast
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "articles"
# From the street down to the cellar; a room may use any room further down.
ROOMS = [
    "management",
    "templatetags",
    "public",
    "desk",
    "imports",
    "tagging",
    "store",
    "models",
    "parsing",
    "pictures",
    "story",
]
FORBIDDEN = {
    ("templatetags", "parsing"),
    ("public", "desk"),
    ("public", "imports"),
    ("public", "parsing"),
    ("desk", "parsing"),
    ("tagging", "store"),
    ("tagging", "models"),
    ("models", "parsing"),
    ("models", "pictures"),
    ("parsing", "pictures"),
}
NO_DJANGO = ["tagging", "parsing", "pictures", "story"]


def imported_names(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def arrows(room):
    """Return the rooms that a room uses, and which file says so."""
    return {
        (name.split(".")[1], path.relative_to(HOUSE).as_posix())
        for path in (HOUSE / room).rglob("*.py")
        for name in imported_names(path)
        if name.startswith("articles.")
    }


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_uses_only_rooms_below_it(room):
    assert (HOUSE / room).is_dir()
    below = set(ROOMS[ROOMS.index(room) :])
    for other, path in arrows(room):
        assert other in below, f"{path} uses {other}"
        assert (room, other) not in FORBIDDEN, f"{path} uses {other}"


@pytest.mark.parametrize("room", NO_DJANGO)
def test_what_reads_bytes_and_stories_knows_no_django(room):
    for path in (HOUSE / room).rglob("*.py"):
        assert not [n for n in imported_names(path) if n.startswith("django")], path


def test_migrations_use_nothing_that_changes():
    """What one once did to rows it does for ever, whatever becomes of the house."""
    lasting = {"django", "taggit", *sys.stdlib_module_names}
    for path in (HOUSE / "migrations").glob("*.py"):
        names = {name.split(".")[0] for name in imported_names(path)}
        assert names <= lasting, path


def test_only_the_store_writes_articles():
    """`.save`, `.create` and their kin on articles stand in the store alone."""
    for room in ("public", "imports", "management"):
        for path in (HOUSE / room).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert "bulk_create(" not in text, path
            assert "Article.objects.create(" not in text, path
            assert ".tags.add(" not in text, path
