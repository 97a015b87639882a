import brotli
import pytest
from django.core.files.base import ContentFile

from newsroom.static_files import ENTRY, IMPORT, JoinedStaticFilesStorage, join_styles
from tests.newcomer import HOUSE

STATIC = HOUSE / "static"


def test_imported_styles_stand_in_their_order_and_those_for_paper_apart():
    files = {"a.css": "/* Copy. */\na {\n  color: red;\n}\n", "b.css": "b {}\n"}
    entry = '/* All. */\n\n@import "a.css";\n@import "b.css" print;\n'
    assert join_styles(entry, files.get) == (
        "a {\ncolor: red;\n}\n@media print {\nb {}\n}"
    )


def test_every_style_of_the_pages_is_imported_once():
    imported = [
        found["name"] for found in IMPORT.finditer((STATIC / ENTRY).read_text())
    ]
    styles = {path.name for path in STATIC.glob("*.css")} - {ENTRY}
    assert sorted(imported) == sorted(styles)


@pytest.fixture
def collect(tmp_path):
    """Return a function that collects some files as `collectstatic` does."""
    storage = JoinedStaticFilesStorage(tmp_path)

    def collect(**changed):
        paths = {}
        for path in STATIC.glob("*.css"):
            text = changed.get(path.stem, path.read_text())
            storage.delete(path.name)
            storage.save(path.name, ContentFile(text))
            paths[path.name] = (storage, path.name)
        list(storage.post_process(paths))
        return tmp_path / storage.stored_name(ENTRY)

    return collect


def test_collected_style_is_one_file_in_every_coding(collect):
    style = collect()
    text = style.read_bytes()
    assert b"@import" not in text
    assert b"/*" not in text
    assert brotli.decompress(style.with_name(f"{style.name}.br").read_bytes()) == text
    assert style.with_name(f"{style.name}.gz").exists()


def test_what_only_debuggers_ask_for_is_not_compressed(tmp_path):
    compressor = JoinedStaticFilesStorage(tmp_path).create_compressor()
    assert compressor.should_compress("desk/editor.js")
    assert not compressor.should_compress("desk/editor.js.map")


def test_style_has_another_name_when_a_part_of_it_changed(collect):
    first, second = collect(), collect(card=".card {}")
    assert first.name != second.name
    assert b".card {}" in second.read_bytes()
