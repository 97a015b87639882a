"""The newspaper that a newcomer finds after the first bin/run."""

import shutil
from datetime import UTC, date, datetime, timedelta
from math import inf

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.imports.demonstration import load_demonstration, of_today
from articles.imports.pictures import import_pictures
from articles.models import Article, Caption, Photo, SourceStory, Tag
from articles.pictures import jobs
from articles.store import Change
from articles.story.moment import Moment
from tests.builders import make_story

# What it is made of is tested on both databases.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.xdist_group("demonstration"),
]

# No story may come later than the newspaper that it is in.
FIRST_MINUTE = datetime(2026, 1, 6, 0, 1, tzinfo=UTC)
SECTIONS = "City World Business Culture Science Sport Food Opinion".split()


def copy_samples(folder):
    """Copy them with one of their pictures: each takes a second to make sizes of."""
    copy = folder / "samples"
    drawn = settings.BASE_DIR / "samples/pictures"
    shutil.copytree(
        settings.BASE_DIR / "samples", copy, ignore=shutil.ignore_patterns("pictures")
    )
    (copy / "pictures").mkdir()
    shutil.copy(drawn / "lanterns-drying.jpg", copy / "pictures")
    return copy


@pytest.fixture(scope="module")
def loaded(rows_of_a_module, tmp_path_factory):
    load_demonstration(copy_samples(tmp_path_factory.mktemp("paper")), FIRST_MINUTE)


@pytest.fixture
def paper(loaded):
    return Article.objects.all()


def test_every_section_of_the_menu_has_a_story_to_read(paper):
    menu = Tag.objects.in_menu()
    assert [tag.name for tag in menu] == SECTIONS
    read = set(paper.published().values_list("section__name", flat=True))
    assert read == set(SECTIONS)


def test_editors_have_been_there_and_left_something_to_do(paper):
    assert paper.exclude(standfirst="").count() > 10
    assert paper.exclude(corrected_at=None).exists()
    assert set(paper.values_list("language", flat=True)) == {"en", "ar", "ur"}
    hands = set(paper.values_list("taggings__put_by", flat=True))
    assert {"editor", "suggestion"} <= hands
    assert paper.filter(published_certainty="estimated").exists()
    assert paper.filter(status="in_review").exists()
    assert paper.filter(sources__doubts__dismissed_at=None).exists()


def test_every_story_was_imported_and_says_what_it_became(paper):
    assert paper.filter(sources=None).count() == 0
    edited = paper.filter(revisions__why="edited for the demonstration")
    assert edited.count() == paper.count() == 30


def test_every_story_says_who_wrote_it(paper):
    assert all(article.bylines for article in paper)


def test_stories_of_today_are_read_from_its_first_minute_on(paper):
    public = paper.published(at=FIRST_MINUTE)
    assert set(public) == set(paper.filter(status="published"))
    today = public.filter(published_at__gte=FIRST_MINUTE - timedelta(minutes=1))
    assert {a.published.day(UTC) for a in today} == {FIRST_MINUTE.date()}
    derby = today.get(headline__startswith="Harbour Athletic")
    assert derby.updated == Moment(FIRST_MINUTE.date())
    assert derby.published == Moment(FIRST_MINUTE.date(), "estimated")


def test_a_story_is_as_many_days_older_than_the_newest_as_its_page_is(paper):
    ages = {
        source.file.name: FIRST_MINUTE.date() - source.article.published_at.date()
        for source in SourceStory.objects.filter(position=1)
        if source.article.published_at
    }
    newest = date(2025, 11, 17)
    assert ages["derby-in-the-fog.txt"] == timedelta(0)
    assert ages["night-ferry.txt"] == newest - date(2025, 10, 18)
    assert ages["fish-soup.txt"] == newest - date(2025, 9, 12)
    assert ages["island-letter.txt"] == max(ages.values())


@pytest.mark.parametrize(
    "later", [date(2025, 11, 20), datetime(2025, 11, 20, tzinfo=UTC)]
)
def test_an_update_later_than_the_newest_story_is_not_to_come(later):
    story = make_story(published=Moment(date(2025, 11, 17)), updated=Moment(later))
    (change,) = of_today([Change(story)], FIRST_MINUTE)
    assert change.story.published == Moment(FIRST_MINUTE.date())
    assert change.story.updated.instant(UTC) <= FIRST_MINUTE


def test_pictures_stand_in_the_places_of_their_captions(paper):
    assert Photo.objects.count() == 1
    caption = Caption.objects.get(photo__isnull=False)
    assert caption.text.startswith("Paper lanterns dry in the yard")


def test_every_drawing_finds_its_caption_but_two_that_were_drawn_not_to(
    paper, monkeypatch
):
    # Each is opened, though not in a process of its own.
    monkeypatch.setattr(jobs, "SMALL_PIXELS", inf)
    drawn = settings.BASE_DIR / "samples/pictures"
    report = import_pictures([drawn], is_dry_run=True)
    assert report.refused == []
    sure = ("placed", "already there")
    left = {p.name: p.outcome for p in report.pictures if p.outcome not in sure}
    assert left == {
        "container-quay.jpg": "doubtful",
        "grey-heron.jpg": "without a caption",
    }


def test_loading_again_asks_twice_and_writes_nothing(paper):
    """Whether there are tables, and whether the newspaper has anything in them.

    It is another day: nothing grows younger.
    """
    with CaptureQueriesContext(connection) as queries:
        call_command("load_demonstration")
    assert len(queries) == 2
