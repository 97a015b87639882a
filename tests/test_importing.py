"""docs/IMPORTING.md explains what an import can say."""

import re

from articles.parsing.reading import SENTENCES
from tests.newcomer import HOUSE

TEXT = (HOUSE / "docs/IMPORTING.md").read_text(encoding="utf-8")


def test_every_warning_is_explained():
    explained = dict(re.findall(r"^\| `([a-z-]+)` \| (.+?) \|$", TEXT, re.MULTILINE))
    assert list(explained) == list(SENTENCES)
    for code, sentence in SENTENCES.items():
        assert explained[code].startswith(sentence)


def test_every_command_it_names_is_there():
    names = re.findall(r"manage\.py\s+([a-z_]+)", TEXT)
    assert "import_articles" in names
    for name in names:
        assert (HOUSE / f"articles/management/commands/{name}.py").is_file()
