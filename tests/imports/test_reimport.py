"""A story read again is merged with what editors made of it."""

from dataclasses import replace

import pytest

from articles.imports import batch
from articles.imports.stories import ImportOptions
from articles.imports.undo import undo_run
from articles.models import (
    Article,
    Conflict,
    Doubt,
    Revision,
    SourceFile,
    SourceStory,
)
from articles.store import Change, read, write
from articles.store.questions import dismiss_doubts
from articles.story.story import TagUse
from tests.builders import NOON, make_section
from tests.imports.pages import PAGE, write_page
from tests.imports.test_run import counts, row_counts, run

pytestmark = pytest.mark.django_db


VERBS = ("reopens", "is open")


def harbour():
    return Article.objects.get(headline__startswith="Harbour")


def edit(article, **values):
    story = replace(read.story(article.pk), **values)
    (outcome,) = write([Change(story, article.pk)], by=None, why="edited")
    return outcome


def again(tmp_path, *mends, **options):
    text = PAGE
    for old, new in mends:
        assert old in text
        text = text.replace(old, new)
    return run(write_page(tmp_path, text=text), **options)


@pytest.fixture
def imported(tmp_path):
    run(write_page(tmp_path))
    return harbour()


def test_what_only_the_source_changed_is_taken(imported, tmp_path):
    report = again(tmp_path, ("two days and no boat", "two days and one boat"))
    assert counts(report) == [0, 1, 1, 0]
    assert "one boat" in read.story(imported.pk).body
    newest = imported.revisions.first()
    assert newest.why == "imported again from page.txt"
    assert newest.run_id == report_run().pk


def report_run():
    return SourceFile.objects.order_by("-pk").first().run


def test_what_only_an_editor_changed_is_kept(imported, tmp_path):
    edit(imported, headline="Mine")
    again(tmp_path, ("no boat", "one boat"))
    story = read.story(imported.pk)
    assert story.headline == "Mine"
    assert "one boat" in story.body
    assert not Conflict.objects.exists()


def test_what_both_changed_keeps_ours_and_is_a_conflict(imported, tmp_path):
    edit(imported, headline="Mine")
    report = again(tmp_path, ("Harbour reopens after", "Harbour is open after"))
    assert read.story(imported.pk).headline == "Mine"
    (conflict,) = Conflict.objects.open()
    assert (conflict.what, conflict.ours) == ("headline", "Mine")
    assert conflict.theirs == "Harbour is open after two days of storm"
    assert report.counts()["conflicts"] == report.counts()["conflict"] == 1
    assert "1 conflict for an editor: page.txt, lines 1–" in report.as_text()


def test_a_headline_that_is_replaced_is_named_in_the_summary(imported, tmp_path):
    report = again(tmp_path, ("Harbour reopens after", "Harbour is open after"))
    before, after = (f"Harbour {verb} after two days of storm" for verb in VERBS)
    replaced = f"Headline replaced: page.txt, lines 1–22: {after}; it was: {before}"
    assert replaced in report.as_text().split("\n")


def test_a_newer_reading_replaces_an_open_conflict(imported, tmp_path):
    edit(imported, headline="Mine")
    again(tmp_path, ("Harbour reopens after", "Harbour is open after"))
    again(tmp_path, ("Harbour reopens after", "Harbour opened after"))
    (conflict,) = Conflict.objects.all()
    assert conflict.base == "Harbour reopens after two days of storm"
    assert conflict.theirs == "Harbour opened after two days of storm"


def test_a_source_that_takes_it_back_ends_the_conflict(imported, tmp_path):
    edit(imported, headline="Mine")
    again(tmp_path, ("Harbour reopens after", "Harbour is open after"))
    again(tmp_path, ("no boat", "one boat"))
    assert not Conflict.objects.exists()
    assert read.story(imported.pk).headline == "Mine"


def test_a_conflict_stays_while_the_source_changes_elsewhere(imported, tmp_path):
    edit(imported, headline="Mine")
    mended = ("Harbour reopens after", "Harbour is open after")
    again(tmp_path, mended)
    again(tmp_path, mended, ("no boat", "one boat"))
    assert Conflict.objects.open().count() == 1


def test_a_reading_that_prints_the_same_changes_nothing(imported, tmp_path):
    before = Revision.objects.count()
    report = again(tmp_path, ("will take the larger", "will take the  larger"))
    assert counts(report) == [0, 2, 0, 0]
    assert Revision.objects.count() == before
    assert SourceStory.objects.filter(is_taken=True).count() == 2


def test_what_was_withdrawn_or_deleted_stays_so(imported, tmp_path):
    edit(imported, status="withdrawn")
    again(tmp_path, ("no boat", "one boat"))
    imported.refresh_from_db()
    assert imported.status == "withdrawn"
    imported.delete()
    again(tmp_path, ("no boat", "three boats"))
    assert Article.objects.count() == 1


