"""An import is undone: what it made goes, what editors did since stays."""

from dataclasses import replace
from io import StringIO
from itertools import count

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.imports import pace
from articles.imports import undo as undo_module
from articles.imports.stories import ImportOptions
from articles.imports.undo import undo_run
from articles.models import (
    Article,
    Conflict,
    Doubt,
    ImportRun,
    Revision,
    SourceFile,
    SourceStory,
    Tag,
)
from articles.store import edition, query_plans, read
from articles.story.moment import Moment
from articles.story.story import to_json
from tests.builders import HOUR, NOON, make_article, make_section
from tests.imports.pages import PAGE, write_page
from tests.imports.test_batches import write_pages
from tests.imports.test_reimport import again, edit, harbour
from tests.imports.test_run import counts, run

pytestmark = pytest.mark.django_db

IN_REVIEW = ImportOptions(status="in_review")
MENDED = ("no boat", "one boat")


@pytest.fixture
def imported(tmp_path):
    run(write_page(tmp_path))
    return harbour()


@pytest.fixture
def waiting(tmp_path):
    """What readers never saw, since it waits in review."""
    run(write_page(tmp_path), options=IN_REVIEW)
    return harbour()


def undo(which=None, **options):
    which = which or ImportRun.objects.first()
    return undo_run(which.pk, timezone.now(), **options)


def command(*args):
    out = StringIO()
    call_command("undo_import", *map(str, args), stdout=out)
    return out.getvalue()


def words():
    """Return all stories as values, and which readings they follow."""
    return sorted(
        (to_json(read.story(article.pk)), _followed(article))
        for article in Article.objects.all()
    )


def _followed(article):
    return article.sources.filter(is_taken=True).values_list("file__name").first()


def test_what_nobody_saw_or_touched_is_deleted_and_its_files_stay(waiting):
    report = undo()
    assert report.outcomes == {"deleted": 2}
    assert not Article.objects.exists()
    assert bytes(SourceFile.objects.get().content) == PAGE.encode()
    outcomes = SourceStory.objects.values_list("outcome", "is_taken", "article")
    assert set(outcomes) == {("undone", False, None)}


@pytest.mark.django_db(transaction=True)
def test_the_server_knows_how_many_rows_an_import_and_its_undo_left(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(query_plans, "MANY", 2)
    page = write_page(tmp_path)
    run(page, options=IN_REVIEW, is_dry_run=True)
    assert rows_as_planned() in (-1, None)
    run(page, options=IN_REVIEW)
    assert rows_as_planned() in (2, None)
    undo()
    assert rows_as_planned() in (0, None)


def rows_as_planned():
    """Return how many articles PostgreSQL plans for; SQLite keeps no such figures."""
    if connection.vendor == "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples FROM pg_class WHERE oid = 'articles_article'::regclass"
        )
        return cursor.fetchone()[0]


def test_what_readers_saw_keeps_its_address_and_revisions(imported):
    stories = Article.objects.order_by("pk")
    before = list(stories.values_list("code", "slug", "headline", "body"))
    report = undo()
    assert report.outcomes == {"withdrawn": 2}
    assert list(stories.values_list("code", "slug", "headline", "body")) == before
    assert {article.status for article in stories} == {"withdrawn"}
    newest, first = imported.revisions.all()
    assert newest.why == f"taken back with import {ImportRun.objects.get().pk}"
    assert first.why == "imported from page.txt"
    # So many may be these that they are counted, not listed.
    assert imported.code not in report.as_text()


def test_what_readers_would_have_seen_later_is_deleted(imported):
    """A scheduled story, and one under embargo, were never public."""
    far = NOON + 9_999 * 24 * HOUR
    embargoed, scheduled = Article.objects.order_by("pk")
    Revision.objects.all().delete()
    for article, parts in (
        (embargoed, {"embargo_until": far}),
        (scheduled, {"published": Moment(far)}),
    ):
        story = to_json(replace(read.story(article.pk), **parts))
        row = {"number": 1, "story": story, "made_at": NOON}
        article.revisions.create(**row, run=ImportRun.objects.get())
    assert undo().outcomes == {"deleted": 2}


def test_what_readers_saw_comes_back_to_its_address(imported, tmp_path):
    before = words(), set(Article.objects.values_list("code", "slug"))
    undo()
    report = run(write_page(tmp_path))
    assert report.counts()["changed"] == 2
    assert (words(), set(Article.objects.values_list("code", "slug"))) == before
    assert SourceFile.objects.get().run == ImportRun.objects.first()


