from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.apps import apps

from articles.imports import workers
from articles.imports.run import import_sources
from articles.imports.stories import ImportOptions, read_source
from articles.models import Article, Doubt, ImportRun, SourceFile, SourceStory, Tag
from articles.store import Change, read, write
from articles.story.moment import Moment
from articles.story.story import TagUse, from_json
from tests.builders import make_section, make_story
from tests.imports.pages import PAGE, write_page

pytestmark = pytest.mark.django_db

CRAWLED_AT = datetime(2026, 3, 20, 8, 30, tzinfo=UTC)


def run(*paths, options=ImportOptions(), **arguments):  # noqa: B008
    return import_sources(paths, options, crawled_at=CRAWLED_AT, **arguments)


def counts(report):
    figures = report.counts()
    return [figures[name] for name in ("created", "unchanged", "changed", "refused")]


def row_counts():
    """Count the rows of every table of the app but that of the runs."""
    models = apps.get_app_config("articles").get_models()
    return {model: model.objects.count() for model in models if model is not ImportRun}


def test_every_story_of_a_file_is_created_whole(tmp_path):
    report = run(write_page(tmp_path))
    assert counts(report) == [2, 0, 0, 0]
    pier, harbour = Article.objects.order_by("-published_at")
    story = read.story(harbour.pk)
    assert story.headline == "Harbour reopens after two days of storm"
    assert story.dateline == "PORT MERIDIAN"
    assert [h.text for h in story.highlights] == [
        "Nine ships had waited outside the bar",
        "Ferries run again from Sunday",
    ]
    assert [c.credit for c in story.captions] == ["AFP", "Supplied"]
    key = story.captions[1].key
    assert story.body.split("\n") == [
        "<p>The harbour reopened on Saturday, the port captain said.</p>",
        "<p>“We lost two days and no boat,” said Captain Lucía Okafor.</p>",
        f'<figure data-caption="{key}"></figure>',
        "<p>Ferries run &lt;script&gt;alert(1)&lt;/script&gt; &amp; sail.</p>",
    ]
    assert pier.status == harbour.status == "published"


def test_a_day_of_update_is_stated_and_the_first_publication_an_estimate(
    tmp_path, settings
):
    settings.TIME_ZONE = "Asia/Karachi"
    run(write_page(tmp_path))
    pier, harbour = (read.story(a.pk) for a in Article.objects.all())
    day = date(2026, 3, 14)
    assert harbour.updated == Moment(day, "stated")
    assert harbour.published == Moment(day, "estimated")
    assert pier.published == pier.updated
    assert pier.published.certainty == "estimated"
    assert pier.published.at.date() == CRAWLED_AT.date()


def test_a_file_that_brings_a_fault_to_light_is_refused_and_the_rest_goes_on(
    tmp_path, monkeypatch
):
    def reading(file, task):
        if file.name == "bad.txt":
            raise RecursionError("too deep")
        return read_source(file, task)

    monkeypatch.setattr(workers, "read_source", reading)
    write_page(tmp_path, "bad.txt", PAGE.replace("two days", "six days"))
    write_page(tmp_path)
    report = run(tmp_path)
    assert counts(report) == [2, 0, 0, 1]
    ((path, reason),) = report.refused
    assert path == str(tmp_path / "bad.txt")
    assert "a fault in Newsroom (RecursionError: too deep)" in reason


def test_a_second_run_writes_only_that_it_ran(tmp_path):
    page = write_page(tmp_path)
    run(page)
    before = row_counts()
    report = run(page)
    assert counts(report) == [0, 2, 0, 0]
    assert row_counts() == before
    assert ImportRun.objects.count() == 2


def test_the_same_bytes_under_another_name_are_the_same_file(tmp_path):
    run(write_page(tmp_path))
    assert counts(run(write_page(tmp_path, "copy.txt"))) == [0, 2, 0, 0]
    assert SourceFile.objects.count() == 1


def test_a_story_known_from_another_file_gets_a_second_source(tmp_path):
    run(write_page(tmp_path))
    second = PAGE[PAGE.index("Council votes") :]
    report = run(write_page(tmp_path, "other.txt", second))
    assert counts(report) == [0, 1, 0, 0]
    assert Article.objects.count() == 2
    assert SourceStory.objects.count() == 3


def test_an_editors_words_survive_another_import(tmp_path):
    run(write_page(tmp_path))
    article = Article.objects.order_by("published_at").first()
    write([Change(make_story(headline="Mine"), article.pk)], by=None, why="edit")
    run(write_page(tmp_path, text=PAGE.replace("no boat", "one boat")))
    assert read.story(article.pk).headline == "Mine"
    assert Article.objects.count() == 2


def test_same_name_and_other_story_is_another_article(tmp_path):
    run(write_page(tmp_path))
    other = (
        "Gold steadies\n\nA trader counts bars in Port Meridian. (AFP)\nShort Url\n"
        "Updated 16 March 2026\nFollow\n\nGold steadies\n\n"
        "LONDON: Gold held steady on Monday as traders waited."
    )
    assert counts(run(write_page(tmp_path, text=other))) == [1, 0, 0, 0]


def test_a_deleted_draft_does_not_come_back(tmp_path):
    page = write_page(tmp_path)
    run(page, options=ImportOptions(status="draft"))
    Article.objects.all().delete()
    mended = PAGE.replace("no boat", "one boat")
    run(page)
    run(write_page(tmp_path, text=mended))
    assert not Article.objects.exists()


