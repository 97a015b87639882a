"""Which dates rest on nothing but a file's time, which a copy sets anew."""

import os
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.imports import date_evidence
from articles.imports.run import import_sources
from articles.imports.stories import ImportOptions
from articles.models import Article, SourceFile
from articles.store import read
from articles.story.moment import Moment
from tests.imports.pages import PAGE, write_page
from tests.imports.test_reimport import edit
from tests.imports.test_run import CRAWLED_AT, row_counts

pytestmark = pytest.mark.django_db

PIER = PAGE[PAGE.index("Council votes") :]
WRITTEN_AT = datetime(2026, 3, 18, 8, tzinfo=UTC)


def bring(path, crawled_at=None, **options):
    os.utime(path, (WRITTEN_AT.timestamp(), WRITTEN_AT.timestamp()))
    import_sources([path], ImportOptions(), crawled_at=crawled_at, **options)


def check():
    """Return the lines that the command prints, and what it ends with."""
    said = StringIO()
    try:
        call_command("check_dates", stdout=said, stderr=StringIO())
    except CommandError as error:
        return said.getvalue().splitlines(), (error.returncode, str(error))
    return said.getvalue().splitlines(), (0, "")


@pytest.fixture
def unproven(tmp_path):
    """A story whose page says no more than “14 sec ago”."""
    bring(write_page(tmp_path, text=PIER))
    return Article.objects.get()


def test_a_story_dated_by_its_file_s_time_is_listed_with_its_line(unproven):
    before = row_counts(), read.story(unproven.pk)
    lines, end = check()
    where = "2026-03-18  page.txt, line 3"
    assert lines == [f"{unproven.code}  {where}: {unproven.headline}"]
    assert end == (1, "Dates without evidence: 1.")
    assert (row_counts(), read.story(unproven.pk)) == before


@pytest.mark.parametrize(
    ("text", "crawled_at"),
    [
        (PIER, CRAWLED_AT),
        (f" date 2026-03-17   • Search form\n\n{PIER}", None),
        (PIER.replace("14 sec ago", "14 March 2026"), None),
        (PIER.replace("Updated 14 sec ago\n", ""), None),
    ],
)
def test_a_date_with_evidence_or_none_is_not_listed(tmp_path, text, crawled_at):
    bring(write_page(tmp_path, text=text), crawled_at)
    assert SourceFile.objects.exists()
    assert check() == (["Every estimated date has evidence."], (0, ""))


def test_what_an_editor_stated_needs_no_other_evidence(unproven):
    assert check()[0]
    edit(unproven, published=Moment(WRITTEN_AT))
    assert check()[1] == (0, "")


def test_a_crawl_that_is_told_afterwards_is_evidence(unproven, tmp_path):
    bring(tmp_path / "page.txt", CRAWLED_AT, is_again=True)
    assert check()[1] == (0, "")
    assert read.story(unproven.pk).published.at.date() == CRAWLED_AT.date()


def test_few_files_are_in_memory_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(date_evidence, "FILES_AT_ONCE", 1)
    for number in range(3):
        text = PIER.replace("ferry pier", f"ferry {'pier ' * (number + 1)}")
        text = text.replace("voted", f"voted {number + 3} to {number}")
        bring(write_page(tmp_path, f"{number}.txt", text))
    assert len(check()[0]) == Article.objects.count()