@pytest.mark.parametrize("name", ["page.txt", "copy.txt"])
def test_a_newer_copy_brings_it_back_to_its_address(imported, tmp_path, name):
    undo()
    run(write_page(tmp_path, name, PAGE.replace(*MENDED)))
    assert harbour() == imported
    story = read.story(imported.pk)
    assert (story.status, "one boat" in story.body) == ("published", True)
    assert Article.objects.count() == 2


def test_it_comes_and_goes_as_often_as_it_is_imported_and_undone(imported, tmp_path):
    for _ in range(3):
        undo()
        assert read.story(imported.pk).status == "withdrawn"
        run(write_page(tmp_path))
        assert read.story(imported.pk).status == "published"
    assert Article.objects.count() == 2


def test_it_comes_back_no_further_than_the_import_lets_it(imported, tmp_path):
    undo()
    run(write_page(tmp_path), options=IN_REVIEW)
    assert read.story(imported.pk).status == "in_review"
    assert harbour().code == imported.code


def test_what_an_editor_withdrew_before_the_undo_stays_so(imported, tmp_path):
    edit(imported, status="withdrawn")
    undo()
    run(write_page(tmp_path))
    assert read.story(imported.pk).status == "withdrawn"


@pytest.mark.parametrize("status", ["withdrawn", "in_review", "published"])
def test_what_an_editor_did_behind_the_undo_stays(imported, tmp_path, status):
    undo()
    edit(imported, headline="Mine", status=status)
    again(tmp_path, MENDED, options=IN_REVIEW)
    story = read.story(imported.pk)
    assert (story.headline, story.status) == ("Mine", status)
    assert "one boat" in story.body


def test_of_what_is_undone_no_editor_is_asked(imported):
    assert Doubt.objects.to_settle().exists()
    undo()
    assert not Doubt.objects.to_settle().exists()


def test_no_page_of_a_story_goes_stale_that_was_never_public(waiting):
    Tag.objects.update(description="Kept.")
    before = edition.newest_number()
    undo()
    assert edition.newest_number() == before


def test_what_an_editor_worked_on_is_withdrawn_with_its_words(imported):
    edit(imported, headline="Mine")
    report = undo()
    story = read.story(imported.pk)
    assert (story.headline, story.status) == ("Mine", "withdrawn")
    assert report.outcomes == {"withdrawn": 2}
    noted = f"Withdrawn, though an editor had worked on it: {imported.code}, Mine"
    assert noted in report.as_text().splitlines()


def test_what_an_editor_moved_to_the_bin_stays_there(waiting, tmp_path):
    edit(waiting, status="binned")
    report = undo()
    assert report.outcomes == {"deleted": 1, "left": 1}
    assert f"Left in the bin: {waiting.code}, " in report.as_text()
    run(write_page(tmp_path))
    waiting.refresh_from_db()
    assert (waiting.status, Article.objects.count()) == ("binned", 2)


def test_the_same_files_make_the_same_stories_again(waiting, tmp_path):
    before = words()
    undo()
    report = run(write_page(tmp_path), options=IN_REVIEW)
    assert report.counts()["created"] == 2
    assert words() == before
    assert SourceFile.objects.get().run == ImportRun.objects.first()


def test_an_edited_story_is_merged_when_it_comes_back(imported, tmp_path):
    edit(imported, headline="Mine")
    undo()
    again(tmp_path, MENDED)
    story = read.story(imported.pk)
    assert (story.headline, story.status) == ("Mine", "published")
    assert "one boat" in story.body
    assert Article.objects.count() == 2


def test_what_an_editor_deleted_does_not_come_back(imported, tmp_path):
    imported.delete()
    undo()
    run(write_page(tmp_path))
    assert [a.headline for a in Article.objects.all()] == [
        "Council votes for a second ferry pier"
    ]


def test_what_a_run_changed_is_taken_back(imported, tmp_path):
    before = words()
    again(tmp_path, MENDED)
    assert words() != before
    report = undo()
    assert words() == before
    assert report.outcomes == {"taken back": 1, "unchanged": 1}
    newest = imported.revisions.first()
    assert newest.why == f"taken back with import {ImportRun.objects.first().pk}"


def test_what_an_editor_did_before_and_since_stays(imported, tmp_path):
    edit(imported, kicker="Before")
    again(tmp_path, MENDED)
    edit(imported, standfirst="Since")
    undo()
    story = read.story(imported.pk)
    assert (story.kicker, story.standfirst) == ("Before", "Since")
    assert "no boat" in story.body


def test_what_an_editor_rewrote_since_is_kept_and_said(imported, tmp_path):
    again(tmp_path, ("Harbour reopens after", "Harbour is open after"), MENDED)
    edit(imported, headline="Mine")
    report = undo()
    story = read.story(imported.pk)
    assert story.headline == "Mine"
    assert "no boat" in story.body
    assert "Kept as edited since (headline): " in report.as_text()


