import json
import signal
from datetime import UTC, date, timedelta
from io import StringIO
from itertools import count

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles.imports import run
from articles.imports.reports import FileLine, ImportReport, StoryLine
from articles.models import Article, ImportRun, SourceFile, Tag
from articles.story.moment import Moment
from tests.builders import make_section
from tests.imports.pages import PAGE, write_page

pytestmark = pytest.mark.django_db


def call(*args, **options):
    options = {"stdout": StringIO(), "stderr": StringIO()} | options
    call_command("import_articles", *map(str, args), **options)
    return options["stdout"].getvalue()


def test_the_summary_says_what_was_read_and_made(tmp_path):
    text = call(write_page(tmp_path), "--crawled-at", "2026-03-20")
    assert "1 file read, 0 refused." in text
    assert "Stories: 2 created, 0 changed, 0 in conflict, 0 unchanged." in text
    assert "Status: 2 published." in text
    assert f"Warnings: 1 × relative-time ({tmp_path / 'page.txt'}, line 27)." in text


def test_the_summary_says_what_waits_and_why(tmp_path):
    write_page(tmp_path, text=PAGE.replace("Updated 14 March 2026\n", ""))
    bare = tmp_path / "bare.txt"
    bare.write_text("Ferry lost\n\nUpdated 14 March 2026\nFollow\n\nFerry lost\n")
    text = call(tmp_path)
    assert "Status: 1 published, 2 in review: 1 without a " in text
    assert "1 without a date" in text
    assert "1 without a body" in text


def test_the_summary_says_what_readers_do_not_see_yet(tmp_path):
    """A page of tomorrow is believed: elsewhere on earth that has begun."""
    tomorrow = f"{timezone.localdate() + timedelta(days=1):%d %B %Y}"
    page = PAGE.replace("14 March 2026", tomorrow)
    text = call(write_page(tmp_path, text=page))
    assert "Status: 2 published (1 when its date comes)." in text


def test_the_summary_names_the_first_lines_of_each_warning():
    report = ImportReport()
    for number in range(1, 6):
        warnings = [{"line": number, "code": code} for code in ("odd", "rare")]
        story = StoryLine("Fog", (1, 9), "created", "7kq2m", warnings[: 6 - number])
        report.add(FileLine(f"{number}.txt", "", "", stories=[story]))
    assert [line for line in report.as_text().split("\n") if "Warnings" in line] == [
        "Warnings: 5 × odd (1.txt, line 1; 2.txt, line 2; 3.txt, line 3; …).",
        "Warnings: 4 × rare (1.txt, line 1; 2.txt, line 2; 3.txt, line 3; …).",
    ]


def test_what_lacks_nothing_and_waits_is_said_to_lack_nothing(tmp_path):
    text = call(write_page(tmp_path), "--status", "in_review")
    assert "Status: 2 in review: 2 lacking nothing." in text


def test_which_database_is_written_to_is_said_without_its_password(tmp_path):
    report = tmp_path / "report.json"
    text = call(write_page(tmp_path), "--report", report)
    known = connection.settings_dict
    said = json.loads(report.read_text())["database"]
    assert f"Database: {said}." in text
    assert str(known["NAME"]) in said
    assert not known["PASSWORD"] or known["PASSWORD"] not in text


def test_the_report_says_of_each_story_what_readers_get_and_why_not(tmp_path):
    make_section("Ports")
    report = tmp_path / "report.json"
    page = write_page(tmp_path, text=PAGE.replace("Updated 14 March 2026\n", ""))
    crawl = ("--crawled-at", "2026-03-20T08:30")
    call(page, "--report", report, *crawl, "--tag", "Ports")
    (file,) = json.loads(report.read_text())["files"]
    assert file["path"] == str(page)
    told = ("status", "date", "date_certainty", "section", "waits_for")
    assert [[story[name] for name in told] for story in file["stories"]] == [
        ["in_review", "", "unknown", "Ports", ["date"]],
        ["published", "2026-03-20T08:29:46+00:00", "estimated", "Ports", []],
    ]


