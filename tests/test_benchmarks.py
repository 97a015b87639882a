"""What bin/bench measures with works; how fast things are is not tested."""

import re

import pytest

from articles.parsing import parse_source
from tests.benchmarks import import_
from tests.benchmarks.__main__ import main
from tests.benchmarks.corpus import write_corpus

pytestmark = pytest.mark.once


def test_without_a_name_it_lists_what_can_be_measured(capsys):
    assert main() == 0
    listed = capsys.readouterr().out
    assert re.search(r"bin/bench import +Import N files", listed)
    assert main("nonsense") == 2


def test_the_corpus_is_the_same_each_time_and_reads_without_doubts(tmp_path):
    for name in ("a", "b"):
        write_corpus(tmp_path / name, 12)
    texts = [path.read_bytes() for path in sorted((tmp_path / "a").rglob("*.txt"))]
    again = [path.read_bytes() for path in sorted((tmp_path / "b").rglob("*.txt"))]
    assert texts == again
    assert len(set(texts)) == 12
    for text in texts:
        reading = parse_source(text, "page.txt")
        assert len(reading.articles) == 2
        assert not any(article.warnings for article in reading.articles)
        assert not reading.unexplained


def test_an_import_is_held_against_the_floor_of_the_same_run(capsys):
    assert import_.main(["3", "sqlite"]) == 0
    said = capsys.readouterr().out
    assert "4 created" in said
    assert re.search(r"floor: +[\d,]+ stories/s, \d+ rows, 1 writing", said)
    assert re.search(r"again: .* of reading and hashing", said)
