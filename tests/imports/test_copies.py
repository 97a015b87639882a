"""A near copy under another headline is an article of its own, and suspected."""

import pytest

from articles.imports import run as run_module
from articles.models import Article, SourceStory, Suspicion
from tests.imports.pages import PAGE, write_page
from tests.imports.test_run import counts, run

pytestmark = pytest.mark.django_db

HEAD = PAGE.split("Council votes", 1)[0]
RENAMED = HEAD.replace("Harbour reopens after two days of storm", "Ships sail again")


def pairs():
    return [(s.article.headline, s.other.headline) for s in Suspicion.objects.all()]


@pytest.mark.parametrize("most", [1, 10])
def test_another_headline_over_the_same_words_is_suspected(tmp_path, monkeypatch, most):
    monkeypatch.setattr(run_module, "MOST_FILES", most)
    write_page(tmp_path, "1.txt", HEAD)
    write_page(tmp_path, "2.txt", RENAMED)
    assert counts(run(tmp_path)) == [2, 0, 0, 0]
    assert pairs() == [("Ships sail again", "Harbour reopens after two days of storm")]


def test_what_was_suspected_once_is_not_suspected_again(tmp_path):
    run(write_page(tmp_path, "1.txt", HEAD))
    run(write_page(tmp_path, "2.txt", RENAMED))
    Suspicion.objects.update(kind="separate", decided_at="2026-11-23T12:00Z")
    run(write_page(tmp_path, "3.txt", RENAMED.replace("two days", "three days")))
    assert Suspicion.objects.get().kind == "separate"
    assert Article.objects.count() == 2


def test_a_headline_that_the_newspaper_changed_is_no_other_story(tmp_path):
    run(write_page(tmp_path, "1.txt", HEAD))
    run(write_page(tmp_path, "1.txt", RENAMED))
    assert Article.objects.get().headline == "Ships sail again"
    assert not Suspicion.objects.exists()


def test_a_story_of_its_own_is_not_suspected(tmp_path):
    run(write_page(tmp_path))
    assert not Suspicion.objects.exists()


def test_a_name_that_is_used_again_for_another_story_is_another_article(tmp_path):
    run(write_page(tmp_path, "1.txt", HEAD))
    other = HEAD.replace("Harbour reopens", "Gold falls")
    for old in ("reopened on Saturday, the port captain", "lost two days and no boat"):
        other = other.replace(old, "fell by a tenth in the early trade, brokers")
    other = other.replace("Ferries run <script>alert(1)</script> & sail.", "It rose.")
    run(write_page(tmp_path, "1.txt", other))
    assert Article.objects.count() == 2
    assert SourceStory.objects.filter(is_taken=True).count() == 2