def test_a_crawl_of_which_only_the_day_is_told_dates_to_the_day(tmp_path):
    page = write_page(tmp_path)
    call(page, "--crawled-at", "2026-03-20")
    council = Article.objects.get(headline__startswith="Council")
    assert council.published == Moment(date(2026, 3, 20), "estimated")
    call(page, "--again")
    assert SourceFile.objects.get().asked["crawled_at"] == "2026-03-20"
    council.refresh_from_db()
    assert council.published == Moment(date(2026, 3, 20), "estimated")


def test_the_report_tells_the_first_publication_from_the_last_update(tmp_path):
    report = tmp_path / "report.json"
    write_page(tmp_path)
    later = PAGE.replace("Updated 14 March", "Updated 16 March")
    call(write_page(tmp_path, "later.txt", later), tmp_path, "--report", report)
    files = json.loads(report.read_text())["files"]
    told = ("date", "date_certainty", "updated", "updated_certainty")
    said = [[file["stories"][0][name] for name in told] for file in files]
    assert said[-1] == ["2026-03-14", "estimated", "2026-03-16", "stated"]


def test_a_refused_file_gives_an_exit_code_and_its_reason(tmp_path):
    (tmp_path / "empty.txt").touch()
    write_page(tmp_path)
    with pytest.raises(CommandError, match="Files refused: 1") as error:
        call(tmp_path)
    assert error.value.returncode == 1
    assert Article.objects.count() == 2


def test_the_report_tells_every_story_and_every_line(tmp_path):
    report = tmp_path / "report.json"
    call(write_page(tmp_path), "--report", report, "--dry-run")
    told = json.loads(report.read_text())
    (file,) = told["files"]
    assert told["dry_run"] is True
    assert [story["outcome"] for story in file["stories"]] == ["created", "created"]
    lines = file["lines"]
    assert lines["total"] == sum(lines.values()) - lines["total"]
    assert not Article.objects.exists()


def test_a_report_that_cannot_be_written_is_said_before_the_work(tmp_path):
    page = write_page(tmp_path)
    with pytest.raises(CommandError, match="cannot be written"):
        call(page, "--report", tmp_path / "no-such-folder" / "report.json")
    assert not Article.objects.exists()


@pytest.mark.parametrize("when", ["2026-03-20", "2026-03-20T08:30", "2026-03-20T08Z"])
def test_a_crawl_may_be_a_day_or_a_time(tmp_path, when):
    call(write_page(tmp_path), "--crawled-at", when)
    newest = Article.objects.latest_first().first()
    assert newest.published.day(UTC) == date(2026, 3, 20)


def test_a_crawl_that_is_no_date_is_refused_with_an_example(tmp_path):
    with pytest.raises(CommandError, match="2026-02-02"):
        call(write_page(tmp_path), "--crawled-at", "yesterday")


@pytest.mark.parametrize("tag", ["", " \n", "\u200f", "x" * 101])
def test_a_tag_that_is_no_name_is_refused(tmp_path, tag):
    with pytest.raises(CommandError, match="a tag has 1 to 100 characters"):
        call(write_page(tmp_path), "--tag", tag)
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("size", ["0", "-4", "10MB"])
def test_a_size_that_is_none_is_refused_with_an_example(tmp_path, size):
    with pytest.raises(CommandError, match="not a number of bytes like 10000000"):
        call(write_page(tmp_path), f"--largest={size}")