def test_what_an_editor_took_off_stays_off(imported, tmp_path):
    story = read.story(imported.pk)
    cut = [b for b in story.body.split("\n") if "Ferries" not in b]
    edit(imported, body="\n".join(cut), highlights=story.highlights[:1])
    again(tmp_path, ("no boat", "one boat"))
    now = read.story(imported.pk)
    assert "Ferries" not in now.body
    assert "one boat" in now.body
    assert len(now.highlights) == 1


def test_tags_that_an_editor_answered_stay_answered(tmp_path):
    page = write_page(tmp_path)
    run(page)
    article = harbour()
    tags = (TagUse("Port Meridian", "dismissed"), TagUse("Storms", "editor"))
    edit(article, tags=tags)
    again(tmp_path, ("no boat", "one boat"))
    kept = {(use.name, use.by) for use in read.story(article.pk).tags}
    assert kept >= {("Port Meridian", "dismissed"), ("Storms", "editor")}


def test_a_doubt_that_was_settled_is_asked_again_of_other_words_alone(
    imported, tmp_path, django_user_model
):
    editor = django_user_model.objects.create_user("editor")
    relative = Doubt.objects.filter(code="relative-time")
    dismiss_doubts([relative.get().pk], editor, NOON)

    again(tmp_path, ("the larger ferries", "the largest ferries"))
    assert "largest" in relative.last().source.article.body
    assert [(d.dismissed_by, d.dismissed_at) for d in relative] == [(editor, NOON)] * 2

    again(tmp_path, ("Updated 14 sec ago", "Updated 15 sec ago"))
    assert relative.filter(dismissed_at=None).count() == 1


def test_a_published_story_never_becomes_unfinished(imported, tmp_path):
    before = read.story(imported.pk)
    again(
        tmp_path,
        ("Updated 14 March 2026\n", ""),
        ("no boat", "one boat"),
    )
    assert read.story(imported.pk) == before


def test_a_date_makes_an_untouched_story_public_and_an_edited_one_not(tmp_path):
    undated = ("Updated 14 March 2026\n", "")
    again(tmp_path, undated)
    article = harbour()
    assert article.status == "in_review"
    edit(article, kicker="Mine")
    again(tmp_path)
    article.refresh_from_db()
    assert article.status == "in_review"
    edit(article, kicker="")


def test_a_date_makes_an_untouched_story_public(tmp_path):
    again(tmp_path, ("Updated 14 March 2026\n", ""))
    again(tmp_path)
    assert harbour().status == "published"


def test_an_estimate_contradicts_no_editor(tmp_path):
    run(write_page(tmp_path))
    pier = Article.objects.get(headline__startswith="Council")
    story = read.story(pier.pk)
    edit(pier, published=replace(story.published, certainty="stated"))
    again(tmp_path, ("14 sec ago", "3 hours ago"), ("larger ferries", "largest ones"))
    assert read.story(pier.pk).published.certainty == "stated"
    assert not Conflict.objects.exists()


def test_a_newer_parser_merges_what_it_reads_otherwise(imported, tmp_path):
    source = SourceStory.objects.get(article=imported)
    source.story = source.story.replace("no boat", "a boat")
    source.save()
    edit(
        imported,
        headline="Mine",
        body=read.story(imported.pk).body.replace("no boat", "a boat"),
    )
    SourceFile.objects.update(parser_version=0)
    assert counts(again(tmp_path)) == [0, 1, 1, 0]
    story = read.story(imported.pk)
    assert story.headline == "Mine"
    assert "no boat" in story.body
    assert SourceStory.objects.get(is_taken=True, article=imported) == source


def test_a_second_import_writes_nothing_but_the_run(imported, tmp_path):
    edit(imported, headline="Mine")
    mended = ("Harbour reopens after", "Harbour is open after")
    again(tmp_path, mended)
    before = row_counts(), Revision.objects.count()
    assert counts(again(tmp_path, mended)) == [0, 2, 0, 0]
    assert counts(again(tmp_path)) == [0, 2, 0, 0]
    assert (row_counts(), Revision.objects.count()) == before


def test_a_shorter_copy_elsewhere_is_a_source_and_changes_nothing(tmp_path):
    page = PAGE.replace("<script>alert(1)</script> & ", "")
    run(write_page(tmp_path, text=page))
    imported = harbour()
    cut = page[: page.index("Ferries run sail.")]
    report = run(write_page(tmp_path, "other.txt", cut))
    assert counts(report) == [0, 1, 0, 0]
    assert imported.revisions.count() == 1
    assert imported.sources.count() == 2


def test_an_editor_who_saves_in_this_moment_is_merged_too(
    imported, tmp_path, monkeypatch
):
    real = batch.load_articles

    def overtaken_once(found, new):
        monkeypatch.setattr(batch, "load_articles", behind_the_editor)
        articles = real(found, new)
        return {
            pk: replace(article, revision=article.revision - 1)
            for pk, article in articles.items()
        }

    def behind_the_editor(found, new):
        edit(imported, kicker="Mine")
        return real(found, new)

    monkeypatch.setattr(batch, "load_articles", overtaken_once)
    again(tmp_path, ("no boat", "one boat"))
    story = read.story(imported.pk)
    assert story.kicker == "Mine"
    assert "one boat" in story.body


