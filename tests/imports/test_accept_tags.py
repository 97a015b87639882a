"""Suggested tags that an import puts on at the operator's wish."""

import json

import pytest
from django.core.management import CommandError, call_command

from articles.imports.options import ImportOptions
from articles.imports.undo import undo_run
from articles.models import Article, ImportRun, Tag
from articles.store import Change, read, write
from articles.story.story import TagUse, answer_suggestions
from tests.builders import NOON, make_article, make_section
from tests.imports.pages import PAGE, write_page
from tests.imports.test_run import run

pytestmark = pytest.mark.django_db

KNOWN = ImportOptions(accept_tags="known")
ALL = ImportOptions(accept_tags="all")


TEXT = PAGE.replace(
    "Okafor.", "Okafor. A ship from Calder saw her, and Lucía Okafor left for Calder."
)
SUGGESTED = ("Port Meridian", "Calder", "Lucía Okafor")


@pytest.fixture
def page(tmp_path):
    return write_page(tmp_path, text=TEXT)


def harbour():
    return Article.objects.get(headline__startswith="Harbour reopens after two")


def tags(article):
    return {use.name: use.by for use in read.story(article.pk).tags}


def run_and_find(page, options=ImportOptions()):  # noqa: B008
    run(page, options=options)
    return harbour()


def test_readers_see_no_suggested_tag_unless_the_operator_wishes(page):
    article = run_and_find(page)
    assert tags(article) == dict.fromkeys(SUGGESTED, "suggestion")
    assert not article.tags.exists()


def test_all_suggested_tags_are_put_on(page):
    article = run_and_find(page, ALL)
    assert tags(article) == dict.fromkeys(SUGGESTED, "import")
    assert set(article.tags.names()) == set(SUGGESTED)


@pytest.mark.parametrize("by", ["editor", "import"])
@pytest.mark.parametrize("name", ["page.txt", "other.txt"])
def test_accepted_tags_stay_where_a_newer_copy_suggests_them_no_more(page, by, name):
    article = run_and_find(page, ALL if by == "import" else ImportOptions())
    if by == "editor":
        accepted = answer_suggestions(read.story(article.pk), "editor")
        write([Change(accepted, article.pk)], by=None, why="accepted")
    newer = PAGE.replace("Updated 14 March 2026", "Updated 15 March 2026")
    run(write_page(page.parent / "newer", name, newer), options=KNOWN)
    story = read.story(harbour().pk)
    assert "Calder" not in story.body
    # Another file's copy, which gives the words now, has tags of its own.
    is_kept = by == "editor" or name == page.name
    assert {name for name, put_by in tags(harbour()).items() if put_by == by} == (
        set(SUGGESTED) if is_kept else {"Port Meridian", "Lucía Okafor"}
    )


@pytest.mark.parametrize("by", ["editor", "import"])
def test_known_are_tags_that_somebody_has_given(page, by):
    chosen, proposed, dismissed = SUGGESTED
    make_article(tags=(TagUse(chosen, by), TagUse(proposed, "suggestion")))
    make_article(tags=(TagUse(dismissed, "dismissed"),))
    article = run_and_find(page, KNOWN)
    assert tags(article) == dict.fromkeys(SUGGESTED, "suggestion") | {chosen: "import"}


def test_known_are_those_before_the_run_and_those_asked_for(page):
    options = ImportOptions(accept_tags="known", tags=(SUGGESTED[0],))
    text = TEXT.replace("Council", "Board").replace("council", "board")
    other = write_page(page.parent, "other.txt", text)
    run(page, other, options=options)
    given = {tag.name for tag in Article.tags.all()}
    assert given == {SUGGESTED[0]}


def test_summary_and_report_say_how_many_and_which(page, capsys):
    report = page.parent / "report.json"
    call_command("import_articles", page, "--accept-tags=all", report=report)
    summary = capsys.readouterr().out
    (line,) = [s for s in summary.splitlines() if "tags accepted" in s]
    uses = sum(map(len, map(tags, Article.objects.all())))
    assert line.startswith(f"Suggested tags accepted, {uses} times: ")
    for name in SUGGESTED:
        assert f"{name} (" in line
    told = json.loads(report.read_text(encoding="utf-8"))
    stories = told["files"][0]["stories"]
    assert set(stories[0]["accepted_tags"]) == set(SUGGESTED)
    assert told["counts"]["accepted_tags"]["uses"] == uses
    assert ImportRun.objects.first().report == told["counts"]
    call_command("import_articles", page, "--accept-tags=all")
    assert "tags accepted" not in capsys.readouterr().out


def test_undoing_the_run_takes_its_tags_back(page):
    article = run_and_find(page)
    kept = SUGGESTED[0]
    story = read.story(article.pk)
    dismissed = answer_suggestions(story, "dismissed", [kept])
    write([Change(dismissed, article.pk)], by=None, why="test")
    before = tags(article)
    write_page(page.parent, text=TEXT.replace("two days and", "a day and"))
    run(page, options=ALL)
    accepted = dict.fromkeys(SUGGESTED, "import") | {kept: "dismissed"}
    assert tags(article) == accepted
    undo_run(ImportRun.objects.first().pk, NOON)
    assert tags(article) == before


def test_sections_and_aliases_that_are_suggested_are_known(page):
    make_section(SUGGESTED[0])
    Tag.objects.create(name="The other", slug="other", aliases=SUGGESTED[1])
    article = run_and_find(page, KNOWN)
    assert tags(article)[SUGGESTED[0]] == "import"
    assert tags(article)["The other"] == "import"


def test_what_is_not_suggested_cannot_be_accepted(page):
    with pytest.raises(CommandError, match="not allowed with"):
        call_command(
            "import_articles", page, "--no-suggestions", "--accept-tags", "all"
        )


@pytest.mark.parametrize("options", [ImportOptions(), ALL])
def test_what_an_undone_import_named_is_not_known(page, options):
    """Nobody has chosen it, though the tag had been made."""
    # Without dates no reader saw the stories, so they are deleted.
    lines = [line for line in TEXT.split("\n") if not line.startswith("Updated")]
    write_page(page.parent, text="\n".join(lines))
    made = Tag.objects.create(name="Made", slug="made", description="By an editor")
    run(page, options=options)
    undo_run(ImportRun.objects.first().pk, NOON)
    assert not Article.objects.exists()
    assert list(Tag.objects.chosen()) == [made]


def test_who_wants_tags_after_all_gets_them(page):
    article = run_and_find(page, ImportOptions(has_suggestions=False))
    assert tags(article) == {}
    run(page, options=ALL, is_again=True)
    assert tags(article) == dict.fromkeys(SUGGESTED, "import")
