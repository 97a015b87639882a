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


WRITING = {"save", "create", "get_or_create", "update_or_create", "delete"}
WRITING |= {"bulk_create", "bulk_update"}
# What else is written, none of it an article or what hangs on one.
WRITTEN_ELSEWHERE = {
    ("desk/people.py", "person.save"),
    ("desk/sent_forms.py", "SentForm.objects.filter(key=key).delete"),
    ("imports/demonstration.py", "tag.save"),
    ("management/commands/make_editor.py", "user.save"),
}


def writing_calls(path):
    """Yield what is called in a file that writes rows, as far as names tell.

    A dictionary is updated by what stands in the brackets, rows by name.
    """
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_update = node.func.attr == "update" and not node.args
            if is_update or node.func.attr in WRITING:
                yield ast.unparse(node.func)


def test_only_the_store_writes_articles():
    rooms = set(ROOMS) - {"store", "models", *NO_DJANGO}
    found = {
        (path.relative_to(HOUSE).as_posix(), call)
        for room in rooms
        for path in (HOUSE / room).rglob("*.py")
        for call in writing_calls(path)
    }
    assert found == WRITTEN_ELSEWHERE
    written = set(writing_calls(HOUSE / "store" / "write.py"))
    assert "model.objects.bulk_create" in written
