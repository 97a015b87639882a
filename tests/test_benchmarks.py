"""What bin/bench measures with works; how fast things are is not tested."""

import json
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from articles.parsing import parse_source
from tests.benchmarks import (
    desk,
    fuzz,
    growth,
    import_,
    large,
    layouts,
    pages,
    saves,
    siege,
)
from tests.benchmarks.__main__ import main
from tests.benchmarks._besiegers import Heard
from tests.benchmarks.corpus import write_corpus
from tests.parsing.verdicts import Verdict

pytestmark = pytest.mark.once


def test_without_a_name_it_lists_what_can_be_measured(capsys):
    assert main() == 0
    listed = capsys.readouterr().out
    assert re.search(r"bin/bench import +Import N files", listed)
    assert re.search(r"bin/bench fuzz +Read N files in disorder", listed)
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


@pytest.mark.slow
def test_an_import_is_held_against_the_floor_of_the_same_run(capsys):
    assert import_.main(["3", "sqlite"]) == 0
    said = capsys.readouterr().out
    assert "4 created" in said
    assert re.search(r"floor: +[\d,]+ stories/s, \d+ rows, 1 writing", said)
    assert re.search(r"again: .* of reading and hashing", said)


@pytest.mark.slow
def test_saves_are_measured_idle_and_beside_an_import(capsys, monkeypatch):
    monkeypatch.setattr(saves, "BEFORE", 2)
    assert saves.main(["3", "2", "sqlite"]) == 0
    said = capsys.readouterr().out
    assert "sqlite: Stories: 3 created" in said
    assert re.search(r"idle +2 saves, ms: median +\d+, p95", said)
    assert re.search(r"during the import +\d+ saves, ms:", said)


def test_files_in_disorder_are_read_and_the_slowest_is_named(capsys):
    assert fuzz.main(["3", "7"]) == 0
    said = capsys.readouterr().out
    assert re.search(
        r"3 files, [\d,]+ files/s, [1-9]\d* stories, \d refused, 0 wrong", said
    )
    assert re.search(r"The slowest took [\d.]+ s: (7|8|9) ", said)


def test_a_file_that_is_read_wrongly_is_told_with_its_seed(capsys, monkeypatch):
    monkeypatch.setattr(fuzz, "ProcessPoolExecutor", ThreadPoolExecutor)
    verdict = Verdict(["line 3 is not rebuilt"], is_refused=True)
    monkeypatch.setattr(fuzz, "judge", lambda data: verdict)
    assert fuzz.main(["1", "12"]) == 1
    said = capsys.readouterr().out
    assert "0 stories, 1 refused, 1 wrong." in said
    assert "bin/bench fuzz 1 12: line 3 is not rebuilt" in said


@pytest.mark.slow
def test_hostile_pages_are_read_at_two_sizes(capsys):
    assert large.main(["0.02", "paragraphs", "bullets", "NULs"]) == 0
    said = capsys.readouterr().out
    assert re.search(r"paragraphs +[\d.]+ +[\d.]+ +[\d.]+ +\d+  1 stories", said)
    assert "has a story with 324 highlights" in said
    assert "contains NUL bytes" in said


def test_a_hostile_page_that_breaks_the_reading_spares_the_table(capsys, monkeypatch):
    def read_source(file, task):
        raise RecursionError

    monkeypatch.setattr(large, "apart", lambda work: work())
    monkeypatch.setattr(large, "read_source", read_source)
    assert large.main(["0.02", "bullets", "dashes"]) == 1
    assert capsys.readouterr().out.count("raised RecursionError") == 2


def test_the_lines_of_each_layout_are_counted(capsys):
    assert layouts.main([]) == 0
    rows = capsys.readouterr().out.splitlines()[1:]
    assert [row.split()[0] for row in rows] == [*"ABCDEFGH", "without", "samples"]
    assert layouts.main(["samples/city"]) == 0
    assert re.search(r"samples/city +3 +0 +4 +", capsys.readouterr().out)


