import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.parsing.__main__ import main

ROOT = Path(__file__).parents[2]
FERRY = ROOT / "samples" / "city" / "night-ferry.txt"


def printed(capsys, *arguments):
    """Run the command and return its exit code, its JSON and its complaints."""
    code = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, json.loads(out)["sources"], err


def test_whoever_reads_no_further_is_no_fault():
    """Of what is printed `head` takes the first lines and goes."""
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "articles.parsing", FERRY]
    with open(write, "wb") as shut:  # noqa: PTH123
        done = subprocess.run(command, cwd=ROOT, stdout=shut, stderr=subprocess.PIPE)
    assert done.stderr == b""
    assert done.returncode == -signal.SIGPIPE


WITHOUT_DJANGO = """
import sys
from articles.parsing.__main__ import main
main(sys.argv[1:])
assert "django" not in sys.modules
"""


def test_runs_without_django():
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO, FERRY],
        capture_output=True,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["sources"][0]["articles"]) == 2


def test_json_has_every_key_and_no_other(capsys):
    _, (source,), _ = printed(capsys, FERRY)
    assert list(source) == [
        "name", "sha256", "encoding", "crawled_on", "articles", "lines",
    ]  # fmt: skip
    assert list(source["lines"]) == [
        "total", "blank", "used", "furniture", "unexplained",
    ]  # fmt: skip
    first, second = source["articles"]
    assert list(first) == [
        "headline", "kicker", "section", "byline", "dateline", "updated",
        "updated_at", "updated_certainty", "published", "published_at", "short_url",
            "embargo_until",
        "highlights", "captions", "body", "lines", "warnings",
    ]  # fmt: skip
    assert first["captions"][1]["after_block"] == 5
    assert first["body"][0]["kind"] == "paragraph"
    assert first["updated_at"] == "2025-10-18"
    assert first["lines"] == [1, 38]
    assert set(first["warnings"][0]) == {"line", "code", "text"}
    assert source["lines"]["furniture"][0] == {"line": 4, "rule": "short-url"}
    assert second["captions"] == []
    assert (first["kicker"], first["byline"], source["crawled_on"]) == (None,) * 3


def test_lines_add_up(capsys):
    _, (source,), _ = printed(capsys, FERRY)
    lines = source["lines"]
    counted = lines["blank"] + lines["used"] + len(lines["furniture"])
    assert counted + len(lines["unexplained"]) == lines["total"] == 56


def test_moment_of_the_crawl_is_an_argument(capsys):
    _, (source,), _ = printed(capsys, "--crawled-at", "2025-10-20T09:00+00:00", FERRY)
    assert source["articles"][1]["updated_at"] == "2025-10-20T08:39:14+00:00"


def test_file_time_is_the_last_resort(capsys, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("Ferry returns\nUpdated 1 min ago\nIt left.")
    saved = datetime(2025, 10, 20, 9, tzinfo=UTC).timestamp()
    os.utime(page, (saved, saved))
    _, (source,), _ = printed(capsys, page)
    assert source["articles"][0]["updated_at"] == "2025-10-20T08:59:00+00:00"


def test_refused_file_is_named_and_the_others_are_printed(capsys, tmp_path):
    empty, binary = tmp_path / "empty.txt", tmp_path / "binary.txt"
    empty.write_text(" \n")
    binary.write_bytes(b"\x00\x01")
    missing = tmp_path / "missing.txt"
    code, sources, complaints = printed(capsys, empty, binary, FERRY, missing)
    assert code == 1
    assert [source["name"] for source in sources] == ["night-ferry.txt"]
    reasons = ("is empty", "contains NUL bytes", "cannot be read")
    for path, reason, line in zip(
        (empty, binary, missing), reasons, complaints.splitlines(), strict=True
    ):
        assert line.startswith(f"{path} {reason}")


def test_help_has_an_example(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "example: python -m articles.parsing samples/" in capsys.readouterr().out