@pytest.mark.parametrize(
    ("option", "values", "example"),
    [
        ("encoding", ["", "cp9", "rot13", "utf-16", "iso2022_jp", "a\0"], "cp1250"),
        ("language", ["", "urdu", "u", "pt_br", "ar ur"], "pt-br"),
        ("time-zone", ["", "Karachi", "../x", "UTC+5", "Asia"], "Asia/Karachi"),
        ("first-year", ["", "90", "2999", "-1", "1998-01"], "first year"),
    ],
)
def test_what_cannot_be_said_of_a_crawl_is_refused(tmp_path, option, values, example):
    page = write_page(tmp_path)
    for value in values:
        with pytest.raises(CommandError, match=example):
            call(page, f"--{option}={value}")
    assert not ImportRun.objects.exists()


def test_days_in_figures_are_of_one_order(tmp_path):
    with pytest.raises(CommandError, match="not allowed with argument"):
        call(write_page(tmp_path), "--day-first", "--month-first")
    call(tmp_path, "--day-first")
    assert SourceFile.objects.get().asked["day_order"] == "day-first"


def test_a_crawl_that_lies_ahead_is_refused(tmp_path):
    ahead = (timezone.now() + timedelta(days=3)).date().isoformat()
    with pytest.raises(CommandError, match="lies ahead"):
        call(write_page(tmp_path), "--crawled-at", ahead)
    assert not ImportRun.objects.exists()


def test_what_is_said_of_a_crawl_is_heard(tmp_path):
    text = PAGE.replace("14 sec ago", "03 October 1898")
    page = tmp_path / "page.txt"
    page.write_bytes(text.replace("•", "\x95").encode("latin-1", "replace"))
    crawl = {"encoding": "windows-1252", "time-zone": "Pacific/Auckland"}
    crawl |= {"language": "EN-gb", "first-year": "1900", "crawled-at": "2026-03-20T08"}
    call(page, *(f"--{name}={value}" for name, value in crawl.items()))
    file = SourceFile.objects.get()
    assert file.encoding == "cp1252"
    harbour, pier = file.stories.order_by("position")
    assert (harbour.article.status, harbour.article.language) == ("published", "en-gb")
    assert [doubt.code for doubt in pier.doubts.all()] == ["date-implausible"]


def test_suggestions_are_left_out_on_wish(tmp_path):
    call(write_page(tmp_path), "--no-suggestions")
    assert not Tag.objects.exists()


@pytest.fixture
def three_batches(tmp_path, monkeypatch):
    """A folder of three files that are imported one by one."""
    monkeypatch.setattr(run, "MOST_FILES", 1)
    for number in range(3):
        text = PAGE.replace("Harbour", f"Harbour {number}")
        write_page(tmp_path, f"{number}.txt", text)
    return tmp_path


def test_ctrl_c_ends_behind_the_batch_in_hand_and_says_how_to_go_on(three_batches):
    pressed = press_in_batch([2])
    said = pytest.raises(CommandError, match="run the same command again")
    errors = StringIO()
    with said as error, connection.execute_wrapper(pressed):
        call(three_batches, stderr=errors)
    assert error.value.returncode == 130
    assert "Stopping after the current files" in errors.getvalue()
    assert SourceFile.objects.count() == 2
    assert ImportRun.objects.get().finished_at
    call(three_batches)
    assert SourceFile.objects.count() == 3


def test_ctrl_c_twice_stops_at_once_and_leaves_nothing_half(three_batches):
    pressed = press_in_batch([2, 2])
    said = pytest.raises(CommandError, match="run the same command again")
    with said as error, connection.execute_wrapper(pressed):
        call(three_batches)
    assert error.value.returncode == 130
    assert SourceFile.objects.count() == 1
    call(three_batches)
    assert SourceFile.objects.count() == 3


def press_in_batch(times):
    """Return a wrapper of statements that presses Ctrl-C within the n-th batch."""
    batches = count(1)

    def wrapper(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        # Each batch takes numbers for its files once.
        if params and "articles_sourcefile" in params:
            number = next(batches)
            for _ in range(times.count(number)):
                signal.raise_signal(signal.SIGINT)
        return result

    return wrapper
