"""A near copy of what readers see waits until an editor says what it is."""

from dataclasses import replace

import pytest

from articles.models import Article, Suspicion
from articles.store import Change, read, write
from articles.store.questions import decide_suspicions
from articles.story.story import publish
from tests.builders import NOON
from tests.desk.accounts import make_account
from tests.imports.pages import write_page
from tests.imports.test_run import run
from tests.imports.test_worse_copies import CLEAN, HEADLINE

pytestmark = pytest.mark.django_db

OTHER = "Bells of St Orla’s are heard once more over Dunmouth"
COPY = CLEAN.replace(HEADLINE, OTHER)
UNDATED = COPY.replace("Updated 14 March 2026\n", "")


@pytest.fixture
def copies(tmp_path):
    """A published story and a near copy without a date, which waits."""
    run(write_page(tmp_path, "a.txt", CLEAN))
    run(write_page(tmp_path, "b.txt", UNDATED))
    article = Article.objects.get(headline=OTHER)
    assert Article.objects.get(headline=HEADLINE).status == "published"
    assert article.status == "in_review"
    assert Suspicion.objects.open().get().article == article
    return article


def test_a_date_publishes_no_near_copy_before_the_answer(tmp_path, copies):
    run(write_page(tmp_path, "b.txt", COPY))
    report = run(write_page(tmp_path, "b.txt", COPY.replace("greased", "oiled")))
    copies.refresh_from_db()
    assert copies.published_at
    assert copies.status == "in_review"
    assert report.counts()["waiting"] == {"near-copy": 1}


def test_what_is_in_the_bin_holds_no_near_copy(tmp_path):
    """It is asked about once the other is restored."""
    text = CLEAN.replace("Updated 14 March 2026\n", "")
    run(write_page(tmp_path, "a.txt", text))
    binned = Article.objects.get()
    story = replace(read.story(binned.pk), status="binned")
    write([Change(story, binned.pk)], by=None)
    run(write_page(tmp_path, "b.txt", COPY))
    article = Article.objects.get(headline=OTHER)
    assert article.status == "published"
    suspected = Suspicion.objects.filter(article=article, other=binned)
    assert suspected.open().exists()
    assert not suspected.to_decide().exists()


def test_after_the_answer_a_date_publishes(tmp_path, copies):
    decide_suspicions(
        {Suspicion.objects.get().pk: "separate"}, make_account("editor"), NOON
    )
    run(write_page(tmp_path, "b.txt", COPY))
    copies.refresh_from_db()
    assert copies.status == "published"


def test_what_was_answered_is_not_asked_again(tmp_path):
    run(write_page(tmp_path, "a.txt", CLEAN))
    run(write_page(tmp_path, "b.txt", COPY))
    decide_suspicions(
        {Suspicion.objects.get().pk: "separate"}, make_account("editor"), NOON
    )
    article = Article.objects.get(headline=OTHER)
    story = publish(read.story(article.pk), NOON)
    write([Change(story, article.pk)], by=None, why="test")
    run(write_page(tmp_path, "b.txt", COPY.replace("greased", "oiled")))
    run(write_page(tmp_path, "a.txt", CLEAN.replace("greased", "oiled")))
    run(write_page(tmp_path, "c.txt", COPY.replace("greased", "shined")))
    run(tmp_path, is_again=True)
    assert Article.objects.count() == 2
    assert Article.objects.filter(status="published").count() == 2
    assert not Suspicion.objects.open().exists()


TIDES = """\
Water at the three gauges of Port Sorrel

Updated 14 March 2026
Follow

Water at the three gauges of Port Sorrel

PORT SORREL: The harbour office read {} centimetres at the outer mole, {} at the lock
and {} at the old bridge, and the wind blew with {} knots from the west.

Boats of more than {} tonnes wait for the next tide, the office said, and the gates of
the lock are worked by hand until the keeper has mended the motor.
"""
MORNING, EVENING = (112, 87, 64, 19, 40), (341, 298, 255, 31, 40)


@pytest.mark.parametrize("names", [("a.txt", "a.txt"), ("a.txt", "b.txt")])
def test_of_one_headline_and_day_with_other_figures_an_editor_is_asked(tmp_path, names):
    for number, (name, told) in enumerate(zip(names, [MORNING, EVENING], strict=True)):
        run(write_page(tmp_path / f"{number}", name, TIDES.format(*told)))
    one, other = Article.objects.order_by("pk")
    assert (one.status, other.status) == ("published", "in_review")
    (asked,) = Suspicion.objects.open()
    assert (asked.article, asked.other) == (other, one)


def test_of_one_headline_on_another_day_with_other_figures_nobody_is_asked(tmp_path):
    run(write_page(tmp_path, "a.txt", TIDES.format(*MORNING)))
    text = TIDES.format(*EVENING).replace("14 March", "15 March")
    run(write_page(tmp_path, "b.txt", text))
    assert Article.objects.filter(status="published").count() == 2
    assert not Suspicion.objects.exists()
