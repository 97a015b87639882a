"""A second run says what it did not hear, and with --again it hears it."""

from dataclasses import replace

import pytest

from articles.imports.stories import ImportOptions
from articles.imports.undo import undo_run
from articles.imports.verification import Verified, verify_newspaper
from articles.models import Article, ImportRun, SourceFile
from articles.store import Change, read, write
from articles.store.erasing import erase
from tests.builders import NOON, make_section
from tests.imports.test_crawl import CRAWLED_AT, STORIES, import_sources, page, run

pytestmark = pytest.mark.django_db

EVERYTHING = {
    "tags": ("Sea",),
    "encoding": "cp1250",
    "language": "sk",
    "time_zone": "Europe/Prague",
    "first_year": 1920,
    "day_order": "day-first",
}
SPELT = {
    "tags": "--tag",
    "encoding": "--encoding",
    "language": "--language",
    "time_zone": "--time-zone",
    "first_year": "--first-year",
    "day_order": "--day-first",
}


@pytest.fixture
def czech(tmp_path):
    """A page that is no Unicode, imported without its encoding."""
    (tmp_path / "page.txt").write_bytes(page("cs").encode("cp1250"))
    run(tmp_path)
    return tmp_path


def not_heard(report):
    lines = report.as_text().split("\n")
    return [line for line in lines if line.startswith("Not heard: ")]


@pytest.mark.parametrize("name", EVERYTHING)
def test_what_known_files_were_read_without_is_said(name, czech):
    (said,) = not_heard(run(czech, **{name: EVERYTHING[name]}))
    assert said.startswith(f"Not heard: {SPELT[name]}, for 1 file read in earlier")
    assert "--again" in said


def test_all_that_was_not_heard_is_one_sentence(czech):
    (czech / "other.txt").write_text(page("en"), encoding="utf-8")
    run(czech, tags=("Fog",))
    (said,) = not_heard(run(czech, tags=("Fog", "Sea"), first_year=1920))
    assert said.startswith("Not heard: --first-year, --tag, for 2 files")
    (said,) = not_heard(run(czech, tags=("Fog",)))
    assert said.startswith("Not heard: --tag, for 1 file ")


def test_when_pages_were_saved_and_that_no_tags_are_wanted_is_said_too(czech):
    report = import_sources([czech], ImportOptions(), crawled_at=CRAWLED_AT)
    assert not_heard(report) == []
    (said,) = not_heard(import_sources([czech], ImportOptions(), crawled_at=NOON))
    assert said.startswith("Not heard: --crawled-at, ")


def test_what_was_heard_and_what_is_not_asked_any_more_is_not_said(czech):
    run(czech, is_again=True, **EVERYTHING)
    assert not_heard(run(czech, **EVERYTHING)) == []
    assert not_heard(run(czech, crawled_at=None)) == []
    assert not_heard(run(czech, status="in_review")) == []


def test_of_files_read_before_it_was_noted_nothing_is_said(czech):
    SourceFile.objects.update(asked=None)
    assert not_heard(run(czech, **EVERYTHING)) == []


def test_read_again_a_file_says_what_is_asked_now(czech):
    make_section("City")
    article = Article.objects.get()
    assert (article.status, article.published_at) == ("in_review", None)
    report = run(czech, is_again=True, **EVERYTHING | {"tags": ("City", "Sea")})
    assert report.counts()["changed"] == 1
    article = Article.objects.get()
    story = read.story(article.pk)
    assert (story.headline, story.status) == (STORIES["cs"][0], "published")
    assert (story.language, story.section) == ("sk", "City")
    assert [use.name for use in story.tags] == ["Sea"]
    report = run(czech, is_again=True, **EVERYTHING)
    assert report.counts()["unchanged"] == 1
    assert article.revisions.count() == 2


def test_tags_alone_are_heard(tmp_path):
    (tmp_path / "page.txt").write_text(page("en"), encoding="utf-8")
    run(tmp_path, tags=("Fog",))
    run(tmp_path, tags=("Sea",), is_again=True)
    story = read.story(Article.objects.get().pk)
    assert [use.name for use in story.tags] == ["Fog", "Sea"]


def test_read_again_what_editors_made_stays(tmp_path):
    (tmp_path / "page.txt").write_text(page("en"), encoding="utf-8")
    run(tmp_path)
    article = Article.objects.get()
    edit(article, headline="Ours", language="fr")
    run(tmp_path, language="en-gb", tags=("Sea",), is_again=True)
    story = read.story(article.pk)
    assert (story.headline, story.language) == ("Ours", "fr")
    assert [use.name for use in story.tags] == ["Sea"]
    assert article.conflicts.count() == 1


