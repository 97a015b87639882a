"""Which article a story is, where headline, position and body do not all tell.

A near copy under another headline is an article of its own, and suspected.
"""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest
from django.utils import timezone

from articles.desk.questions import keep_ours
from articles.imports import run as run_module
from articles.imports import stories as stories_module
from articles.imports.run import import_sources
from articles.imports.stories import ImportOptions
from articles.imports.undo import undo_run
from articles.models import (
    Article,
    Conflict,
    ImportRun,
    MatchKey,
    SourceFile,
    SourceStory,
    Suspicion,
)
from articles.store import read
from tests.imports.pages import PAGE, write_page
from tests.imports.test_reimport import edit
from tests.imports.test_run import counts, run

pytestmark = pytest.mark.django_db

PICTURE = """Picture of the day

{caption} (AFP)
Short Url
Updated {day} March 2026
Follow

Picture of the day
"""
HERON = "A heron waits for the tide at Port Meridian on March 14, 2026."
KITES = "Children fly kites over the old fort at Kabul on March 15, 2026."
FOOT = PAGE[PAGE.index("Council votes") :]
HEAD = "Storm nears the coast"
WORDS = (
    "amber birch cedar delta ember fjord grove heron ivory jolly karst lunar mango "
    "noble ocean pearl quilt raven sable tidal umber vivid willow xenon yarrow zephyr"
).split()


def test_the_pictures_of_two_days_are_two_stories(tmp_path):
    for day, caption in ((14, HERON), (15, KITES)):
        page = PICTURE.format(day=day, caption=caption)
        run(write_page(tmp_path, f"{day}.txt", page))
    stories = [read.story(article.pk) for article in Article.objects.order_by("pk")]
    assert [s.captions[0].text for s in stories] == [HERON, KITES]


@pytest.mark.parametrize("name", ["14.txt", "elsewhere.txt"])
def test_a_picture_of_the_day_that_comes_again_is_known(tmp_path, name):
    page = PICTURE.format(day=14, caption=HERON)
    run(write_page(tmp_path, "14.txt", page))
    run(write_page(tmp_path, name, page.replace("(AFP)", "(Reuters)")))
    (article,) = Article.objects.all()
    assert article.sources.count() == 2


BARE = "Gulls return\n\nUpdated 14 March 2026\nFollow\n\nGulls return\n"
BODY = "\nPORT MERIDIAN: The gulls are back on every roof of the town.\n"


@pytest.mark.parametrize("name", ["a.txt", "b.txt"])
@pytest.mark.parametrize("below", ["", "\n", BODY])
def test_without_a_body_nothing_is_the_same_story(tmp_path, name, below):
    run(write_page(tmp_path, "a.txt", BARE))
    run(write_page(tmp_path / "again", name, f"{BARE}\n{below}"))
    assert Article.objects.count() == 2
    assert not Suspicion.objects.exists()


def test_a_bare_headline_is_known_where_another_parser_finds_its_body(
    tmp_path, monkeypatch
):
    page = write_page(tmp_path, "a.txt", BARE + BODY)
    read_all = stories_module.parse_source

    def without_bodies(*arguments, **options):
        source = read_all(*arguments, **options)
        articles = (replace(article, body=()) for article in source.articles)
        return replace(source, articles=tuple(articles))

    with monkeypatch.context() as older:
        older.setattr(stories_module, "parse_source", without_bodies)
        run(page)
    SourceFile.objects.update(parser_version=0)
    run(page)
    assert "every roof" in read.story(Article.objects.get().pk).body


COURT = """{headline}

Short Url
Updated {day} March 2024
Follow

{headline}

PORT MERIDIAN: {accused} was found guilty on Monday {of}, and was fined by the court.

The accused had no earlier convictions and said that it would not happen again.

The magistrate took a grave view of such matters, and the next person would pay twice.

The costs were divided between the parties, and the clerk closed the session at noon.
"""
FERRY = """


Ferries {verb} on {weekday}

Updated 20 min ago
Follow

Ferries {verb} on {weekday}

PORT MERIDIAN: Ferries to the islands {verb} on {weekday}, the harbour office said.

Tickets are valid on any boat of the week, and a dog travels at the price of a child.

Passengers are asked to be at the pier a quarter of an hour before the boat leaves.
"""
MONDAY = {
    "headline": "Cooper fined over short casks",
    "accused": "A cooper",
    "of": "of selling short casks",
    "day": 12,
    "verb": "sail",
    "weekday": "Monday",
}
TUESDAY = {
    "headline": "Drover fined over a loose bull",
    "accused": "A drover",
    "of": "of letting a bull run loose",
    "day": 13,
    "verb": "stay in port",
    "weekday": "Tuesday",
}