def test_a_bad_file_is_refused_by_name_and_the_rest_goes_on(tmp_path):
    (tmp_path / "a-empty.txt").write_text(" \n")
    (tmp_path / "b-binary.txt").write_bytes(b"\x89PNG\x00\x01")
    (tmp_path / "c-cafe.txt").write_bytes("Caf\xe9 opens".encode("latin-1"))
    (tmp_path / "d-large.txt").write_bytes(b"x" * 3000)
    write_page(tmp_path, "e-page.txt")
    report = run(tmp_path, tmp_path / "gone.txt", largest=2999)
    assert counts(report) == [3, 0, 0, 4]
    reasons = {Path(name).name: reason for name, reason in report.refused}
    assert "empty" in reasons["a-empty.txt"]
    assert "NUL" in reasons["b-binary.txt"]
    assert "2,999 bytes" in reasons["d-large.txt"]
    assert "No such file" in reasons["gone.txt"]


def test_a_file_with_one_story_that_cannot_be_written_writes_none(tmp_path):
    report = run(write_page(tmp_path), options=ImportOptions(tags=("x" * 101,)))
    assert counts(report) == [0, 0, 0, 1]
    assert not Article.objects.exists()
    assert not SourceFile.objects.exists()


def test_a_dry_run_reports_the_same_and_writes_nothing(tmp_path):
    page, before = write_page(tmp_path), row_counts()
    report = run(page, is_dry_run=True)
    assert counts(report) == [2, 0, 0, 0]
    assert not ImportRun.objects.exists()
    assert row_counts() == before
    assert not Article.objects.exists()
    assert "nothing was written" in report.as_text()
    assert counts(run(page)) == counts(report)


def test_status_is_the_furthest_a_story_may_come(tmp_path):
    undated = PAGE.replace("Updated 14 March 2026\n", "")
    run(write_page(tmp_path, text=undated), options=ImportOptions(status="published"))
    assert sorted(a.status for a in Article.objects.all()) == ["in_review", "published"]


def test_a_tag_that_stands_in_the_navigation_gives_the_section(tmp_path):
    make_section("World")
    run(write_page(tmp_path), options=ImportOptions(tags=("world", "Harbour")))
    for article in Article.objects.all():
        story = read.story(article.pk)
        assert story.section == "World"
        assert [use.name for use in story.tags if use.by == "import"] == ["Harbour"]


def test_the_source_is_kept_and_its_pieces_are_its_lines(tmp_path):
    run(write_page(tmp_path))
    file = SourceFile.objects.get()
    text = bytes(file.content).decode(file.encoding)
    assert text == PAGE
    lengths = {}
    for source in file.stories.all():
        for line, _field, length in source.pieces:
            lengths[line] = lengths.get(line, 0) + length
    lines = text.split("\n")
    assert lengths == {line: len(lines[line - 1]) for line in lengths}
    furniture = {line for line, _rule in file.furniture}
    blank = {i for i, line in enumerate(lines, start=1) if not line.strip()}
    assert set(lengths) | furniture | blank == set(range(1, len(lines) + 1))


def test_the_story_as_read_is_kept_with_its_source(tmp_path):
    run(write_page(tmp_path))
    for source in SourceStory.objects.all():
        assert from_json(source.story) == read.story(source.article_id)


def test_a_newer_parser_reads_again_and_dismissed_doubts_stay_dismissed(tmp_path):
    page = write_page(tmp_path)
    run(page)
    doubt = Doubt.objects.get(code="relative-time")
    doubt.dismissed_at = CRAWLED_AT
    doubt.save()
    SourceFile.objects.update(parser_version=0)
    lines = []
    assert counts(run(page, details=lines.append)) == [0, 2, 0, 0]
    assert not lines[0].is_known
    assert list(Doubt.objects.filter(code="relative-time")) == [doubt]
    assert SourceFile.objects.get().parser_version > 0


def test_the_run_keeps_what_it_counted(tmp_path):
    run(write_page(tmp_path))
    row = ImportRun.objects.get()
    assert row.finished_at
    assert (row.report["created"], row.report["files"]) == (2, 1)
    lines = row.report["lines"]
    parts = ("blank", "used", "furniture", "unexplained")
    assert sum(lines.get(part, 0) for part in parts) == lines["total"]


def test_alias_leads_to_its_tag_whether_asked_for_or_suggested(tmp_path):
    make_section("World")
    Tag.objects.filter(name="World").update(aliases="Abroad")
    for name, aliases in (("Storms", "Weather\nGales"), ("L. Okafor", "Lucía Okafor")):
        Tag.objects.create(name=name, slug=name.lower()[0], aliases=aliases)
    options = ImportOptions(tags=("abroad", "WEATHER"))
    # The second time it is merged, by the names that are stored.
    for text in (PAGE, PAGE.replace("two days and", "a day and")):
        run(write_page(tmp_path, text=text), options=options)
        article = Article.objects.get(headline__startswith="Harbour")
        story = read.story(article.pk)
        assert story.section == "World"
        assert {
            TagUse("Storms", "import"),
            TagUse("L. Okafor", "suggestion"),
        } <= set(story.tags)
        assert not {"Weather", "Abroad", "Lucía Okafor"} & {t.name for t in story.tags}
    assert article.revision == 2