def test_fields_are_compared_where_an_editor_read_the_page(capsys, tmp_path):
    page = (
        "Ferry back\n\nA ferry. (AFP)\nUpdated 03 May 2021\nFollow\n\nFerry back\n\nIt."
    )
    (tmp_path / "a.txt").write_text(page)
    story = {"headline": "Ferry back", "updated": "4 May 2021", "lead_credit": "AFP"}
    (tmp_path / "a.json").write_text(json.dumps({"articles": [story]}))
    layouts.main([str(tmp_path)])
    row = capsys.readouterr().out.splitlines()[1]
    assert row.split()[8:12] == ["3", "66.7%", "1", "0.0%"]


def test_of_a_folder_the_files_are_counted_that_an_import_reads(capsys, tmp_path):
    (tmp_path / "NULS.TXT").write_bytes(b"\0" * 9)
    (tmp_path / "notes.md").write_text("No page.")
    assert layouts.main([str(tmp_path), str(tmp_path / "nowhere")]) == 0
    rows = capsys.readouterr().out.splitlines()[1:]
    assert [row.split()[-11:-7] for row in rows] == [["1", "1", "0", "0"]] * 2


@pytest.mark.slow
def test_public_pages_are_measured_at_two_sizes(capsys, monkeypatch):
    monkeypatch.setattr(growth, "TURNS", 1)
    assert growth.main(["400", "sqlite"]) == 0
    said = capsys.readouterr().out
    for known in ("without", "with"):
        assert f"sqlite, {known} statistics" in said
    figures = r"tag of half, deep +[\d.]+ ms +[\d.]+ ms +[\d.]+"
    assert len(re.findall(figures, said)) == 2


@pytest.mark.slow
def test_what_a_phone_pays_is_told_of_each_kind_of_page(capsys, monkeypatch):
    monkeypatch.setattr(pages, "TURNS", 1)
    assert pages.main([]) == 0
    said = capsys.readouterr().out
    kinds = "front", "list", "section", "tag", "author", "story", "short story", "feed"
    for kind in kinds:
        assert re.search(rf"^{kind} +[\d,]+ +[\d,]+ +[\d,]+", said, re.MULTILINE), kind
    assert "no browser" in said or re.search(r"front .* \d+ +[\d.]+ +[\d,]+\n", said)


@pytest.mark.slow
def test_the_desk_is_measured_alone_and_beside_beats(capfd):
    assert desk.main(["40", "2", "sqlite"]) == 0
    said = capfd.readouterr().out
    for kind in ("article", "photo", "tag", "author"):
        assert re.search(rf"{kind} beat .* 3\.0 statements", said)
    assert len(re.findall(r"saving +\d+ times", said)) == 2


def heard(seconds, saved=(), **answers):
    answers = {who: Counter(counts) for who, counts in answers.items()}
    return Heard(answers, seconds, list(saved))


@pytest.mark.parametrize(
    ("answered", "threads", "amiss"),
    [
        (heard([0.01] * 9, ["A"], readers={"200": 9}, saves={"302": 1}), 16, 0),
        (heard([0.01] * 9, saves={"302": 1, "503 (the door)": 4}), 16, 0),
        (heard([0.01] * 9, ["A", "B"], saves={"302": 2}), 16, 1),
        (heard([0.01] * 9, saves={"503": 1, "500": 1}), 16, 2),
        (heard([0.01] * 9, readers={"200": 8, "503 (the door)": 1}), 16, 1),
        (heard([0.01] * 8 + [0.9], readers={"200": 9}), 16, 1),
        (heard([0.01] * 9), 17, 1),
    ],
)
def test_a_siege_tells_what_readers_and_an_editor_noticed(
    answered, threads, amiss, capsys
):
    outside = heard([], guesses={"503 (the door)": 3})
    phases = [
        siege.Phase("quiet", 1, heard([0.01] * 9), heard([])),
        siege.Phase("siege", 3, answered, outside, threads),
    ]
    assert siege.report("sqlite", phases, ["A"]) == amiss
    assert "guesses: 3 503 (the door)" in capsys.readouterr().out