def crawl(folder, **words):
    page = (COURT + FERRY).format(**words)
    path = write_page(folder / f"crawl-{words['day']}", "0011.txt", page)
    crawled_at = datetime(2024, 3, words["day"], 20, tzinfo=UTC)
    return import_sources([path], ImportOptions(), crawled_at=crawled_at)


def test_a_file_name_used_again_on_another_day_makes_stories_of_their_own(tmp_path):
    """The first page's stories stay, and those that are like them wait."""
    run_monday = crawl(tmp_path, **MONDAY)
    before = [read.story(article.pk) for article in Article.objects.order_by("pk")]
    run_tuesday = crawl(tmp_path, **TUESDAY)
    assert counts(run_monday) == [2, 0, 0, 0]
    assert counts(run_tuesday) == [2, 0, 0, 0]
    first, second, *_ = Article.objects.order_by("pk")
    assert [read.story(first.pk), read.story(second.pk)] == before
    assert Suspicion.objects.filter(other__in=[first, second]).count() == 2
    statuses = Article.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == ["published", "published", "in_review", "in_review"]


@pytest.mark.parametrize("day", [12, 13])
def test_reports_to_a_form_under_one_headline_are_told_by_their_names(tmp_path, day):
    """An update keeps them; a report of another day waits, and is asked about."""
    form = "Court notes\n\nUpdated {day} March 2024\nFollow\n\nCourt notes\n\n{text}"
    court = COURT[COURT.index("PORT MERIDIAN") :]
    of = "of a breach of the peace in Net Street"
    first = court.format(accused="The baker Ada Quill", of=of)
    second = court.format(accused="The miller Jon Brandt", of=of.replace("Net", "Lime"))
    update = f"{first}\nShe will appeal to the high court in Sorrel, Ada Quill said.\n"
    run(write_page(tmp_path, "1.txt", form.format(day=12, text=first)))
    run(write_page(tmp_path, "2.txt", form.format(day=day, text=update)))
    article = Article.objects.get()
    assert "will appeal" in article.body
    run(write_page(tmp_path, "3.txt", form.format(day=13, text=second)))
    other = Article.objects.exclude(pk=article.pk).get()
    assert other.status == "in_review"
    assert Suspicion.objects.get().other == article


def test_undoing_the_first_crawl_leaves_the_second(tmp_path):
    crawl(tmp_path, **MONDAY)
    monday = ImportRun.objects.get()
    crawl(tmp_path, **TUESDAY)
    undo_run(monday.pk, timezone.now())
    left = Article.objects.filter(status="in_review")
    assert set(left.values_list("headline", flat=True)) == {
        TUESDAY["headline"],
        "Ferries stay in port on Tuesday",
    }


@pytest.mark.parametrize("kept", ["headline", "day"])
def test_a_headline_or_a_day_that_stays_makes_it_the_same_story(tmp_path, kept):
    crawl(tmp_path, **MONDAY)
    crawl(tmp_path, **TUESDAY | {kept: MONDAY[kept]})
    stories = [read.story(article.pk) for article in Article.objects.all()]
    assert sum("magistrate" in story.body for story in stories) == 1


def live(numbers):
    """Return a page of some paragraphs of a story that goes on and on."""
    text = "\n\n".join(
        "The " + " ".join(Random(number).choices(WORDS, k=14)) + "."
        for number in numbers
    )
    return (
        f"{HEAD}\n\nUpdated 14 March 2026\nFollow\n\n{HEAD}\n\nPORT MERIDIAN: {text}\n"
    )


@pytest.mark.parametrize("name", ["live.txt", "live-{}.txt"])
def test_a_story_that_changes_bit_by_bit_stays_one(tmp_path, name):
    for number in range(4):
        page = live(range(3 * number, 3 * number + 10))
        run(write_page(tmp_path / str(number), name.format(number), page))
    assert Article.objects.count() == 1


@pytest.fixture
def parser(monkeypatch):
    """Let the parser read some of a file's stories; called without, all of them."""
    read_all = stories_module.parse_source

    def reading(which=slice(None)):
        def parse(*arguments, **options):
            source = read_all(*arguments, **options)
            return replace(source, articles=source.articles[which])

        monkeypatch.setattr(stories_module, "parse_source", parse)
        SourceFile.objects.update(parser_version=0)

    return reading


def test_a_story_is_found_where_a_newer_parser_reads_it(tmp_path, parser):
    parser(slice(1, None))
    page = write_page(tmp_path, "a.txt")
    run(page)
    parser()
    run(page)
    run(write_page(tmp_path, "b.txt", f"{FOOT}\n\nThe harbour master agreed."))
    assert Article.objects.count() == 2
    assert read.story(Article.objects.get(headline__startswith="Harbour").pk).body


