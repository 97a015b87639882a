"""docs/IMPORTING.md explains what an import can say."""

import re

from articles.imports.stories import CRAWL_SENTENCES
from articles.parsing.reading import SENTENCES
from tests.newcomer import HOUSE

TEXT = (HOUSE / "docs/IMPORTING.md").read_text(encoding="utf-8")


def test_every_warning_is_explained():
    explained = dict(
        re.findall(r"^\| `([a-z][a-z-]+)` \| (.+?) \|$", TEXT, re.MULTILINE)
    )
    sentences = SENTENCES | CRAWL_SENTENCES
    assert list(explained) == list(sentences)
    for code, sentence in sentences.items():
        assert explained[code].startswith(sentence)


def test_every_command_it_names_is_there():
    names = re.findall(r"manage\.py\s+([a-z_]+)", TEXT)
    assert "import_articles" in names
    for name in names:
        assert (HOUSE / f"articles/management/commands/{name}.py").is_file()
