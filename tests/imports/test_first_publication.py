"""When the public first saw a story: the first day that any of its pages knows.

A newer copy of a page moves *Updated*, and nothing moves what an editor said.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.imports.decide import decide
from articles.imports.matching import Match, Reading
from articles.imports.undo import undo_run
from articles.models import Article, Conflict, ImportRun, SourceFile, SourceStory
from articles.store import read
from articles.story.moment import Moment
from articles.story.story import from_json, to_json
from tests.builders import NOON, make_story
from tests.imports.pages import PAGE, write_page
from tests.imports.test_facts import write_facts
from tests.imports.test_reimport import edit
from tests.imports.test_run import run

HARBOUR = PAGE[: PAGE.index("\n\nCouncil votes")]
DAYS = st.dates(date(2026, 3, 13), date(2026, 3, 15))
TIMES = st.builds(datetime.combine, DAYS, st.just(time(9, 30)), st.just(UTC))
MOMENTS = st.builds(Moment, DAYS | TIMES, st.sampled_from(["stated", "estimated"]))


def day(number, certainty="stated"):
    return Moment(date(2026, 3, number), certainty)


def bring(folder, name, updated, published=None):
    """Import a page that was changed on a day, and published on one if facts say so."""
    if published:
        folder = folder / f"{updated} {published}"
        folder.mkdir(exist_ok=True)
        write_facts(folder, f"name,date\n{name},2026-03-{published}\n")
    printed = "" if published else f"Updated {updated} March 2026\n"
    text = HARBOUR.replace("Updated 14 March 2026\n", printed)
    run(write_page(folder, name, text))
    return read.story(Article.objects.get().pk)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["a.txt", "b.txt"])
def test_a_newer_copy_moves_updated_alone_and_an_older_one_the_first_day(
    tmp_path, name
):
    story = bring(tmp_path, "a.txt", 14)
    assert (story.published, story.updated) == (day(14, "estimated"), day(14))
    story = bring(tmp_path, name, 16)
    assert (story.published, story.updated) == (day(14, "estimated"), day(16))
    story = bring(tmp_path, "c.txt", 12)
    assert (story.published, story.updated) == (day(12, "estimated"), day(16))
    assert Article.objects.get().sources.get(is_taken=True).file.name == name
    undo_run(ImportRun.objects.first().pk, NOON)
    assert read.story(Article.objects.get().pk).published == day(14, "estimated")


@pytest.mark.django_db
def test_what_a_source_states_comes_before_an_earlier_guess(tmp_path):
    bring(tmp_path, "a.txt", 12)
    story = bring(tmp_path, "b.txt", 0, published=14)
    assert story.published == day(14)
    assert bring(tmp_path, "c.txt", 0, published=15).published == day(14)


@pytest.mark.django_db
def test_an_estimate_moves_no_editor_s_day_and_a_statement_asks(tmp_path):
    bring(tmp_path, "a.txt", 14)
    edit(Article.objects.get(), published=day(13))
    for name, updated in (("b.txt", 16), ("c.txt", 12)):
        assert bring(tmp_path, name, updated).published == day(13)
    assert not Conflict.objects.exists()
    assert bring(tmp_path, "d.txt", 0, published=11).published == day(13)
    assert Conflict.objects.open().get().what == "published"
    bring(tmp_path, "e.txt", 10)
    assert Conflict.objects.open().get().what == "published"


@pytest.mark.django_db
@pytest.mark.parametrize("is_edited", [False, True])
@pytest.mark.parametrize("published", [None, 16])
def test_a_day_left_by_an_undone_import_is_no_editor_s(tmp_path, is_edited, published):
    """It stays until a source says another; nobody typed it, so nobody is asked."""
    bring(tmp_path, "a.txt", 14)
    undated = HARBOUR.replace("Updated 14 March 2026\n", "").replace("AFP", "AP")
    run(write_page(tmp_path, "a.txt", undated))
    undo_run(ImportRun.objects.last().pk, NOON)
    article = Article.objects.get()
    assert not from_json(article.sources.get(is_taken=True).story).published
    assert read.story(article.pk).published == day(14, "estimated")
    if is_edited:
        edit(article, headline="Harbour reopens at last")
    story = bring(tmp_path, "b.txt", 15, published)
    assert story.published == (day(16) if published else day(15, "estimated"))
    assert not Conflict.objects.filter(what="published")


@pytest.mark.django_db
def test_an_archive_of_older_releases_is_read_anew_without_a_conflict(tmp_path):
    """They took the day of *Updated* for the first publication, that of the winner."""
    for name, updated in (("a.txt", 14), ("b.txt", 16)):
        bring(tmp_path, name, updated)
    for row in SourceStory.objects.select_related("article"):
        article = row.article
        story = read.story(article.pk)
        said = day(14 if row.file.name == "a.txt" else 16)
        row.story = to_json(replace(story, published=said, updated=said))
        row.save()
    edit(article, published=day(16), updated=day(16))
    SourceFile.objects.update(parser_version=1)
    run(tmp_path)
    story = read.story(article.pk)
    assert (story.published, story.updated) == (day(14, "estimated"), day(16))
    assert not Conflict.objects.exists()


@given(st.lists(MOMENTS | st.none(), min_size=1, max_size=4), st.randoms())
def test_order_decides_nothing(moments, random):
    readings = [
        Reading(
            make_story(published=at, status="published" if at else "in_review"),
            file_id=number,
            name=f"{number}.txt",
            sha256=str(number),
            position=1,
        )
        for number, at in enumerate(moments, start=1)
    ]
    found = {_published(readings)}
    random.shuffle(readings)
    assert found == {_published(readings)}
    known = [at for at in moments if at]
    stated = [at for at in known if at.is_stated]
    first = min((at.day(UTC) for at in stated or known), default=None)
    (published,) = found
    assert (published and published.day(UTC)) == first
    assert published in [*stated, None] if stated else published in [*known, None]


def _published(readings):
    """Return the date that an article has from the readings as they come."""
    article = None
    for new in readings:
        known = article and article.current
        match = Match(replace(new, article_id=1), frozenset(), known)
        article = decide(article, match).article
    return article.now.published