def test_a_story_is_found_by_the_reading_that_is_left(tmp_path, parser):
    page = write_page(tmp_path, "a.txt")
    run(page)
    run(write_page(tmp_path, "b.txt", f"{FOOT}\n\nThe harbour master agreed."))
    parser(slice(1))
    SourceFile.objects.exclude(name="a.txt").update(parser_version=99)
    run(page)
    parser()
    run(write_page(tmp_path, "c.txt", f"{FOOT}\n\nThe pilots agreed."))
    assert Article.objects.count() == 2


def test_a_reading_is_found_by_what_it_says_now(tmp_path):
    page = write_page(tmp_path)
    run(page)
    before = set(MatchKey.objects.values_list("key", "source"))
    SourceFile.objects.update(parser_version=0)
    run(page)
    assert set(MatchKey.objects.values_list("key", "source")) == before


def test_what_an_editor_settled_outlives_a_newer_parser(tmp_path, parser):
    dated = PAGE.replace("14 sec ago", "13 March 2026")
    run(write_page(tmp_path, text=dated))
    council = Article.objects.get(headline__startswith="Council")
    edit(council, headline="Mine")
    page = dated.replace("Council votes for", "Council is for")
    run(write_page(tmp_path, text=page))
    (conflict,) = Conflict.objects.open()
    keep_ours(council.pk, [conflict.pk], None)
    parser(slice(1))
    run(write_page(tmp_path, text=page))
    assert Conflict.objects.get().settled_how == "ours"
    assert council.sources.get(is_taken=True).outcome == "gone"


def test_another_reading_takes_the_place_of_one_that_is_gone(tmp_path, parser):
    longer = PAGE.replace("larger ferries.", "larger ferries of the line.")
    page = write_page(tmp_path, "a.txt", longer)
    run(page)
    run(write_page(tmp_path, "b.txt", FOOT))
    parser(slice(1))
    SourceFile.objects.filter(name="b.txt").update(parser_version=99)
    assert counts(run(page)) == [0, 1, 0, 0]
    parser()
    run(write_page(tmp_path, "b.txt", FOOT.replace("larger ferries.", "ferries soon.")))
    council = Article.objects.get(headline__startswith="Council")
    assert "ferries soon" in read.story(council.pk).body
    assert not Conflict.objects.exists()


def test_a_file_counts_the_stories_it_has_now(tmp_path, parser):
    page = write_page(tmp_path)
    run(page)
    parser(slice(1))
    run(page)
    parser()
    SourceFile.objects.update(parser_version=99)
    assert counts(run(page)) == [0, 1, 0, 0]


# Near copies

FIRST_STORY = PAGE.split("Council votes", 1)[0]
RENAMED = FIRST_STORY.replace(
    "Harbour reopens after two days of storm", "Ships sail again"
)


def pairs():
    return [(s.article.headline, s.other.headline) for s in Suspicion.objects.all()]


@pytest.mark.parametrize("most", [1, 10])
def test_another_headline_over_the_same_words_is_suspected(tmp_path, monkeypatch, most):
    monkeypatch.setattr(run_module, "MOST_FILES", most)
    write_page(tmp_path, "1.txt", FIRST_STORY)
    write_page(tmp_path, "2.txt", RENAMED)
    assert counts(run(tmp_path)) == [2, 0, 0, 0]
    assert pairs() == [("Ships sail again", "Harbour reopens after two days of storm")]


def test_what_was_suspected_once_is_not_suspected_again(tmp_path):
    run(write_page(tmp_path, "1.txt", FIRST_STORY))
    run(write_page(tmp_path, "2.txt", RENAMED))
    Suspicion.objects.update(kind="separate", decided_at="2026-11-23T12:00Z")
    run(write_page(tmp_path, "3.txt", RENAMED.replace("two days", "three days")))
    assert Suspicion.objects.get().kind == "separate"
    assert Article.objects.count() == 2


def test_a_headline_that_the_newspaper_changed_is_no_other_story(tmp_path):
    run(write_page(tmp_path, "1.txt", FIRST_STORY))
    run(write_page(tmp_path, "1.txt", RENAMED))
    assert Article.objects.get().headline == "Ships sail again"
    assert not Suspicion.objects.exists()


def test_a_story_of_its_own_is_not_suspected(tmp_path):
    run(write_page(tmp_path))
    assert not Suspicion.objects.exists()


def test_a_name_that_is_used_again_for_another_story_is_another_article(tmp_path):
    run(write_page(tmp_path, "1.txt", FIRST_STORY))
    other = FIRST_STORY.replace("Harbour reopens", "Gold falls")
    for old in ("reopened on Saturday, the port captain", "lost two days and no boat"):
        other = other.replace(old, "fell by a tenth in the early trade, brokers")
    other = other.replace("Ferries run <script>alert(1)</script> & sail.", "It rose.")
    run(write_page(tmp_path, "1.txt", other))
    assert Article.objects.count() == 2
    assert SourceStory.objects.filter(is_taken=True).count() == 2