@pytest.fixture
def versions(tmp_path):
    """A page of Monday and of Tuesday, the run of the first, and the second's story."""
    monday = write_page(tmp_path / "monday")
    text = PAGE.replace("no boat", "one boat")
    tuesday = write_page(tmp_path / "tuesday", text=text)
    run(monday)
    first = report_run()
    run(tuesday)
    return monday, tuesday, first


def test_a_newer_parser_makes_no_file_newer(versions):
    monday, tuesday, _ = versions
    SourceFile.objects.update(parser_version=0)
    run(tuesday)
    run(monday)
    assert "one boat" in read.story(harbour().pk).body


def test_an_old_file_read_anew_contradicts_no_editor(versions):
    monday, *_ = versions
    body = read.story(harbour().pk).body.replace("one boat", "one small boat")
    edit(harbour(), body=body)
    SourceFile.objects.update(parser_version=0)
    run(monday)
    assert not Conflict.objects.exists()
    assert read.story(harbour().pk).body == body


def test_an_undone_file_comes_back_as_the_older_one(versions):
    monday, _, first = versions
    undo_run(first.pk, NOON)
    run(monday)
    assert "one boat" in read.story(harbour().pk).body


def test_an_estimate_is_the_date_that_a_story_waited_for(tmp_path):
    page = PAGE[: PAGE.index("Council votes")]
    stated = "Updated 14 March 2026\n"
    run(write_page(tmp_path, text=page.replace(stated, "")))
    assert harbour().status == "in_review"
    run(write_page(tmp_path, text=page.replace(stated, "Updated 20 min ago\n")))
    assert harbour().status == "published"


def test_what_was_asked_for_when_a_story_was_new_stays(tmp_path):
    make_section("World")
    make_section("Sport")
    run(write_page(tmp_path), options=ImportOptions(tags=("World", "Storms")))
    again(tmp_path, ("no boat", "one boat"))
    story = read.story(harbour().pk)
    tags = [use.name for use in story.tags if use.by == "import"]
    assert (story.section, tags) == ("World", ["Storms"])
    assert "one boat" in story.body


def test_equal_paragraphs_have_a_conflict_each(tmp_path):
    same = "Nobody was hurt in it."
    sail = "Ferries run <script>alert(1)</script> & sail."
    page = PAGE.replace(
        sail, f"{same}\n\nGulls came back to the quay at noon.\n\n{same}"
    )
    run(write_page(tmp_path, text=page))
    body = read.story(harbour().pk).body
    edit(harbour(), body=body.replace(same, "No one was hurt in it."))
    first, _, last = page.rpartition(same)
    first = first.replace(same, "Nobody was hurt in it, said Ann.")
    run(write_page(tmp_path, text=f"{first}Nobody was hurt in it, said Ben.{last}"))
    said = {conflict.theirs for conflict in Conflict.objects.open()}
    assert said == {
        "<p>Nobody was hurt in it, said Ann.</p>",
        "<p>Nobody was hurt in it, said Ben.</p>",
    }


def test_a_picture_stays_where_its_caption_stays(imported, tmp_path):
    first, second = read.story(imported.pk).captions
    edit(imported, captions=(first, replace(second, text="A crane, whole.")))
    line = (
        "A crane is checked for damage at Port Meridian on March 13, 2026. (Supplied)"
    )
    again(tmp_path, (f"\n\n\n{line}\n\n", ""))
    story = read.story(imported.pk)
    assert story.captions[1].text == "A crane, whole."
    assert f'data-caption="{second.key}"' in story.body
    assert [c.what for c in Conflict.objects.open()] == ["captions"]


def test_what_is_in_the_bin_is_merged_there_and_said(tmp_path):
    """Nothing comes twice, nothing is lost, and nothing goes out by itself."""
    run(write_page(tmp_path, text=PAGE.replace("Updated 14 March 2026\n", "")))
    article = harbour()
    assert article.status == "in_review"
    edit(article, headline="Mine", status="binned")
    report = again(tmp_path, ("no boat", "one boat"))
    story = read.story(article.pk)
    assert (story.headline, story.status) == ("Mine", "binned")
    assert "one boat" in story.body
    assert Article.objects.count() == 2
    assert report.counts()["statuses"]["binned"] == 1
    assert "1 published, 1 left in the bin." in report.as_text()


def test_a_draft_that_goes_while_it_is_read_again_stops_nothing(tmp_path, monkeypatch):
    run(write_page(tmp_path), options=ImportOptions(status="draft"))
    real, deleted = batch.load_articles, []

    def meanwhile(found, new):
        articles = real(found, new)
        if not deleted:
            deleted.append(harbour().delete())
        return articles

    monkeypatch.setattr(batch, "load_articles", meanwhile)
    assert counts(again(tmp_path, ("no boat", "one boat"))) == [0, 1, 1, 0]
    assert deleted