def test_conflicts_with_what_is_undone_go(imported, tmp_path):
    edit(imported, headline="Mine")
    again(tmp_path, ("Harbour reopens after", "Harbour is open after"))
    assert Conflict.objects.open().exists()
    undo()
    assert not Conflict.objects.exists()
    assert read.story(imported.pk).headline == "Mine"


def test_an_undone_change_comes_again_with_its_file(imported, tmp_path):
    again(tmp_path, MENDED)
    after = words()
    undo()
    again(tmp_path, MENDED)
    assert words() == after
    undo()
    assert "no boat" in read.story(imported.pk).body


def test_a_story_that_another_import_has_read_too_stays(imported, tmp_path):
    first = ImportRun.objects.get()
    cut = PAGE[: PAGE.index("Ferries run <script>")]
    run(write_page(tmp_path, "other.txt", cut))
    undo(first)
    story = read.story(imported.pk)
    assert story.status == "published"
    assert "script" not in story.body
    assert imported.sources.get(is_taken=True).file.name == "other.txt"
    assert list(Article.objects.published()) == [imported]


def test_an_edited_story_follows_another_reading_and_keeps_the_edits(
    imported, tmp_path
):
    first = ImportRun.objects.get()
    cut = PAGE[: PAGE.index("Ferries run <script>")].replace(*MENDED)
    run(write_page(tmp_path, "other.txt", cut))
    edit(imported, headline="Mine")
    undo(first)
    story = read.story(imported.pk)
    assert (story.headline, story.status) == ("Mine", "published")
    assert "one boat" in story.body
    assert "script" not in story.body
    assert not Conflict.objects.exists()


def test_a_later_import_is_left_as_it_is(imported, tmp_path):
    run(write_page(tmp_path, text=PAGE.replace(*MENDED)))
    middle = ImportRun.objects.first()
    run(write_page(tmp_path, text=PAGE.replace("no boat", "three boats")))
    before = words()
    report = undo(middle)
    assert report.outcomes == {"left": 2}
    assert words() == before
    undo()
    assert "no boat" in read.story(imported.pk).body


def test_runs_are_undone_in_any_order_to_nothing(imported, tmp_path):
    run(write_page(tmp_path, text=PAGE.replace(*MENDED)))
    for one in ImportRun.objects.order_by("pk"):
        undo(one)
    assert {article.status for article in Article.objects.all()} == {"withdrawn"}


def test_a_dry_run_says_the_same_and_undoes_nothing(imported):
    before = words()
    text = undo(is_dry_run=True).as_text()
    assert "Stories: 0 deleted, 2 withdrawn" in text
    assert "This was a dry run: nothing was undone." in text
    assert words() == before
    assert ImportRun.objects.get().undone_at is None
    assert SourceFile.objects.get().parser_version > 0


def test_a_dry_run_says_of_each_story_what_would_become_of_it(imported, tmp_path):
    again(tmp_path, MENDED)
    pier = Article.objects.exclude(pk=imported.pk).get()
    lines = undo(is_dry_run=True).as_text().splitlines()
    assert f"Would be taken back: {imported.code}, {imported.headline}" in lines
    assert f"Would be unchanged: {pier.code}, {pier.headline}" in lines
    assert "Would be" not in undo().as_text()


def test_a_dry_run_names_no_more_stories_than_anybody_reads(imported, monkeypatch):
    monkeypatch.setattr(undo_module, "MOST_NAMED", 1)
    lines = undo(is_dry_run=True).as_text().splitlines()
    assert len([line for line in lines if line.startswith("Would be")]) == 2
    assert "Would be withdrawn: 1 more." in lines


def test_what_a_newer_parser_changed_is_taken_back(imported, tmp_path):
    source = SourceStory.objects.get(article=imported)
    source.story = source.story.replace("no boat", "a boat")
    source.save()
    edit(imported, body=read.story(imported.pk).body.replace("no boat", "a boat"))
    SourceFile.objects.update(parser_version=0)
    again(tmp_path)
    assert "no boat" in read.story(imported.pk).body
    undo()
    assert "a boat" in read.story(imported.pk).body
    assert Article.objects.count() == 2