def edit(article, **values):
    story = replace(read.story(article.pk), **values)
    write([Change(story, article.pk)], by=None, why="edited")


def test_what_was_said_once_holds_for_a_newer_parser(czech, monkeypatch):
    run(czech, is_again=True, **EVERYTHING)
    before = read.story(Article.objects.get().pk)
    SourceFile.objects.update(parser_version=0)
    report = run(czech, crawled_at=None)
    assert report.counts()["unchanged"] == 1
    assert read.story(Article.objects.get().pk) == before
    file = SourceFile.objects.get()
    assert (file.encoding, file.asked["language"]) == ("cp1250", "sk")
    assert file.asked["crawled_at"] == CRAWLED_AT.isoformat()


def test_what_was_said_once_holds_when_something_else_is_said(czech):
    run(czech, encoding="cp1250", is_again=True)
    run(czech, language="sk", is_again=True)
    article = Article.objects.get()
    assert (article.headline, article.language) == (STORIES["cs"][0], "sk")


def test_undone_the_run_that_heard_it_is_as_if_it_had_not_been(tmp_path):
    (tmp_path / "page.txt").write_text(page("en"), encoding="utf-8")
    run(tmp_path)
    article = Article.objects.get()
    before = read.story(article.pk)
    for _ in range(2):
        run(tmp_path, language="en-gb", tags=("Sea",), is_again=True)
        story = read.story(article.pk)
        assert (story.language, len(story.tags)) == ("en-gb", 1)
        undo_run(ImportRun.objects.latest("pk").pk, NOON)
        assert read.story(article.pk) == before
        assert len(not_heard(run(tmp_path, language="en-gb", tags=("Sea",)))) == 1


def test_undone_the_run_that_heard_it_leaves_what_editors_did(tmp_path):
    other = page("en").replace("Council", "Harbour").replace("council", "harbour")
    pages = f"{page('en')}\n\n\n\n{other}"
    (tmp_path / "page.txt").write_text(pages, encoding="utf-8")
    run(tmp_path)
    council, harbour = Article.objects.order_by("pk")
    run(tmp_path, language="en-gb", tags=("Sea",), is_again=True)
    edit(council, kicker="Ours")
    undo_run(ImportRun.objects.latest("pk").pk, NOON)
    run(tmp_path, language="en-gb", is_again=True)
    for article, kicker in ((council, "Ours"), (harbour, "")):
        story = read.story(article.pk)
        assert (story.language, story.kicker, story.tags) == ("en-gb", kicker, ())


def test_erased_a_story_takes_with_it_what_was_said_of_it(tmp_path, admin_user):
    other = page("en").replace("Council", "Harbour").replace("council", "harbour")
    pages = f"{page('en')}\n\n\n\n{other}".replace("Updated 03 October 2024\n", "", 1)
    (tmp_path / "page.txt").write_text(pages, encoding="utf-8")
    facts = tmp_path / "facts.csv"
    facts.write_text("name,byline\npage.txt,Ada Quill\n", encoding="utf-8")
    run(tmp_path, language="en-gb")
    council, harbour = Article.objects.order_by("pk")
    erase(council.pk, council.revision, admin_user, "The court said so.")
    asked = SourceFile.objects.get().asked
    assert asked == {"language": "en-gb", "has_suggestions": False} | {
        "crawled_at": CRAWLED_AT.isoformat()
    }
    run(tmp_path, is_again=True)
    assert not read.story(harbour.pk).bylines


def test_after_an_undo_of_the_first_run_nothing_it_was_told_holds(czech):
    run(czech, is_again=True, **EVERYTHING)
    for import_run in ImportRun.objects.filter(undone_at=None):
        undo_run(import_run.pk, NOON)
    run(czech)
    assert "encoding" not in SourceFile.objects.get().asked


def test_the_proof_holds_once_an_encoding_is_undone(czech):
    def read_now():
        return read.story(Article.objects.get().pk).headline

    guessed = read_now()
    run(czech, is_again=True, encoding="cp1250")
    assert read_now() == STORIES["cs"][0] != guessed
    assert not [*verify_newspaper(Verified())]
    undo_run(ImportRun.objects.first().pk, NOON)
    assert read_now() == guessed
    assert not [*verify_newspaper(Verified())]
    run(czech)
    assert read_now() == guessed
    assert not [*verify_newspaper(Verified())]
