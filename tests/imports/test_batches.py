"""Files are imported in batches: the same stories, few statements, all cores."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.imports import known_readings, pace, workers
from articles.imports import run as run_module
from articles.models import Article, SourceFile, SourceStory, Tag
from articles.store import read
from articles.story.story import to_json
from tests.imports.pages import PAGE, write_page
from tests.imports.test_run import counts, run

HEAD, FOOT = PAGE.split("Council votes", 1)
FOOT = f"Council votes{FOOT}"


def own_page(number, foot=FOOT):
    """Return a page whose first story has words of its own."""
    names = " ".join(f"pilot{number}x{place}" for place in range(30))
    story = HEAD.replace("Harbour reopens", f"Harbour {number} reopens")
    return story.replace("the port captain said.", f"said {names}.") + foot


def write_pages(folder, numbers, foot=FOOT):
    for number in numbers:
        write_page(folder, f"{number}.txt", own_page(number, foot))
    return folder


def statements(folder):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        run(folder)
    return len(captured)


def everything():
    return sorted(
        (
            to_json(read.story(article.pk)),
            sorted(article.sources.values_list("file__name", "position", "is_taken")),
        )
        for article in Article.objects.all()
    )


@pytest.mark.django_db
def test_a_batch_takes_as_many_statements_for_many_files_as_for_one(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(pace, "FIRST_STORIES", 1_000)
    monkeypatch.setattr(pace, "LONGEST_BATCH", 3_600)
    few = statements(write_pages(tmp_path / "few", [2], foot=""))
    assert few <= 42
    assert statements(write_pages(tmp_path / "many", range(4, 64), foot="")) <= few
    again = [
        (tmp_path / name, text) for name, text in (("few", [2]), ("many", range(4, 64)))
    ]
    for folder, numbers in again:
        for number in numbers:
            mended = own_page(number, foot="").replace("two days", "three days")
            write_page(folder, f"{number}.txt", mended)
    changing_few = statements(tmp_path / "few")
    assert changing_few < 60
    # SQLite takes at most 999 values in one statement that changes rows.
    assert statements(tmp_path / "many") <= changing_few + 3
    assert Article.objects.count() == 61


@pytest.mark.django_db
def test_an_archive_full_of_one_headline_costs_no_statement_more(tmp_path):
    write_pages(tmp_path / "a", range(1, 41))
    for path in (tmp_path / "a").iterdir():
        text = path.read_text().replace(
            f"Harbour {path.stem} reopens", "Harbour reopens"
        )
        path.write_text(text)
    few = statements(tmp_path / "a" / "1.txt")
    run(tmp_path / "a")
    assert Article.objects.count() == 41
    last = write_page(tmp_path / "b", "last.txt", own_page(99, foot=""))
    assert statements(last) <= few


@pytest.mark.django_db
def test_the_next_story_of_many_files_is_one_article_with_all_its_sources(tmp_path):
    run(write_pages(tmp_path, range(60)))
    council = Article.objects.get(headline__startswith="Council")
    assert council.sources.count() == 60
    assert council.sources.filter(is_taken=True).count() == 1
    assert Article.objects.count() == 61


@pytest.mark.django_db
def test_the_same_bytes_and_the_same_name_may_come_twice_in_one_run(tmp_path):
    write_page(tmp_path / "a", "page.txt", own_page(1))
    write_page(tmp_path / "b", "copy.txt", own_page(1))
    write_page(tmp_path / "c", "page.txt", own_page(2))
    report = run(tmp_path / "a", tmp_path / "b", tmp_path / "c")
    assert counts(report) == [3, 3, 0, 0]
    assert SourceFile.objects.count() == 2
    assert Article.objects.count() == 3


@pytest.mark.django_db
def test_batches_of_one_give_what_one_batch_gives(tmp_path, monkeypatch):
    run(write_pages(tmp_path, range(8)))
    together = everything()
    Article.objects.all().delete()
    SourceFile.objects.all().delete()
    Tag.objects.all().delete()
    monkeypatch.setattr(run_module, "MOST_FILES", 1)
    run(tmp_path)
    assert everything() == together


@pytest.mark.django_db
@pytest.mark.once
def test_other_processes_read_the_same(tmp_path, monkeypatch):
    run(write_pages(tmp_path, range(12)))
    alone = everything()
    Article.objects.all().delete()
    SourceFile.objects.all().delete()
    Tag.objects.all().delete()
    monkeypatch.setattr(workers, "FEWEST_FILES", 5)
    (tmp_path / "empty.txt").write_bytes(b"\0")
    report = run(tmp_path)
    assert len(report.refused) == 1
    assert everything() == alone


@pytest.mark.django_db
def test_a_batch_holds_so_many_bytes_and_no_more(tmp_path, monkeypatch):
    monkeypatch.setattr(run_module, "MOST_BYTES", 2_000)
    run(write_pages(tmp_path, range(5)))
    assert SourceStory.objects.count() == 10


@pytest.mark.django_db
def test_stories_are_found_however_many_keys_a_statement_takes(tmp_path, monkeypatch):
    run(write_pages(tmp_path, range(3)))
    monkeypatch.setattr(known_readings, "MOST_KEYS", 1)
    for number in range(3):
        mended = own_page(number).replace("two days", "three days")
        write_page(tmp_path, f"{number}.txt", mended)
    assert counts(run(tmp_path)) == [0, 3, 3, 0]


@pytest.mark.django_db
def test_a_file_may_hold_forty_thousand_stories(tmp_path):
    run(write_page(tmp_path))
    SourceStory.objects.filter(position=2).update(position=40_000)
    assert SourceStory.objects.filter(position=40_000).count() == 1