@pytest.fixture
def half_undone(tmp_path, monkeypatch):
    """An import of three stories that nobody saw, of which one was taken back."""
    monkeypatch.setattr(pace, "FIRST_STORIES", 1)
    monkeypatch.setattr(pace, "FEWEST_STORIES", 1)
    monkeypatch.setattr(pace, "LONGEST_BATCH", 0.0)
    run(write_pages(tmp_path / "pages", range(3), foot=""), options=IN_REVIEW)
    decide_undo, calls = undo_module.decide_undo, count()

    def stopped(history):
        if next(calls):
            raise KeyboardInterrupt
        return decide_undo(history)

    said = pytest.raises(CommandError, match="run the same command again to continue")
    with monkeypatch.context() as patch, said as error:
        patch.setattr(undo_module, "decide_undo", stopped)
        command(ImportRun.objects.get().pk)
    assert error.value.returncode == 130
    assert Article.objects.count() == 2
    return ImportRun.objects.get()


def test_a_half_undone_import_says_so_and_the_same_command_goes_on(half_undone):
    number = half_undone.pk
    goes_on = f"half undone: `undo_import {number}` finishes the job"
    assert command().rstrip().endswith(goes_on)
    text = command(number)
    assert "Stories: 3 deleted, 0 withdrawn" in text
    assert not Article.objects.exists()
    assert "undone on" in command()
    with pytest.raises(CommandError, match="was already undone on"):
        command(number)


def test_a_dry_run_of_a_half_undone_import_says_all_and_does_nothing(half_undone):
    assert "Stories: 3 deleted, 0 withdrawn" in command(half_undone.pk, "--dry-run")
    assert Article.objects.count() == 2
    half_undone.refresh_from_db()
    assert half_undone.is_half_undone


def test_what_is_imported_behind_the_beginning_of_an_undo_stays(half_undone, tmp_path):
    """Whether or not the undo had come to a story: all files are read anew."""
    report = run(tmp_path / "pages", options=IN_REVIEW)
    assert counts(report) == [1, 2, 0, 0]
    undo(half_undone)
    assert Article.objects.count() == 3
    assert {file.run for file in SourceFile.objects.all()} == {
        ImportRun.objects.first()
    }
    assert SourceStory.objects.filter(is_taken=True).count() == 3
    undo()
    assert not Article.objects.exists()


def test_what_an_editor_did_before_an_undo_came_to_it_stays(half_undone):
    article = Article.objects.last()
    edit(article, headline="Mine")
    assert undo(half_undone).outcomes == {"deleted": 2, "withdrawn": 1}
    assert read.story(article.pk).headline == "Mine"


def test_articles_written_at_the_desk_stay(imported):
    own = make_article(headline="Our own")
    undo()
    assert list(Article.objects.published()) == [own]


def test_number_of_queries_does_not_grow_with_the_stories(tmp_path):
    def number_for(number):
        numbers = range(10 * number, 11 * number)
        run(write_pages(tmp_path / str(number), numbers))
        with CaptureQueriesContext(connection) as queries:
            undo()
        return len(queries)

    assert number_for(1) == number_for(4)


def test_imports_are_listed_with_their_numbers(imported, tmp_path):
    again(tmp_path, MENDED)
    undo()
    ImportRun.objects.create(started_at=timezone.now())
    broken_off, undone, first = command().splitlines()
    assert broken_off.endswith("0 files  broken off")
    assert f"undone on {timezone.localtime():%Y-%m-%d}" in undone
    assert first.endswith("1 file  2 created, 0 changed, 0 in conflict")
    assert first.split()[0] == str(ImportRun.objects.last().pk)


def test_ten_imports_at_most_are_listed():
    assert command() == "Nothing has been imported yet.\n"
    for _ in range(12):
        ImportRun.objects.create(started_at=timezone.now())
    assert len(command().splitlines()) == 10


def test_the_command_undoes_and_says_what_it_did(imported):
    text = command(ImportRun.objects.get().pk)
    assert "1 file." in text
    assert "Stories: 0 deleted, 2 withdrawn, 0 taken back, 0 left, 0 unchanged." in text
    assert not Article.objects.published()


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_what_cannot_be_undone_is_said(imported, options):
    number = ImportRun.objects.get().pk
    with pytest.raises(CommandError, match=f"There is no import {number + 1}") as error:
        command(number + 1, *options)
    assert error.value.returncode == 1
    command(number)
    with pytest.raises(CommandError, match="was already undone on"):
        command(number, *options)


def test_a_section_that_is_none_any_more_stops_no_undoing(tmp_path):
    make_section("Sport")
    world = make_section("World")
    run(write_page(tmp_path), options=ImportOptions(tags=("World",)))
    again(tmp_path, MENDED, options=ImportOptions(tags=("Sport",)))
    assert read.story(harbour().pk).section == "Sport"
    Tag.objects.filter(pk=world.pk).update(is_section=False, is_in_menu=False)
    report = undo()
    story = read.story(harbour().pk)
    assert (story.section, "no boat" in story.body) == ("Sport", True)
    assert "section" in report.as_text()
